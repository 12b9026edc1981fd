"""Does the window go on while a server takes its time, and does closing it lose nothing?"""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest

from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.settings import change_setting
from loyaldesk.ui.outbox.postman import Postman
from tests.support.desks import NOW
from tests.support.factories import do
from tests.support.mail import SMTP
from tests.support.mail_server import MailServer
from tests.support.stall_meter import StallMeter

PATIENCE_MS = 20_000
LONGEST_STALL_S = 0.1


@pytest.fixture
def later(desk, lanes):
    """Return the desk on those lanes a minute on, when what was written may leave."""
    return replace(desk, jobs=lanes, now=lambda: NOW + timedelta(minutes=1))


def use(store, server):
    do(store, change_mail_settings, settings=replace(SMTP, port=server.port))


def states(store):
    with store.reader() as reader:
        return [state for (state,) in reader.rows("SELECT state FROM mail ORDER BY id")]


def test_many_mails_leave_without_stalling_the_window(store, later, write, tmp_path, qtbot):
    for _ in range(10):
        write()
    with MailServer() as server:
        use(store, server)
        with StallMeter() as meter:
            postman = Postman(later, tmp_path)
            qtbot.waitUntil(lambda: set(states(store)) == {"accepted"}, timeout=PATIENCE_MS)
            qtbot.waitUntil(lambda: not postman.is_sending, timeout=PATIENCE_MS)
        assert (len(server.received), server.sessions) == (10, 1)
    assert meter.worst_cpu_s < LONGEST_STALL_S


def test_writing_goes_on_while_a_server_holds_its_answer_back(store, later, write, tmp_path, qtbot):
    write()
    with MailServer(stalls=True) as server:
        use(store, server)
        postman = Postman(later, tmp_path)
        qtbot.waitUntil(lambda: states(store) == ["sending"], timeout=PATIENCE_MS)
        kept: list[object] = []
        later.jobs.write(change_setting, key="note", value="call", then=lambda _: kept.append(1))
        qtbot.waitUntil(lambda: bool(kept), timeout=2_000)
        assert postman.is_sending
        began_s = perf_counter()
        later.jobs.close()
        assert perf_counter() - began_s < 15
    with store.reader() as reader:
        state, answer = reader.row("SELECT state, answer FROM mail")
    assert state == "failed"
    assert "may have arrived" in answer


def test_closing_before_a_server_greets_keeps_the_mail_waiting(
    store, later, write, tmp_path, qtbot
):
    write()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        do(store, change_mail_settings, settings=replace(SMTP, port=silent.getsockname()[1]))
        Postman(later, tmp_path)
        qtbot.waitUntil(lambda: states(store) == ["sending"], timeout=PATIENCE_MS)
        wire, _ = silent.accept()
        later.jobs.close()
        wire.close()
    assert states(store) == ["queued"]
