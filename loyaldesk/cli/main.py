"""Which command was meant, and how it ends: 0 done, 1 refused, 2 wrong use."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

from loyaldesk import __version__
from loyaldesk.cli.context import Context, printable
from loyaldesk.errors import Cancelled, LoyalDeskError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["build_parser", "run_command"]

# Each module has `add_parser(subparsers)`, which sets `run` to its `run(args, context) -> int`.
COMMANDS = {
    "demo": "demo",
    "import": "imports",
    "search": "search",
    "customer": "customers",
    "order": "orders",
    "document": "documents",
    "acknowledge": "letters",
    "statement": "statements",
    "reminder": "reminders",
    "letters": "register",
    "envelope-test": "envelopes",
    "edit": "edit",
    "note": "edit",
    "connect": "connect",
    "disconnect": "connect",
    "password": "password",
    "sync": "sync",
    "company": "company",
    "duplicates": "duplicates",
    "mail": "mail",
    "check": "check",
    "key": "keys",
    "hub": "hub",
    "screenshots": "screenshots",
}

# What a command means when its next word is none of its own: `statement 10042` issues one.
USUAL_WORDS = {
    "statement": ("issue", "run"),
    "sync": ("run", "status", "waiting", "conflicts"),
}

# The commands that may make a profile where there is none; a mistyped folder is told to others.
STARTERS = frozenset({"connect", "demo", "import", "key", "screenshots"})


class _Parser(argparse.ArgumentParser):
    """A parser that takes `--profile` and `--json` before and after the command alike."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_argument(
            "--profile",
            metavar="DIR",
            default=argparse.SUPPRESS,
            help="the data folder (or LOYALDESK_PROFILE)",
        )
        self.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help="print one JSON document and nothing else",
        )


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, or of one command: importing all is slow."""
    parser = _Parser(
        prog="loyaldesk",
        description="The account-management client. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"LoyalDesk {__version__}")
    parser.add_argument("--demo", action="store_true", help="open the demo company")
    parser.set_defaults(profile=None, json=False)
    subparsers = parser.add_subparsers(dest="command", metavar="command")
    modules = [COMMANDS[command]] if command in COMMANDS else dict.fromkeys(COMMANDS.values())
    for module in modules:
        import_module(f"loyaldesk.cli.{module}").add_parser(subparsers)
    return parser


def run_command(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; without a command the window opens."""
    _print_any_name()
    parser = build_parser(_named_command(arguments))
    args = parser.parse_args(_completed(arguments))
    if not all(_is_text(value) for name, value in vars(args).items() if name != "profile"):
        parser.error("a word of the command is not valid text")
    if args.command is None:
        from loyaldesk.app import run_window

        return run_window(profile=args.profile, demo=args.demo)
    try:
        with _context(args) as context:
            code = int(args.run(args, context))
            sys.stdout.flush()
            return code
    except Cancelled:
        print("Stopped. Nothing was changed.", file=sys.stderr)
    except LoyalDeskError as error:
        print(printable(str(error)), file=sys.stderr)
    except BrokenPipeError:
        # Python writes what is left once more at its end, and would complain of the same again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("Stopped. What was under way was not kept.", file=sys.stderr)
    return 1


def _context(args: argparse.Namespace) -> Context:
    return Context(profile=args.profile, wants_json=args.json, may_start=args.command in STARTERS)


def _is_text(value: object) -> bool:
    """Tell whether words can be looked up: a terminal may hand over bytes that are no text."""
    words = value if isinstance(value, list) else [value]
    return not any(
        "\ud800" <= sign <= "\udfff" for word in words if isinstance(word, str) for sign in word
    )


def _print_any_name() -> None:
    """Answer in UTF-8, so that no name is too foreign for a pipe's code page (Windows has one)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _completed(arguments: Sequence[str]) -> list[str]:
    """Return the words with the usual one of a command put in where it was left out."""
    words = list(arguments)
    command = _named_command(words)
    usual = USUAL_WORDS.get(command or "")
    if command is None or usual is None:
        return words
    after = words.index(command) + 1
    following = _named_command(words[after:])
    wants_help = {"-h", "--help"} & set(words[after : after + 1])
    if following not in usual and not wants_help:
        words.insert(after, usual[0])
    return words


def _named_command(arguments: Sequence[str]) -> str | None:
    """Return the first word that is a command, unless help about all of them may be wanted."""
    words = iter(arguments)
    for word in words:
        if word == "--profile":
            next(words, None)
        elif not word.startswith("-"):
            return word
    return None
