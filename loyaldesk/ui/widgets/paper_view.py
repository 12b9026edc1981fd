"""How are the pages of a document shown, scrolled, zoomed and searched?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from loyaldesk.ui.widgets.paper_layout import MARGIN, PaperLayout
from loyaldesk.ui.widgets.strokes import paint_ring
from loyaldesk.ui.widgets.tokens import Scheme, Tone, tokens_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Hit", "PaperView"]

_LEAST, _MOST, _STEP = 0.25, 6.0, 1.1
# A page that fills the window takes some five megabytes.
_KEPT_IMAGES = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was searched for: its page and its box in points from the upper left."""

    page: int
    box: QRectF


class PaperView(QAbstractScrollArea):
    """White pages on a sunken ground; the owner renders what `image_wanted` asks for.

    `image_wanted` carries a page and its scale in device pixels a point; 100 % zoom is 96 pixels
    an inch. Pages are counted from 0.
    """

    image_wanted = Signal(int, float)
    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._paper = tokens_for(Scheme.LIGHT)  # paper is white, also in the dark
        self._layout = PaperLayout()
        self._images: dict[int, tuple[float, QImage]] = {}
        self._asked: set[tuple[int, float]] = set()
        self._hits: tuple[Hit, ...] = ()
        self._hit, self.page = -1, 0
        self._fits_width, self._in_sight = True, range(0)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._follow_page)

    def show_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a document by the width and height of its pages in points."""
        self._layout = PaperLayout(sizes)
        self._images.clear()
        self._asked.clear()
        self._hits, self._hit, self.page = (), -1, 0
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def set_image(self, page: int, scale: float, image: QImage) -> None:
        """Take the picture of a page at the scale it was asked for."""
        self._asked.discard((page, scale))
        self._images[page] = (scale, image)
        if len(self._images) > max(_KEPT_IMAGES, 2 * len(self._in_sight)):
            del self._images[max(self._images, key=lambda kept: abs(kept - self.page))]
        self.viewport().update()

    def set_hits(self, hits: Sequence[Hit], current: int = 0) -> None:
        """Box what was found and bring the current one into sight."""
        self._hits, self._hit = tuple(hits), current if hits else -1
        if 0 <= self._hit < len(self._hits):
            hit = self._hits[self._hit]
            box = self._layout.box_in(hit.page, hit.box, self.viewport().width())
            self.verticalScrollBar().setValue(box.top() - self.viewport().height() // 3)
        self.viewport().update()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._layout.sizes)

    @property
    def zoom(self) -> float:
        """How large the pages are shown; 1 is the size on paper."""
        return self._layout.zoom

    def go_to(self, page: int) -> None:
        """Bring the beginning of a page into sight."""
        if 0 <= page < self.page_count:
            self.verticalScrollBar().setValue(self._layout.tops()[page] - MARGIN)

    def set_zoom(self, zoom: float) -> None:
        """Show the pages larger or smaller; 1 is the size on paper."""
        self._fits_width = False
        self._zoom_to(zoom)

    def fit_width(self) -> None:
        """Make the widest page as wide as the view, now and whenever the view grows."""
        self._fits_width = True
        self._arrange()

    def turn(self) -> None:
        """Turn all pages a quarter to the right."""
        self._layout.quarters = (self._layout.quarters + 1) % 4
        self._arrange()

    def _zoom_to(self, zoom: float) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._layout.zoom = min(max(zoom, _LEAST), _MOST)
        self._lay_out()
        bar.setValue(round(share * bar.maximum()))
        self.zoom_changed.emit(self.zoom)

    def _arrange(self) -> None:
        if self._fits_width and self.page_count:
            room = self.viewport().width() - 2 * MARGIN
            self._zoom_to(room / (self._layout.widest() / self.zoom))
        else:
            self._lay_out()

    def _lay_out(self) -> None:
        content, view = self._layout.content(), self.viewport().size()
        for bar, whole, part in (
            (self.verticalScrollBar(), content.height(), view.height()),
            (self.horizontalScrollBar(), content.width(), view.width()),
        ):
            bar.setRange(0, max(whole - part, 0))
            bar.setPageStep(part)
            bar.setSingleStep(self._theme.px(40))
        self.viewport().update()

    def _shown(self, place: QRect) -> QRect:
        scrolled = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return place.translated(-scrolled)

    @Slot()
    def _follow_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        page = self._layout.page_at(middle)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def _want(self, page: int) -> None:
        scale = round(self._layout.scale * self.devicePixelRatioF(), 4)
        known = self._images.get(page, (0.0, None))[0]
        if known != scale and (page, scale) not in self._asked:
            self._asked.add((page, scale))
            self.image_wanted.emit(page, scale)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), self._theme.tokens.sunken)
        width, top = self.viewport().width(), self.verticalScrollBar().value()
        self._in_sight = self._layout.pages_between(top, top + self.viewport().height())
        # Whoever draws may have dropped a wish for what went out of sight.
        self._asked = {asked for asked in self._asked if asked[0] in self._in_sight}
        for page in self._in_sight:
            rect = self._shown(self._layout.place(page, width))
            if rect.intersects(event.rect()):
                self._paint_page(painter, page, rect)
        for number, hit in enumerate(self._hits):
            tone = Tone.WARN if number == self._hit else Tone.ACCENT
            box = self._shown(self._layout.box_in(hit.page, hit.box, width))
            ink = self._paper.ink(tone)
            paint_ring(painter, box.adjusted(-2, -2, 2, 2), ink, radius=1)
        if self.hasFocus():
            paint_ring(painter, self.viewport().rect(), self._theme.tokens.accent)

    def _paint_page(self, painter: QPainter, page: int, rect: QRect) -> None:
        self._want(page)
        painter.fillRect(rect, self._paper.base)
        image = self._images.get(page)
        if image is not None:
            painter.save()
            painter.translate(rect.topLeft())
            painter.setTransform(self._layout.turning(page), combine=True)
            scale, picture = image
            if scale == round(self._layout.scale * self.devicePixelRatioF(), 4):
                picture.setDevicePixelRatio(self.devicePixelRatioF())
                painter.drawImage(QPointF(0, 0), picture)  # dot by dot, or letters would blur
            else:
                painter.drawImage(self._layout.upright(page), picture)
            painter.restore()
        painter.setPen(self._theme.tokens.line2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / 120
            self.set_zoom(self.zoom * _STEP**notches)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.set_zoom(self.zoom * _STEP)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.set_zoom(self.zoom / _STEP)
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self.page_count - 1)
        elif event.key() in steps:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)
