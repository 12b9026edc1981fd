"""`loyaldesk customer show`: the whole page of a customer as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.cli.context import as_data
from loyaldesk.domain.customer_figures import customer_tiles
from loyaldesk.queries.customer_page import (
    CustomerPage,
    find_customer,
    read_customer_page,
    read_documents,
)
from loyaldesk.queries.lists import list_orders_of_customer
from loyaldesk.queries.parents import read_family_figures
from loyaldesk.queries.timeline import TimelineFilter, read_timeline

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

EVERY = 1_000_000


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("customer", help="look at one customer")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    show = verbs.add_parser("show", help="everything its page shows")
    show.add_argument("number", help="the customer's number")
    show.set_defaults(run=_run_show)


def _run_show(args: argparse.Namespace, context: Context) -> int:
    reader = context.reader()
    customer_id = find_customer(reader, number=args.number)
    page = read_customer_page(reader, customer_id=customer_id, today=context.today)
    orders = list_orders_of_customer(reader, customer_id=customer_id, most=EVERY)
    family = read_family_figures(reader, customer_id=customer_id, today=context.today)
    whole = {
        "timeline": read_timeline(
            reader, customer_id=customer_id, shown=TimelineFilter.EVERYTHING, most=EVERY
        ),
        "documents": read_documents(reader, customer_id=customer_id, most=EVERY),
        "orders": orders,
        "family": family.together,
    }
    context.show({**_page_data(page), **whole})
    return 0


def _page_data(page: CustomerPage) -> dict[str, Any]:
    data = as_data(page)
    head = data.pop("head")
    figures = data.pop("figures")
    return {
        "customer": head,
        "tiles": as_data(customer_tiles(page.tile_facts)),
        "ageing": as_data(page.ageing),
        **data,
        "years": figures["years"],
    }
