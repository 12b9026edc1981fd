"""The program is killed while a server holds its answer back: is the mail ever sent twice?"""

import os
import subprocess
import sys
import threading

import pytest

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.mail.letters import LetterMail
from loyaldesk.mail.outbox import queue_letter
from loyaldesk.operations.mail import change_mail_settings
from tests.support.factories import file_content, make_customer
from tests.support.mail import SMTP, paper_of
from tests.support.mail_server import MailServer
from tests.support.stores import KEY, fresh_store

pytestmark = pytest.mark.journey


class Hesitant(MailServer):
    """Takes a mail, tells that it has come, and keeps its answer to itself."""

    def __enter__(self):
        self.has_come = threading.Event()
        return super().__enter__()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        self.received.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        self.has_come.set()
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mail_id(profile):
    store, files = fresh_store(profile), FileStore(profile / FOLDER_NAME, KEY)
    try:
        customer_id = make_customer(store, "Mail House", number="90001")
        paper = file_content(
            store, files=files, content=paper_of(None), name="Terms.pdf", customer_id=customer_id
        )
        with store.transaction("Set up") as tx:
            change_mail_settings(tx, settings=SMTP)
        mail = LetterMail(
            customer_id, None, paper, "roth@kraft.example", "Terms", "Dear Ms Roth", "Terms.pdf"
        )
        return queue_letter(store, files=files, mail=mail, undo_seconds=0)
    finally:
        store.close()


def test_a_mail_under_way_at_the_kill_is_told_and_waits_for_a_person(profile, mail_id, loyaldesk):
    with Hesitant(stalls=True) as server:
        assert loyaldesk("mail", "set", f"port={server.port}").code == 0
        words = [sys.executable, "-m", "loyaldesk", "--profile", profile, "mail", "send"]
        env = {**os.environ, KEY_VARIABLE: KEY.hex()}
        with subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL) as process:
            assert server.has_come.wait(60)
            process.kill()
        server.stalls = False
        assert loyaldesk("mail", "list", "--json").data[0]["state"] == "sending"
        assert loyaldesk("mail", "send").out == "Nothing is due.\n"
        [mail] = loyaldesk("mail", "list", "--json").data
        assert mail["state"] == "failed"
        assert "may have arrived" in mail["answer"]
        assert len(server.received) == 1
        assert loyaldesk("mail", "retry", mail_id).code == 0
        assert loyaldesk("mail", "send").code == 0
        first, second, *_ = (content for _, _, content in server.received)
        assert first == second
