"""Is a bug told, kept free of customers' data, and heard on every thread?"""

import sys
import threading
from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication

from loyaldesk.ui.shell.bug_catcher import BugCatcher
from loyaldesk.ui.shell.crash_dialog import CrashDialog, crash_report

SECRET = "Müller & Söhne, DE89 3704 0044 0532 0130 00"


def a_bug() -> ValueError:
    try:
        date.fromisoformat(SECRET)
    except ValueError as error:
        return error
    pytest.fail("That is no day.")


def test_the_report_names_the_place_and_no_value():
    report = crash_report(a_bug())
    assert "ValueError" in report
    assert "test_crashes.py" in report
    assert "Müller" not in report
    assert "DE89" not in report


def test_the_report_is_shown_in_full_and_copied_as_shown(desk, qtbot):
    dialog = CrashDialog(desk, a_bug())
    qtbot.addWidget(dialog)
    assert dialog.report.isReadOnly()
    dialog.accept()
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()


@pytest.fixture
def caught(qapp):
    catcher = BugCatcher()
    heard: list[BaseException] = []
    catcher.caught.connect(heard.append)
    catcher.install()
    yield heard
    catcher.remove()


def test_a_bug_in_a_slot_is_told(caught):
    bug = a_bug()
    sys.excepthook(type(bug), bug, bug.__traceback__)
    assert caught == [bug]


def test_a_bug_on_a_thread_is_told_on_the_main_thread(caught, qtbot):
    bug = a_bug()

    def fail() -> None:
        raise bug

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: caught == [bug])


def test_stopping_the_program_is_no_bug(caught):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert caught == []


def test_python_gets_its_hooks_back():
    before = (sys.excepthook, threading.excepthook)
    catcher = BugCatcher()
    catcher.install()
    catcher.remove()
    assert (sys.excepthook, threading.excepthook) == before
