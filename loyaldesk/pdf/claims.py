"""What may a letter say that it keeps to? Judged from what was drawn, before the file is written.

These are the few rules that a new kind of letter could break. That the file keeps to the others is
the work of `archive_file`, and what `archive_rules` finds in the finished file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.pdf.tag_tree import in_reading_order

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

    from loyaldesk.pdf.tags import Tags

__all__ = ["Claims", "claims_for"]


class Claims(NamedTuple):
    """What a file may say of itself: kept to PDF/A-2b, kept to PDF/UA-1."""

    archive: bool
    access: bool


def claims_for(tags: Tags, document: PDFDocument) -> Claims:
    """Return that a file is made for archives, and that it is made to be read aloud, if it is."""
    is_titled = bool(document.info.title.strip())
    return Claims(
        archive=_embeds_its_fonts(document),
        access=is_titled and not tags.has_stray and _is_described(tags),
    )


def _embeds_its_fonts(document: PDFDocument) -> bool:
    """Return whether every font is one that brings its own program along."""
    brought = {getattr(font, "fontName", "") for font in document.delayedFonts}
    return set(document.fontMapping) <= brought


def _is_described(tags: Tags) -> bool:
    """Return whether the title comes before all other headings, and every figure has its words."""
    elements = in_reading_order(tags.root)
    headings = [tag.kind for tag in elements if tag.kind in {"H1", "H2"}]
    figures = [tag for tag in elements if tag.kind == "Figure"]
    return headings[:1] == ["H1"] and all("/Alt" in tag.properties for tag in figures)
