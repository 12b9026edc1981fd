"""What does every test of the window stand on? A fixed look, a fixed font and a fixed day."""

from __future__ import annotations

import gc
import os

import pytest

# Offscreen unless a platform is named, for example QT_QPA_PLATFORM=xcb under Xvfb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from loyaldesk.background.garbage import GarbageTimer
from loyaldesk.background.jobs import Jobs
from loyaldesk.resources import resource
from loyaldesk.ui.widgets.dress import dress_application
from loyaldesk.ui.widgets.theme import Look, SchemeChoice, Theme
from tests.support.desks import NOW, TODAY, Heard, desk_of, hear
from tests.support.qt import let_go
from tests.support.stores import Clock, fresh_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk

FIXED_LOOK = Look(scheme=SchemeChoice.LIGHT)
FONTS = ("fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf")


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform says so for every window; it means nothing.
    config.addinivalue_line(
        "qt_log_ignore", r"This plugin does not support (propagateSizeHints|raise)"
    )


@pytest.fixture(scope="session")
def garbage(qapp: QApplication) -> Iterator[GarbageTimer]:
    """Return what collects cycles on the main thread, as in the real window."""
    timer = GarbageTimer(qapp)
    yield timer
    timer.stop()


@pytest.fixture(autouse=True)
def collected_here(garbage: GarbageTimer) -> Iterator[None]:
    """Let no widget die on another thread, and collect between two tests what is due."""
    # A test of the real window gives collecting back to Python when it ends.
    gc.disable()
    yield
    let_go()
    garbage.collect_if_due()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> Theme:
    """Dress the one application of the run with our bundled font."""
    for font in FONTS:
        QFontDatabase.addApplicationFont(str(resource(font)))
    qapp.setFont(QFont("Noto Sans"))
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    return dress_application(qapp, FIXED_LOOK)


@pytest.fixture
def theme(dressed: Theme) -> Theme:
    """Return the theme, light and at 100 %, whatever the test before did to it."""
    if dressed.look != FIXED_LOOK:
        dressed.wear(FIXED_LOOK)
    return dressed


@pytest.fixture
def today() -> date:
    """Return the day on which everything in these tests happens: a Friday."""
    return TODAY


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an open, empty store whose clock stands on that Friday."""
    opened = fresh_store(tmp_path / "profile", clock=Clock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def opened() -> list[str]:
    """Return the links that went to other programs."""
    return []


@pytest.fixture
def desk(theme: Theme, store: Store, tmp_path: Path, opened: list[str]) -> Iterator[Desk]:
    """Return a desk on that store, whose jobs are answered at once."""
    made = desk_of(theme, store, tmp_path, opened=opened)
    yield made
    # Closed windows ask to be deleted later, and none may outlive its desk.
    let_go()
    made.jobs.close()


@pytest.fixture
def lanes(store: Store, garbage: GarbageTimer) -> Iterator[Jobs]:
    """Return real lanes on the store, which belongs to the test; a failure is raised."""

    def fail(error: Exception) -> None:
        raise error

    class Lent:
        transaction, reader = store.transaction, store.reader

        def close(self) -> None:
            return None

    made = Jobs(Lent, failed=fail, crashed=fail)
    yield made
    let_go()
    made.close()


@pytest.fixture
def heard(desk: Desk, opened: list[str]) -> Heard:
    """Return what is said and wished for from now on."""
    return hear(desk, opened)


@pytest.fixture
def keep(desk: Desk) -> Iterator[Callable[..., QWidget]]:
    """Return what shows a widget, at a size if one is given; all of them go before their desk."""
    kept: list[QWidget] = []

    def show(widget: QWidget, size: tuple[int, int] | None = None) -> QWidget:
        kept.append(widget)
        if size is not None:
            widget.resize(*size)
        widget.show()
        # Some widgets ask for what they show in the next turn only.
        for _ in range(3):
            QApplication.processEvents()
        return widget

    yield show
    for widget in kept:
        if isValid(widget):
            widget.hide()
            delete(widget)
