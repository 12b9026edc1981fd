"""How a paper reaches a printer: at 100 %, page by page, never scaled to fit.

Pages are drawn grey in bands at no more than 600 dpi, because a whole page would need 139 MB.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QRect, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from loyaldesk.ui.errand import Errand
from loyaldesk.ui.papers.offsets import offset_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.documents.shapes import PagePicture, PageSize
    from loyaldesk.settings import UiState
    from loyaldesk.ui.desk import Desk

__all__ = ["PrintRun", "PrintWish", "ask_printer", "page_numbers"]

HIGHEST_DPI = 600
BAND_ROWS = 512
MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class PrintWish:
    """Which pages, on which printer as the person set it up."""

    printer: QPrinter
    pages: tuple[int, ...]


def page_numbers(text: str, count: int) -> tuple[int, ...]:
    """Return the pages (from 0) of a range such as “1-3,5”; empty text means all."""
    if not text.strip():
        return tuple(range(count))
    pages: list[int] = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            return ()
        pages += range(max(int(first), 1) - 1, min(int(last or first), count))
    return tuple(dict.fromkeys(pages))


def ask_printer(
    state: UiState, *, kind: str, count: int, parent: QWidget | None
) -> PrintWish | None:
    """Ask the system's print dialog; printer, tray and copies are remembered per kind of paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    _set_up(printer, state.get("printers", {}).get(kind, {}))
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, count)
    if not dialog.exec():
        return None
    state.put("printers", {**state.get("printers", {}), kind: _set_up_of(printer)})
    return PrintWish(printer, _pages_of(printer, count))


def _set_up(printer: QPrinter, kept: dict[str, Any]) -> None:
    """Choose the kept printer with its copies and tray, unless it is gone by now."""
    if kept.get("name") not in QPrinterInfo.availablePrinterNames():
        return
    printer.setPrinterName(kept["name"])
    printer.setCopyCount(int(kept.get("copies", 1)))
    if kept.get("tray") in {tray.value for tray in QPrinter.PaperSource}:
        printer.setPaperSource(QPrinter.PaperSource(kept["tray"]))


def _set_up_of(printer: QPrinter) -> dict[str, Any]:
    tray = printer.paperSource().value
    return {"name": printer.printerName(), "copies": printer.copyCount(), "tray": tray}


def _pages_of(printer: QPrinter, count: int) -> tuple[int, ...]:
    """Return the pages that were asked for in the dialog: some ranges, from … to, or all."""
    ranges = printer.pageRanges()
    if not ranges.isEmpty():
        return page_numbers(ranges.toString(), count)
    return page_numbers(f"{printer.fromPage() or 1}-{printer.toPage() or count}", count)


class PrintRun(Errand):
    """One paper on its way to the printer: bands are drawn by the child, painted here.

    So neither a hostile file nor a large page can hold the window up. `ended` carries how many
    pages were handed to the printer. Paper is printed at 100 %; with `shrinks` what is larger
    than the sheet in the printer, such as a photograph, is made to fit.
    """

    ended = Signal(int)

    def __init__(
        self,
        desk: Desk,
        wish: PrintWish,
        source: bytes | SealedFile,
        sizes: Sequence[PageSize],
        *,
        shrinks: bool = False,
    ) -> None:
        super().__init__(desk)
        self._shrinks = shrinks
        self._printer, self._source = wish.printer, source
        self._sizes = sizes
        self._bands = deque(self._plan(wish.pages))
        self._pages = len(wish.pages)
        self._done = 0
        self._painter = QPainter()

    def start(self) -> None:
        """Begin; the status bar shows how it goes and can stop it after the current band."""
        words = self.tr("Printing {n} pages").format(n=self._pages)
        self.tell_begin(words)
        self._printer.setFullPage(not self._shrinks)
        self._next()

    def _plan(self, pages: Sequence[int]) -> Iterator[tuple[int, int]]:
        for page in pages:
            height = self._sizes[page].pixels(self._dpi)[1]
            yield from ((page, top) for top in range(0, height, BAND_ROWS))

    @property
    def _dpi(self) -> int:
        return min(HIGHEST_DPI, self._printer.resolution())

    def _next(self) -> None:
        if self.is_cancelled or not self._bands:
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
            self.tell_how_far(self._done, self._pages)
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
        self._desk.news.said.emit(sentence, False)
        self._end()

    def _end(self) -> None:
        if self._painter.isActive():
            self._painter.end()
        self.ended.emit(self._done)
        self.tell_end()


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
