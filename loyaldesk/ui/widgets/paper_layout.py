"""Where does each page of a document lie at this zoom, turned this way?"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
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
        self._known: tuple[tuple[float, int], list[int], int] | None = None

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
        return self._measured()[1]

    def tops(self) -> list[int]:
        """Return where each page begins, and last where the document ends."""
        return self._measured()[0]

    def _measured(self) -> tuple[list[int], int]:
        # Asked for every page painted; a document may have thousands.
        at = (self.zoom, self.quarters)
        if self._known is None or self._known[0] != at:
            sizes = [self.size_of(page) for page in range(len(self.sizes))]
            tops = list(accumulate((size.height() + _GAP for size in sizes), initial=MARGIN))
            self._known = at, tops, max((size.width() for size in sizes), default=0)
        return self._known[1:]

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
        return max(bisect_right(self.tops(), height, hi=len(self.sizes)) - 1, 0)

    def pages_between(self, top: int, bottom: int) -> range:
        """Return the pages of which something lies between two heights of the document."""
        last = bisect_right(self.tops(), bottom, hi=len(self.sizes))
        return range(self.page_at(top), last)
