"""What happened with this order, newest first: talk, letters, shipments, papers, money?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.papers.kinds import icon_of_kind
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.timeline_entries import BodyLine, TimelineRow
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.formats import Formats
    from loyaldesk.queries.order_page import OrderPage
    from loyaldesk.queries.order_view import OrderActivity, OrderView

__all__ = ["timeline_rows"]

translate = QCoreApplication.translate
_TALK_ICONS = {
    "call": "phone-incoming",
    "email": "mail",
    "meeting": "users",
    "visit": "handshake",
    "note": "sticky-note",
}


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened, before it is written for the eye."""

    key: tuple[str, int]
    day: date
    icon: str
    subject: str
    text: str = ""
    who: str = ""
    at: datetime | None = None
    body: str = ""
    tone: Tone = Tone.SECONDARY

    @property
    def order(self) -> tuple[date, time]:
        """What is sorted by; what has no time of day stands at the day's beginning."""
        return self.day, self.at.astimezone().time() if self.at else time.min


def timeline_rows(view: OrderView, formats: Formats, today: date) -> list[TimelineRow]:
    """Return everything that happened as rows of a timeline."""
    page = view.page
    # What has no time of day stays in this order within its day: the last step on top.
    events = [*_talk(view), *_letters(page), *reversed(list(_money(page, formats)))]
    events += [*_shipments(page, formats), *_papers(page), _received(page)]
    newest_first = sorted(events, key=lambda event: event.order, reverse=True)
    return [_row(event, formats, today) for event in newest_first]


def _row(event: _Event, formats: Formats, today: date) -> TimelineRow:
    lines = [line for line in event.body.splitlines() if line.strip()]
    return TimelineRow(
        event.key,
        _day_head(event.day, formats, today),
        formats.time(event.at) if event.at else "",
        event.icon,
        event.subject,
        event.text,
        who=event.who,
        icon_tone=event.tone,
        body=[BodyLine([Span(line)]) for line in lines],
    )


def _day_head(day: date, formats: Formats, today: date) -> str:
    if abs((today - day).days) <= 1:
        near = formats.relative_day(day, today)
        return near[:1].upper() + near[1:]
    return formats.date_step(day) if day.year == today.year else formats.date(day)


def _talk(view: OrderView) -> Iterator[_Event]:
    for talk in view.activities:
        yield _Event(
            ("activity", talk.id),
            talk.at.astimezone().date(),
            _TALK_ICONS.get(talk.kind, "message-square"),
            f"{talk.person}:" if talk.person else "",
            talk.subject,
            who=talk.author,
            at=talk.at,
            body=_rest(talk),
            tone=Tone.ACCENT,
        )


def _rest(talk: OrderActivity) -> str:
    return talk.body if talk.body != talk.subject else ""


def _letters(page: OrderPage) -> Iterator[_Event]:
    for letter in page.acknowledgements:
        words = translate("OrderTimeline", "Acknowledgement {0}").format(letter.number)
        revision = translate("OrderTimeline", "rev {0}").format(letter.revision)
        yield _Event(
            ("document", letter.document_id),
            letter.issued_at.astimezone().date(),
            "mail-check",
            words,
            revision,
            who=letter.issued_by,
            at=letter.issued_at,
        )


def _shipments(page: OrderPage, formats: Formats) -> Iterator[_Event]:
    for day in sorted({line.shipped_on for line in page.lines if line.shipped_on}):
        lines = [line for line in page.lines if line.shipped_on == day]
        listed = ", ".join(
            f"{formats.quantity(line.shipped_milli)} {line.unit} {line.item_number}".rstrip()
            for line in lines
        )
        subject = translate("OrderTimeline", "Shipped")
        yield _Event(("shipment", day.toordinal()), day, "truck", subject, listed)


def _papers(page: OrderPage) -> Iterator[_Event]:
    issued = {letter.document_id for letter in page.acknowledgements}
    for paper in page.documents:
        if paper.id not in issued:
            words = translate("OrderTimeline", "filed")
            icon = icon_of_kind(paper.kind)
            yield _Event(("document", paper.id), paper.filed_on, icon, paper.name, words)


def _money(page: OrderPage, formats: Formats) -> Iterator[_Event]:
    for invoice in page.invoices:
        is_invoice = invoice.kind == "invoice"
        invoice_words = translate("OrderTimeline", "Invoice {0}")
        words = invoice_words if is_invoice else translate("OrderTimeline", "Credit note {0}")
        yield _Event(
            ("invoice", invoice.id),
            invoice.invoiced_on,
            "receipt-text",
            words.format(invoice.number),
            formats.money(invoice.total),
        )
    for payment in page.payments:
        words = translate("OrderTimeline", "Payment {0}").format(payment.number)
        text = translate("OrderTimeline", "{0} for {1}").format(
            formats.money(payment.amount), payment.invoice_number
        )
        key = ("payment", payment.id)
        yield _Event(key, payment.applied_on, "banknote", words, text, tone=Tone.OK)


def _received(page: OrderPage) -> _Event:
    head = page.head
    by = translate("OrderTimeline", "by {0}").format(head.channel) if head.channel else ""
    many = translate("OrderTimeline", "{0} lines").format(len(page.lines))
    lines = translate("OrderTimeline", "1 line") if len(page.lines) == 1 else many
    return _Event(
        ("order", head.id),
        head.ordered_on,
        "package",
        translate("OrderTimeline", "Order received"),
        " · ".join(part for part in (by, lines) if part),
        who=head.salesperson,
    )
