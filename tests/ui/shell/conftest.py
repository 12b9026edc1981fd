"""What do the tests of the window stand on? Three customers, and lanes that answer at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from loyaldesk.ui.shell.frame import Frame
from loyaldesk.ui.shell.main_window import MainWindow
from tests.support.factories import make_contact, make_customer, make_invoice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loyaldesk.ui.desk import Desk

SIZE = (1440, 900)


@pytest.fixture
def desk(desk, store) -> Desk:
    """Return the desk, which in a window hears what can be undone."""
    store.on_commit(
        lambda _: desk.news.history_changed.emit(store.undo_label or "", store.redo_label or "")
    )
    return desk


@pytest.fixture
def customers(store) -> list[int]:
    """Return the ids of three customers; the first has a person and an invoice."""
    made = [
        make_customer(store, name, number=str(10042 + at))
        for at, name in enumerate(("Müller & Söhne GmbH", "Harbour & Vine Ltd", "Blondel et Fils"))
    ]
    make_contact(store, made[0], given_name="Heike", phone="+49 40 7344 121")
    make_invoice(store, made[0], "2100.00", number="20877")
    return made


@pytest.fixture
def open_window(desk, qtbot) -> Iterator[Callable[..., MainWindow]]:
    """Return what opens the window; pages go before their desk."""
    frames: list[Frame] = []

    def show(*, is_first_run: bool = False, is_demo: bool = False) -> MainWindow:
        frame = Frame(desk.state)
        frames.append(frame)
        window = MainWindow(frame, desk, is_first_run=is_first_run, is_demo=is_demo)
        frame.resize(*SIZE)
        with qtbot.waitSignal(frame.first_rows_shown, timeout=5_000):
            frame.show()
            window.begin()
        QApplication.processEvents()
        return window

    yield show
    for frame in frames:
        frame.close()
        delete(frame)


@pytest.fixture
def window(open_window, customers) -> MainWindow:
    """Return the window over three customers, showing their list."""
    return open_window()
