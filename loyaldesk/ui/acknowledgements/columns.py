"""What does the queue show of each order?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.acknowledgement_queue import QueueState, Trouble
from loyaldesk.ui.acknowledgements.words import (
    age_words,
    envelope_words,
    language_words,
    reason_words,
    state_chip,
)
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from loyaldesk.queries.acknowledgements import QueueRow
    from loyaldesk.ui.desk import Desk

__all__ = ["MARK", "queue_columns"]

translate = QCoreApplication.translate
MARK = 0


def queue_columns(desk: Desk, marked: Collection[int], refusals: Mapping[int, str]) -> list[Column]:
    """Return the columns from left to right.

    `marked` and `refusals` are looked at whenever a row is shown: the orders marked now, and why
    some letters could not be made.
    """

    def words(text: str) -> str:
        return translate("Queue", text)

    return [
        Column("mark", words("Mark"), width=46, sortable=False, show=partial(_mark, marked)),
        Column("age", words("Age"), width=74, sortable=False, show=partial(_age, desk)),
        Column(
            "customer_name", words("Customer"), width=144, sortable=False, style=TextStyle.NAME
        ),
        Column("order_number", words("Order"), width=56, sortable=False),
        Column("customer_po", words("PO"), width=76, sortable=False, tone=Tone.SECONDARY),
        Column(
            "value", words("Value"), ColumnKind.MONEY, width=94, sortable=False,
            show=lambda row: desk.formats.money(row.value),
        ),
        Column("letter", words("Letter"), width=118, sortable=False, tone=Tone.SECONDARY,
               show=_letter),
        Column("letters_by", words("By"), width=34, sortable=False, show=_by),
        Column(
            "state", words("State"), ColumnKind.CHIP, width=150, sortable=False,
            tone=Tone.SECONDARY, show=partial(_state, refusals),
        ),
    ]  # fmt: skip


def _mark(marked: Collection[int], row: QueueRow) -> Cell:
    if row.order_id in marked:
        tip = translate("Queue", "Marked")
        return Cell(lead="square-check", icon_tone=Tone.ACCENT, tip=tip)
    return Cell(lead="square", icon_tone=Tone.SECONDARY, tip=translate("Queue", "Not marked"))


def _age(desk: Desk, row: QueueRow) -> Cell | None:
    if row.letter is not None:
        return None
    words = age_words(row.arrival, desk.now(), desk.formats)
    if not row.is_late:
        return Cell(words)
    return Cell(
        tail=words,
        tone=Tone.BAD,
        lead="clock-alert",
        icon_tone=Tone.BAD,
        tip=translate("Queue", "{0}: over the target").format(words),
    )


def _letter(row: QueueRow) -> str:
    return f"{language_words(row.locale)} · {envelope_words(row.envelope)}"


def _by(row: QueueRow) -> Cell:
    channel = row.letter.channel if row.letter else row.letters_by
    if channel == "email":
        return Cell(lead="mail", tip=translate("Queue", "E-mail"))
    return Cell(lead="printer", tip=translate("Queue", "Print"))


def _state(refusals: Mapping[int, str], row: QueueRow) -> Cell:
    refusal = refusals.get(row.order_id, "") if row.state.can_go else ""
    chip = state_chip(row)
    if refusal and row.state is QueueState.READY:
        chip = Chip(translate("Queue", "Needs a look"), Tone.WARN, "eye")
    reason = reason_words(row, refusal)
    is_found = row.trouble is Trouble.VERIFICATION and row.finding is not None
    return Cell(reason, chip=chip, tip=row.finding.words if is_found and row.finding else reason)
