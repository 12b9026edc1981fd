"""What does every test of the window stand on? A fixed look, a fixed font and a fixed day."""

from __future__ import annotations

import os
from datetime import date

import pytest

# Offscreen unless a platform is named, for example QT_QPA_PLATFORM=xcb under Xvfb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase

from loyaldesk.resources import resource
from loyaldesk.ui.widgets.dress import dress_application
from loyaldesk.ui.widgets.theme import Look, SchemeChoice, Theme
from tests.support.listening import NOW, desk_of
from tests.support.stores import Clock, fresh_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

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
    return date(2026, 11, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return an open, empty store whose clock stands on that Friday."""
    opened = fresh_store(tmp_path / "profile", clock=Clock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def desk(theme: Theme, store: Store, tmp_path: Path, today: date) -> Desk:
    """Return a desk on that store."""
    return desk_of(theme, store, tmp_path, today=today)
