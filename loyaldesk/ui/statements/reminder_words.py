"""How does the window say why a reminder waits, and how far a customer has been reminded?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.dunning import Hold
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.dunning import Candidate
    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = ["hold_sentence", "hold_words", "state_chip"]

translate = QCoreApplication.translate
_TONES = (Tone.INFO, Tone.WARN, Tone.BAD)


def hold_words(hold: Hold) -> str:
    """Return in a word or two why a reminder waits."""
    words = {
        Hold.DISPUTED: translate("Reminders", "In dispute"),
        Hold.CUSTOMER_PAUSED: translate("Reminders", "Paused"),
        Hold.INVOICE_PAUSED: translate("Reminders", "Invoice paused"),
        Hold.COVERED: translate("Reminders", "Covered by credit"),
        Hold.BELOW_MINIMUM: translate("Reminders", "Small amount"),
        Hold.LAST_LEVEL: translate("Reminders", "Last level reached"),
        Hold.TOO_EARLY: translate("Reminders", "Too early"),
    }
    return words[hold]


def hold_sentence(candidate: Candidate, formats: ScreenFormats) -> str:
    """Return why no letter is written to the customer, and from which day one may be."""
    sentences = {
        Hold.DISPUTED: translate(
            "Reminders", "What is overdue is in dispute, so it is not asked for."
        ),
        Hold.CUSTOMER_PAUSED: translate("Reminders", "Reminders to this customer are paused."),
        Hold.INVOICE_PAUSED: translate("Reminders", "Reminders of these invoices are paused."),
        Hold.COVERED: translate(
            "Reminders", "Unapplied payments and credits cover what is overdue."
        ),
        Hold.BELOW_MINIMUM: translate(
            "Reminders", "It would ask for less than the least amount worth a letter."
        ),
        Hold.LAST_LEVEL: translate(
            "Reminders", "The last level was reached. Decide with the customer what follows."
        ),
        Hold.TOO_EARLY: translate("Reminders", "The day of the next reminder has not come."),
    }
    if candidate.hold is None:
        return ""
    sentence = sentences[candidate.hold]
    if candidate.held_until is None:
        return sentence
    day = formats.date(candidate.held_until)
    return f"{sentence} " + translate("Reminders", "It can go from {0}.").format(day)


def state_chip(candidate: Candidate) -> Chip:
    """Return the level of the letter that is due and how it goes, or why none goes."""
    if candidate.hold is not None:
        return Chip(hold_words(candidate.hold), Tone.NEUTRAL, "hand")
    icon = "mail" if candidate.letters_by == "email" else "printer"
    tone = _TONES[min(candidate.level, len(_TONES)) - 1]
    return Chip(translate("Reminders", "Level {0}").format(candidate.level), tone, icon)
