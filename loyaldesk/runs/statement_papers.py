"""Which papers of open invoices go out with a statement, and of which there is none?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.queries.invoice_papers import list_invoice_papers
from loyaldesk.queries.receivables import read_group_ledger
from loyaldesk.queries.statement_members import list_members

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.reader import Source

__all__ = ["Enclosures", "Paper", "find_enclosures"]

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Paper:
    """A kept paper of an open invoice."""

    document_id: int
    name: str
    sha256: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Enclosures:
    """The papers to go with a statement, and the numbers of open invoices without one."""

    papers: tuple[Paper, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """Which open invoices went without their paper, or nothing."""
        if not self.missing:
            return ""
        more = len(self.missing) - _MOST_NAMED
        named = ", ".join(self.missing[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"No paper is on file for {named}."


def find_enclosures(source: Source, *, customer_id: int, as_of: date) -> Enclosures:
    """Return the papers of the invoices that were open on a day, members' invoices with them."""
    members = list_members(source, customer_id=customer_id)
    ledger = read_group_ledger(source, customer_id=customer_id, members=members)
    invoices = [
        key
        for (kind, key), left in ledger.open_amounts(as_of).items()
        if kind is EntryKind.INVOICE and left
    ]
    found = list_invoice_papers(source, invoice_ids=invoices)
    return Enclosures(
        papers=tuple(
            Paper(each.document_id, each.name or "", each.sha256 or b"", each.mime or "")
            for each in found
            if each.document_id is not None
        ),
        missing=tuple(each.number for each in found if each.document_id is None),
    )
