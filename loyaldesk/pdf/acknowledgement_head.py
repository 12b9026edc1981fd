"""What an acknowledgement says above its text: title, references, and what its file is about."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.differences import accepts_nothing
from loyaldesk.domain.letter import Overprint, content_id
from loyaldesk.formats import Formats
from loyaldesk.pdf.address import InfoRow
from loyaldesk.pdf.envelopes import envelope
from loyaldesk.pdf.pages import Opening
from loyaldesk.pdf.texts import texts_for

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.acknowledgement import AcknowledgementLetter
    from loyaldesk.domain.letter import LetterFrame
    from loyaldesk.pdf.texts import Texts

__all__ = ["frame_of", "opening_of"]

_TEMPLATE = "ack"


def frame_of(letter: AcknowledgementLetter) -> LetterFrame:
    """Return the letter's frame, with the overprint that a held order must carry."""
    frame = letter.frame
    if letter.stance is Stance.ON_HOLD and frame.overprint is Overprint.NONE:
        return replace(frame, overprint=Overprint.ON_HOLD)
    return frame


def opening_of(letter: AcknowledgementLetter) -> Opening:
    """Return what the first page says above the text."""
    frame = letter.frame
    texts, formats = texts_for(frame.locale, frame.own_texts), Formats(frame.locale)
    # What is not accepted yet is no confirmation, least of all to a German reader.
    name = "receipt" if accepts_nothing(letter) else "acknowledgement"
    title = f"{texts[f'title.{name}']} {frame.number}"
    customer = f"{texts['info.customer']} {frame.customer_number}"
    facts = [getattr(letter, field.name) for field in fields(letter) if field.name != "frame"]
    return Opening(
        title=title,
        sub_line=_sub_line(letter, texts, formats),
        info=_info(letter, texts, formats),
        following=f"{customer} · {formats.date_long(frame.day)}",
        subject=_order_line(letter, texts, formats),
        keywords=(frame.customer_number, letter.order_number, frame.code),
        template=_TEMPLATE,
        content=content_id(frame, facts, *letter.shipping_days),
    )


def _sub_line(letter: AcknowledgementLetter, texts: Texts, formats: Formats) -> str:
    revision = letter.frame.revision or 1
    if revision > 1 and letter.replaces_on:
        day = formats.date_long(letter.replaces_on)
        return texts.fill("ack.revision", revision=revision, earlier=revision - 1, day=day)
    return _order_line(letter, texts, formats)


def _order_line(letter: AcknowledgementLetter, texts: Texts, formats: Formats) -> str:
    if not letter.customer_po:
        return texts.fill("ack.sub_line_no_order", order=letter.order_number)
    if letter.customer_po_on is None:
        return texts.fill(
            "ack.sub_line_no_day", number=letter.customer_po, order=letter.order_number
        )
    day = formats.date_long(letter.customer_po_on)
    return texts.fill("ack.sub_line", number=letter.customer_po, day=day, order=letter.order_number)


def _info(letter: AcknowledgementLetter, texts: Texts, formats: Formats) -> list[InfoRow]:
    frame = letter.frame

    def numbered(number: str, day: date | None) -> str:
        if not number or day is None:
            return number
        return texts.fill("info.number_of", number=number, day=formats.date(day))

    came = texts.known("channel", letter.received)
    received = [came, formats.date(letter.received_on) if letter.received_on else ""]
    in_block = envelope(frame.envelope).info.date_in_block
    return [
        InfoRow(texts["info.document"], frame.number, bold=True),
        InfoRow(texts["info.revision"], _revision(frame, texts, formats)),
        InfoRow(texts["info.date"], formats.date_long(frame.day) if in_block else ""),
        InfoRow(texts["info.our_order"], numbered(letter.order_number, letter.ordered_on)),
        InfoRow(texts["info.your_order"], numbered(letter.customer_po, letter.customer_po_on)),
        InfoRow(texts["info.received"], ", ".join(filter(None, received)), optional=True),
        InfoRow(texts["info.customer"], frame.customer_number),
        InfoRow(texts["info.vat_id"], letter.customer_tax_id, optional=True),
        InfoRow(texts["info.sales"], letter.salesperson, optional=True),
        InfoRow(texts["info.contact"], letter.contact_name),
        InfoRow(texts["info.phone"], letter.contact_phone),
        InfoRow(texts["info.email"], letter.contact_email),
    ]


def _revision(frame: LetterFrame, texts: Texts, formats: Formats) -> str:
    if (frame.revision or 1) == 1:
        return ""
    return texts.fill("info.revision_of", revision=frame.revision, day=formats.date(frame.day))
