"""What does the register show of each letter, and what goes into its export?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.ui.acknowledgements.register_words import (
    channel_icon,
    instant_words,
    short_hash,
    way_words,
)
from loyaldesk.ui.papers.kinds import kind_words
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.letters_register import RegisterRow
    from loyaldesk.ui.desk import Desk

__all__ = ["export_headings", "export_values", "register_columns"]

translate = QCoreApplication.translate


def register_columns(desk: Desk) -> list[Column]:
    """Return the columns from left to right."""

    def words(text: str) -> str:
        return translate("Register", text)

    return [
        Column("number", words("Letter"), width=108, sortable=False, style=TextStyle.NAME),
        Column("revision", words("Rev"), ColumnKind.NUMBER, width=36, sortable=False),
        Column(
            "kind", words("Type"), width=124, sortable=False, tone=Tone.SECONDARY,
            show=lambda row: kind_words(row.kind),
        ),
        Column("customer_name", words("Customer"), width=144, sortable=False),
        Column(
            "issued_at", words("Issued"), ColumnKind.DATE, width=104,
            show=lambda row: instant_words(desk, row.issued_at),
        ),
        Column("issued_by", words("By"), width=56, sortable=False, tone=Tone.SECONDARY),
        Column("channel", words("How it left"), width=168, sortable=False, show=_how),
        Column("recipient", words("To"), width=104, sortable=False, tone=Tone.SECONDARY),
        Column(
            "copies", words("Copies"), ColumnKind.NUMBER, width=56, sortable=False,
            show=partial(_copies, desk),
        ),
        Column(
            "sha256", words("Hash"), width=96, sortable=False, tone=Tone.SECONDARY,
            show=lambda row: Cell(short_hash(row.sha256), tip=row.sha256.hex()),
        ),
    ]  # fmt: skip


def _copies(desk: Desk, row: RegisterRow) -> Cell:
    tone = Tone.TEXT if row.copies else Tone.MUTED
    return Cell(desk.formats.number(row.copies), tone=tone)


def _how(row: RegisterRow) -> Cell:
    is_bad = row.state is QueueState.FAILED
    return Cell(
        way_words(row.channel, row.state),
        tone=Tone.BAD if is_bad else None if row.channel else Tone.MUTED,
        lead=channel_icon(row.channel),
        icon_tone=Tone.BAD if is_bad else Tone.SECONDARY,
    )


def export_headings() -> list[str]:
    """Return the first line of an export."""
    headings = (
        "Letter", "Rev", "Type", "Customer number", "Customer", "Order", "Issued", "By",
        "How it left", "To", "Copies", "SHA-256", "File",
    )  # fmt: skip
    return [translate("Register", heading) for heading in headings]


def export_values(row: RegisterRow) -> Sequence[object]:
    """Return a line of an export, in the order of its headings."""
    return (
        row.number, row.revision, row.kind, row.customer_number, row.customer_name,
        row.order_number, row.issued_at.isoformat(), row.issued_by,
        way_words(row.channel, row.state), row.recipient, row.copies, row.sha256.hex(),
        row.file_name,
    )  # fmt: skip
