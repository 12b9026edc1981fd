"""A hub's contents, kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyaldesk.hub.contents.engine import BlobHub
from tests.support.blobs import MemoryBlobs

if TYPE_CHECKING:
    from loyaldesk.hub.store import HubStore


@pytest.fixture
def files() -> MemoryBlobs:
    return MemoryBlobs()


@pytest.fixture
def blobs(hub: HubStore, files: MemoryBlobs) -> BlobHub:
    return BlobHub(hub, files)
