"""Letters to nobody, to see how the company's letterhead looks and what its own words say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import AcknowledgedLine, AcknowledgementLetter, Stance
from loyaldesk.domain.letter import LetterFrame, Overprint, Recipient, Sender
from loyaldesk.domain.next_steps import NextSteps, TimeFrames, next_steps
from loyaldesk.domain.postal import envelope_for
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.sample_reminder import draw_sample_reminder
from loyaldesk.pdf.sample_statement import draw_sample_statement
from loyaldesk.pdf.texts import texts_for

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["draw_sample_letter"]

PRICE_MICRO, NET_MINOR, MILLI = 12_500_000, 1250, 1_000
DELIVERY_DAYS, ANSWER_DAYS = 7, 5
STANCES = {"ack.receipt": Stance.RECEIPT, "ack.on_hold": Stance.ON_HOLD}
ASKED_MILLI, ASKED_MICRO = 2 * MILLI, 12_000_000
DIFFERING = {"ack.differences_one", "ack.differences_many"}


def draw_sample_letter(
    *,
    sender: Sender,
    locale: str,
    printed_at: datetime,
    own_texts: tuple[tuple[str, str], ...] = (),
    shows: str = "ack.accepted",
) -> bytes:
    """Return a letter marked DRAFT with the company's letterhead, in which a text appears.

    `shows` is the name of that text: it chooses the letter and what it is about.
    """
    frame = _frame(sender, locale, printed_at, own_texts)
    if shows.startswith("reminder."):
        return draw_sample_reminder(frame, shows=shows)
    if shows.startswith("statement."):
        return draw_sample_statement(frame, shows=shows)
    return draw_acknowledgement(_acknowledgement(frame, shows))


def _frame(
    sender: Sender, locale: str, printed_at: datetime, own_texts: tuple[tuple[str, str], ...]
) -> LetterFrame:
    lines = texts_for(locale)["envelope_test.address"].split("|")
    return LetterFrame(
        number="A-0000-00000",
        day=printed_at.date(),
        customer_number="10000",
        sender=sender,
        recipient=Recipient(name=lines[0], lines=tuple(lines[1:-1])),
        printed_at=printed_at,
        locale=locale,
        envelope=envelope_for("", sender.country),
        revision=1,
        overprint=Overprint.DRAFT,
        own_texts=own_texts,
    )


def _acknowledgement(frame: LetterFrame, shows: str) -> AcknowledgementLetter:
    day, sender = frame.day, frame.sender
    stance = STANCES.get(shows, Stance.ACCEPTANCE)
    arrives = WorkingDays().on_or_after(day + timedelta(days=DELIVERY_DAYS))
    steps = _steps(day, arrives) if stance is Stance.ACCEPTANCE else None
    return AcknowledgementLetter(
        frame=frame,
        order_number="1000",
        currency="EUR",
        lines=(_line(frame, arrives, shows),),
        total_minor=NET_MINOR,
        stance=stance,
        ordered_on=day,
        contact_name=sender.signature_name,
        contact_role=sender.signature_role,
        contact_phone="" if shows == "ack.write_me" else sender.phone,
        contact_email=sender.email,
        query_by=WorkingDays().after(day, ANSWER_DAYS),
        answer_by=WorkingDays().after(day, ANSWER_DAYS),
        next_steps=steps,
    )


def _line(frame: LetterFrame, arrives: date, shows: str) -> AcknowledgedLine:
    shipped_on = frame.day if shows == "ack.all_shipped" else None
    return AcknowledgedLine(
        position=1,
        description=texts_for(frame.locale)["ack.description"],
        quantity_milli=MILLI,
        unit="pcs",
        unit_price_micro=PRICE_MICRO,
        net_minor=NET_MINOR,
        item="10-100",
        requested_on=arrives,
        promised_on=arrives,
        shipped_milli=MILLI if shipped_on else 0,
        shipped_on=shipped_on,
        asked_quantity_milli=ASKED_MILLI if shows in DIFFERING else None,
        asked_price_micro=ASKED_MICRO if shows == "ack.differences_many" else None,
    )


def _steps(day: date, arrives: date) -> NextSteps:
    return next_steps(
        confirmed_on=day, promised={1: arrives}, frames=TimeFrames(), calendar=WorkingDays()
    )
