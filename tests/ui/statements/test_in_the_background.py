"""Does the window go on while the letters of a run are composed, drawn and recorded behind it?"""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loyaldesk.operations.settings import change_company
from loyaldesk.queries.statement_runs import count_outcomes
from loyaldesk.ui.statements.run_page import StatementRunPage
from tests.pdf.ack_letters import NORDLICHT
from tests.support.factories import do
from tests.support.stall_meter import StallMeter
from tests.ui.statements.test_run_page import SIZE, newest, owing

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_MS = 60_000
LONGEST_STALL_S = 0.1
LETTERS = 40


@pytest.fixture
def page(desk, lanes, store, keep, qtbot):
    do(store, change_company, sender=replace(NORDLICHT, country="DE"))
    for number in range(LETTERS):
        owing(store, 200 + number)
    page = keep(StatementRunPage(replace(desk, jobs=lanes)), SIZE)
    page.check_now()
    qtbot.waitUntil(lambda: page.list.model.rowCount() == LETTERS, timeout=PATIENCE_MS)
    # The child process starts with the first letter that is looked at.
    qtbot.waitUntil(lambda: page.preview.reader.source is not None, timeout=PATIENCE_MS)
    return page


@pytest.fixture
def own_garbage() -> Iterator[None]:
    """Let what earlier tests left behind not count as this window's garbage."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.timeout(120)
@pytest.mark.usefixtures("own_garbage")
def test_a_run_never_stalls_the_window(page, store, qtbot):
    with StallMeter() as meter:
        page.make()
        qtbot.waitUntil(lambda: page.pane.headline.text() == "40 of 40", timeout=PATIENCE_MS)
    assert newest(store).state == "finished"
    assert meter.worst_cpu_s < LONGEST_STALL_S


@pytest.mark.timeout(120)
def test_a_stopped_run_ends_after_the_letter_in_hand(page, store, qtbot):
    page.make()
    qtbot.waitUntil(lambda: not page.pane.headline.text().startswith("0 "), timeout=PATIENCE_MS)
    page.pane.stop.click()
    run_id = newest(store).id
    qtbot.waitUntil(lambda: newest(store).state != "running", timeout=PATIENCE_MS)
    counts = count_outcomes(store.reader(), run_id=run_id)
    assert 0 < counts["issued"] < LETTERS
    assert counts["issued"] + counts["waiting"] == LETTERS
