"""How the window looks: every choice acts at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QWidget

from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import Density, TextStyle
from loyaldesk.ui.widgets.theme import Look, SchemeChoice
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["AppearanceForm"]

TEXT_SIZES = (90, 100, 125, 150, 200)


class AppearanceForm(QWidget):
    """Scheme, density, text size and accent."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.scheme = Segment(
            theme,
            [
                (SchemeChoice.SYSTEM.value, self.tr("As the system")),
                (SchemeChoice.LIGHT.value, self.tr("Light")),
                (SchemeChoice.DARK.value, self.tr("Dark")),
            ],
            name=self.tr("Light or dark"),
        )
        self.density = Segment(
            theme,
            [
                (Density.COMPACT.name, self.tr("Compact")),
                (Density.NORMAL.name, self.tr("Normal")),
                (Density.COMFORTABLE.name, self.tr("Comfortable")),
            ],
            name=self.tr("Row height"),
        )
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        self.text = Segment(theme, sizes, name=self.tr("Text size"))
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(10)
        for title, choice in (
            (self.tr("Light or dark"), self.scheme),
            (self.tr("Row height"), self.density),
            (self.tr("Text size"), self.text),
        ):
            form.addRow(TextLabel(theme, title, TextStyle.BODY, Tone.SECONDARY), choice)
        self._show(theme.look)
        for choice in (self.scheme, self.density, self.text):
            choice.chosen_changed.connect(self._wear)

    def _show(self, look: Look) -> None:
        self.scheme.choose(look.scheme.value)
        self.density.choose(look.density.name)
        self.text.choose(str(look.text_percent))

    def _wear(self) -> None:
        look = replace(
            self._desk.theme.look,
            scheme=SchemeChoice(self.scheme.chosen),
            density=Density[self.density.chosen],
            text_percent=int(self.text.chosen or self._desk.theme.look.text_percent),
        )
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
