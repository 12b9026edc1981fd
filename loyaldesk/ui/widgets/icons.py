"""How does an icon get its shape from an SVG file and its colour from the theme?"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from loyaldesk.resources import resource
from loyaldesk.ui.widgets.tokens import Tokens, Tone

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["IconSet"]

_KEPT_PIXMAPS = 512
_STROKE = "1.75"


class IconSet:
    """The icons of the product, painted in any colour; `tokens` says today's colours."""

    def __init__(self, tokens: Callable[[], Tokens]) -> None:
        self.tokens = tokens
        self._sources: dict[str, str] = {}
        self._pixmaps: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def icon(self, name: str, tone: Tone = Tone.SECONDARY, *, filled: bool = False) -> QIcon:
        """Return an icon for a Qt control that follows the theme whenever it is painted."""
        self._source(name)
        return QIcon(_TintedEngine(self, name, tone, filled=filled))

    def paint(
        self, painter: QPainter, rect: QRect, name: str, colour: QColor, *, filled: bool = False
    ) -> None:
        """Paint an icon into the middle of a rectangle, as large as its shorter side."""
        side = min(rect.width(), rect.height())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device else 1.0
        left = rect.left() + (rect.width() - side) // 2
        top = rect.top() + (rect.height() - side) // 2
        painter.drawPixmap(left, top, self.pixmap(name, colour, side, ratio, filled=filled))

    def pixmap(
        self, name: str, colour: QColor, side: int, ratio: float = 1.0, *, filled: bool = False
    ) -> QPixmap:
        """Return the picture of an icon, `side` device-independent pixels high."""
        key = (name, colour.rgba(), filled)
        return self.picture(
            key,
            QSize(side, side),
            ratio,
            lambda painter: self._render(painter, name, colour, side, filled=filled),
        )

    def picture(
        self, key: Hashable, size: QSize, ratio: float, draw: Callable[[QPainter], None]
    ) -> QPixmap:
        """Return a small picture without text, drawn once for each key, size and screen."""
        whole = (key, size.width(), size.height(), ratio)
        found = self._pixmaps.get(whole)
        if found is None:
            found = self._pixmaps[whole] = _drawn(size, ratio, draw)
            if len(self._pixmaps) > _KEPT_PIXMAPS:
                self._pixmaps.popitem(last=False)
        return found

    def _render(
        self, painter: QPainter, name: str, colour: QColor, side: int, *, filled: bool
    ) -> None:
        fill = colour.name() if filled else "none"
        tinted = self._source(name).replace("currentColor", colour.name())
        tinted = tinted.replace('fill="none"', f'fill="{fill}"', 1)
        QSvgRenderer(QByteArray(tinted.encode())).render(painter, QRect(0, 0, side, side))

    def _source(self, name: str) -> str:
        if name not in self._sources:
            text = resource(f"icons/lucide/{name}.svg").read_text("utf-8")
            self._sources[name] = text.replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
        return self._sources[name]


def _drawn(size: QSize, ratio: float, draw: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter)
    painter.end()
    return pixmap


class _TintedEngine(QIconEngine):
    """Paints one icon in the colour that its tone has at this moment."""

    def __init__(self, icons: IconSet, name: str, tone: Tone, *, filled: bool) -> None:
        super().__init__()
        self._icons, self._name, self._tone, self._filled = icons, name, tone, filled

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._icons, self._name, self._tone, filled=self._filled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        self._icons.paint(painter, rect, self._name, self._colour(mode), filled=self._filled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        side = min(size.width(), size.height())
        return self._icons.pixmap(self._name, self._colour(mode), side, filled=self._filled)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        tokens = self._icons.tokens()
        return tokens.ink(Tone.MUTED if mode is QIcon.Mode.Disabled else self._tone)
