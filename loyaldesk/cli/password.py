"""`loyaldesk password`: who was handed a password for one sign-in chooses another."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.connect import PASSWORD_VARIABLE, first_line
from loyaldesk.cli.typed import typed_secret
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["NEW_PASSWORD_VARIABLE", "add_parser"]

NEW_PASSWORD_VARIABLE = "LOYALDESK_HUB_NEW_PASSWORD"  # noqa: S105 - the name of a variable


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "password",
        help="choose your password at the hub",
        description=(
            "Asks for the old password, then twice for the new one. In a script the old one comes "
            f"from {PASSWORD_VARIABLE}, the new one from --password-file or "
            f"{NEW_PASSWORD_VARIABLE}."
        ),
    )
    parser.add_argument(
        "--password-file", metavar="FILE", type=Path, help="the new one, in its first line"
    )
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    access = context.hub_access()
    if access is None:
        raise Refused("This profile is connected to no hub. Nothing was changed.")
    old = _given(PASSWORD_VARIABLE, "Old password: ")
    new = _new_password(args.password_file)
    # Only now: the network is not for who mistyped.
    from loyaldesk.sync.reach.password import change_password

    change_password(context.profile, context.key, old=old, new=new)
    context.show(
        {"hub": access.hub_name, "user": access.user},
        f"The new password of {access.user} at “{access.hub_name}” counts from now on. Computers "
        "that are signed in stay so.",
    )
    return 0


def _new_password(file: Path | None) -> str:
    if file is not None:
        return first_line(file)
    if NEW_PASSWORD_VARIABLE in os.environ:
        return os.environ[NEW_PASSWORD_VARIABLE]
    new = _given(NEW_PASSWORD_VARIABLE, "New password: ")
    if _typed("New password once more: ") != new:
        raise Refused("The two new passwords differ. Nothing was changed. Type them again.")
    return new


def _given(variable: str, prompt: str) -> str:
    """Return what the variable holds, or what is typed without being shown."""
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise Refused(
            "Nobody is there to type a password. Nothing was changed. In a script set "
            f"{PASSWORD_VARIABLE} for the old one and give --password-file or "
            f"{NEW_PASSWORD_VARIABLE} for the new one."
        )
    return _typed(prompt)


def _typed(prompt: str) -> str:
    typed = typed_secret(prompt)
    if not typed:
        raise Refused("No password was typed. Nothing was changed.")
    return typed
