"""How an order becomes the letter that acknowledges it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import AcknowledgementLetter, Stance
from loyaldesk.domain.letter import LetterFrame, Overprint
from loyaldesk.domain.next_steps import GroupFrame, NextSteps, TimeFrames, next_steps, slowest
from loyaldesk.domain.postal import Place, postal_lines
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.errors import Refused
from loyaldesk.pdf.composing import data_sha256, letter_frame, terms_text, working_day_in
from loyaldesk.pdf.texts import texts_for
from loyaldesk.queries.letters import LastLetter, last_letter_of_order, peek_number, read_addressee
from loyaldesk.queries.order_lines import confirmed_lines
from loyaldesk.queries.order_page import OrderHead, OrderPage, read_order_page
from loyaldesk.queries.time_frames import frames_of_order
from loyaldesk.queries.verification import read_policy

if TYPE_CHECKING:
    from datetime import date, datetime

    from loyaldesk.domain.acknowledgement import AcknowledgedLine
    from loyaldesk.pdf.texts import Texts
    from loyaldesk.store.reader import Source

__all__ = ["ComposedAcknowledgement", "compose_acknowledgement"]

SERIES = "A"
QUERY_DAYS = 5
ANSWER_DAYS = 3


@dataclass(frozen=True, slots=True)
class ComposedAcknowledgement:
    """The letter to draw, whose order it is, and what was issued before.

    `is_unchanged` says that the newest revision says the same: then a copy of it is due, not a
    new revision.
    """

    letter: AcknowledgementLetter
    customer_id: int
    order_id: int
    data_sha256: bytes
    last: LastLetter | None

    @property
    def is_unchanged(self) -> bool:
        """Whether the newest revision says the same, and nobody adds a sentence of their own."""
        is_same = self.last is not None and self.last.data_sha256 == self.data_sha256
        return is_same and not self.letter.frame.personal

    @property
    def accepts(self) -> bool:
        """Whether it accepts what is still to come, so that the order must be verified."""
        return self.letter.stance is Stance.ACCEPTANCE and not self.letter.has_shipped


def compose_acknowledgement(
    source: Source,
    *,
    order_id: int,
    now: datetime,
    stance: Stance | None = None,
    personal: str = "",
) -> ComposedAcknowledgement:
    """Return the acknowledgement of an order as it stands; a held order is never accepted.

    Without a stance the letter says what the policy for the customer wants; a `personal` sentence
    follows the first one.
    """
    page = read_order_page(source, order_id=order_id)
    head = page.head
    if head.status == "cancelled":
        raise Refused(f"Order {head.number} is cancelled. No letter was made.")
    last = last_letter_of_order(source, order_id=order_id)
    today = now.astimezone().date()
    number = last.number if last else peek_number(source, series=SERIES, year=today.year)
    frame = letter_frame(
        source,
        read_addressee(source, customer_id=head.customer_id),
        number=number,
        now=now,
        revision=(last.revision if last else 0) + 1,
    )
    frame = replace(frame, personal=personal.strip())
    says = stance or read_policy(source, customer_id=head.customer_id)
    letter = _letter(page, frame, today, Stance.ON_HOLD if head.hold_reason else says)
    if letter.stance is Stance.ACCEPTANCE:
        usual = slowest(frames_of_order(source, order_id=order_id))
        letter = replace(letter, next_steps=_steps(head, letter.lines, today, usual))
    letter = replace(letter, replaces_on=last.issued_on if last else None)
    said = data_sha256(frame, *_facts(letter))
    composed = ComposedAcknowledgement(letter, head.customer_id, order_id, said, last)
    if not composed.is_unchanged:
        _refuse_past_promises(letter, today)
    return composed


def _refuse_past_promises(letter: AcknowledgementLetter, today: date) -> None:
    """Refuse to promise a day that has passed; only a copy says what was promised once."""
    for line in letter.lines:
        if line.promised_on and line.promised_on < today and not line.has_shipped:
            raise Refused(
                f"Line {line.position} of order {letter.order_number} promises "
                f"{line.promised_on.isoformat()}, which has passed. No letter was made; promise "
                "another day, or none."
            )


def _letter(
    page: OrderPage, frame: LetterFrame, today: date, stance: Stance
) -> AcknowledgementLetter:
    head, texts = page.head, texts_for(frame.locale, frame.own_texts)
    lines = confirmed_lines(page)
    is_held = stance is Stance.ON_HOLD
    terms = terms_text(head.terms_days, texts)
    return AcknowledgementLetter(
        frame=replace(frame, overprint=Overprint.ON_HOLD) if is_held else frame,
        order_number=head.number,
        currency=head.currency,
        lines=lines,
        total_minor=head.total.minor,
        stance=stance,
        ordered_on=head.ordered_on,
        customer_po=head.customer_po,
        customer_po_on=head.customer_po_on,
        received=head.channel,
        received_on=head.ordered_on,
        salesperson=head.salesperson,
        contact_name=frame.sender.signature_name or head.salesperson,
        contact_role=frame.sender.signature_role,
        contact_phone=frame.sender.phone,
        contact_email=frame.sender.email,
        freight_minor=head.freight.minor,
        freight_tax_ppm=head.freight_tax_ppm,
        deliver_to=_deliver_to(head),
        delivery=tuple(part for part in (head.delivery_terms, head.ship_via) if part),
        payment=(terms,),
        asked_payment=_asked_payment(head, texts),
        asked_delivery=_asked_delivery(head),
        terms_reason=head.terms_reason,
        query_by=working_day_in(today, QUERY_DAYS),
        answer_by=working_day_in(today, ANSWER_DAYS) if is_held or _has_open_date(lines) else None,
    )


def _has_open_date(lines: tuple[AcknowledgedLine, ...]) -> bool:
    return any(line.is_undated for line in lines)


def _deliver_to(head: OrderHead) -> tuple[str, ...]:
    place = Place(
        street=head.ship_street,
        postcode=head.ship_postcode,
        town=head.ship_town,
        region=head.ship_region,
        country=head.ship_country,
    )
    return tuple(line for line in (head.ship_recipient, *postal_lines(place)) if line)


def _asked_payment(head: OrderHead, texts: Texts) -> str | None:
    asked = head.asked_terms_days
    return None if asked is None else terms_text(asked, texts)


def _asked_delivery(head: OrderHead) -> str | None:
    """Return the delivery as it would read with the terms that were asked for."""
    if head.asked_delivery_terms in {None, head.delivery_terms}:
        return None
    return ", ".join(part for part in (head.asked_delivery_terms, head.ship_via) if part)


def _steps(
    head: OrderHead, lines: tuple[AcknowledgedLine, ...], today: date, usual: GroupFrame | None
) -> NextSteps | None:
    """Return what happens next with what is still to ship, if anything is."""
    promised = {line.position: line.promised_on for line in lines if not line.has_shipped}
    if not promised:
        return None
    return next_steps(
        confirmed_on=head.acknowledged_on or today,
        promised=promised,
        frames=_frames(usual, head.terms_days),
        calendar=WorkingDays(),
    )


def _frames(usual: GroupFrame | None, terms_days: int) -> TimeFrames:
    if usual is None:
        return TimeFrames(payment_days=terms_days)
    return TimeFrames(
        transit_days=usual.transit_days,
        picking_days=usual.picking_days,
        call_days=usual.call_days,
        payment_days=terms_days,
    )


def _facts(letter: AcknowledgementLetter) -> tuple[object, ...]:
    """What the customer is told, without the days that move with the day of printing."""
    # What left us as promised is no news; what left without a promise is in `shipping_days`.
    lines = tuple(replace(line, shipped_milli=0, back_ordered_milli=0) for line in letter.lines)
    return (
        lines, letter.total_minor, letter.stance, letter.customer_po,
        letter.deliver_to, letter.delivery, letter.payment, letter.freight_minor,
        *letter.shipping_days, *_asked_terms(letter),
    )  # fmt: skip


def _asked_terms(letter: AcknowledgementLetter) -> tuple[str, ...]:
    """Return the terms that were asked for, if any: letters without them say the same as ever."""
    asked = (letter.asked_payment or "", letter.asked_delivery or "", letter.terms_reason)
    return asked if any(asked) else ()
