"""What does the head of a customer's page say: states, place, manager, language, freshness?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from loyaldesk.pdf.envelopes import envelope, envelope_names
from loyaldesk.ui.customers.contact_words import kind_word
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.customer_page import CustomerHead
    from loyaldesk.queries.timeline import LastContact
    from loyaldesk.ui.customers.wording import Wording

__all__ = [
    "freshness", "language_name", "last_contact", "letters", "place", "since", "state_chips",
]  # fmt: skip

translate = QCoreApplication.translate


def state_chips(head: CustomerHead, say: Wording) -> list[Chip]:
    """Return status, key account and credit, each as icon and word."""
    chips = [_status_chip(head, say)]
    if head.is_key_account:
        chips.append(Chip(translate("Identity", "Key account"), Tone.INFO, "flag"))
    if head.credit_status == "hold":
        chips.append(Chip(translate("Identity", "Credit: on hold"), Tone.BAD, "hand"))
    elif head.credit_status == "watch":
        chips.append(Chip(translate("Identity", "Credit: on watch"), Tone.WARN, "triangle-alert"))
    return chips


def _status_chip(head: CustomerHead, say: Wording) -> Chip:
    if head.status == "prospect":
        return Chip(translate("Identity", "Prospect"), Tone.INFO, "circle-dashed")
    if head.status == "lost":
        words = translate("Identity", "Lost")
        if head.status_since is not None:
            words = translate("Identity", "Lost since {0}").format(say.day(head.status_since))
        return Chip(words, Tone.BAD, "circle-x")
    return Chip(translate("Identity", "Active"), Tone.OK, "circle-check")


def place(head: CustomerHead) -> list[Span]:
    """Return territory and town."""
    words = " · ".join(part for part in (head.territory, head.town) if part)
    return [Span.small(words)] if words else []


def letters(head: CustomerHead) -> list[Span]:
    """Return the language of letters and the envelope they go out in."""
    language = language_name(head.language)
    known = head.envelope in envelope_names()
    window = envelope(head.envelope).name if known else head.envelope
    words = translate("Identity", "Letters in {0}").format(language)
    return [Span.small(f"{words}, {window}" if window else words)]


def language_name(tag: str) -> str:
    """Return the name of a language from its tag: de is German."""
    known = QLocale(tag)
    if known.language() is QLocale.Language.C:
        return tag
    return QLocale.languageToString(known.language())


def since(head: CustomerHead) -> list[Span]:
    """Return since when it is our customer."""
    if head.customer_since is None:
        return []
    return [
        Span.small(translate("Identity", "Customer since {0}").format(head.customer_since.year))
    ]


def last_contact(contacts: tuple[LastContact, ...], say: Wording) -> list[Span]:
    """Return when, how, with whom and about what we were last in touch."""
    if not contacts:
        return [Span.small(translate("Identity", "No contact yet"), Tone.MUTED)]
    newest = contacts[0]
    people = " · ".join(part for part in (newest.person, newest.author) if part)
    how = kind_word(newest.kind).lower()
    about = f"{how}, {people}: {newest.subject}" if people else f"{how}: {newest.subject}"
    day = say.day_head(newest.at.astimezone().date())
    bold = Span(day, Tone.TEXT, TextStyle.SMALL_STRONG)
    return [Span.small(translate("Identity", "Last contact") + " "), bold, Span.small(f" {about}")]


def freshness(head: CustomerHead, as_of: datetime, say: Wording) -> list[Span]:
    """Return how fresh the page is and from which system the record comes, with its key there."""
    time = translate("Identity", "As of {0}").format(say.time(as_of))
    if head.source_system:
        origin = " ".join(part for part in (head.source_system, head.source_key) if part)
    else:
        origin = translate("Identity", "this desk")
    return [Span.small(f"{time} · {origin}")]
