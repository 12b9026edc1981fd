"""How a statement of account says it: days, kinds, disputes and the sentence that asks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.statement import StatementKind
from loyaldesk.domain.statement_section import Position, Tone
from loyaldesk.formats import NBSP, currency_name
from loyaldesk.pdf.address import InfoRow
from loyaldesk.pdf.wrapping import Run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.domain.ledger import LedgerEntry
    from loyaldesk.domain.money import Money
    from loyaldesk.domain.statement_letter import StatementLetter
    from loyaldesk.domain.statement_section import OpenItem, StatementSection
    from loyaldesk.formats import Formats
    from loyaldesk.pdf.texts import Texts

__all__ = ["DASH", "StatementWords"]

DASH = "–"
_TONES_THAT_ASK = (Tone.FRIENDLY, Tone.FIRM, Tone.FINAL)


class StatementWords:
    """The words of one statement in the language of its letter.

    A short one is to fit on a page with its slip: it greets nobody and leaves out what can go.
    """

    def __init__(
        self, letter: StatementLetter, texts: Texts, formats: Formats, *, is_short: bool = False
    ) -> None:
        self.letter = letter
        self.is_short = is_short
        self.phone = letter.phone.replace(" ", NBSP)
        self.texts = texts
        self.formats = formats
        self.sections = letter.statement.sections
        self.as_of = letter.statement.request.as_of
        self.kind = letter.statement.request.kind
        self.start = letter.statement.request.start or self._first_day()

    @property
    def eve(self) -> date:
        """The day whose closing balance is the opening of the period."""
        return self.start - timedelta(days=1)

    def say(self, key: str, **places: object) -> str:
        """Return a text of the statement with its places filled."""
        return self.texts.fill(f"statement.{key}", **places)

    def dashed(self, amount: Money) -> str:
        """Return an amount, or a dash for zero."""
        return self.formats.amount(amount) if amount else DASH

    def title(self) -> str:
        """Return the title with the statement's number."""
        return f"{self.texts['title.statement']} {self.letter.frame.number}"

    def sub_line(self) -> str:
        """Return the line under the title: of which day or period, in which currencies."""
        long, currencies = self.formats.date_long, self.say("by_currency")
        if len(self.sections) == 1:
            code = self.sections[0].currency
            name = currency_name(self.formats.tag, code)
            currencies = self.say("in_currency", name=name, code=code)
        if self.kind is StatementKind.OPEN_ITEM:
            return self.say("sub_open", day=long(self.as_of), currencies=currencies)
        start, end = long(self.start), long(self.as_of)
        return self.say("sub_period", start=start, end=end, currencies=currencies)

    def info_rows(self) -> list[InfoRow]:
        """Return the references beside the address."""
        texts, letter, frame = self.texts, self.letter, self.letter.frame
        return [
            InfoRow(texts["info.statement"], frame.number, bold=True),
            InfoRow(texts["info.date"], self.formats.date_long(frame.day)),
            self._period_row(),
            InfoRow(texts["info.customer"], frame.customer_number),
            InfoRow(texts["info.vat_id"], letter.tax_id, optional=True),
            InfoRow(texts["info.terms"], letter.terms, optional=True),
            InfoRow(texts["info.contact"], letter.contact),
            InfoRow(texts["info.phone"], self.phone),
            InfoRow(texts["info.email"], letter.email),
        ]

    def message(self) -> Sequence[Run]:
        """Return what asks, thanks or says that nothing is due, and what was dated back."""
        found = self.letter.backdated
        if found is None:
            return self._message()
        day = self.formats.date_long(found.printed_on)
        return (*self._message(), Run(" " + self.say("backdated", day=day, count=found.entries)))

    def query(self) -> str:
        """Return how to tell us that something is wrong, and by which day."""
        letter, day = self.letter, self.formats.date_long(self.letter.query_by)
        if letter.phone and letter.email:
            return self.say("query_text", day=day, phone=self.phone, email=letter.email)
        if letter.phone:
            return self.say("query_by_phone", day=day, phone=self.phone)
        if letter.email:
            return self.say("query_by_email", day=day, email=letter.email)
        return self.say("query_by", day=day)

    def dispute(self, item: OpenItem) -> str:
        """Return since when, why and under which case an item is in dispute, if it is."""
        if item.dispute is None:
            return ""
        day = self.formats.date(item.dispute.since)
        reason, case = item.dispute.reason, item.dispute.case
        what = self.say("dispute_case", reason=reason, case=case) if reason and case else reason
        if case and not reason:
            what = self.say("case_only", case=case)
        if not what:
            return self.say("dispute_plain", day=day)
        return self.say("dispute", day=day, what=what)

    def unapplied(self, item: OpenItem) -> str:
        """Return what is left of a payment or credit note in words."""
        text = item.entry.note or self.say(f"unapplied_{item.entry.kind}")
        if item.open != item.entry.signed:
            whole = self.formats.amount(item.entry.amount)
            text = self.say("unapplied_rest", text=text, whole=whole)
        return self.beside_location(item.entry, text)

    def beside_location(self, entry: LedgerEntry, text: str = "") -> str:
        """Return whose entry it is, if several customers stand on the statement, and the text."""
        return " · ".join(part for part in (entry.location, text) if part)

    def named(self, entry: LedgerEntry) -> str:
        """Return kind and number of a document, such as `Invoice 26-00112`."""
        return f"{self.say(entry.kind)} {entry.number}"

    def currency_label(self, section: StatementSection) -> str:
        """Return the code, with the currency's name if the statement has no other currency."""
        if len(self.sections) > 1:
            return section.currency
        return f"{currency_name(self.formats.tag, section.currency)} ({section.currency})"

    def _message(self) -> Sequence[Run]:
        asking = [s.tone for s in self.sections if s.tone in _TONES_THAT_ASK]
        if asking:
            return self._ask(max(asking, key=list(Tone).index))
        positions = {section.position for section in self.sections}
        if Position.OWED not in positions and Position.CREDIT in positions:
            return self.texts.runs("statement.credit", amounts=self._credit_amounts())
        if not any(section.items or section.unapplied for section in self.sections):
            day = self.formats.date_long(self.as_of)
            return self.texts.runs("statement.clear", day=day)
        covered = positions == {Position.CLEAR} or any(s.overdue for s in self.sections)
        return self.texts.runs(f"statement.tone_{'covered' if covered else 'none'}")

    def _first_day(self) -> date:
        days = [s.movements[0].entry.dated for s in self.sections if s.movements]
        return min(days, default=self.as_of)

    def _period_row(self) -> InfoRow:
        start, end = self.start, self.as_of
        if self.kind is StatementKind.OPEN_ITEM:
            return InfoRow(self.texts["info.open_items_at"], self.formats.date_long(end))
        same_year = start.year == end.year
        first = self.formats.date_day(start) if same_year else self.formats.date(start)
        period = self.say("period_value", start=first, end=self.formats.date(end))
        return InfoRow(self.texts["info.period"], period)

    def _ask(self, tone: Tone) -> Sequence[Run]:
        letter = self.letter
        nobody = tone is Tone.FINAL and not (letter.contact and letter.phone)
        return self.texts.runs(
            f"statement.tone_{tone}{'_nobody' if nobody else ''}",
            day=self.formats.date_weekday(letter.pay_by),
            name=letter.contact,
            phone=self.phone,
        )

    def _credit_amounts(self) -> str:
        owed_back = [-s.closing for s in self.sections if s.position is Position.CREDIT]
        return ", ".join(self.formats.money(amount, code=True) for amount in owed_back)
