"""How the search index is kept in step with the records it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.store.changes import Changes
    from loyaldesk.store.connection import Connection

__all__ = ["create_tables", "refresh"]


def create_tables(execute: Callable[[str], object]) -> None:
    """Create the tables of the index."""


def refresh(connection: Connection, changes: Changes) -> None:
    """Bring the index in step with the rows of one transaction, before it commits."""
