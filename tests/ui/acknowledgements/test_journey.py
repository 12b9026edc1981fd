"""A clerk's morning: ten orders acknowledged, six printed, three mailed, one left for a look."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.mail.outbox import send_due
from loyaldesk.operations.orders import hold_order, release_order
from loyaldesk.queries.mail import read_mail_settings
from tests.pdf.reading import text_of
from tests.support.desks import NOW
from tests.support.factories import do
from tests.support.mail import FakeTransport

pytestmark = pytest.mark.journey
PATIENCE_MS = 30_000


@pytest.fixture
def queue(enter, open_queue, printed_to, store):
    """Return the queue of that morning; the customer of 4710 owes a deposit."""
    for number in range(4701, 4707):
        enter(str(number), hours_ago=4710 - number)
    for number in range(4707, 4710):
        enter(str(number), hours_ago=1, by="email")
    do(store, hold_order, order_id=enter("4710"), reason="Waits for a deposit")
    return open_queue()


def run_over(page, qtbot):
    qtbot.waitUntil(lambda: page.deeds.run is None, timeout=PATIENCE_MS)
    page.refresh()


def by_state(page):
    """Return the numbers of the orders in each state."""
    found: dict[QueueState, list[str]] = {}
    for row in page.queue.rows:
        found.setdefault(row.state, []).append(row.order_number)
    return {state: sorted(numbers) for state, numbers in found.items()}


def send_all(queue, qtbot):
    """Mark everything; what somebody must look at first is left out and says why."""
    queue.table.selectAll()
    QTest.keyClick(queue.table, Qt.Key.Key_Space)
    assert [label.text.split(" ·")[0] for label in queue.foot.checks.facts] == [
        "6 print", "3 e-mail", "1 need a look"
    ]  # fmt: skip
    qtbot.waitUntil(queue.foot.checks.send.isEnabled, timeout=PATIENCE_MS)
    assert queue.foot.checks.verdict.text() == "Totals recomputed and equal on all 9"
    queue.foot.checks.send.click()
    run_over(queue, qtbot)


def deliver_mails(store, desk):
    """Let the server take what waits in the outbox; return how many mails it took."""
    transport = FakeTransport()
    with store.reader() as reader:
        settings = read_mail_settings(reader)
    later = NOW.replace(hour=23)
    sent = send_due(store, files=desk.files(), settings=settings, now=later, transport=transport)
    assert {mail.state.value for mail in sent} == {"accepted"}
    return len(transport.sent)


def confirm_but_the_last(queue, qtbot):
    """Say that the sixth paper did not come out, then that it did."""
    queue.foot.banner.number.setText("6")
    queue.foot.banner.again.click()
    run_over(queue, qtbot)
    queue.foot.banner.all.click()
    queue.refresh()
    assert not queue.foot.banner.isVisible()


def ask_again(queue, qtbot, number):
    """Print a letter that left once more, as a copy."""
    asked = next(row for row in queue.queue.rows if row.order_number == number)
    queue.head.states.choose("sent")
    queue.table.choose_id(asked.order_id)
    QTest.keyClick(queue.table, Qt.Key.Key_R)
    run_over(queue, qtbot)
    queue.head.clear()


def release_and_print(queue, qtbot, store):
    """The deposit came: the order that was held is read, printed and confirmed."""
    (row,) = (row for row in queue.queue.rows if row.order_number == "4710")
    do(store, release_order, order_id=row.order_id)
    queue.refresh()
    queue.table.choose_id(row.order_id)
    qtbot.waitUntil(lambda: "PO 4710" in _shown(queue), timeout=PATIENCE_MS)
    queue.pane.print.click()
    run_over(queue, qtbot)
    queue.foot.banner.all.click()
    queue.refresh()


@pytest.mark.timeout(120)
def test_ten_orders_on_their_way(queue, qtbot, store, desk, on_record):
    send_all(queue, qtbot)
    assert by_state(queue) == {
        QueueState.NEEDS_LOOK: ["4710"],
        QueueState.CONFIRM: [f"470{number}" for number in range(1, 7)],
        QueueState.WAITING: ["4707", "4708", "4709"],
    }
    assert deliver_mails(store, desk) == 3
    confirm_but_the_last(queue, qtbot)
    assert by_state(queue)[QueueState.SENT] == [f"470{number}" for number in range(1, 10)]
    ask_again(queue, qtbot, "4703")
    with store.reader() as reader:
        assert reader.row("SELECT sum(copies), count(*) FROM letter") == (1, 9)
    release_and_print(queue, qtbot, store)
    assert queue.empty.words[0] == "Every order is acknowledged"
    originals = [number for number, *_, is_copy in on_record() if not is_copy]
    assert sorted(set(originals)) == [f"A-2026-{number:05d}" for number in range(1, 11)]
    # Ten letters, of which one was handed to the printer twice.
    assert len(originals) == 11


def _shown(queue) -> str:
    source = queue.pane.reader.source
    return text_of(source) if isinstance(source, bytes) else ""
