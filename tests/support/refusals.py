"""How does a test see that an operation was refused and left no trace?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loyaldesk.errors import Refused
from tests.support.factories import do
from tests.support.stores import content

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.store.store import Store

__all__ = ["refused"]


def refused(store: Store, operation: Callable[..., Any], **arguments: Any) -> Refused:
    """Return the refusal of an operation, and make sure that nothing at all was written."""
    before = content(store, with_changes=True)
    with pytest.raises(Refused) as refusal:
        do(store, operation, **arguments)
    assert content(store, with_changes=True) == before
    return refusal.value
