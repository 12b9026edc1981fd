"""How does the queue say an age, a state, and why somebody has to look?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.acknowledgement_queue import QueueState, Trouble
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.domain.acknowledgement_target import Arrival
    from loyaldesk.formats import Formats
    from loyaldesk.queries.acknowledgements import QueueRow

__all__ = ["age_words", "envelope_words", "language_words", "reason_words", "state_chip"]

translate = QCoreApplication.translate
MINUTES_UP_TO, HOURS_UP_TO = 120, 100

_CHIPS = {
    QueueState.READY: ("Ready", Tone.OK, "check"),
    QueueState.NEEDS_LOOK: ("Needs a look", Tone.WARN, "eye"),
    QueueState.CONFIRM: ("Printed – confirm", Tone.INFO, "printer"),
    QueueState.WAITING: ("In the outbox", Tone.NEUTRAL, "clock"),
    QueueState.FAILED: ("Failed", Tone.BAD, "circle-x"),
    QueueState.SENT: ("Sent", Tone.OK, "mail-check"),
}


def age_words(arrival: Arrival, now: datetime, formats: Formats) -> str:
    """Return how long an order waits by the clock: 92 min, 26 h, 5 d."""
    minutes, hours = arrival.minutes(now), arrival.hours(now)
    if minutes is not None and minutes < MINUTES_UP_TO:
        return translate("Queue", "{0} min").format(formats.number(minutes))
    if hours is not None and hours < HOURS_UP_TO:
        return translate("Queue", "{0} h").format(formats.number(hours))
    days = (now.astimezone().date() - arrival.day).days
    if days <= 0:
        return translate("Queue", "today")
    return translate("Queue", "{0} d").format(formats.number(days))


def state_chip(row: QueueRow) -> Chip:
    """Return where an order stands as icon and word."""
    words, tone, icon = _CHIPS[row.state]
    if row.state is QueueState.CONFIRM and row.letter and row.letter.channel == "email":
        words, icon = "Draft – confirm", "file-pen"
    return Chip(translate("Queue", words), tone, icon)


def reason_words(row: QueueRow, refusal: str = "") -> str:
    """Return why it stands there: what to look at, what the mail server said, or nothing."""
    if refusal:
        return refusal
    letter = row.letter
    if row.state is QueueState.READY and letter is not None:
        return translate("Queue", "taken back")
    if row.state in {QueueState.FAILED, QueueState.WAITING} and letter is not None:
        return letter.answer
    return _trouble_words(row) if row.trouble else ""


def _trouble_words(row: QueueRow) -> str:
    if row.trouble is Trouble.DIFFERENCES and row.difference is not None:
        kinds = {
            "date": translate("Queue", "date"),
            "quantity": translate("Queue", "quantity"),
            "item": translate("Queue", "item"),
            "price": translate("Queue", "price"),
        }
        position, kind = row.difference
        return translate("Queue", "line {0}: {1}").format(position, kinds[kind])
    said = {
        Trouble.ON_HOLD: row.hold_reason,
        Trouble.CREDIT_HOLD: translate("Queue", "credit hold"),
        Trouble.NO_ADDRESS: translate("Queue", "no address"),
        Trouble.NO_EMAIL: translate("Queue", "no e-mail address"),
        Trouble.VERIFICATION: _finding_words(row),
    }
    return said.get(row.trouble, "") if row.trouble else ""


def _finding_words(row: QueueRow) -> str:
    """Return in short what the verification found: the order's page has the whole sentence."""
    known = {
        "address": translate("Queue", "address"),
        "po": translate("Queue", "PO missing"),
        "duplicate": translate("Queue", "PO used twice"),
        "prices": translate("Queue", "prices"),
        "dates": translate("Queue", "dates"),
        "terms": translate("Queue", "terms"),
        "credit": translate("Queue", "credit"),
        "hold": translate("Queue", "on hold"),
        "tax_id": translate("Queue", "tax id"),
        "limit": translate("Queue", "credit limit"),
        "contact": translate("Queue", "contact"),
    }
    found = row.finding.check.value if row.finding else ""
    return known.get(found, translate("Queue", "not verified"))


def language_words(locale: str) -> str:
    """Return the language of a letter in the user's own."""
    known = {
        "en": translate("Queue", "English"),
        "de": translate("Queue", "German"),
        "fr": translate("Queue", "French"),
        "es": translate("Queue", "Spanish"),
    }
    code = locale.partition("-")[0]
    return known.get(code, code)


def envelope_words(profile: str) -> str:
    """Return an envelope in short, as people at a desk call it."""
    known = {
        "din-5008-a": "DIN A",
        "din-5008-b": "DIN B",
        "swiss-left": translate("Queue", "Swiss left"),
        "swiss-right": translate("Queue", "Swiss right"),
        "french": "NF",
        "us-9": "US #9",
        "us-10": "US #10",
        "uk-dl": "UK DL",
    }
    return known.get(profile, profile)
