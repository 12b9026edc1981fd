"""Do empty lists, banners, toasts, progress and dialogs say it right and go away in time?"""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.progress_tray import ProgressTray
from loyaldesk.ui.widgets.toast import SHOWN_MS, Toaster
from tests.support.qt import accessible_name, deliver_deletions, nameless, tab_order, too_small


@pytest.fixture
def window(qtbot, theme) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    return window


def shown(toaster: Toaster):
    """Return the toast that is on the screen."""
    assert toaster.toast is not None
    return toaster.toast


@pytest.fixture
def said(monkeypatch) -> list[tuple[str, bool]]:
    """Return what is announced to screen readers, and whether it is urgent."""
    words: list[tuple[str, bool]] = []

    def note(event) -> None:
        urgent = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
        words.append((event.message(), urgent))

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(note))
    return words


@pytest.mark.parametrize("reason", EmptyReason)
def test_an_empty_list_gives_reason_and_way_out(theme, qtbot, reason):
    empty = EmptyState(theme)
    qtbot.addWidget(empty)
    empty.explain(reason, "None of 340 match", "Overdue leaves nobody.", action="Clear the filter")
    empty.resize(400, 300)
    empty.show()
    assert empty.reason is reason
    assert accessible_name(empty) == "None of 340 match. Overdue leaves nobody."
    with qtbot.waitSignal(empty.action_chosen):
        QTest.mouseClick(empty.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)


def test_another_reason_takes_the_old_button_away(theme, qtbot):
    empty = EmptyState(theme)
    qtbot.addWidget(empty)
    empty.explain(EmptyReason.FILTERED, "None", "…", action="Clear the filter")
    empty.explain(EmptyReason.NO_RIGHT, "Hidden", "Ana can open it.")
    deliver_deletions()
    assert empty.findChildren(QPushButton) == []
    empty.explain(EmptyReason.NOTHING_YET, "Nothing", "…", action="Add one")
    assert [button.text() for button in empty.findChildren(QPushButton)] == ["Add one"]


def test_a_banner_offers_its_ways_out(theme, qtbot):
    banner = Banner(
        theme,
        BannerKind.WARN,
        happened="The hub did not answer.",
        safe="Your 3 changes are kept.",
        actions=("Try now", "Work offline"),
        has_details=True,
    )
    qtbot.addWidget(banner)
    banner.resize(700, 44)
    banner.show()
    assert nameless(banner) == []
    assert too_small(banner) == []
    with qtbot.waitSignal(banner.action_chosen) as chosen:
        QTest.keyClick(tab_order(banner)[1], Qt.Key.Key_Space)
    assert chosen.args == [1]
    with qtbot.waitSignal(banner.details_wanted):
        QTest.keyClick(tab_order(banner)[2], Qt.Key.Key_Space)


def test_a_grave_banner_interrupts_the_screen_reader(theme, qtbot, said):
    banner = Banner(theme, BannerKind.BAD, happened="The printer stopped.", safe="1–7 are marked.")
    qtbot.addWidget(banner)
    banner.speak()
    assert said == [("The printer stopped. 1–7 are marked.", True)]


def test_a_toast_is_said_and_can_be_taken_back(theme, window, qtbot, said):
    undone = []
    toaster = Toaster(theme, window)
    toaster.say("Call note saved", action="Undo", then=lambda: undone.append(True))
    assert said == [("Call note saved Undo", False)]
    assert toaster.focus_action()
    QTest.keyClick(shown(toaster).button, Qt.Key.Key_Space)
    assert undone == [True]
    assert toaster.toast is None


def test_a_toast_goes_after_eight_seconds(theme, window):
    toaster = Toaster(theme, window)
    toaster.say("Saved")
    assert SHOWN_MS == 8_000
    assert shown(toaster).is_counting
    shown(toaster).gone.emit()
    assert toaster.toast is None


def test_a_toast_waits_while_the_pointer_is_on_it(theme, window):
    toaster = Toaster(theme, window)
    toaster.say("Saved", action="Undo")
    at = QPointF(5, 5)
    QApplication.sendEvent(shown(toaster), QEnterEvent(at, at, at))
    assert not shown(toaster).is_counting
    QApplication.sendEvent(shown(toaster), QEvent(QEvent.Type.Leave))
    assert shown(toaster).is_counting


def test_a_toast_waits_while_its_action_has_the_focus(theme, window, qtbot):
    other = QPushButton("Other", window)
    other.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    toaster = Toaster(theme, window)
    toaster.say("Saved", action="Undo")
    toaster.focus_action()
    assert not shown(toaster).is_counting
    other.setFocus()
    assert shown(toaster).is_counting


def test_only_the_newest_toast_is_there(theme, window):
    toaster = Toaster(theme, window)
    toaster.say("First")
    toaster.say("Second")
    deliver_deletions()
    assert shown(toaster).words == "Second"


def test_a_toast_stays_at_the_lower_left_when_the_window_grows(theme, window):
    toaster = Toaster(theme, window)
    toaster.say("Saved")
    window.resize(900, 700)
    QApplication.processEvents()
    assert shown(toaster).geometry().bottomLeft().toTuple() == (16, 700 - 28 - 16 - 1)


def test_work_shows_how_far_it_is_and_can_be_stopped(theme, qtbot, said):
    tray = ProgressTray(theme)
    qtbot.addWidget(tray)
    tray.begin("Printing 3 of 12")
    tray.show_progress(6, 12, "Printing 6 of 12")
    assert tray.words == "Printing 6 of 12"
    with qtbot.waitSignal(tray.cancelled):
        QTest.keyClick(tab_order(tray)[0], Qt.Key.Key_Space)
    tray.finish("12 letters printed")
    assert not tray.isVisible()
    assert said == [("Printing 3 of 12", False), ("12 letters printed", False)]


def test_a_dialogs_button_names_the_verb(theme, qtbot):
    dialog = Dialog(
        theme,
        title="Print 12 letters?",
        body="They go to tray 2.",
        verb="Print 12 letters",
        cancel="Keep editing",
        width=DialogWidth.SMALL,
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert {b.text() for b in dialog.findChildren(QPushButton)} == {
        "Print 12 letters",
        "Keep editing",
    }
    assert dialog.width() == 420
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog, Qt.Key.Key_Return)


def test_escape_leaves_a_dialog_without_doing_it(theme, qtbot):
    dialog = Dialog(theme, title="Send?", verb="Send")
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
