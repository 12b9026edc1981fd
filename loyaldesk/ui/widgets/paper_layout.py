"""Where does each page of a document lie at this zoom, turned this way?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QTransform

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MARGIN", "PIXELS_PER_POINT", "PaperLayout"]

MARGIN, PIXELS_PER_POINT = 16, 96 / 72
_GAP, _TURN = 16, 90


class PaperLayout:
    """Pages under each other, centred; sizes are in points, places in pixels of the document."""

    def __init__(self, sizes: Sequence[tuple[float, float]] = ()) -> None:
        self.sizes = tuple(QSizeF(*size) for size in sizes)
        self.zoom, self.quarters = 1.0, 0

    @property
    def scale(self) -> float:
        """How many pixels a point takes."""
        return self.zoom * PIXELS_PER_POINT

    def size_of(self, page: int) -> QSize:
        """Return a page's width and height as it is shown."""
        size = (self.sizes[page] * self.scale).toSize()
        return size.transposed() if self.quarters % 2 else size

    def upright(self, page: int) -> QRectF:
        """Return the place of a page's picture before it is turned."""
        size = self.sizes[page] * self.scale
        return QRectF(0, 0, size.width(), size.height())

    def widest(self) -> int:
        """Return the width of the widest page."""
        return max((self.size_of(page).width() for page in range(len(self.sizes))), default=0)

    def tops(self) -> list[int]:
        """Return where each page begins, and last where the document ends."""
        tops, top = [], MARGIN
        for page in range(len(self.sizes)):
            tops.append(top)
            top += self.size_of(page).height() + _GAP
        return [*tops, top]

    def content(self) -> QSize:
        """Return the size of all pages with their margins."""
        return QSize(self.widest() + 2 * MARGIN, self.tops()[-1] if self.sizes else 0)

    def place(self, page: int, view_width: int) -> QRect:
        """Return where a page lies in a document shown this wide."""
        size = self.size_of(page)
        left = max((view_width - size.width()) // 2, MARGIN)
        return QRect(QPoint(left, self.tops()[page]), size)

    def turning(self, page: int) -> QTransform:
        """Return how a picture of the page is turned inside its place."""
        size = self.size_of(page)
        shifts = (
            (0.0, 0.0),
            (float(size.width()), 0.0),
            (float(size.width()), float(size.height())),
            (0.0, float(size.height())),
        )
        turned = QTransform()
        turned.translate(*shifts[self.quarters])
        return turned.rotate(_TURN * self.quarters)

    def box_in(self, page: int, box: QRectF, view_width: int) -> QRect:
        """Return where a box of a page, given in points, lies in the document."""
        at = self.place(page, view_width).topLeft()
        whole = QTransform.fromScale(self.scale, self.scale) * self.turning(page)
        return whole.mapRect(box).translated(at.toPointF()).toAlignedRect()

    def page_at(self, height: int) -> int:
        """Return the page that lies at this height of the document."""
        begun = [page for page, top in enumerate(self.tops()[:-1]) if top <= height]
        return begun[-1] if begun else 0
