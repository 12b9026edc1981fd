"""How is said what two customers share?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.duplicates import Shared
from loyaldesk.ui.widgets.marked import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from loyaldesk.queries.duplicates import Candidate

__all__ = ["place_words", "shared_words"]

_WORDS = {
    Shared.TAX_ID: QT_TRANSLATE_NOOP("Duplicates", "tax number"),
    Shared.EMAIL: QT_TRANSLATE_NOOP("Duplicates", "e-mail"),
    Shared.PHONE: QT_TRANSLATE_NOOP("Duplicates", "telephone"),
    Shared.NAME: QT_TRANSLATE_NOOP("Duplicates", "name"),
    Shared.WORDS: QT_TRANSLATE_NOOP("Duplicates", "part of the name"),
    Shared.TOWN: QT_TRANSLATE_NOOP("Duplicates", "town"),
}


def shared_words(candidate: Candidate) -> str:
    """Return what is the same, such as “Same name, telephone”."""
    found = (QCoreApplication.translate("Duplicates", _WORDS[each]) for each in candidate.shared)
    return QCoreApplication.translate("Duplicates", "Same {0}").format(", ".join(found))


def place_words(candidate: Candidate) -> str:
    """Return number and town of a customer."""
    return " · ".join(part for part in (candidate.number, candidate.town) if part)
