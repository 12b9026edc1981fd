"""What is wrong with the company as it is typed, its colour on paper included?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.sender_check import sender_problems
from loyaldesk.errors import Refused
from loyaldesk.pdf.style import accent_colour

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender

__all__ = ["company_problems"]


def company_problems(sender: Sender) -> dict[str, str]:
    """Return a sentence for each field that letters could not use; check digits come later."""
    found = sender_problems(sender)
    try:
        accent_colour(sender.accent)
    except Refused as error:
        found.setdefault("accent", error.message)
    return found
