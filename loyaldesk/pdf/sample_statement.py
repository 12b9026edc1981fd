"""A statement to nobody whose account stands so that a certain text appears in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind, Ledger, LedgerEntry
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.domain.statement_letter import StatementLetter
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.pdf.statement import draw_statement

if TYPE_CHECKING:
    from loyaldesk.domain.letter import LetterFrame

__all__ = ["draw_sample_statement"]

MINOR, CURRENCY = 125_000, "EUR"
# Only an account in euro can be paid by the code; the way to pay stands beside a slip of its own.
ELSEWHERE = {"statement.how_to_pay_text": "USD"}
LONG = {"statement.how_to_pay_text", "statement.how_to_pay_code", "statement.query_text"}
MANY = 16
TERMS_DAYS, ANSWER_DAYS = 30, 10
DAYS_LATE = {
    "statement.tone_none": -10, "statement.tone_friendly": 12, "statement.tone_firm": 45,
    "statement.tone_final": 100,
}  # fmt: skip
USUAL_DAYS_LATE = 12


def draw_sample_statement(frame: LetterFrame, *, shows: str) -> bytes:
    """Return a statement of account marked as the frame says, in which the text appears."""
    frame = replace(frame, number="S-0000-00000", revision=None)
    later = WorkingDays().after(frame.day, ANSWER_DAYS)
    statement = make_statement(
        Ledger.of(_entries(frame, shows)),
        StatementRequest(kind=StatementKind.OPEN_ITEM, as_of=frame.day),
        home_currency=CURRENCY,
    )
    sender = frame.sender
    letter = StatementLetter(
        frame=frame,
        statement=statement,
        pay_by=later,
        query_by=later,
        contact=sender.signature_name,
        phone=sender.phone,
        email=sender.email,
    )
    return draw_statement(letter)


def _entries(frame: LetterFrame, shows: str) -> list[LedgerEntry]:
    if shows == "statement.clear":
        return []
    kind = EntryKind.CREDIT_NOTE if shows == "statement.credit" else EntryKind.INVOICE
    due = frame.day - timedelta(days=DAYS_LATE.get(shows, USUAL_DAYS_LATE))
    dated = min(due - timedelta(days=TERMS_DAYS), frame.day)
    amount = Money(MINOR, ELSEWHERE.get(shows, CURRENCY))
    return [
        LedgerEntry(id=i, kind=kind, number=str(1000 + i), dated=dated, amount=amount, due=due)
        for i in range(MANY if shows in LONG else 1)
    ]
