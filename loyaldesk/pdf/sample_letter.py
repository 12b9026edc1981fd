"""A letter to nobody, to see how the company's letterhead looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import AcknowledgedLine, AcknowledgementLetter, Stance
from loyaldesk.domain.letter import LetterFrame, Overprint, Recipient, Sender
from loyaldesk.domain.postal import envelope_for
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.texts import texts_for

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["draw_sample_letter"]

PRICE_MICRO, NET_MINOR, MILLI = 12_500_000, 1250, 1_000


def draw_sample_letter(*, sender: Sender, locale: str, printed_at: datetime) -> bytes:
    """Return a one-page acknowledgement marked DRAFT with the company's letterhead and footer."""
    texts = texts_for(locale)
    lines = texts["envelope_test.address"].split("|")
    day = printed_at.date()
    frame = LetterFrame(
        number="A-0000-00000",
        day=day,
        customer_number="10000",
        sender=sender,
        recipient=Recipient(name=lines[0], lines=tuple(lines[1:-1])),
        printed_at=printed_at,
        locale=locale,
        envelope=envelope_for("", sender.country),
        revision=1,
        overprint=Overprint.DRAFT,
    )
    line = AcknowledgedLine(
        position=1,
        description=texts["ack.description"],
        quantity_milli=MILLI,
        unit="pcs",
        unit_price_micro=PRICE_MICRO,
        net_minor=NET_MINOR,
        item="10-100",
        requested_on=day,
        promised_on=day,
    )
    letter = AcknowledgementLetter(
        frame=frame,
        order_number="1000",
        currency="EUR",
        lines=(line,),
        total_minor=NET_MINOR,
        stance=Stance.RECEIPT,
        ordered_on=day,
        contact_name=sender.signature_name,
        contact_role=sender.signature_role,
        contact_phone=sender.phone,
        contact_email=sender.email,
        query_by=day,
        answer_by=day,
    )
    return draw_acknowledgement(letter)
