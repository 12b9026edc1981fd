"""How a paper reaches a printer: which one, which pages, and how the person hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from loyaldesk.ui.errand import Errand
from loyaldesk.ui.papers.paper_printer import PaperPrinter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.documents.shapes import PageSize
    from loyaldesk.settings import UiState
    from loyaldesk.ui.desk import Desk

__all__ = [
    "PrintRun", "PrintWish", "ask_printer", "kept_printer", "kept_printer_words", "page_numbers",
]  # fmt: skip


translate = QCoreApplication.translate


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
    _set_up(printer, _kept(state, kind))
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.setMinMax(1, count)
    if not dialog.exec():
        return None
    state.put("printers", {**state.get("printers", {}), kind: _set_up_of(printer)})
    return PrintWish(printer, _pages_of(printer, count))


def kept_printer(state: UiState, kind: str) -> QPrinter | None:
    """Return the printer remembered for a kind of paper, set up; None if it is gone or unknown."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    return printer if _set_up(printer, _kept(state, kind)) else None


def kept_printer_words(state: UiState, kind: str) -> str:
    """Return the printer remembered for a kind of paper with tray and copies, or nothing.

    It is not looked for: asking for printers may hold the window up.
    """
    kept = _kept(state, kind)
    name, copies = str(kept.get("name", "")), kept.get("copies", 1)
    many = translate("Printing", "{0} copies").format(copies) if copies != 1 else ""
    parts = (name, _tray_words(kept.get("tray")), many)
    return " · ".join(part for part in parts if part) if name else ""


def _tray_words(tray: object) -> str:
    """Return the tray in words; the usual one needs none."""
    sources = QPrinter.PaperSource
    known = {
        sources.Upper.value: translate("Printing", "upper tray"),
        sources.Lower.value: translate("Printing", "lower tray"),
        sources.Middle.value: translate("Printing", "middle tray"),
        sources.Manual.value: translate("Printing", "manual feed"),
        sources.Envelope.value: translate("Printing", "envelope tray"),
        sources.LargeCapacity.value: translate("Printing", "large tray"),
        sources.Cassette.value: translate("Printing", "cassette"),
    }
    return known.get(tray, "") if isinstance(tray, int) else ""


def _kept(state: UiState, kind: str) -> dict[str, Any]:
    kept = state.get("printers", {})
    found = kept.get(kind) if isinstance(kept, dict) else None
    return found if isinstance(found, dict) else {}


def _set_up(printer: QPrinter, kept: dict[str, Any]) -> bool:
    """Choose the kept printer with its copies and tray, unless it is gone by now."""
    if kept.get("name") not in QPrinterInfo.availablePrinterNames():
        return False
    printer.setPrinterName(kept["name"])
    printer.setCopyCount(int(kept.get("copies", 1)))
    if kept.get("tray") in {tray.value for tray in QPrinter.PaperSource}:
        printer.setPaperSource(QPrinter.PaperSource(kept["tray"]))
    return True


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
    """One paper on its way to the printer, shown in the status bar, which can stop it.

    `ended` carries how many pages were handed to the printer.
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
        self._pages = len(wish.pages)
        # Held: Qt's printer must outlive what is painted on it.
        self._wish = wish
        self._paper = PaperPrinter(
            desk, wish.printer, source, sizes, pages=wish.pages, shrinks=shrinks, parent=self
        )

    def start(self) -> None:
        """Begin; the status bar shows how it goes and can stop it after the current band."""
        self.tell_begin(self.tr("Printing {n} pages").format(n=self._pages))
        self._paper.page_done.connect(lambda done: self.tell_how_far(done, self._pages))
        self._paper.failed.connect(lambda why: self._desk.news.said.emit(why, False))
        self._paper.ended.connect(self._end)
        self._paper.start()

    def cancel(self) -> None:
        """Stop after the band that is being painted."""
        super().cancel()
        self._paper.stop()

    def _end(self, done: int) -> None:
        self.ended.emit(done)
        self.tell_end()
