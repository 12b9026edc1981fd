"""How does each thing that happened read in the timeline?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.customers.change_words import change_lines, change_summary
from loyaldesk.ui.customers.contact_words import KINDS, kind_icon
from loyaldesk.ui.customers.wording import their_number
from loyaldesk.ui.papers.mail_states import mail_state_chip
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.timeline_entries import BodyLine, TimelineRow
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyaldesk.queries.timeline import TimelineEntry
    from loyaldesk.ui.customers.wording import Wording

__all__ = ["EntryKey", "RowMaker", "key_of"]

translate = QCoreApplication.translate
EntryKey = tuple[str, int]
_ICONS = {
    "order": ("package", Tone.SECONDARY),
    "invoice": ("receipt-text", Tone.SECONDARY),
    "credit_note": ("undo-2", Tone.SECONDARY),
    "payment": ("banknote", Tone.OK),
    "document": ("file-text", Tone.SECONDARY),
    "acknowledgement": ("file-check", Tone.SECONDARY),
    "statement": ("file-clock", Tone.SECONDARY),
    "reminder": ("message-circle-warning", Tone.SECONDARY),
    "mail": ("send", Tone.SECONDARY),
    "change": ("pencil", Tone.SECONDARY),
}


def key_of(entry: TimelineEntry) -> EntryKey:
    """Return what an entry is known by: its sort and the id of its record."""
    return entry.what, entry.record_id


class RowMaker:
    """Turns entries into rows, in the words of this user and the currency of this customer."""

    def __init__(self, say: Wording, *, currency: str, waiting: Collection[int] = ()) -> None:
        self._say, self._currency, self._waiting = say, currency, frozenset(waiting)

    def row(self, entry: TimelineEntry) -> TimelineRow:
        """Return the row of an entry; the orders that wait for acknowledgement carry a chip."""
        icon, tone = _ICONS.get(entry.what, (kind_icon(entry.what), Tone.ACCENT))
        subject, text = self._words(entry)
        return TimelineRow(
            key_of(entry),
            self._say.day_head(entry.day),
            self._say.time(entry.at),
            icon,
            subject,
            text,
            who=entry.who,
            icon_tone=tone,
            chip=self._chip(entry),
            body=self._body(entry),
        )

    def _words(self, entry: TimelineEntry) -> tuple[str, str]:
        if entry.what in KINDS:
            return _activity_words(entry)
        if entry.what == "change":
            return entry.title, change_summary(entry.changes)
        if entry.what == "payment":
            return self._payment_words(entry)
        if entry.what == "mail":
            return _mail_words(entry)
        subject = _SUBJECTS[entry.what]().format(entry.title) if entry.what in _SUBJECTS else ""
        return subject or entry.title, self._tail(entry)

    def _payment_words(self, entry: TimelineEntry) -> tuple[str, str]:
        amount = self._say.money(entry.amount) if entry.amount else entry.title
        subject = translate("Timeline", "Payment {0} received").format(amount)
        return subject, f"· {entry.detail}" if entry.detail else ""

    def _tail(self, entry: TimelineEntry) -> str:
        parts = []
        if entry.detail and entry.what in {"order", "invoice", "credit_note"}:
            parts.append(their_number(entry.detail))
        if entry.amount is not None:
            parts.append(self._say.money(entry.amount))
        return "".join(f"· {part} " for part in parts).rstrip()

    def _chip(self, entry: TimelineEntry) -> Chip | None:
        if entry.what == "order" and entry.record_id in self._waiting:
            return Chip(translate("Timeline", "To acknowledge"), Tone.WARN, "clock")
        if entry.what == "mail":
            return mail_state_chip(entry.detail)
        return None

    def _body(self, entry: TimelineEntry) -> list[BodyLine]:
        if entry.what == "change":
            return change_lines(entry.changes, self._say, self._currency)
        if entry.what not in KINDS:
            return []
        return [BodyLine([Span(line)]) for line in entry.detail.splitlines() if line.strip()]


def _activity_words(entry: TimelineEntry) -> tuple[str, str]:
    """Return the person in bold and what it was about; a title that names it says it once."""
    family = entry.person.rpartition(" ")[2]
    if family and family not in entry.title:
        return f"{entry.person}:", entry.title
    head, colon, rest = entry.title.partition(": ")
    return (head + colon.strip(), rest) if colon else ("", entry.title)


def _mail_words(entry: TimelineEntry) -> tuple[str, str]:
    """Return to whom a mail was written, and its subject."""
    return translate("Timeline", "Mail to {0}").format(entry.person), f"· {entry.title}"


_SUBJECTS = {
    "order": lambda: translate("Timeline", "Order {0} received"),
    "invoice": lambda: translate("Timeline", "Invoice {0}"),
    "credit_note": lambda: translate("Timeline", "Credit note {0}"),
    "document": lambda: translate("Timeline", "{0} filed"),
    "acknowledgement": lambda: translate("Timeline", "Acknowledgement {0} issued"),
    "statement": lambda: translate("Timeline", "Statement {0} issued"),
    "reminder": lambda: translate("Timeline", "Reminder {0} issued"),
}
