"""Which columns has the list of documents, and how does each show a document?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.documents.wording import size_words
from loyaldesk.ui.papers.kinds import icon_of_kind, kind_words
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.formats import Formats
    from loyaldesk.queries.lists import DocumentRow

__all__ = ["document_columns"]

translate = QCoreApplication.translate


def document_columns(formats: Formats) -> tuple[Column, ...]:
    """Return the columns; only the day it was filed has an order that costs nothing."""
    return (
        Column(
            "name", translate("Documents", "Name"), width=270, sortable=False,
            style=TextStyle.NAME, show=_name,
        ),
        Column(
            "kind", translate("Documents", "Type"), width=130, sortable=False, tone=Tone.SECONDARY,
            show=lambda row: kind_words(row.kind),
        ),
        Column(
            "filed_on", translate("Documents", "Filed"), ColumnKind.DATE, width=104,
            show=lambda row: formats.date(row.filed_on),
        ),
        Column(
            "customer", translate("Documents", "Customer"), width=210, sortable=False,
            show=lambda row: row.customer_name,
        ),
        Column(
            "order", translate("Documents", "Order"), width=90, sortable=False,
            tone=Tone.SECONDARY, show=lambda row: row.order_number,
        ),
        Column(
            "pages", translate("Documents", "Pages"), ColumnKind.NUMBER, width=60, sortable=False,
            tone=Tone.SECONDARY,
            show=lambda row: formats.number(row.pages) if row.pages else None,
        ),
        Column(
            "size", translate("Documents", "Size"), ColumnKind.NUMBER, width=80, sortable=False,
            tone=Tone.SECONDARY, show=lambda row: size_words(row.size, formats),
        ),
        Column(
            "source", translate("Documents", "Source"), width=110, sortable=False,
            tone=Tone.SECONDARY, show=lambda row: row.source_system,
        ),
        Column(
            "filed_by", translate("Documents", "Filed by"), width=120, sortable=False, hidden=True,
            tone=Tone.SECONDARY, show=lambda row: row.filed_by,
        ),
        Column(
            "customer_number", translate("Documents", "Customer no."), width=100, sortable=False,
            hidden=True, tone=Tone.SECONDARY, show=lambda row: row.customer_number,
        ),
    )  # fmt: skip


def _name(row: DocumentRow) -> Cell:
    icon = "pin" if row.is_pinned else ""
    return Cell(row.name, lead=icon_of_kind(row.kind), icon=icon, icon_tone=Tone.ACCENT)
