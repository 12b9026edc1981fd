"""Which columns has the outbox, and how does each show and export a mail?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.outbox.wording import answer_words
from loyaldesk.ui.papers.mail_states import mail_state_chip
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.outbox import OutboxMail
    from loyaldesk.ui.desk import Desk

__all__ = ["export_headings", "export_values", "mail_columns"]

translate = QCoreApplication.translate


def mail_columns(desk: Desk) -> list[Column]:
    """Return the columns; only the instant of writing has an order that costs nothing."""
    formats = desk.formats

    def words(text: str) -> str:
        return translate("Outbox", text)

    def written(row: OutboxMail) -> str:
        local = row.written_at.astimezone()
        return f"{formats.date(local.date())} {formats.time(local)}"

    def answer(row: OutboxMail) -> Cell:
        said = answer_words(row, formats, desk.now())
        tone = Tone.BAD if row.state == "failed" else Tone.SECONDARY
        return Cell(said or "–", tone=tone, tip=said)

    return [
        Column("written_at", words("Written"), ColumnKind.DATE, width=132, show=written),
        Column("recipient", words("To"), width=196, sortable=False, style=TextStyle.NAME),
        Column("customer_name", words("Customer"), width=150, sortable=False),
        Column(
            "subject", words("Subject"), width=210, sortable=False,
            show=lambda row: Cell(row.subject, lead="paperclip", tip=row.subject),
        ),
        Column(
            "state", words("State"), ColumnKind.CHIP, width=126, sortable=False,
            show=lambda row: mail_state_chip(row.state),
        ),
        Column("answer", words("Server’s answer"), width=430, sortable=False, show=answer),
        Column(
            "customer_number", words("Customer no."), width=96, sortable=False, hidden=True,
            tone=Tone.SECONDARY,
        ),
        Column(
            "written_by", words("Written by"), width=110, sortable=False, hidden=True,
            tone=Tone.SECONDARY,
        ),
        Column(
            "attempts", words("Attempts"), ColumnKind.NUMBER, width=78, sortable=False,
            hidden=True, tone=Tone.SECONDARY,
        ),
    ]  # fmt: skip


def export_headings() -> list[str]:
    """Return the first line of an export."""
    headings = (
        "Written", "To", "Customer no.", "Customer", "Subject", "State", "Server’s answer",
        "Attempts", "Accepted", "Written by",
    )  # fmt: skip
    return [translate("Outbox", heading) for heading in headings]


def export_values(row: OutboxMail) -> Sequence[object]:
    """Return a line of an export, in the order of its headings."""
    return (
        row.written_at, row.recipient, row.customer_number, row.customer_name, row.subject,
        row.state, row.answer, row.attempts, row.accepted_at, row.written_by,
    )  # fmt: skip
