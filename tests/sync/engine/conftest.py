"""A desk that reads small pages of a hub that has nothing but pages."""

from __future__ import annotations

import pytest

from loyaldesk.sync.engine.desk import Limits
from tests.support.page_hub import PageHub
from tests.support.sync_desks import Laptop, Office


@pytest.fixture
def hub() -> PageHub:
    return PageHub()


@pytest.fixture
def desk(hub: PageHub) -> Laptop:
    laptop = Laptop(Office(), limits=Limits(page_rows=3, chunk_rows=2))
    laptop.wire.answer_by(hub)
    return laptop
