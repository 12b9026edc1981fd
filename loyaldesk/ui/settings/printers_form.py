"""Which printer is remembered for which sort of paper, and how is it forgotten?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from loyaldesk.ui.papers.kinds import KINDS, kind_words
from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from loyaldesk.ui.desk import Desk

__all__ = ["PrintersForm"]


class PrintersForm(QWidget):
    """One line a sort of paper that was printed before; read anew whenever it is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self.lines: list[str] = []
        self.show_printers()

    def show_printers(self) -> None:
        """Show what is remembered now."""
        self._clear()
        theme = self._desk.theme
        for row, (kind, kept) in enumerate(self._kept().items()):
            words = kind_words(kind) if kind in KINDS else self.tr("Envelope test page")
            printer = _printer_words(kept, self.tr("{printer}, {n} copies"))
            self.lines.append(f"{words}: {printer}")
            self._grid.addWidget(TextLabel(theme, words, TextStyle.NAME), row, 0)
            self._grid.addWidget(TextLabel(theme, printer), row, 1)
            forget = LinkButton(theme, self.tr("Forget"))
            forget.setAccessibleName(self.tr("Forget the printer of: {0}").format(words))
            forget.clicked.connect(partial(self._forget, kind))
            self._grid.addWidget(forget, row, 2)
        if not self.lines:
            nothing = self.tr(
                "None yet. The printer, its tray and copies are remembered for each sort of "
                "paper when you print one."
            )
            label = TextLabel(theme, nothing, TextStyle.BODY, Tone.SECONDARY, wrap=True)
            self._grid.addWidget(label, 0, 0)
        self._grid.setColumnStretch(2 if self.lines else 0, 1)

    def _kept(self) -> dict[str, Any]:
        kept = self._desk.state.get("printers", {})
        found = kept.items() if isinstance(kept, dict) else ()
        return {kind: each for kind, each in found if isinstance(each, dict) and each.get("name")}

    def _forget(self, kind: str, _checked: bool = False) -> None:
        self._desk.state.put("printers", {k: v for k, v in self._kept().items() if k != kind})
        self.show_printers()

    def _clear(self) -> None:
        self.lines = []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        self.show_printers()
        super().showEvent(event)


def _printer_words(kept: dict[str, Any], many: str) -> str:
    copies = kept.get("copies", 1)
    return kept["name"] if copies == 1 else many.format(printer=kept["name"], n=copies)
