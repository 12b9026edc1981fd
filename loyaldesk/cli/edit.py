"""`loyaldesk edit customer` and `loyaldesk note`: the two things a script most often writes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.customers import edit_customer
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.field_names import CUSTOMER_FIELDS

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.store.gate import Transaction

__all__ = ["add_parser"]

TRUTH = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands."""
    parser = subparsers.add_parser("edit", help="change fields of a record")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="kind")
    customer = kinds.add_parser(
        "customer",
        help="change fields of a customer",
        description=(
            "Such as: loyaldesk edit customer 10042 phone='+44 20 7946 0000'. An empty value "
            "empties the field. Fields: " + ", ".join(CUSTOMER_FIELDS) + "."
        ),
    )
    customer.add_argument("number", help="the customer's number")
    customer.add_argument("words", nargs="+", metavar="FIELD=VALUE")
    customer.set_defaults(run=_run_customer)
    note = subparsers.add_parser("note", help="write a note to a customer's timeline")
    note.add_argument("number", metavar="CUSTOMER", help="the customer's number")
    note.add_argument("text", metavar="TEXT", help="the note; - reads it from standard input")
    note.set_defaults(run=_run_note)


def _run_customer(args: argparse.Namespace, context: Context) -> int:
    with context.open_store().transaction(edit_customer.label) as tx:
        customer_id = find_customer(tx, number=args.number)
        fields = dict(_parsed(tx, word) for word in args.words)
        edit_customer(tx, customer_id=customer_id, **fields)
    context.show(
        {"number": args.number, "fields": sorted(fields)}, f"Customer {args.number} is changed."
    )
    return 0


def _run_note(args: argparse.Namespace, context: Context) -> int:
    text = sys.stdin.read() if args.text == "-" else args.text
    with context.open_store().transaction(write_note.label) as tx:
        customer_id = find_customer(tx, number=args.number)
        note_id = write_note(tx, customer_id=customer_id, text=text)
    context.show({"number": args.number, "note": note_id}, f"The note is with {args.number}.")
    return 0


def _parsed(tx: Transaction, word: str) -> tuple[str, Any]:
    name, sign, typed = word.partition("=")
    if not sign or name not in CUSTOMER_FIELDS:
        raise Refused(
            f"“{word}” is not understood. Nothing was changed. Write phone=VALUE; the fields are "
            + ", ".join(CUSTOMER_FIELDS)
            + ".",
            field=name,
        )
    field = KINDS["customer"].fields[name]
    value = typed.strip()
    if not value and field.is_nullable:
        return name, None
    if field.refers:
        return name, find_customer(tx, number=value)
    return name, _typed(name, field.type, value)


def _typed(name: str, kind: str, value: str) -> Any:
    try:
        if kind == "bool":
            return TRUTH[value.lower()]
        return int(value) if kind == "int" else value
    except (KeyError, ValueError):
        wanted = "yes or no" if kind == "bool" else "a whole number"
        raise Refused(f"{name} must be {wanted}. Nothing was changed.", field=name) from None
