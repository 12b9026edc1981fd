"""How a payment reminder says it: friendly at first, then firm, at last final, never a threat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.dunning_policy import ReminderTone
from loyaldesk.formats import NBSP, currency_name
from loyaldesk.pdf.address import InfoRow
from loyaldesk.pdf.blocks import AmountLine
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.table import Column, Row
from loyaldesk.pdf.wrapping import Run, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.dunning import Standing
    from loyaldesk.domain.reminder_letter import ReminderLetter
    from loyaldesk.formats import Formats
    from loyaldesk.pdf.texts import Texts

__all__ = ["ReminderWords"]

DASH = "–"
_A4_WIDTH = 165.0
_DAYS_LATE, _OPEN = 5, 6
_LAST_TITLE_BY_NUMBER = 2
_COLUMN_GAP = 2.2


class ReminderWords:
    """The words of one reminder in the language of its letter."""

    def __init__(self, letter: ReminderLetter, texts: Texts, formats: Formats) -> None:
        self.letter = letter
        self.texts = texts
        self.formats = formats
        self.reminder = letter.reminder
        self.currency = letter.reminder.account.currency
        sender = letter.frame.sender
        self._contact = {"phone": sender.phone.replace(" ", NBSP), "email": sender.email}

    def say(self, key: str, **places: object) -> str:
        """Return a text of the reminder with its places filled."""
        return self.texts.fill(f"reminder.{key}", **places)

    def title(self) -> str:
        """Return what the letter is called at its level."""
        reminder = self.reminder
        if reminder.rules.tone is ReminderTone.FINAL:
            return self.texts["title.reminder_3"]
        known = reminder.level <= _LAST_TITLE_BY_NUMBER
        return self.texts[f"title.reminder_{reminder.level if known else 'more'}"]

    def sub_line(self) -> str:
        """Return the line under the title: how many invoices, of which day, in which currency."""
        count = len(self.reminder.due)
        text = self.say(
            "sub_one" if count == 1 else "sub_many",
            count=self.texts.counted(count),
            day=self.formats.date_long(self.reminder.on),
            name=currency_name(self.formats.tag, self.currency),
            code=self.currency,
        )
        return text[:1].upper() + text[1:]

    def info_rows(self) -> list[InfoRow]:
        """Return the references beside the address."""
        texts, letter, sender = self.texts, self.letter, self.letter.frame.sender
        level = self.say(
            "level_of", level=self.reminder.level, levels=len(self.reminder.policy.levels)
        )
        return [
            InfoRow(self.say("number"), letter.frame.number, bold=True),
            InfoRow(self.say("level"), level),
            InfoRow(self.say("day"), self.formats.date_long(self.reminder.on)),
            InfoRow(texts["info.customer"], letter.frame.customer_number),
            InfoRow(texts["info.vat_id"], letter.tax_id, optional=True),
            InfoRow(texts["info.terms"], letter.terms, optional=True),
            InfoRow(texts["info.contact"], sender.signature_name),
            InfoRow(texts["info.phone"], sender.phone.replace(" ", NBSP)),
            InfoRow(texts["info.email"], sender.email),
        ]

    def opening(self) -> Sequence[Run]:
        """Return the sentences above the table."""
        days = min((self.reminder.on - s.item.due).days for s in self.reminder.due)
        return self.texts.runs(f"reminder.{self.reminder.rules.tone}", days=days)

    def columns(self, width: float) -> list[Column]:
        """Return the columns for a text width in mm; what is wider than A4 goes to words."""
        wider = (width - _A4_WIDTH) / 2
        heads = (
            ("statement.date", 22.0), ("statement.document", 34.0 + wider),
            ("statement.your_order", 25.0 + wider), ("statement.due", 22.0),
            ("reminder.reminded", 22.0),
        )  # fmt: skip
        words = [
            Column(self._head(key, each), each, whole=key not in _WRAPPED, gives=True, least=16.0)
            for key, each in heads
        ]
        late = tuple(self.texts["statement.days_late"].split("|"))
        open_head = self.texts["statement.open"].replace("|", " ")
        return [
            *words,
            Column(late, 16.0, right=True),
            Column((open_head, self.currency), 24.0, right=True),
        ]

    def row(self, standing: Standing) -> Row:
        """Return an invoice as the table prints it."""
        item, day = standing.item, self.formats.date
        return Row(
            (
                day(item.dated),
                f"{self.texts['statement.invoice']} {item.number}",
                item.customer_po,
                day(item.due),
                day(item.reminded_on) if item.reminded_on else DASH,
                str((self.reminder.on - item.due).days),
                self.formats.amount(item.open),
            ),
            bold=frozenset({_DAYS_LATE, _OPEN}),
        )

    def sums(self) -> list[AmountLine]:
        """Return what leads from the invoices to what is asked for."""
        reminder, amount = self.reminder, self.formats.amount
        lines = [AmountLine(self.say("overdue"), amount(reminder.overdue))]
        if reminder.asked != reminder.overdue:
            less = reminder.asked - reminder.overdue
            lines.append(AmountLine(self.say("unapplied"), amount(less)))
        if reminder.fee:
            lines.append(AmountLine(self._fee_label(), amount(reminder.fee)))
        return lines

    def result(self) -> AmountLine:
        """Return the one amount that table, pay box and pay code ask for."""
        label = self.say("pay", code=self.currency)
        return AmountLine(label, self.formats.amount(self.reminder.to_pay))

    def paragraphs(self) -> list[Sequence[Run]]:
        """Return what stands under the pay box: whom to talk to, what follows, and thanks."""
        rules = self.reminder.rules
        way = "check" if rules.tone is ReminderTone.FRIENDLY else "talk"
        ways = (("phone", f"{way}_call"), ("email", f"{way}_write"))
        key = next((key for name, key in ways if self._contact[name]), way)
        day = self.formats.date_long(self.letter.pay_by)
        follows: list[Run] = []
        if rules.names_interest:
            law = self.letter.law
            named = "interest_law" if law else "interest"
            runs = self.texts.runs(f"reminder.{named}", day=day, law=law.interest if law else "")
            follows += [*runs, Run(" ")]
        if rules.names_next_step:
            follows += [*self.texts.runs("reminder.next_step", day=day), Run(" ")]
        crossed = self.texts.runs("reminder.crossed")
        return [self.texts.runs(f"reminder.{key}", **self._contact), [*follows, *crossed]]

    def _head(self, key: str, width: float) -> tuple[str, ...]:
        """Return a column head in one line if it fits the column's width in mm, else in its two."""
        whole = self.texts[key].replace("|", " ")
        fits = width_of(whole, Type.COLUMN_HEAD) <= width - _COLUMN_GAP
        return (whole,) if fits else tuple(self.texts[key].split("|"))

    def _fee_label(self) -> str:
        law = self.letter.law
        name = law.fee_for(self.reminder.fee) if law else ""
        return self.say("fee_law", law=name) if name else self.say("fee")


_WRAPPED = frozenset({"statement.document", "statement.your_order"})
