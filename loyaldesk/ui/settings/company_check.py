"""Can letters use the company's colour as it is typed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.pdf.style import accent_colour

if TYPE_CHECKING:
    from loyaldesk.domain.letter import Sender

__all__ = ["colour_problem"]


def colour_problem(sender: Sender) -> dict[str, str]:
    """Return a sentence under "accent" if letters could not use the colour."""
    try:
        accent_colour(sender.accent)
    except Refused as error:
        return {"accent": error.message}
    return {}
