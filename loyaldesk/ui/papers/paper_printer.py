"""How one paper is painted on a printer: in bands, at 100 %, moved by the printer's own offset.

Pages are drawn grey in bands at no more than 600 dpi, because a whole page would need 139 MB.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QObject, QRect, QSizeF, Signal, Slot
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from loyaldesk.ui.papers.offsets import offset_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.documents.shapes import PagePicture, PageSize
    from loyaldesk.ui.desk import Desk

__all__ = ["PaperPrinter"]

HIGHEST_DPI = 600
BAND_ROWS = 256
MM_PER_INCH = 25.4


class PaperPrinter(QObject):
    """One paper as one job of the printer: bands are drawn by the child, painted here.

    So neither a hostile file nor a large page can hold the window up. `page_done` carries how many
    pages are through, `failed` the sentence that says why no more come, and `ended` comes last and
    once, with how many pages were handed to the printer. With `shrinks` what is larger than the
    sheet in the printer, such as a photograph, is made to fit.
    """

    page_done = Signal(int)
    failed = Signal(str)
    ended = Signal(int)

    def __init__(
        self,
        desk: Desk,
        printer: QPrinter,
        source: bytes | SealedFile,
        sizes: Sequence[PageSize],
        *,
        pages: Sequence[int],
        shrinks: bool = False,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._printer, self._source = desk, printer, source
        self._sizes, self._shrinks = sizes, shrinks
        self._bands = deque(self._plan(pages))
        self._done = 0
        self._painter = QPainter()

    def start(self) -> None:
        """Begin with the first band."""
        self._printer.setFullPage(not self._shrinks)
        self._next()

    @Slot()
    def stop(self) -> None:
        """Paint no further band; what was painted goes to the printer."""
        self._bands.clear()

    def _plan(self, pages: Sequence[int]) -> Iterator[tuple[int, int]]:
        for page in pages:
            height = self._sizes[page].pixels(self._dpi)[1]
            yield from ((page, top) for top in range(0, height, BAND_ROWS))

    @property
    def _dpi(self) -> int:
        return min(HIGHEST_DPI, self._printer.resolution())

    def _next(self) -> None:
        if not self._bands:
            self._end()
            return
        page, top = self._bands.popleft()
        if top == 0 and not self._turn_to(page):
            self._fail(
                self.tr("The printer did not answer. Check that it is on, then print again.")
            )
            return
        self._desk.jobs.child(
            "loyaldesk.documents.pages:render_band",
            owner=self,
            then=partial(self._paint, page, top),
            failed=lambda error: self._fail(str(error)),
            source=self._source,
            page=page,
            dpi=self._dpi,
            top=top,
            height=BAND_ROWS,
        )

    def _turn_to(self, page: int) -> bool:
        if self._shrinks:
            _turn_sheet(self._printer, self._sizes[page])
        else:
            _set_page_size(self._printer, self._sizes[page])
        is_first = not self._painter.isActive()
        return self._painter.begin(self._printer) if is_first else self._printer.newPage()

    def _paint(self, page: int, top: int, band: PagePicture) -> None:
        """Draw the band where it belongs on the paper, one printer inch to an inch."""
        scale = self._printer.resolution() / self._dpi * self._fit(self._sizes[page])
        grey = QImage.Format.Format_Grayscale8
        image = QImage(band.pixels, band.width, band.height, band.stride, grey)
        # Both edges are rounded alike, so that no seam shows between two bands.
        start, end = round(top * scale), round((top + band.height) * scale)
        right, down = self._move
        place = QRect(right, start + down, round(band.width * scale), end - start)
        self._painter.drawImage(place, image)
        if not self._bands or self._bands[0][1] == 0:
            self._done += 1
            self.page_done.emit(self._done)
        self._next()

    @property
    def _move(self) -> tuple[int, int]:
        """How far this printer's print must move, in its own pixels."""
        moves = offset_of(self._desk.state, self._printer.printerName())
        right, down = (round(mm * self._printer.resolution() / MM_PER_INCH) for mm in moves)
        return right, down

    def _fit(self, size: PageSize) -> float:
        """Return what a page is multiplied by: 1, or less if it has to shrink to the sheet."""
        if not self._shrinks:
            return 1.0
        sheet = self._printer.pageRect(QPrinter.Unit.Point)
        return min(sheet.width() / size.width_pt, sheet.height() / size.height_pt, 1.0)

    def _fail(self, sentence: str) -> None:
        self._bands.clear()
        self.failed.emit(sentence)
        self._end()

    def _end(self) -> None:
        if self._painter.isActive():
            self._painter.end()
        self.ended.emit(self._done)
        self.deleteLater()


def _set_page_size(printer: QPrinter, size: PageSize) -> None:
    points = QSizeF(size.width_pt, size.height_pt)
    portrait = points if points.width() <= points.height() else points.transposed()
    layout = QPageLayout(
        QPageSize(portrait, QPageSize.Unit.Point),
        (
            QPageLayout.Orientation.Portrait
            if portrait == points
            else QPageLayout.Orientation.Landscape
        ),
        QMarginsF(),
    )
    printer.setPageLayout(layout)


def _turn_sheet(printer: QPrinter, size: PageSize) -> None:
    """Lay the printer's own sheet the way the page lies."""
    is_wide = size.width_pt > size.height_pt
    turns = QPageLayout.Orientation
    printer.setPageOrientation(turns.Landscape if is_wide else turns.Portrait)
