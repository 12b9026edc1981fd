"""How are a document's size, sort of file, source and place said in words?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from loyaldesk.formats import Formats

__all__ = ["hash_words", "size_words", "source_words"]

translate = QCoreApplication.translate
KILO, MEGA = 1_000, 1_000_000


def size_words(size: int, formats: Formats) -> str:
    """Return a number of bytes as people read it: 212 kB, 1.4 MB."""
    if size < KILO:
        return translate("Documents", "{0} bytes").format(size)
    if size < MEGA:
        return translate("Documents", "{0} kB").format(formats.number(round(size / KILO)))
    megabytes = round(Decimal(size) / MEGA, 1)
    return translate("Documents", "{0} MB").format(formats.number(megabytes, 1))


def source_words(system: str | None) -> str:
    """Return where a document comes from: another system by its name, or this desk."""
    if system:
        return translate("Documents", "From {0}").format(system)
    return translate("Documents", "Filed here")


def hash_words(sha256: bytes) -> str:
    """Return the start of a content's fingerprint in groups of four."""
    digits = sha256.hex()
    return f"sha-256 {digits[:4]} {digits[4:8]}…"
