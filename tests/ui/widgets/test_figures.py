"""Do the ageing bar and the step bar tell the truth, by eye and by key?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loyaldesk.ui.widgets.ageing_bar import AgeingBar, Bucket
from loyaldesk.ui.widgets.step_bar import Step, StepBar, StepState
from tests.support.qt import accessible_name, colours_in

NAMES = ("Not due", "1–30", "31–60", "61–90", "over 90")


def buckets(*amounts: int) -> list[Bucket]:
    return [Bucket(name, str(amount), amount) for name, amount in zip(NAMES, amounts, strict=True)]


@pytest.fixture
def bar(theme, qtbot) -> AgeingBar:
    bar = AgeingBar(theme, name="Ageing")
    qtbot.addWidget(bar)
    bar.resize(300, 46)
    bar.show()
    return bar


def test_the_smallest_amount_still_shows(bar):
    bar.show_buckets(buckets(1_000_000, 1, 0, 0, 0))
    assert bar.shares(300)[1] == 4


@given(
    amounts=st.lists(st.integers(-(10**12), 10**12), min_size=5, max_size=5),
    width=st.integers(60, 900),
)
def test_the_colours_fit_into_the_bar(dressed, amounts, width):
    bar = AgeingBar(dressed, name="Ageing")
    bar.show_buckets(buckets(*amounts))
    shares = bar.shares(width)
    shown = [share for share in shares if share]
    assert sum(shown) + 2 * max(len(shown) - 1, 0) <= width
    assert all(bool(share) == (amount > 0) for share, amount in zip(shares, amounts, strict=True))


def test_the_bar_reads_out_all_five_amounts(bar):
    bar.show_buckets(buckets(10, 2, 0, 0, 0))
    assert accessible_name(bar) == "Ageing: Not due 10, 1–30 2, 31–60 0, 61–90 0, over 90 0"


def test_arrows_walk_the_buckets_and_enter_opens_one(bar, qtbot):
    bar.show_buckets(buckets(10, 2, 0, 0, 0))
    QTest.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.bucket_chosen) as chosen:
        QTest.keyClick(bar, Qt.Key.Key_Return)
    assert chosen.args == [1]


def test_the_walk_ends_at_the_last_bucket(bar, qtbot):
    bar.show_buckets(buckets(1, 1, 1, 1, 1))
    for _ in range(9):
        QTest.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.bucket_chosen) as chosen:
        QTest.keyClick(bar, Qt.Key.Key_Return)
    assert chosen.args == [4]


def test_old_money_is_red(bar, theme):
    bar.show_buckets(buckets(0, 0, 0, 5, 0))
    assert theme.tokens.a3.name() in colours_in(bar.grab().toImage())


STEPS = [
    Step("Received", "6 Nov", StepState.DONE),
    Step("Shipped", "rest 24 Nov", StepState.LATE, "5 d late"),
    Step("Paid", "due 25 Dec", StepState.TO_COME),
]


@pytest.fixture
def steps(theme, qtbot) -> StepBar:
    steps = StepBar(theme, name="Order 4711")
    qtbot.addWidget(steps)
    steps.resize(700, 56)
    steps.show_steps(STEPS)
    steps.show()
    return steps


def test_steps_are_read_out_with_what_is_late(steps):
    words = "Order 4711: Received 6 Nov, Shipped 5 d late rest 24 Nov, Paid due 25 Dec"
    assert accessible_name(steps) == words


def test_arrows_walk_the_steps_and_enter_opens_one(steps, qtbot):
    QTest.keyClick(steps, Qt.Key.Key_Right)
    with qtbot.waitSignal(steps.step_opened) as opened:
        QTest.keyClick(steps, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_a_click_opens_the_step_under_it(steps, qtbot):
    with qtbot.waitSignal(steps.step_opened) as opened:
        QTest.mouseClick(steps, Qt.MouseButton.LeftButton, pos=steps.rect().center())
    assert opened.args == [1]


def test_every_state_of_a_step_differs_without_colour(theme, qtbot):
    pictures = set()
    for state in StepState:
        bar = StepBar(theme, name="x")
        qtbot.addWidget(bar)
        bar.resize(120, 56)
        bar.show_steps([Step("A", "b", state)])
        grey = bar.grab().toImage().convertToFormat(bar.grab().toImage().Format.Format_Grayscale8)
        pictures.add(bytes(grey.constBits()))
    assert len(pictures) == len(StepState)
