"""Which words may stand in the head of a mail, and which address may it go to?

A line break, or an encoded word that hides one, would let a name add a recipient nobody sees.
"""

from __future__ import annotations

import re
import unicodedata
from email.errors import MessageError
from email.headerregistry import Address

from loyaldesk.errors import Refused

__all__ = ["address_problem", "checked_address", "checked_body", "checked_word", "domain_of"]

LONGEST_ADDRESS = 254
LONGEST_LOCAL = 64
LONGEST_WORD = 400
LONGEST_BODY = 100_000
_ENCODED_WORD = re.compile(r"=\?[^?]*\?[^?]*\?")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
# Controls, halves of a character, private and unassigned ones, line and paragraph ends.
_NEVER = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def checked_word(word: str, what: str) -> str:
    """Return what may stand in a header as it is; `what` names it in the refusal."""
    if len(word) > LONGEST_WORD:
        raise Refused(
            f"The {what} is longer than {LONGEST_WORD} characters. Nothing was sent; shorten it."
        )
    if _ENCODED_WORD.search(word) or any(_is_unsafe(character) for character in word):
        raise Refused(
            f"The {what} holds characters that could change who gets the mail. Nothing was sent. "
            "Type it again by hand."
        )
    return word


def checked_body(body: str) -> str:
    """Return the text with plain line ends and one at its end, or refuse what cannot be read."""
    text = body.replace("\r\n", "\n").rstrip("\n") + "\n"
    if len(text) > LONGEST_BODY:
        raise Refused(
            f"The text is longer than {LONGEST_BODY:,} characters. Nothing was sent; shorten it."
        )
    if any(_is_unsafe(character) for character in text if character not in "\n\t"):
        raise Refused(
            "The text holds characters that cannot be seen or that turn the reading direction. "
            "Nothing was sent. Type it again by hand."
        )
    return text


def checked_address(text: str, what: str = "address") -> str:
    """Return a mail address that a server understands, or refuse it; nobody is asked for it."""
    address = text.strip(" ")
    if problem := address_problem(address):
        raise Refused(f"{problem} Nothing was sent; correct the {what}.", field="recipient")
    return address


def address_problem(address: str) -> str:
    """Return what is wrong with a mail address, or nothing."""
    if not address:
        return "There is no mail address."
    if not address.isascii():
        return "A mail address has plain letters only; a domain with others has a form with xn--."
    local, _, _ = address.rpartition("@")
    if len(address) > LONGEST_ADDRESS or len(local) > LONGEST_LOCAL:
        return "This mail address is too long."
    if not _ADDRESS.fullmatch(address) or not _is_read_back(address):
        return "A mail address looks like name@company.com."
    return ""


def domain_of(address: str) -> str:
    """Return the domain of a mail address, in small letters."""
    return address.rpartition("@")[2].lower()


def _is_read_back(address: str) -> bool:
    try:
        return Address(addr_spec=address).addr_spec == address
    except (MessageError, ValueError):
        return False


def _is_unsafe(character: str) -> bool:
    return character in _TURNING or unicodedata.category(character) in _NEVER
