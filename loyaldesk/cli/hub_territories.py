"""`loyaldesk hub territory`: whose customers a user may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.cli.hub_context import add_data, change_hub, read_hub

if TYPE_CHECKING:
    import argparse

    import sqlalchemy as sa

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("territory", help="whose customers a user may see")
    verbs = parser.add_subparsers(dest="what", required=True, metavar="what")
    add_data(verbs.add_parser("list", help="who was granted which")).set_defaults(run=_run_list)
    for name, words in (("grant", "let a user see it"), ("withdraw", "take it away again")):
        verb = add_data(verbs.add_parser(name, help=words))
        verb.add_argument("user", metavar="USER", help="the name for signing in")
        verb.add_argument("territory", metavar="TERRITORY", help="as it stands in the customers")
        verb.set_defaults(run=_run_change)


def _run_list(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.accounts.users import list_territories

    found = read_hub(args, list_territories)
    lines = [f"{territory:<24}{', '.join(users)}" for territory, users in found.items()]
    said = "\n".join(lines) or "No territory was granted to anybody yet."
    context.show([{"territory": name, "users": users} for name, users in found.items()], said)
    return 0


def _run_change(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.accounts.users import (
        grant_territory,
        is_territory,
        user_named,
        withdraw_territory,
    )

    is_granted = args.what == "grant"

    def work(connection: sa.Connection) -> bool:
        user = user_named(connection, args.user)
        change = grant_territory if is_granted else withdraw_territory
        change(connection, user, args.territory)
        return is_territory(connection, args.territory)

    has_customers = change_hub(args, work)
    words = "has" if is_granted else "does not have"
    said = (
        f"“{args.user}” {words} the territory “{args.territory}”. It counts from the next request "
        "on."
    )
    if is_granted and not has_customers:
        said += " No customer has this territory yet: see that it is spelled as in the customers."
    data = {"user": args.user, "territory": args.territory, "is_granted": is_granted}
    context.show({**data, "has_customers": has_customers}, said)
    return 0
