"""How a customer's ledger becomes the letter that states it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.domain.statement import (
    StatementKind,
    StatementRequest,
    make_statement,
    usual_start,
)
from loyaldesk.domain.statement_letter import StatementLetter
from loyaldesk.domain.statement_proof import StatementFigures, statement_figures
from loyaldesk.errors import Refused
from loyaldesk.pdf.composing import (
    data_sha256,
    debtor_of,
    letter_frame,
    terms_text,
    working_day_in,
)
from loyaldesk.pdf.texts import texts_for
from loyaldesk.queries.backdated import find_backdated
from loyaldesk.queries.letters import peek_number, read_addressee
from loyaldesk.queries.receivables import read_group_ledger
from loyaldesk.queries.statement_members import list_members

if TYPE_CHECKING:
    from datetime import date, datetime

    from loyaldesk.store.reader import Source

__all__ = ["ComposedStatement", "compose_statement"]

SERIES = "S"
PAY_DAYS = 10
QUERY_DAYS = 14
FIRST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class ComposedStatement:
    """The letter to draw, whose it is, and the figures it prints, as decimal strings."""

    letter: StatementLetter
    customer_ids: tuple[int, ...]
    data_sha256: bytes

    @property
    def customer_id(self) -> int:
        """The customer to whom the statement goes; the other ids are those of members."""
        return self.customer_ids[0]

    @property
    def figures(self) -> StatementFigures:
        """The figures that the page prints, by currency."""
        return statement_figures(self.letter.statement.sections)


def compose_statement(
    source: Source,
    *,
    customer_id: int,
    as_of: date,
    now: datetime,
    kind: StatementKind | None = None,
    start: date | None = None,
    ahead: int = 0,
    personal: str = "",
) -> ComposedStatement:
    """Return the statement of a customer for a day, of the customer's own type unless given.

    Members whose items stand on it are told with their names. `ahead` letters will be issued
    before it, so its number is that much higher; a `personal` sentence follows the message.
    """
    today = now.astimezone().date()
    _check_days(as_of, start, today)
    addressee = read_addressee(source, customer_id=customer_id)
    chosen = kind or StatementKind(addressee.statement_type)
    request = StatementRequest(kind=chosen, as_of=as_of, start=start or usual_start(chosen, as_of))
    members = list_members(source, customer_id=customer_id)
    ledger = read_group_ledger(source, customer_id=customer_id, members=members)
    statement = make_statement(ledger, request, home_currency=addressee.currency)
    number = peek_number(source, series=SERIES, year=today.year, ahead=ahead)
    frame = letter_frame(source, addressee, number=number, now=now)
    frame = replace(frame, personal=personal.strip())
    letter = StatementLetter(
        frame=frame,
        statement=statement,
        pay_by=working_day_in(today, PAY_DAYS),
        query_by=working_day_in(today, QUERY_DAYS),
        terms=terms_text(addressee.terms_days, texts_for(frame.locale, frame.own_texts)),
        tax_id=addressee.tax_id,
        contact=frame.sender.signature_name,
        phone=frame.sender.phone,
        email=frame.sender.email,
        debtor=debtor_of(addressee, frame.recipient.name),
    )
    customer_ids = (customer_id, *(member.id for member in members))
    data = data_sha256(frame, statement)
    found = find_backdated(source, customer_ids=customer_ids, as_of=as_of, data_sha256=data)
    return ComposedStatement(replace(letter, backdated=found), customer_ids, data)


def _check_days(as_of: date, start: date | None, today: date) -> None:
    """Refuse a day to come, which would call today's debts late, and days before any ledger."""
    if as_of > today:
        raise Refused(
            "A statement is of today or of a day past. Nothing was made; choose an earlier day.",
            field="as_of",
        )
    if min(as_of, start or as_of).year < FIRST_YEAR:
        raise Refused(
            f"There is no ledger before {FIRST_YEAR}. Nothing was made; choose a later day.",
            field="as_of",
        )
