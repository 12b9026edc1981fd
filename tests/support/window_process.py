"""The desktop in a process of its own, which does what a scenario says and reports it.

Run as `python -m tests.support.window_process SCENARIO PROFILE`; each line it prints is one fact.
"""

from __future__ import annotations

import faulthandler
import json
import os
import subprocess
import sys
import threading
import traceback
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ROOT", "facts_of", "start"]

ROOT = Path(__file__).parents[2]
HEAVY = (
    "alembic", "babel", "cryptography", "keyring", "pikepdf", "pypdfium2", "reportlab",
    "sqlalchemy", "PySide6.QtNetwork", "PySide6.QtPrintSupport",
)  # fmt: skip
LIMIT_S = 50


def start(scenario: str, profile: Path, **environ: str) -> subprocess.Popen[str]:
    """Start a scenario in a process; the caller ends it."""
    # Imported here: the measured process must not import the store for its key.
    from tests.support.stores import KEY

    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.window_process", scenario, str(profile)],
        cwd=ROOT,
        env={**os.environ, "LOYALDESK_KEY": KEY.hex(), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def facts_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait until the process has ended by itself and return what it reported."""
    out, err = process.communicate(timeout=2 * LIMIT_S)
    assert process.returncode == 0, err
    facts: dict[str, Any] = {}
    for line in out.splitlines():
        facts |= json.loads(line)
    return facts


def tell(**facts: Any) -> None:
    """Report facts."""
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def loaded() -> list[str]:
    """Return which of the heavy modules this process has imported."""
    return [name for name in HEAVY if name in sys.modules]


class _Noting(threading.Event):
    """Notes what is loaded at the moment when the write lane may begin to import."""

    def set(self) -> None:
        if not self.is_set():
            tell(at_first_rows=loaded())
        super().set()


def _modules(desktop: Any) -> None:
    """Report what is imported when the frame is painted and when the first rows are."""
    desktop.window.painted.connect(
        lambda: tell(at_first_frame="loyaldesk.ui.shell.main_window" in sys.modules)
    )
    desktop.open()
    desktop.window.painted.connect(
        lambda: tell(rows=desktop.content.guide.page.list.model.rowCount())
    )
    desktop.window.painted.connect(lambda: tell(locale=desktop.desk.formats.tag))
    _once_open(desktop, desktop.window.close)


def _update(desktop: Any) -> None:
    """Report what is said while the records are brought up to date, and which are shown then."""

    def listen() -> None:
        status = desktop.content.status
        say = status.show_updating

        def say_and_tell() -> None:
            say()
            tell(updating=status.kept_words)

        status.show_updating = say_and_tell

    def look() -> None:
        tell(rows=desktop.content.guide.page.list.model.rowCount())
        desktop.window.close()

    desktop.open()
    desktop.window.painted.connect(listen)
    _once_open(desktop, partial(_until_idle, desktop, look))


def _close_at_once(desktop: Any) -> None:
    """Write something and close the window in the same moment."""
    from loyaldesk.operations.activities import keep_draft

    def leave() -> None:
        for n in range(20):
            desktop.desk.jobs.write(keep_draft, key=f"note/{n}", content='{"text": "Syrup"}')
        desktop.window.close()

    desktop.open()
    desktop.window.first_rows_shown.connect(leave)


def _type_a_note(desktop: Any) -> None:
    """Type a note into the first customer's page, say when it is kept, and go on waiting."""
    from PySide6.QtTest import QTest

    def write() -> None:
        desktop.content.guide.go_to_customer(1)
        composer = desktop.content.guide.page.middle.composer
        composer.text.setFocus()
        QTest.keyClicks(composer.text, "Syrup comes on Friday")

    def tell_kept(changes: Any) -> None:
        if changes.touches("draft"):
            tell(kept=desktop.content.guide.page.middle.composer.text.toPlainText())

    desktop.open()
    desktop.window.painted.connect(lambda: desktop.desk.news.changed.connect(tell_kept))
    _once_open(desktop, write)


def _tell_the_rescue(desktop: Any) -> None:
    """Say what the window says after a crash, and what stands in the note."""

    def go_on() -> None:
        banner = desktop.content.banners.banner
        tell(banner=banner.text)
        banner.action_chosen.emit(0)
        _until_idle(desktop, tell_note)

    def tell_note() -> None:
        tell(note=desktop.content.guide.page.middle.composer.text.toPlainText())
        tell(tabs=desktop.content.tabs.customer_ids)
        desktop.window.close()

    desktop.open()
    _once_open(desktop, partial(_until_idle, desktop, go_on))


def _come_forward(desktop: Any) -> None:
    """Say when a later start called, and leave."""
    desktop.window.come_forward = lambda: (tell(called=True), desktop.window.close())
    desktop.open()
    _once_open(desktop, lambda: tell(ready=True))


def _demo(desktop: Any) -> None:
    """Fill the demo company and say how many customers the list then shows."""

    def rows() -> int:
        is_furnished = hasattr(desktop, "content")
        return desktop.content.guide.page.list.model.rowCount() if is_furnished else 0

    def tell_rows() -> None:
        tell(rows=rows())
        desktop.window.close()

    desktop.open()
    _until(lambda: rows() > 0 and desktop.desk.jobs.is_idle(), tell_rows)


def _first_run(desktop: Any) -> None:
    """Choose the empty door of a fresh profile and say what came."""

    def choose() -> None:
        doors = desktop.content.pages.currentWidget()
        wished: list[bool] = []
        desktop.desk.ways.new_customer_wanted.connect(lambda: wished.append(True))
        doors.empty.button.click()
        tell(section=desktop.content.guide.place.section, wished=wished)
        desktop.window.close()

    desktop.open()
    _once_open(desktop, choose)


def _once_open(desktop: Any, then: Callable[[], object]) -> None:
    """Call when the store is open and everything that was asked for has come."""

    def is_open() -> bool:
        is_furnished = hasattr(desktop, "content")
        return is_furnished and desktop.content.status.is_open and desktop.desk.jobs.is_idle()

    _until(is_open, then)


def _until_idle(desktop: Any, then: Callable[[], object]) -> None:
    """Call when nothing is under way any more."""
    _until(desktop.desk.jobs.is_idle, then)


def _until(is_so: Callable[[], bool], then: Callable[[], object]) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(*((0, then) if is_so() else (20, partial(_until, is_so, then))))


SCENARIOS: dict[str, Callable[[Any], None]] = {
    "modules": _modules,
    "update": _update,
    "close": _close_at_once,
    "type": _type_a_note,
    "rescue": _tell_the_rescue,
    "forward": _come_forward,
    "demo": _demo,
    "first-run": _first_run,
}


def main() -> int:
    """Run a scenario."""
    from PySide6.QtWidgets import QApplication

    from loyaldesk import app as program

    # A scenario that hangs ends with the traceback of where it hangs.
    faulthandler.dump_traceback_later(LIMIT_S, exit=True)
    scenario, profile = sys.argv[1:]

    class Watched(program.Desktop):
        def _tell_crash(self, error: BaseException) -> None:
            traceback.print_exception(error)
            QApplication.exit(1)

        def run(self) -> int:
            SCENARIOS[scenario](self)
            try:
                return QApplication.exec()
            finally:
                self.close()

    vars(program).update(Event=_Noting, Desktop=Watched)
    is_demo = scenario == "demo"
    return program.run_window(profile=None if is_demo else profile, demo=is_demo)


if __name__ == "__main__":
    sys.exit(main())
