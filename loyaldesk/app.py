"""How the desktop is put together: the only file that knows every part."""

from __future__ import annotations

import getpass
import os
import secrets
import shutil
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from loyaldesk.background.garbage import GarbageTimer
from loyaldesk.background.jobs import Jobs
from loyaldesk.credentials import KEY_VARIABLE, database_key
from loyaldesk.errors import LoyalDeskError, Refused
from loyaldesk.formats import Formats
from loyaldesk.resources import resource
from loyaldesk.settings import PrivateFolder, ProfileLock, UiState, profile_folder
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.ui.desk import Desk, News, Ways
from loyaldesk.ui.shell.bug_catcher import BugCatcher
from loyaldesk.ui.shell.look import look_from
from loyaldesk.ui.shell.main_window import MainWindow
from loyaldesk.ui.widgets.dress import dress_application

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from loyaldesk.background.job import Job
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Reader
    from loyaldesk.store.store import Store

__all__ = ["Desktop", "run_window", "take_pictures"]

# Reading starts at once; importing what writing needs waits until the first rows are on screen.
FIRST_ROWS_S = 3.0
STATE_FILE = "window.json"


def run_window(*, profile: str | None, demo: bool) -> int:
    """Open the window on a profile, or on a demo company that leaves nothing behind."""
    if demo:
        return _run_demo()
    return _run_profile(profile)


def _run_demo() -> int:
    folder = tempfile.mkdtemp(prefix="loyaldesk-demo-")
    os.environ[KEY_VARIABLE] = secrets.token_hex(32)
    try:
        return _run_profile(folder, is_demo=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_profile(profile: str | None, *, is_demo: bool = False) -> int:
    app = QApplication(sys.argv[:1])
    app.setApplicationName("LoyalDesk")
    try:
        folder = profile_folder(profile)
        with ExitStack() as stack:
            try:
                lock = stack.enter_context(ProfileLock(folder))
            except Refused as refused:
                return _leave_to_first_window(app, folder, refused)
            temporary = stack.enter_context(PrivateFolder(folder))
            desktop = Desktop(
                app, folder, temporary=temporary, verify=lock.was_unclean, is_demo=is_demo
            )
            return desktop.run()
    except LoyalDeskError as error:
        _tell_before_window(app, str(error))
        return 1


def _leave_to_first_window(app: QApplication, folder: Path, refused: Refused) -> int:
    """Bring the window that has the profile forward, or say why there is no second one."""
    from loyaldesk.ui.shell.single_window import call_first_window

    if call_first_window(folder):
        sys.stderr.write(f"{refused}\n")
    else:
        _tell_before_window(app, str(refused))
    return 1


def _tell_before_window(app: QApplication, sentence: str) -> None:
    """Say why there is no window: on standard error, and in a box where somebody looks."""
    sys.stderr.write(f"{sentence}\n")
    if app.platformName() != "offscreen":
        from loyaldesk.ui.shell.refusal_box import show_refusal

        show_refusal(sentence)


def take_pictures(profile: Path, folder: Path, *, only: str = "") -> list[Path]:
    """Draw the pages of a demo company made in that profile and return the picture files."""
    from loyaldesk.store.reader import open_reader
    from loyaldesk.ui.shell.pictures import PICTURES, Photographer, Subjects

    app = QApplication(sys.argv[:1])
    _use_shipped_font(app)
    desktop = Desktop(app, profile, temporary=profile, verify=False, is_demo=True)
    desktop.open()
    photographer = Photographer(desktop.window, desktop.desk)
    photographer.settle()
    with open_reader(profile / FILE_NAME, database_key(profile)) as reader:
        subjects = Subjects.find(reader, _today())
    wanted = [picture for picture in PICTURES if only in picture.name]
    taken = [path for picture in wanted for path in photographer.take(picture, subjects, folder)]
    desktop.close()
    return taken


def _use_shipped_font(app: QApplication) -> None:
    """Use the font that is shipped, so that pictures are the same everywhere."""
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/NotoSans-{weight}.ttf")))
    app.setFont(QFont("Noto Sans"))


class Desktop:
    """The running desktop: its threads, its store, its window."""

    def __init__(
        self, app: QApplication, profile: Path, *, temporary: Path, verify: bool, is_demo: bool
    ) -> None:
        self._app = app
        self._profile = profile
        self._temporary = temporary
        self._verify = verify
        self._is_demo = is_demo
        self._state = UiState(profile / STATE_FILE)
        self._may_import = Event()
        self._filling: Job | None = None
        self._garbage = GarbageTimer(app)
        self._bugs = BugCatcher(app)
        self._news, self._ways = News(), Ways()
        is_new = not (profile / FILE_NAME).exists()
        self._theme = dress_application(app, look_from(self._state))
        self._jobs = self._make_jobs(is_new=is_new)
        self.desk = self._make_desk()
        self._window = MainWindow(self.desk, is_first_run=is_new, is_demo=is_demo)
        self._connect()

    @property
    def window(self) -> MainWindow:
        """The main window."""
        return self._window

    def run(self) -> int:
        """Show the window until it is closed, and return the exit code of the process."""
        self._bugs.install()
        try:
            self.open()
            return self._app.exec()
        finally:
            self.close()
            self._bugs.remove()

    def open(self) -> None:
        """Show the window; everything else happens behind it."""
        self._window.open()

    def close(self) -> None:
        """Finish every write and end the threads; a demo company is not filled any further."""
        if self._filling is not None:
            self._filling.cancel()
        self._may_import.set()
        self._jobs.close()
        self._state.save()
        self._garbage.stop()

    @cached_property
    def _key(self) -> bytes:
        return database_key(self._profile)

    @cached_property
    def _files(self) -> FileStore:
        from loyaldesk.documents.file_store import FOLDER_NAME, FileStore

        return FileStore(self._profile / FOLDER_NAME, self._key)

    def _make_jobs(self, *, is_new: bool) -> Jobs:
        return Jobs(
            self._open_store,
            failed=self._tell_refusal,
            crashed=self._tell_crash,
            opened=self._opened,
            open_reader=None if is_new else self._open_reader,
        )

    def _make_desk(self) -> Desk:
        return Desk(
            theme=self._theme,
            jobs=self._jobs,
            formats=Formats(_system_locale()),
            state=self._state,
            files=lambda: self._files,
            today=_today,
            now=_now,
            actor=getpass.getuser(),
            ways=self._ways,
            news=self._news,
            temporary=self._temporary,
            open_outside=_open_outside,
        )

    def _connect(self) -> None:
        self._window.first_rows_shown.connect(self._may_import.set)
        self._bugs.caught.connect(self._tell_crash)
        if self._is_demo:
            self._window.painted.connect(self._fill_demo)

    def _open_store(self) -> Store:
        self._may_import.wait(FIRST_ROWS_S)
        from loyaldesk.store.store import Store

        store = Store.open(self._profile, self._key, actor=getpass.getuser(), verify=self._verify)
        store.on_commit(lambda changes: self._announce(store, changes))
        self._files.sweep()
        return store

    def _open_reader(self) -> Reader:
        from loyaldesk.store.reader import open_reader

        return open_reader(self._profile / FILE_NAME, self._key)

    def _announce(self, store: Store, changes: Changes) -> None:
        labels = (store.undo_label or "", store.redo_label or "")

        def tell() -> None:
            self._news.history_changed.emit(*labels)
            self._news.changed.emit(changes)

        self._jobs.announce(tell)

    def _opened(self) -> None:
        from loyaldesk.ui.shell.single_window import SingleWindow

        self._window.store_opened()
        if self._verify:
            self._window.tell_rescued()
        first = SingleWindow(self._profile, self._window)
        first.called.connect(self._window.come_forward)

    def _fill_demo(self) -> None:
        from loyaldesk.documents.demo_files import fill_demo

        self._may_import.set()
        self._filling = self._jobs.run(
            fill_demo,
            files=lambda: self._files,
            today=_today(),
            progress=self._news.work_went.emit,
            then=lambda _: self._news.work_ended.emit(),
            cancelled=self._news.work_ended.emit,
        )
        words = self._window.tr("Filling the demo company")
        self._news.work_began.emit(words, self._filling.cancel)

    def _tell_refusal(self, error: LoyalDeskError) -> None:
        self._window.show_refusal(str(error))

    def _tell_crash(self, error: BaseException) -> None:
        self._window.show_crash(error)


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().astimezone().date()


def _system_locale() -> str:
    name = QLocale.system().bcp47Name()
    # A system without a language of its own writes as most of Europe does.
    return "en-GB" if name in {"C", "en", "en-POSIX"} else name


def _open_outside(target: Any) -> None:
    # Imported when first used: neither belongs to the first window.
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    from loyaldesk.documents.opening import open_external

    def opener(url: str) -> bool:
        return QDesktopServices.openUrl(QUrl(url))

    open_external(target, opener=opener)
