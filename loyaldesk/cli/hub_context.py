"""What the commands of the hub share: where its data lies, and its database while it is open."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    import sqlalchemy as sa

    from loyaldesk.hub.opening import HubPlace
    from loyaldesk.hub.store import HubStore

__all__ = ["add_data", "change_hub", "moment", "place_of", "read_hub"]

T = TypeVar("T")


def add_data(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let a command take the folder of the hub's data."""
    parser.add_argument(
        "--data", metavar="DIR", help="the hub's data folder (or LOYALDESK_HUB_DATA)"
    )
    return parser


def place_of(args: argparse.Namespace) -> HubPlace:
    """Return where the hub lies; refused where what only a hub needs was not installed."""
    try:
        import argon2  # noqa: F401 - only whether it is there
        import starlette  # noqa: F401 - as above

        from loyaldesk.hub.opening import hub_place
    except ModuleNotFoundError as error:
        raise Refused(
            f"This LoyalDesk was installed without what a hub needs ({error.name}). Nothing was "
            "changed. Install it with `pip install loyaldesk[hub]`."
        ) from error
    if args.data == "":
        raise Refused("The folder after --data is missing. Nothing was changed.")
    return hub_place(args.data)


def read_hub(args: argparse.Namespace, work: Callable[[sa.Connection], T]) -> T:
    """Return what the work reads from the hub's database."""
    with _opened(args) as store, store.snapshot("read") as tx:
        return work(tx.connection)


def change_hub(args: argparse.Namespace, work: Callable[[sa.Connection], T]) -> T:
    """Return what the work returns; what it changed in the hub's database is kept."""
    with _opened(args) as store:
        return store.repeat("administer", lambda tx: work(tx.connection))


def moment() -> str:
    """Return the instant, as the hub keeps it."""
    return datetime.now(UTC).isoformat()


@contextmanager
def _opened(args: argparse.Namespace) -> Iterator[HubStore]:
    place = place_of(args)
    from loyaldesk.hub.opening import open_store

    store = open_store(place)
    try:
        yield store
    finally:
        store.close()
