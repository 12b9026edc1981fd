"""`loyaldesk connect URL` and `disconnect`: how this profile becomes a desk of a hub."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.sync import moved_words
from loyaldesk.cli.typed import typed_secret
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.sync.engine.exchange import Round
    from loyaldesk.sync.reach.connecting import Connected, SignIn

__all__ = ["PASSWORD_VARIABLE", "add_parser", "first_line"]

PASSWORD_VARIABLE = "LOYALDESK_HUB_PASSWORD"  # noqa: S105 - the name of a variable
_CHOOSE = "\nYour password was for this one sign-in; `loyaldesk password` lets you choose another."


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    parser = subparsers.add_parser(
        "connect",
        help="share records with a team over a hub",
        description=(
            "Such as: loyaldesk connect https://hub.company.com --user ann. The password is asked "
            f"for, or comes from --password-file or {PASSWORD_VARIABLE}. Without --user the "
            "company's account signs in, in the browser, where the hub knows one."
        ),
    )
    parser.add_argument("url", metavar="URL", help="the hub's address")
    parser.add_argument("--user", metavar="NAME", help="the name that the hub knows you by")
    parser.add_argument("--password-file", metavar="FILE", type=Path, help="its first line")
    parser.add_argument(
        "--share", action="store_true", help="bring this profile's records to an empty hub"
    )
    parser.add_argument("--no-sync", action="store_true", help="only connect; exchange nothing yet")
    parser.set_defaults(run=_run_connect)
    subparsers.add_parser(
        "disconnect", help="sign this profile out of its hub; records and edits stay"
    ).set_defaults(run=_run_disconnect)


def _run_connect(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.sync.reach.connecting import Connecting

    sign_in = _sign_in(args, context)
    connecting = Connecting(
        context.open_store(),
        profile=context.profile,
        database_key=context.key,
        may_share=lambda: bool(args.share),
    )
    made = connecting.connect(args.url, sign_in)
    must_choose = args.user is not None and _must_choose(context)
    last = None if args.no_sync else _exchange(context)
    words = f"{_words(made, last)}{_CHOOSE if must_choose else ''}"
    context.show({**_data(made, last), "must_change_password": must_choose}, words)
    return int(last is not None and last.problem is not None)


def _must_choose(context: Context) -> bool:
    from loyaldesk.sync.reach.password import must_choose_password

    return must_choose_password(context.profile, context.key)


def _sign_in(args: argparse.Namespace, context: Context) -> SignIn:
    if args.user is None:
        from loyaldesk.sync.reach.oidc_sign_in import OidcSignIn

        return OidcSignIn(show=context.tell)
    from loyaldesk.sync.reach.connecting import password_sign_in

    return password_sign_in(args.user, _password(args.password_file))


def _password(file: Path | None) -> str:
    if file is not None:
        return first_line(file)
    if PASSWORD_VARIABLE in os.environ:
        return os.environ[PASSWORD_VARIABLE]
    typed = typed_secret()
    if not typed.strip():
        raise Refused(
            "There is no password. Nothing was changed. Type it, or give --password-file or "
            f"{PASSWORD_VARIABLE}."
        )
    return typed


def first_line(file: Path) -> str:
    """Return the password in the first line of a file."""
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise Refused(
            f"The password file “{file}” cannot be read: {reason}. Nothing was changed. Check its "
            "name and who may read it, then try again."
        ) from error


def _exchange(context: Context) -> Round:
    with context.hub_line() as line:
        last = line.once()
        if last.problem is not None:
            context.tell(line.driver.state.problem)
        return last


def _data(made: Connected, last: Round | None) -> dict[str, object]:
    return {
        "hub": made.access.hub_name,
        "url": made.access.url,
        "user": made.access.user,
        "desk": made.access.desk,
        "is_again": made.is_again,
        "shared": made.shared,
        "received": last.received if last else 0,
        "is_in_step": bool(last and last.is_in_step),
    }


def _words(made: Connected, last: Round | None) -> str:
    access = made.access
    words = f"Connected to “{access.hub_name}” as {access.user}, desk {access.desk}."
    if last is None:
        return words
    if last.problem is not None:
        return f"{words} The records follow with `loyaldesk sync`."
    return f"{words} {moved_words(last)}"


def _run_disconnect(_: argparse.Namespace, context: Context) -> int:
    from loyaldesk.sync.reach.connecting import disconnect

    access = disconnect(context.open_store(), profile=context.profile, database_key=context.key)
    context.show(
        {"hub": access.hub_name, "url": access.url, "user": access.user},
        f"Signed out of “{access.hub_name}”. The records stay here, and edits wait until you "
        f"connect again: loyaldesk connect {access.url} --user {access.user}",
    )
    return 0
