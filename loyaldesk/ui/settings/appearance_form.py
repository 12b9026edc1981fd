"""How the window looks: every choice acts at once, in every window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.marks import CheckBox
from loyaldesk.ui.widgets.metrics import Density, TextStyle
from loyaldesk.ui.widgets.theme import Look, SchemeChoice
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["AppearanceForm"]

TEXT_SIZES = (90, 100, 125, 150, 200)


class AppearanceForm(QWidget):
    """Light or dark, row height, text size and accent; it follows changes made by keys."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.scheme = self._segment(
            self.tr("Light or dark"),
            [
                (SchemeChoice.SYSTEM.value, self.tr("As the system")),
                (SchemeChoice.LIGHT.value, self.tr("Light")),
                (SchemeChoice.DARK.value, self.tr("Dark")),
            ],
        )
        self.density = self._segment(
            self.tr("Row height"),
            [
                (Density.COMPACT.name, self.tr("Compact")),
                (Density.NORMAL.name, self.tr("Normal")),
                (Density.COMFORTABLE.name, self.tr("Comfortable")),
            ],
        )
        sizes = [(str(size), self.tr("{0} %").format(size)) for size in TEXT_SIZES]
        self.text = self._segment(self.tr("Text size, also with Ctrl + and Ctrl −"), sizes)
        self.accent = CheckBox(
            desk.theme, self.tr("Use the system's accent colour where it can be read")
        )
        self.usual = LinkButton(desk.theme, self.tr("Back to the usual look"))
        self._column.addWidget(self.accent)
        self._column.addWidget(self.usual)
        self._show()
        for choice in (self.scheme, self.density, self.text):
            choice.chosen_changed.connect(self._wear)
        self.accent.toggled.connect(self._wear)
        self.usual.clicked.connect(lambda: self._keep(Look()))
        desk.theme.changed.connect(self._show)

    def _segment(self, title: str, choices: list[tuple[str, str]]) -> Segment:
        theme = self._desk.theme
        segment = Segment(theme, choices, name=title)
        self._column.addWidget(TextLabel(theme, title, TextStyle.SMALL_MEDIUM, Tone.SECONDARY))
        self._column.addWidget(segment)
        self._column.addSpacing(8)
        return segment

    @Slot()
    def _show(self) -> None:
        look = self._desk.theme.look
        self._is_filling = True
        self.scheme.choose(look.scheme.value)
        self.density.choose(look.density.name)
        # Ctrl + goes in finer steps than there are cells: the nearest one is shown.
        self.text.choose(str(min(TEXT_SIZES, key=lambda size: abs(size - look.text_percent))))
        self.accent.setChecked(look.system_accent)
        self._is_filling = False

    def _chosen(self) -> Look:
        look = self._desk.theme.look
        shown = min(TEXT_SIZES, key=lambda size: abs(size - look.text_percent))
        chosen = int(self.text.chosen)
        return replace(
            look,
            scheme=SchemeChoice(self.scheme.chosen),
            density=Density[self.density.chosen],
            text_percent=look.text_percent if chosen == shown else chosen,
            system_accent=self.accent.isChecked(),
        )

    @Slot()
    def _wear(self) -> None:
        if self._is_filling:
            return
        look = self._chosen()
        if look != self._desk.theme.look:
            self._keep(look)

    def _keep(self, look: Look) -> None:
        self._desk.theme.wear(look)
        self._desk.state.put(
            "look",
            {
                "scheme": look.scheme.value,
                "density": look.density.name,
                "text_percent": look.text_percent,
                "system_accent": look.system_accent,
            },
        )
