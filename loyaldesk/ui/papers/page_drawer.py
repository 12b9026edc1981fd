"""How do the pictures of pages come from the child process: one at a time, the newest wish first.

A wish is never cancelled while it is drawn, because that would end the child and everything it
has open; instead the next one waits, and what is no longer wanted is forgotten.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from loyaldesk.documents.shapes import POINTS_PER_INCH, PagePicture

if TYPE_CHECKING:
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.ui.desk import Desk

__all__ = ["PageDrawer", "image_of"]

# While the wheel zooms, sizes change faster than anybody could look at them.
PAUSE_MS = 40
MOST_WAITING = 8


def image_of(picture: PagePicture) -> QImage:
    """Return the pixels of a drawn page as an image of its own."""
    form = QImage.Format.Format_Grayscale8 if picture.is_grey else QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, form).copy()


class PageDrawer(QObject):
    """Draws pages of one paper; `drawn` carries the page, the scale asked for and its image."""

    drawn = Signal(int, float, QImage)
    failed = Signal(Exception)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source: bytes | SealedFile | None = None
        self._wanted: dict[int, float] = {}
        self._is_drawing = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._draw_next)

    def take(self, source: bytes | SealedFile | None) -> None:
        """Draw pages of this paper from now on; wishes for the old one are forgotten."""
        self._source = source
        self._wanted.clear()

    @Slot(int, float)
    def want(self, page: int, scale: float) -> None:
        """Ask for a page (from 0) at so many pixels a point."""
        self._wanted.pop(page, None)
        self._wanted[page] = scale
        if len(self._wanted) > MOST_WAITING:
            del self._wanted[next(iter(self._wanted))]
        if not self._is_drawing:
            self._pause.start()

    @Slot()
    def _draw_next(self) -> None:
        if self._is_drawing or not self._wanted or self._source is None:
            return
        page, scale = self._wanted.popitem()
        self._is_drawing = True
        self._desk.jobs.child(
            "loyaldesk.documents.pages:render_page",
            owner=self,
            then=partial(self._show, self._source, page, scale),
            failed=partial(self._tell, self._source),
            replaces="page",
            source=self._source,
            page=page,
            dpi=scale * POINTS_PER_INCH,
        )

    def _show(self, source: object, page: int, scale: float, picture: PagePicture) -> None:
        self._is_drawing = False
        if source is self._source:
            self.drawn.emit(page, scale, image_of(picture))
        self._draw_next()

    def _tell(self, source: object, error: Exception) -> None:
        self._is_drawing = False
        if source is self._source:
            self._wanted.clear()
            self.failed.emit(error)
        self._draw_next()
