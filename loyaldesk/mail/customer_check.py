"""Does every paper in a mail belong to the customer that the mail goes to?

The most likely leak is a letter in the wrong mail. Our letters name their customer in the file
itself, so this is asked of the bytes, whatever the records say.
"""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from loyaldesk.mail.message import Attachment

__all__ = ["check_papers", "named_customer"]

PDF = "application/pdf"
MAKER = "LoyalDesk"
# What pikepdf raises besides its own error when a file's description is not what it should be.
_DAMAGE = (AttributeError, KeyError, RuntimeError, TypeError, ValueError)


def named_customer(pdf: bytes) -> str | None:
    """Return the customer number that a letter of ours carries, or None if it is not one."""
    import pikepdf  # Costs 0.1 s to import; only who sends mails pays it.

    try:
        with pikepdf.open(BytesIO(pdf)) as paper:
            info = paper.docinfo
            maker, keywords = str(info.get("/Creator", "")), str(info.get("/Keywords", ""))
    except (pikepdf.PdfError, *_DAMAGE):
        # A stranger's paper may be damaged; a letter of ours never is, so it is none.
        return None
    return keywords.split(", ")[0] if maker.startswith(MAKER) and keywords else None


def check_papers(
    papers: Iterable[Attachment], *, number: str, family: Collection[str], is_letter: bool
) -> None:
    """Refuse a mail to customer `number` whose papers name somebody outside its `family`.

    The first paper must be the customer's own; if it is a letter of ours it must say so.
    """
    allowed = {_as_printed(member) for member in family}
    own = _as_printed(number)
    for position, paper in enumerate(papers):
        named = named_customer(paper.content) if paper.mime == PDF else None
        is_main_letter = is_letter and position == 0
        if named is None and not is_main_letter:
            continue
        if named != own and (position == 0 or named not in allowed):
            raise _mismatch(paper.name, number, named)


def _as_printed(number: str) -> str:
    """Return the number as the file's metadata holds it, up to a comma."""
    kept = (c for c in number if unicodedata.category(c)[0] != "C" or c.isspace())
    return "".join(" " if c.isspace() else c for c in kept).split(", ")[0]


def _mismatch(name: str, number: str, named: str | None) -> Refused:
    whose = f"belongs to customer {named}" if named else "does not say whose letter it is"
    return Refused(
        f"“{name}” {whose}, but this mail goes to customer {number}. Nothing was sent. Attach the "
        "letter of this customer."
    )
