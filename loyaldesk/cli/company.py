"""`loyaldesk company`: the letterhead and bank that letters show, looked at and typed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.operations.settings import change_company
from loyaldesk.queries.company import company_values, read_company

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

# Option, field, help. A field of the bank begins with its name.
SINGLE = (
    ("name", "name", "as letters name it"),
    ("phone", "phone", "for questions"),
    ("fax", "fax", "where there is one"),
    ("email", "email", "for questions"),
    ("website", "website", "as it is printed"),
    ("accent", "accent", "the company's colour, such as 17506B"),
    ("return-line", "return_line", "one small line above the address; made from it if left out"),
    ("signed-by", "signature_name", "whose name stands below the letters"),
    ("role", "signature_role", "what that person is"),
    ("conditions", "conditions", "one sentence about your conditions"),
    ("country", "country", "two letters: DE, US, GB; it also chooses the envelope"),
    ("street", "street", "without the number; for Swiss QR-bills"),
    ("house-no", "house_number", "for Swiss QR-bills"),
    ("postcode", "postcode", "for Swiss QR-bills"),
    ("town", "town", "for Swiss QR-bills"),
    ("bank", "bank.name", "the name of the bank"),
    ("iban", "bank.iban", "checked before it is kept"),
    ("bic", "bank.bic", "8 or 11 letters and digits"),
)
REPEATED = (
    ("address", "address", "one line of the address; give it once for each line"),
    ("tax-id", "tax_ids", "such as “VAT DE123456789”; once for each"),
    ("register", "register", "one line of the company register; once for each"),
    ("remit-to", "remit_to", "one line of the address for cheques; once for each line"),
    ("bank-line", "bank.lines", "a line for accounts without an IBAN; once for each"),
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("company", help="the letterhead and bank that letters show")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    verbs.add_parser("show", help="show what letters print").set_defaults(run=_run_show)
    change = verbs.add_parser(
        "set",
        help="type it in, or change what is given",
        description="Changes what is given and leaves the rest. The logo is chosen in the window.",
    )
    for option, field, words in SINGLE:
        change.add_argument(f"--{option}", dest=field, metavar="TEXT", help=words)
    for option, field, words in REPEATED:
        change.add_argument(f"--{option}", dest=field, metavar="LINE", action="append", help=words)
    change.set_defaults(run=_run_set)


def _run_show(_: argparse.Namespace, context: Context) -> int:
    _show(context, read_company(context.reader()))
    return 0


def _run_set(args: argparse.Namespace, context: Context) -> int:
    store = context.open_store()
    changed = _changed(read_company(context.reader()) or Sender(name=""), vars(args))
    with store.transaction(change_company.label) as tx:
        change_company(tx, sender=changed)
    _show(context, changed)
    return 0


def _changed(company: Sender, given: dict[str, Any]) -> Sender:
    names = [field for _, field, _ in (*SINGLE, *REPEATED) if given[field] is not None]
    values: dict[str, Any] = {name: _kept(given[name]) for name in names}
    of_bank: dict[str, Any] = {
        name.removeprefix("bank."): values.pop(name) for name in names if "." in name
    }
    return replace(company, **values, bank=replace(company.bank, **of_bank))


def _kept(given: str | list[str]) -> str | tuple[str, ...]:
    if isinstance(given, str):
        return given.strip()
    return tuple(line.strip() for line in given if line.strip())


def _show(context: Context, company: Sender | None) -> None:
    if company is None:
        said = "No company is typed in yet: letters are marked DRAFT. Use `loyaldesk company set`."
        context.show({}, said)
        return
    lines = [
        f"{option:<12}{'; '.join(value) if isinstance(value, tuple) else value}"
        for option, field, _ in (*SINGLE, *REPEATED)
        if (value := _value(company, field))
    ]
    context.show(company_values(company), "\n".join(lines))


def _value(company: Sender, field: str) -> str | tuple[str, ...]:
    owner: Sender | BankAccount = company.bank if field.startswith("bank.") else company
    value: str | tuple[str, ...] = getattr(owner, field.removeprefix("bank."))
    return value
