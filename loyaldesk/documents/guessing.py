"""What sort of paper is a file, judged by its name?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from loyaldesk.domain.text import fold
from loyaldesk.models import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["guess_kind"]

# Folded words, the telling ones first: an invoice that names an order is an invoice. A word with a
# star may go on (“lieferschein4711”).
_WORDS: tuple[tuple[DocumentKind, str], ...] = (
    (
        DocumentKind.ACKNOWLEDGEMENT,
        "acknowledg* auftragsbestatigung* auftragsbestaetigung* order-confirmation confirmation",
    ),
    (DocumentKind.STATEMENT, "statement* kontoauszug* releve"),
    (
        DocumentKind.DELIVERY_NOTE,
        "lieferschein* liefer delivery-note delivery packing* dispatch pod bon-de-livraison",
    ),
    (DocumentKind.INVOICE, "invoice* rechnung* facture* inv gutschrift* credit-note"),
    (DocumentKind.PRICE_LIST, "price-list pricelist* preisliste* prices tarif*"),
    (DocumentKind.CONTRACT, "contract* vertrag* rahmenvertrag* agreement nda contrat"),
    (DocumentKind.PURCHASE_ORDER, "purchase-order po bestellung* order commande"),
    (DocumentKind.CORRESPONDENCE, "letter* brief mail email e-mail fax complaint* reklamation*"),
)
_MAIL_ENDINGS = {"eml", "msg"}
_BREAKS = re.compile(r"[^a-z]+")


def guess_kind(name: str) -> DocumentKind:
    """Return the sort of paper that a file's name tells of, in English, German or French."""
    stem, _, ending = name.rpartition(".")
    words = f"-{'-'.join(filter(None, _BREAKS.split(fold(stem or name))))}-"
    for kind, signs in _WORDS:
        if _tells(words, signs.split()):
            return kind
    is_mail = ending.lower() in _MAIL_ENDINGS
    return DocumentKind.CORRESPONDENCE if is_mail else DocumentKind.OTHER


def _tells(words: str, signs: Iterable[str]) -> bool:
    return any(
        f"-{sign[:-1]}" in words if sign.endswith("*") else f"-{sign}-" in words for sign in signs
    )
