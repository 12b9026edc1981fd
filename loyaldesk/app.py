"""How the desktop is put together: the only file that knows every part.

The window is painted before most of them are imported: what stands at the head of this file is
all that stands between the start and the first frame.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from loyaldesk.errors import LoyalDeskError, Refused
from loyaldesk.settings import PrivateFolder, ProfileLock, UiState, profile_folder
from loyaldesk.system import now, open_outside, system_locale, today, user_name
from loyaldesk.ui.shell.frame import Frame
from loyaldesk.ui.shell.plain_imports import import_plainly

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.background.job import Job
    from loyaldesk.background.jobs import Jobs
    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Reader
    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.main_window import MainWindow
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Desktop", "run_window"]

# Reading starts at once; importing what writing needs waits until the first rows are on screen.
FIRST_ROWS_S = 3.0
# Mails that wait may wait until the first page is there and has been looked at.
FIRST_MAILS_MS = 4_000
STATE_FILE = "window.json"


def run_window(*, profile: str | None, demo: bool) -> int:
    """Open the window on a profile, or on a demo company that leaves nothing behind."""
    if not _has_screen():
        sys.stderr.write("There is no screen to open a window on. The commands work without one.\n")
        return 1
    if demo:
        return _run_demo()
    return _run_profile(profile)


def _has_screen() -> bool:
    """Tell whether a window can open: without a screen Qt ends the process where it stands."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"))


def _run_demo() -> int:
    import secrets

    from loyaldesk.credentials import KEY_VARIABLE

    folder = tempfile.mkdtemp(prefix="loyaldesk-demo-")
    os.environ[KEY_VARIABLE] = secrets.token_hex(32)
    try:
        return _run_profile(folder, is_demo=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run_profile(profile: str | None, *, is_demo: bool = False) -> int:
    import_plainly()
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


class Desktop:
    """The running desktop: its frame at once; its threads, store and pages once that is painted."""

    content: MainWindow
    desk: Desk

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
        self._jobs: Jobs | None = None
        self._filling: Job | None = None
        self.window = Frame(self._state)
        self.window.first_rows_shown.connect(self._may_import.set)

    def run(self) -> int:
        """Show the window until it is closed, and return the exit code of the process."""
        self.open()
        try:
            return self._app.exec()
        finally:
            self.close()

    def open(self) -> None:
        """Show the window; everything else happens behind it."""
        self.window.painted.connect(self.furnish)
        self.window.open()

    def furnish(self) -> None:
        """Fill the painted window: dress it, start the lanes, show the first page."""
        # Imported here and below: the first frame does not wait for any of it.
        from PySide6.QtCore import QLocale

        from loyaldesk.background.garbage import GarbageTimer
        from loyaldesk.store.schema import FILE_NAME
        from loyaldesk.ui.shell.bug_catcher import BugCatcher
        from loyaldesk.ui.shell.look import look_from
        from loyaldesk.ui.shell.main_window import MainWindow
        from loyaldesk.ui.widgets.dress import dress_application

        self._garbage = GarbageTimer(self._app)
        # What is typed is understood as what is shown is written.
        QLocale.setDefault(QLocale(system_locale()))
        theme = dress_application(self._app, look_from(self._state))
        is_new = not (self._profile / FILE_NAME).exists()
        self._jobs = self._make_jobs(is_new=is_new)
        self.desk = self._make_desk(theme, self._jobs)
        self.content = MainWindow(
            self.window, self.desk, is_first_run=is_new, is_demo=self._is_demo
        )
        self._bugs = BugCatcher(self._app)
        self._bugs.caught.connect(self._tell_crash)
        self._bugs.install()
        self.content.begin()
        if self._is_demo:
            self._fill_demo(self._jobs)

    def close(self) -> None:
        """Finish every write and end the threads; a demo company is not filled any further."""
        # Hiding lets every page keep what is being typed, while it still can be written.
        self.window.close()
        if self._filling is not None:
            self._filling.cancel()
        self._may_import.set()
        if self._jobs is not None:
            self._jobs.close()
            self._bugs.remove()
            self._garbage.stop()
        self._state.save()

    @cached_property
    def _key(self) -> bytes:
        from loyaldesk.credentials import database_key

        return database_key(self._profile)

    @cached_property
    def _files(self) -> FileStore:
        from loyaldesk.documents.file_store import FOLDER_NAME, FileStore

        return FileStore(self._profile / FOLDER_NAME, self._key)

    def _make_jobs(self, *, is_new: bool) -> Jobs:
        from loyaldesk.background.jobs import Jobs

        return Jobs(
            self._open_store,
            failed=self._tell_refusal,
            crashed=self._tell_crash,
            opened=self._opened,
            open_reader=None if is_new else self._open_reader,
            outdated=self._tell_outdated,
        )

    def _make_desk(self, theme: Theme, jobs: Jobs) -> Desk:
        from loyaldesk.ui.desk import Desk, News, Ways
        from loyaldesk.ui.screen_formats import ScreenFormats

        return Desk(
            theme=theme,
            jobs=jobs,
            formats=ScreenFormats(
                system_locale(), hides_amounts=bool(self._state.get("hides_amounts", False))
            ),
            state=self._state,
            files=lambda: self._files,
            today=today,
            now=now,
            actor=user_name(),
            ways=Ways(),
            news=News(),
            temporary=self._temporary,
            open_outside=open_outside,
        )

    def _open_store(self) -> Store:
        self._may_import.wait(FIRST_ROWS_S)
        from loyaldesk.sync.recovery.opening import open_profile

        store = open_profile(
            self._profile,
            self._key,
            actor=user_name(),
            verify=self._verify,
            told=self._tell_rebuilt,
        )
        store.on_commit(lambda changes: self._announce(store, changes))
        self._files.sweep()
        return store

    def _tell_rebuilt(self, sentence: str) -> None:
        self.desk.jobs.announce(lambda: self.content.sync_parts.tell_rebuilt(sentence))

    def _open_reader(self) -> Reader | None:
        """Return a reader if the file has this version's tables; an older one is not read yet."""
        from loyaldesk.store.connection import DamagedStore, WrongKey
        from loyaldesk.store.reader import open_reader
        from loyaldesk.store.schema import FILE_NAME, is_current

        path = self._profile / FILE_NAME
        try:
            return open_reader(path, self._key) if is_current(path, self._key) else None
        except (DamagedStore, WrongKey):
            # Whoever opens it for writing makes it anew from the hub, or says what is wrong.
            return None

    def _tell_outdated(self) -> None:
        # The first rows, which importing waits for, come only after it now.
        self._may_import.set()
        self.content.status.show_updating()

    def _announce(self, store: Store, changes: Changes) -> None:
        labels = (store.undo_label or "", store.redo_label or "")
        news = self.desk.news

        def tell() -> None:
            news.history_changed.emit(*labels)
            news.changed.emit(changes)

        self.desk.jobs.announce(tell)

    def _opened(self) -> None:
        if not self.window.isVisible():
            # Closed while the store was still opening: nobody is left to tell.
            return
        from PySide6.QtCore import QTimer

        from loyaldesk.ui.shell.single_window import SingleWindow

        self.content.status.show_open()
        if self._verify:
            self.content.tell_rescued()
        first = SingleWindow(self._profile, self.window)
        first.called.connect(self.window.come_forward)
        QTimer.singleShot(FIRST_MAILS_MS, self.window, self._begin_exchange)

    def _begin_exchange(self) -> None:
        """Let mails leave, and the hub be asked, by themselves while the window is open."""
        from loyaldesk.ui.outbox.postman import Postman
        from loyaldesk.ui.sync.courier import Courier

        if self.window.isVisible():
            self._postman = Postman(self.desk, self._profile, self.window)
            self._courier = Courier(self.desk, self._profile, self.window)
            self._courier.erased.connect(self._leave_erased)

    def _leave_erased(self) -> None:
        """Close the window over records that the company had erased."""
        self.window.close()
        _tell_before_window(
            self._app,
            "The company has asked this computer to erase its copy of the records, and it was "
            "erased. What had not been sent is sealed in the data folder, for whoever runs the "
            "hub.",
        )

    def _fill_demo(self, jobs: Jobs) -> None:
        self._may_import.set()
        news = self.desk.news
        self._filling = jobs.run(
            _fill,
            files=lambda: self._files,
            today=today(),
            progress=news.work_went.emit,
            then=lambda _: news.work_ended.emit(),
            cancelled=news.work_ended.emit,
        )
        words = self.content.tr("Filling the demo company")
        news.work_began.emit(words, self._filling.cancel)

    def _tell_refusal(self, error: LoyalDeskError) -> None:
        self.content.show_refusal(str(error))

    def _tell_crash(self, error: BaseException) -> None:
        self.content.show_crash(error)


def _fill(store: Store, **arguments: Any) -> object:
    # Imported on the write lane, so that the window does not stand still meanwhile.
    from loyaldesk.documents.demo_files import fill_demo

    return fill_demo(store, **arguments)
