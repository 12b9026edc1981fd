"""The envelope test page, and what a printer is off by."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.letter import Sender
from loyaldesk.pdf.envelopes import envelope, envelope_names
from loyaldesk.queries.company import read_company
from loyaldesk.ui.letters.issue import save_page
from loyaldesk.ui.letters.letter_dialog import LetterDialog, ReadyLetter
from loyaldesk.ui.papers.offsets import keep_offset, offset_of
from loyaldesk.ui.widgets.fields import ComboBox, LabelledField
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["EnvelopeDialog"]


class EnvelopeDialog(LetterDialog):
    """Print the page once per printer and envelope, measure, type the difference in."""

    KIND = "envelope-test"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, title=self.tr("Envelope test page"), parent=parent)
        theme = desk.theme
        self.envelope = ComboBox(theme, name=self.tr("Envelope"))
        for name in envelope_names():
            self.envelope.addItem(envelope(name).name, name)
        self.printer = ComboBox(theme, name=self.tr("Printer"))
        self.printer.addItems(self._printers())
        self.right = NumberEdit(theme, decimals=1)
        self.down = NumberEdit(theme, decimals=1)
        words = self.tr(
            "Print the page, measure, and type in how far the print must move. "
            "Letters on that printer move by it from then on."
        )
        for title, editor in (
            (self.tr("Envelope"), self.envelope),
            (self.tr("Printer used before"), self.printer),
            (self.tr("Move right, mm"), self.right),
            (self.tr("Move down, mm"), self.down),
        ):
            self.choices.addWidget(LabelledField(theme, title, editor))
        self.choices.addWidget(TextLabel(theme, words, TextStyle.SMALL, Tone.SECONDARY, wrap=True))
        self._show_offset()
        self.envelope.currentIndexChanged.connect(self.preview)
        self.printer.currentTextChanged.connect(self._show_offset)
        self.right.value_changed.connect(self._keep_offset)
        self.down.value_changed.connect(self._keep_offset)
        self.preview()

    def compose(self) -> Callable[..., Any]:
        return read_company

    def wishes(self) -> dict[str, Any]:
        return {}

    def composed(self, composed: Sender | None) -> None:
        """Draw the page of the chosen envelope in the child process."""
        sender = composed or Sender(name="LoyalDesk")
        name = self.envelope.currentData()
        self._desk.jobs.child(
            "loyaldesk.pdf.envelope_test:draw_envelope_test",
            owner=self,
            then=partial(self._show_page, name),
            failed=self.show_refusal,
            replaces="draw",
            envelope_name=name,
            sender=sender,
            locale=self._desk.formats.tag,
            printed_at=self._desk.now(),
        )

    def _show_page(self, name: str, pdf: bytes) -> None:
        words = self.tr("Envelope test page made")
        self.show_ready(
            ReadyLetter(pdf, f"envelope-test-{name}.pdf", words, save_page, {"pdf": pdf})
        )

    def _printers(self) -> list[str]:
        used = self._desk.state.get("printers", {}).values()
        return sorted({kept["name"] for kept in used if kept.get("name")})

    def _show_offset(self) -> None:
        right, down = offset_of(self._desk.state, self.printer.currentText())
        for edit, value in ((self.right, right), (self.down, down)):
            edit.blockSignals(True)
            edit.set_value(Decimal(f"{value:.1f}") if value else None)
            edit.blockSignals(False)
            edit.setEnabled(bool(self.printer.currentText()))

    def _keep_offset(self) -> None:
        printer = self.printer.currentText()
        if printer and not self.right.problem() and not self.down.problem():
            moves = (float(self.right.value() or 0), float(self.down.value() or 0))
            keep_offset(self._desk.state, printer, *moves)
