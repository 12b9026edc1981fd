"""What every letter is composed of: who writes, to whom, in which language and envelope."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.letter import LetterFrame, Overprint, Recipient, Sender
from loyaldesk.domain.postal import Place, envelope_for, letter_locale, postal_lines
from loyaldesk.domain.qr_bill import Party, split_street
from loyaldesk.errors import Refused
from loyaldesk.pdf.address import place_address
from loyaldesk.pdf.envelopes import envelope
from loyaldesk.pdf.texts import texts_for
from loyaldesk.queries.company import own_texts, read_company

if TYPE_CHECKING:
    from loyaldesk.pdf.texts import Texts
    from loyaldesk.queries.letters import Addressee
    from loyaldesk.store.reader import Source

__all__ = [
    "NoAddressError", "country_name", "data_sha256", "debtor_of", "letter_frame", "locale_for",
    "terms_text", "working_day_in",
]  # fmt: skip

MS = frozenset(
    {"ms", "mrs", "miss", "frau", "mme", "mlle", "madame", "sra", "srta", "señora", "dña"}
)
MR = frozenset({"mr", "herr", "m", "monsieur", "sr", "señor", "d", "don"})


class NoAddressError(Refused):
    """There is no address of the customer that a letter could go to."""


def locale_for(addressee: Addressee) -> str:
    """Return the locale of this customer's letters."""
    return letter_locale(addressee.language, addressee.place.country)


def letter_frame(
    source: Source, addressee: Addressee, *, number: str, now: datetime, revision: int | None = None
) -> LetterFrame:
    """Return the frame of a letter to the customer, dated today where we are.

    Before anybody typed in the company, letters say so in place of its name and are marked DRAFT.
    """
    sender = read_company(source)
    locale = locale_for(addressee)
    own = own_texts(source, locale=locale)
    overprint = Overprint.NONE if sender else Overprint.DRAFT
    sender = sender or Sender(name=texts_for(locale)["no_sender"])
    envelope = envelope_for(addressee.envelope, sender.country)
    local = now.astimezone()
    return LetterFrame(
        number=number,
        day=local.date(),
        customer_number=addressee.number,
        sender=_readable(sender),
        recipient=_recipient(addressee, locale, sender.country, envelope),
        printed_at=local,
        locale=locale,
        envelope=envelope,
        revision=revision,
        overprint=overprint,
        own_texts=own,
    )


def terms_text(days: int, texts: Texts) -> str:
    """Return the terms of payment in words."""
    return texts.fill("terms.days", days=days) if days else texts["terms.at_once"]


def working_day_in(day: date, days: int) -> date:
    """Return the first working day at least so many days later."""
    later = day + timedelta(days=days)
    while later.isoweekday() > 5:
        later += timedelta(days=1)
    return later


def debtor_of(addressee: Addressee, name: str) -> Party:
    """Return the customer with its address in parts, under the name that letters go to."""
    place = addressee.place
    street, house_number = split_street(place.street)
    return Party(name, street, house_number, place.postcode, place.town, place.country)


def country_name(country: str, locale: str) -> str:
    """Return the country's name in the language of the letter; unknown codes stay codes."""
    from babel import Locale  # Costs 30 ms; letters are made in a process of their own.

    return str(Locale.parse(locale, sep="-").territories.get(country, country))


def data_sha256(frame: LetterFrame, *facts: object) -> bytes:
    """Return the SHA-256 of what a letter says, apart from its number, revision and instants."""
    timeless = replace(
        frame,
        number="",
        revision=None,
        day=date.min,
        printed_at=datetime.min.replace(tzinfo=UTC),
        sender=replace(frame.sender, logo=None),
        own_texts=(),
        personal="",
    )
    return hashlib.sha256(repr((timeless, facts)).encode()).digest()


def _readable(sender: Sender) -> Sender:
    """Leave a logo out that is no longer where it was: a letter matters more than its picture."""
    return sender if sender.logo is None or sender.logo.is_file() else replace(sender, logo=None)


def _recipient(addressee: Addressee, locale: str, home: str, envelope_name: str) -> Recipient:
    place = addressee.place
    if not postal_lines(place):
        raise NoAddressError(
            f"{addressee.name} has no address. No letter was made. Add a billing address first."
        )
    abroad = place.country and place.country != home
    titled = f"{_title(addressee)} {addressee.given_name} {addressee.family_name}"
    whole = Recipient(
        name=addressee.recipient,
        contact=" ".join(titled.split()) if addressee.family_name else "",
        lines=postal_lines(place),
        country=country_name(place.country, locale) if abroad else "",
        salutation=_salutation(addressee, texts_for(locale)),
    )
    return _fitting(whole, replace(place, extra=""), envelope_name)


def _title(addressee: Addressee) -> str:
    """Return the title as an address has it: in German a letter goes to Herrn Thießen."""
    return "Herrn" if addressee.salutation.strip() == "Herr" else addressee.salutation


def _fitting(whole: Recipient, without_extra: Place, envelope_name: str) -> Recipient:
    """Leave out the person, then the department, where the window would not show every line.

    What does not fit even so is refused when the letter is drawn.
    """
    shorter = replace(whole, contact="")
    shortest = replace(shorter, lines=postal_lines(without_extra))
    field = envelope(envelope_name).address
    for recipient in (whole, shorter):
        try:
            place_address(recipient, field)
        except Refused:
            continue
        return recipient
    return shortest


def _salutation(addressee: Addressee, texts: Texts) -> str:
    family, title = addressee.family_name, addressee.salutation.casefold().strip()
    if not family:
        return ""
    for titles, key in ((MS, "dear_ms"), (MR, "dear_mr")):
        if title.rstrip(".") in titles:
            return texts.fill(key, family_name=family)
    name = f"{addressee.given_name} {family}".strip()
    return texts.fill("dear_person", name=name)
