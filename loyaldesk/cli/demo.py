"""`loyaldesk demo create`: fill an empty profile with invented customers, few or a million."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.operations.demo import DemoCounts

__all__ = ["add_parser"]

_TOLD_EVERY = 100_000


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("demo", help="make a demo company")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    create = verbs.add_parser(
        "create",
        help="fill the empty profile",
        description="Fill an empty profile with a demo company. Without --customers it is the one "
        "of the window: 340 customers, some of them written by hand.",
    )
    create.add_argument("--customers", type=int, metavar="N", help="how many, up to 10,000,000")
    create.add_argument("--orders", type=int, metavar="N", help="default: one a customer")
    create.add_argument("--seed", type=int, default=1, metavar="S", help="same seed, same company")
    create.set_defaults(run=_run_create)


def _run_create(args: argparse.Namespace, context: Context) -> int:
    if args.orders is not None and args.customers is None:
        raise Refused("--orders goes together with --customers. Nothing was made.")
    counts = _make_demo(args, context) if args.customers is None else _make_sized(args, context)
    context.show(
        counts,
        f"The demo company is ready: {counts.customers:,} customers, {counts.orders:,} orders, "
        f"{counts.invoices:,} invoices and credit notes.",
    )
    return 0


def _make_demo(args: argparse.Namespace, context: Context) -> DemoCounts:
    # Making data loads SQLAlchemy, which other commands must not pay for.
    from loyaldesk.documents.demo_files import fill_demo

    store = context.open_store()
    return fill_demo(store, files=context.files, today=context.today, seed=args.seed)


def _make_sized(args: argparse.Namespace, context: Context) -> DemoCounts:
    from loyaldesk.documents.demo_files import fill_sized_demo

    def tell(stage: str, done: int, total: int) -> None:
        if done and (done == total or done % _TOLD_EVERY == 0):
            context.tell(f"{stage.replace('_', ' ')}: {done:,} of {total:,}")

    return fill_sized_demo(
        context.open_store(),
        files=context.files(),
        customers=args.customers,
        orders=args.orders,
        seed=args.seed,
        today=context.today,
        progress=tell,
    )
