"""In which buckets does a row lie, so that desks with its territory receive it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Kind, Row

__all__ = ["ALL", "account_bucket", "buckets_of", "own_bucket"]

# What every desk has.
ALL = "all"


def account_bucket(territory: str) -> str:
    """Return the bucket of a territory's customers and of all that belongs to them."""
    return f"acct:{territory}"


def own_bucket(user: str) -> str:
    """Return the bucket of the customers whom this user looks after."""
    return f"own:{user}"


def buckets_of(kind: Kind, customer: Row | None) -> tuple[str, ...]:
    """Return the row's buckets, sorted; `customer` is the one it belongs to, None where none is.

    A row that should have a customer and has none lies nowhere, and so does one that only goes up.
    """
    if kind.is_upward:
        return ()
    if customer is None:
        return (ALL,) if kind.is_shared or _may_do_without(kind) else ()
    manager = customer.get("account_manager") or ""
    own = (own_bucket(manager),) if manager else ()
    return (account_bucket(customer.get("territory") or ""), *own)


def _may_do_without(kind: Kind) -> bool:
    return kind.account != "id" and kind.fields[kind.account].is_nullable
