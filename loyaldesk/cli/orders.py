"""`loyaldesk order show`: the whole page of an order as data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.cli.context import as_data
from loyaldesk.domain.order_steps import order_steps
from loyaldesk.queries.order_page import find_order, read_order_page

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("order", help="look at one order")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    show = verbs.add_parser("show", help="everything its page shows")
    show.add_argument("number", help="the order's number")
    show.set_defaults(run=_run_show)


def _run_show(args: argparse.Namespace, context: Context) -> int:
    reader = context.reader()
    page = read_order_page(reader, order_id=find_order(reader, number=args.number))
    data = as_data(page)
    order = data.pop("head")
    for line, shown in zip(page.lines, data["lines"], strict=True):
        shown["balance_milli"] = line.balance_milli
        shown["days_late"] = line.days_late(context.today)
    steps = as_data(order_steps(page.step_facts(context.today)))
    context.show({"order": order, "steps": steps, **data})
    return 0
