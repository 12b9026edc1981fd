"""`loyaldesk acknowledge --pending`: every order that is ready, and why the others are not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loyaldesk.cli.outputs import checked_folder
from loyaldesk.runs.pending_acknowledgements import PendingRun, read_pending

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.runs.pending_acknowledgements import PendingOrder

__all__ = ["run_pending"]


def run_pending(args: argparse.Namespace, context: Context) -> int:
    """Issue what is ready to the folder or the outbox; with neither, only say what is ready."""
    if args.out is not None:
        checked_folder(args.out, profile=context.profile)
    pending = read_pending(context.reader(), today=context.today)
    if args.out is None and not args.mail:
        ready = [order for order in pending if order.is_ready]
        _tell(context, pending, f"{len(ready)} ready, {len(pending) - len(ready)} need a look.")
        return 0
    run = PendingRun(
        context.open_store(),
        context.files(),
        now=datetime.now(UTC),
        folder=args.out,
        mails=args.mail,
    )
    ended = list(run.run(pending))
    issued = sum(1 for order in ended if order.letter)
    _tell(context, ended, f"{issued} issued, {len(ended) - issued} left.")
    return 0


def _tell(context: Context, orders: list[PendingOrder], summary: str) -> None:
    context.show([_data(order) for order in orders], "\n".join([*map(_line, orders), summary]))


def _data(order: PendingOrder) -> dict[str, object]:
    return {
        "order": order.order,
        "customer": order.customer,
        "ready": order.is_ready,
        "reason": order.reason,
        "letter": order.letter,
        "file": order.file,
        "mailed_to": order.mailed_to,
    }


def _line(order: PendingOrder) -> str:
    if order.file:
        said = f"{order.letter}, written to {order.file}"
    elif order.mailed_to:
        said = f"{order.letter}, in the outbox to {order.mailed_to}"
    else:
        said = order.reason or "ready"
    return f"{order.order}, {order.customer}: {said}"
