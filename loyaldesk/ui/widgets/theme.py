"""Which colours, fonts and sizes hold right now? Painting code asks the theme, and never keeps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QIcon, QPalette

from loyaldesk.ui.widgets.icons import IconSet
from loyaldesk.ui.widgets.metrics import Density, Metrics, TextStyle
from loyaldesk.ui.widgets.palettes import apply_palettes
from loyaldesk.ui.widgets.tokens import Contrast, Scheme, Tokens, Tone, tokens_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["Look", "SchemeChoice", "Theme"]


class SchemeChoice(Enum):
    """What the user chose: follow the system, or always light, or always dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Look:
    """The user's wishes from Settings ▸ Appearance; `text_percent` is 90 to 200."""

    scheme: SchemeChoice = SchemeChoice.SYSTEM
    density: Density = Density.NORMAL
    text_percent: int = 100
    system_accent: bool = False


class Theme(QObject):
    """The colours, fonts and sizes of this moment; `changed` tells that they are others now."""

    changed = Signal()

    def __init__(self, app: QApplication, look: Look | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._hints = app.styleHints()
        self._base_font = QFont(app.font())
        self.look = look or Look()
        self.icons = IconSet(lambda: self.tokens)
        self._take_stock()
        self._follow_system()
        self.wear(self.look)

    def wear(self, look: Look) -> None:
        """Put on another look at once, in every window."""
        self.look = look
        self._hints.setColorScheme(_QT_SCHEMES[look.scheme])
        self._restyle()

    def font(self, style: TextStyle) -> QFont:
        """Return the font of a step of the type scale."""
        return self.metrics.font(style)

    def px(self, pixels: float) -> int:
        """Return a length that grows with the text size, in whole pixels."""
        return self.metrics.px(pixels)

    def icon(self, name: str, tone: Tone = Tone.SECONDARY, *, filled: bool = False) -> QIcon:
        """Return a Lucide icon that follows the theme whenever it is painted."""
        return self.icons.icon(name, tone, filled=filled)

    def _take_stock(self) -> None:
        look = self.look
        self.tokens: Tokens = tokens_for(
            self._scheme(),
            self._contrast(),
            accent=QPalette().color(QPalette.ColorRole.Accent) if look.system_accent else None,
            system=QPalette(),
        )
        self.metrics = Metrics(
            self._base_font, text_percent=look.text_percent, density=look.density
        )

    @Slot()
    def _restyle(self) -> None:
        if self.look.system_accent or self._contrast() is Contrast.HIGH:
            self._app.setPalette(QPalette())
        self._take_stock()
        apply_palettes(self._app, self.tokens)
        self._app.setFont(self.metrics.font(TextStyle.BODY))
        self._measure_again()
        self.changed.emit()

    def _measure_again(self) -> None:
        # A change of density alone sends no font event that would make layouts ask again.
        for widget in self._app.allWidgets():
            widget.updateGeometry()
            widget.update()

    def _follow_system(self) -> None:
        self._hints.colorSchemeChanged.connect(self._restyle)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._restyle)

    def _scheme(self) -> Scheme:
        if self.look.scheme is SchemeChoice.SYSTEM:
            dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
            return Scheme.DARK if dark else Scheme.LIGHT
        return Scheme.DARK if self.look.scheme is SchemeChoice.DARK else Scheme.LIGHT

    def _contrast(self) -> Contrast:
        wished = self._hints.accessibility().contrastPreference()
        return Contrast.HIGH if wished is Qt.ContrastPreference.HighContrast else Contrast.NORMAL


_QT_SCHEMES = {
    SchemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    SchemeChoice.LIGHT: Qt.ColorScheme.Light,
    SchemeChoice.DARK: Qt.ColorScheme.Dark,
}
