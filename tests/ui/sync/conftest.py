"""A desk of a hub with a customer, and what is told about the hub."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from loyaldesk.sync.state import Phase, SyncState
from loyaldesk.ui.sync.page import SyncPage
from tests.support.desks import NOW
from tests.support.factories import make_customer
from tests.support.teamwork import uid_of

if TYPE_CHECKING:
    from collections.abc import Callable

IN_STEP = SyncState(
    phase=Phase.IN_STEP,
    last_success_at=NOW - timedelta(minutes=2),
    hub="https://hub.example",
    user="ana",
    desk="B7",
)


@pytest.fixture
def customer(store) -> tuple[str, str]:
    """Return a customer as it travels: kind and uid."""
    make_customer(store, "Blondel et Fils", number="10117", terms_days=45, phone="+33 2")
    return "customer", uid_of(store, "customer", 1)


@pytest.fixture
def tell(desk) -> Callable[..., SyncState]:
    """Return what tells the window how it is, in step unless said otherwise."""

    def telling(**changes) -> SyncState:
        state = replace(IN_STEP, **changes)
        desk.news.tell_sync(state)
        return state

    return telling


@pytest.fixture
def open_page(desk, tell, keep) -> Callable[[], SyncPage]:
    """Return what opens the page of a desk in step."""

    def opening() -> SyncPage:
        tell()
        page = keep(SyncPage(desk), (1300, 760))
        for _ in range(5):
            QApplication.processEvents()
        return page

    return opening
