"""Which columns has the list of documents, and how does each show and export a document?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.documents.wording import size_words
from loyaldesk.ui.papers.kinds import icon_of_kind, kind_words
from loyaldesk.ui.papers.whereabouts import place_icon, place_words
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.formats import Formats
    from loyaldesk.queries.lists import DocumentRow

__all__ = ["document_columns", "export_headings", "export_values"]

translate = QCoreApplication.translate


def document_columns(formats: Formats) -> list[Column]:
    """Return the columns; only the day of filing has an order that costs nothing."""

    def words(text: str) -> str:
        return translate("DocumentList", text)

    return [
        Column("name", words("Name"), width=208, sortable=False, style=TextStyle.NAME, show=_name),
        Column(
            "kind", words("Type"), width=122, sortable=False, tone=Tone.SECONDARY,
            show=lambda row: kind_words(row.kind),
        ),
        Column(
            "filed_on", words("Filed"), ColumnKind.DATE, width=94,
            show=lambda row: formats.date(row.filed_on),
        ),
        Column("customer_name", words("Customer"), width=150, sortable=False),
        Column("order_number", words("Order"), width=104, sortable=False, tone=Tone.SECONDARY),
        Column(
            "pages", words("Pages"), ColumnKind.NUMBER, width=52, sortable=False,
            tone=Tone.SECONDARY,
            show=lambda row: formats.number(row.pages) if row.pages else None,
        ),
        Column(
            "size", words("Size"), ColumnKind.NUMBER, width=78, sortable=False,
            tone=Tone.SECONDARY, show=lambda row: size_words(row.size, formats),
        ),
        Column("source_system", words("Source"), width=86, sortable=False, tone=Tone.SECONDARY),
        Column(
            "filed_by", words("Filed by"), width=120, sortable=False, hidden=True,
            tone=Tone.SECONDARY,
        ),
        Column(
            "customer_number", words("Customer no."), width=96, sortable=False, hidden=True,
            tone=Tone.SECONDARY,
        ),
    ]  # fmt: skip


def _name(row: DocumentRow) -> Cell:
    tip = row.name if row.place is None else f"{row.name}\n{place_words(row.place, row.filed_by)}"
    mark = place_icon(row.place)
    if row.is_pinned:
        return Cell(row.name, lead="pin", icon=mark, icon_tone=Tone.ACCENT, tip=tip)
    return Cell(row.name, lead=icon_of_kind(row.kind), icon=mark, tip=tip)


def export_headings() -> list[str]:
    """Return the first line of an export."""
    headings = (
        "Name", "Type", "Filed", "Filed by", "Customer no.", "Customer", "Order", "Pages", "Bytes",
        "Source", "SHA-256",
    )  # fmt: skip
    return [translate("DocumentList", heading) for heading in headings]


def export_values(row: DocumentRow) -> Sequence[object]:
    """Return a line of an export, in the order of its headings."""
    return (
        row.name, row.kind, row.filed_on, row.filed_by, row.customer_number, row.customer_name,
        row.order_number, row.pages, row.size, row.source_system, row.sha256.hex(),
    )  # fmt: skip
