"""`loyaldesk hub user`: who may use the hub, as what, and by which password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.cli.hub_context import add_data, change_hub, moment, read_hub

if TYPE_CHECKING:
    import argparse

    import sqlalchemy as sa

    from loyaldesk.cli.context import Context
    from loyaldesk.hub.accounts.users import User

__all__ = ["add_parser"]

ROLES = ("admin", "office", "rep", "reader", "connector")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("user", help="who may use the hub")
    verbs = parser.add_subparsers(dest="what", required=True, metavar="what")
    add = _verb(verbs, "add", "invite somebody; prints a password for one sign-in", _run_add)
    add.add_argument("--name", required=True, help="as customers name their account manager")
    add.add_argument("--role", choices=ROLES, default="rep", help="a rep unless given")
    add.add_argument("--territory", action="append", default=[], help="once for each")
    add.add_argument("--oidc", metavar="EMAIL", help="signs in with this company account instead")
    _verb(verbs, "disable", "shut somebody out", _run_disable)
    _verb(verbs, "enable", "let somebody in again", _run_enable)
    _verb(verbs, "password", "print a new password for one sign-in", _run_password)
    role = _verb(verbs, "role", "make somebody something else", _run_role)
    role.add_argument("role", choices=ROLES)
    add_data(verbs.add_parser("list", help="all users")).set_defaults(run=_run_list)


def _verb(verbs: Any, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = add_data(verbs.add_parser(name, help=words))
    parser.add_argument("user", metavar="USER", help="the name for signing in")
    parser.set_defaults(run=run)
    return parser


def _run_add(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.access import Role
    from loyaldesk.hub.accounts.passwords import hash_password, one_time_password
    from loyaldesk.hub.accounts.users import NewUser, add_user, grant_territory
    from loyaldesk.hub.opening import new_uid

    password = None if args.oidc else one_time_password()
    new = NewUser(
        login=args.user,
        name=args.name,
        role=Role(args.role),
        password=password and hash_password(password),
        email=args.oidc,
    )

    def work(connection: sa.Connection) -> User:
        user = add_user(connection, new, uid=new_uid(), now=moment())
        for territory in args.territory:
            grant_territory(connection, user, territory)
        return user

    user = change_hub(args, work)
    said = f"“{user.login}” may sign in with the company account {user.email}."
    if password:
        said = _handed_out(user, password)
    context.show({"user": user.login, "role": user.role, "password": password}, said)
    return 0


def _run_list(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.accounts.users import granted_territories, list_users

    def work(connection: sa.Connection) -> list[dict[str, Any]]:
        return [
            _values(user, granted_territories(connection, user)) for user in list_users(connection)
        ]

    users = read_hub(args, work)
    lines = [
        f"{user['user']:<16}{user['role']:<11}{user['status']:<10}{user['name']}"
        + (f"  ({', '.join(user['territories'])})" if user["territories"] else "")
        for user in users
    ]
    context.show(users, "\n".join(lines))
    return 0


def _run_disable(args: argparse.Namespace, context: Context) -> int:
    return _switch(args, context, is_disabled=True)


def _run_enable(args: argparse.Namespace, context: Context) -> int:
    return _switch(args, context, is_disabled=False)


def _switch(args: argparse.Namespace, context: Context, *, is_disabled: bool) -> int:
    from loyaldesk.hub.accounts.users import disable_user, user_named

    def work(connection: sa.Connection) -> User:
        user = user_named(connection, args.user)
        disable_user(connection, user, is_disabled=is_disabled)
        return user

    user = change_hub(args, work)
    words = (
        "has no access any more, from the next request on" if is_disabled else "has access again"
    )
    context.show({"user": user.login, "is_disabled": is_disabled}, f"“{user.login}” {words}.")
    return 0


def _run_password(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.accounts.passwords import hash_password, one_time_password
    from loyaldesk.hub.accounts.users import PasswordState, set_password, user_named

    password = one_time_password()
    kept = hash_password(password)

    def work(connection: sa.Connection) -> User:
        user = user_named(connection, args.user)
        set_password(connection, user, kept, PasswordState.ONE_TIME)
        return user

    user = change_hub(args, work)
    context.show({"user": user.login, "password": password}, _handed_out(user, password))
    return 0


def _run_role(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.access import Role
    from loyaldesk.hub.accounts.users import set_role, user_named

    def work(connection: sa.Connection) -> User:
        user = user_named(connection, args.user)
        set_role(connection, user, Role(args.role))
        return user

    user = change_hub(args, work)
    data = {"user": user.login, "role": args.role}
    context.show(data, f"“{user.login}” is {args.role} from the next request on.")
    return 0


def _values(user: User, territories: frozenset[str] | None) -> dict[str, Any]:
    return {
        "user": user.login,
        "name": user.name,
        "role": user.role,
        "status": "disabled" if user.is_disabled else "active",
        "email": user.email,
        "territories": None if territories is None else sorted(territories),
    }


def _handed_out(user: User, password: str) -> str:
    return (
        f"“{user.login}” signs in once with the password\n    {password}\nand then chooses "
        "another one. It is not shown again."
    )
