"""What can be done to a document: print, save, open elsewhere, rename, sort, pin, take off file?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from loyaldesk.documents.names import safe_name
from loyaldesk.documents.shapes import DocumentShape, ViewKind
from loyaldesk.errors import LoyalDeskError
from loyaldesk.ui.papers.opening import ensure_here
from loyaldesk.ui.papers.printing import PrintRun, ask_printer
from loyaldesk.ui.papers.whereabouts import is_connected, keep_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.opening import OpenableTarget
    from loyaldesk.queries.document_page import LetterRow
    from loyaldesk.queries.lists import DocumentRow
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.papers.reader import PaperReader

__all__ = ["DocumentActions"]

ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "message/rfc822": ".eml",
}


class DocumentActions(QObject):
    """Carries out what buttons, keys and menus ask for; `refused` says why something was not."""

    refused = Signal(str)
    name_refused = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._over = desk, parent

    def print_paper(self, document: DocumentRow, reader: PaperReader, shape: DocumentShape) -> None:
        """Ask the printer and print what the reader shows."""
        if shape.kind is ViewKind.TEXT:
            wish = ask_printer(self._desk.state, kind=document.kind, count=1, parent=self._over)
            if wish is not None:
                reader.text.print_(wish.printer)
                self.note_use(document, "printed")
            return
        count = len(shape.sizes)
        wish = ask_printer(self._desk.state, kind=document.kind, count=count, parent=self._over)
        if wish is not None and reader.source is not None:
            shrinks = shape.kind is ViewKind.PICTURE
            PrintRun(self._desk, wish, reader.source, shape.sizes, shrinks=shrinks).start()
            self.note_use(document, "printed")

    def reprint(self, document: DocumentRow, letter: LetterRow, shape: DocumentShape) -> None:
        """Print the letter as it was sent, marked COPY; the register counts the copy."""
        count = len(shape.sizes)
        wish = ask_printer(self._desk.state, kind=document.kind, count=count, parent=self._over)
        if wish is not None:
            self._desk.jobs.run(
                _marked_copy,
                owner=self,
                then=lambda pdf: PrintRun(self._desk, wish, pdf, shape.sizes).start(),
                failed=self._refuse,
                files=self._desk.files,
                letter_id=letter.id,
            )

    def save_copy(self, document: DocumentRow) -> None:
        """Ask where to, and write the stored content there, byte for byte."""
        folder = self._desk.state.get("documents_folder", str(Path.home()))
        proposed = str(Path(folder) / _file_name(document))
        chosen, _ = QFileDialog.getSaveFileName(self._over, self.tr("Save a copy"), proposed)
        if not chosen:
            return
        target = Path(chosen)
        self._desk.state.put("documents_folder", str(target.parent))
        self._desk.jobs.run(
            _export,
            owner=self,
            then=lambda _: self._tell_saved(document, target),
            failed=self._refuse,
            files=self._desk.files,
            sha256=document.sha256,
            target=target,
            connected=is_connected(self._desk),
        )

    def open_outside(self, document: DocumentRow) -> None:
        """Hand a marked copy to the system's program, if its kind is safe to open."""
        self._desk.jobs.read(
            _copy_for_opening,
            owner=self,
            then=partial(self._hand_over, document),
            failed=self._refuse,
            files=self._desk.files,
            sha256=document.sha256,
            name=_file_name(document),
            folder=self._desk.temporary,
            connected=is_connected(self._desk),
        )

    def rename(self, document: DocumentRow, name: str) -> None:
        """Give the document another name; its content never changes."""
        from loyaldesk.operations.documents import rename_document

        said = self.tr("Renamed to {0}").format(name.strip())
        self._write(rename_document, said, self.name_refused.emit, document, name=name)

    def classify(self, document: DocumentRow, kind: str) -> None:
        """Say what sort of paper it is."""
        from loyaldesk.models import DocumentKind
        from loyaldesk.operations.documents import classify_document
        from loyaldesk.ui.papers.kinds import kind_words

        said = self.tr("Filed as {0}").format(kind_words(kind))
        self._write(classify_document, said, None, document, kind=DocumentKind(kind))

    def pin(self, document: DocumentRow, *, pinned: bool) -> None:
        """Keep the document on top of its customer's list, or let it go."""
        from loyaldesk.operations.documents import pin_document

        said = self.tr("Kept on top") if pinned else self.tr("Let go")
        self._write(pin_document, said, None, document, pinned=pinned)

    def turn_pin(self, document: DocumentRow) -> None:
        """Keep the document on top if it is not, and the other way round."""
        self.pin(document, pinned=not document.is_pinned)

    def turn_keep(self, document: DocumentRow) -> None:
        """Keep the document on this computer if it is not kept, and the other way round."""
        self.keep(document, kept=not (document.place and document.place.is_kept))

    def keep(self, document: DocumentRow, *, kept: bool) -> None:
        """Keep the document on this computer for times without a network, or let it leave."""
        keep_document(self._desk, document.sha256, kept=kept, owner=self, failed=self._refuse)

    def take_off_file(self, document: DocumentRow) -> None:
        """Take the document off file; undo brings it back."""
        from loyaldesk.operations.documents import unfile_document

        said = self.tr("{0} taken off file").format(document.name)
        self._write(unfile_document, said, None, document)

    def _write(
        self,
        operation: Any,
        said: str,
        refuse: Callable[[str], object] | None,
        document: DocumentRow,
        **arguments: Any,
    ) -> None:
        tell = refuse or self.refused.emit
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(said, True),
            failed=lambda error: tell(str(error)),
            document_id=document.id,
            **arguments,
        )

    def note_use(self, document: DocumentRow, verb: str) -> None:
        """Put on record what was done with a document; nothing is said about it."""
        from loyaldesk.models import PaperVerb
        from loyaldesk.operations.paper_uses import note_paper_use

        self._desk.jobs.write(
            note_paper_use, owner=self, document_id=document.id, verb=PaperVerb(verb)
        )

    def _tell_saved(self, document: DocumentRow, target: Path) -> None:
        self._say(self.tr("Saved as {0}").format(target.name))
        self.note_use(document, "exported")

    def _hand_over(self, document: DocumentRow, target: OpenableTarget) -> None:
        try:
            self._desk.open_outside(target)
        except LoyalDeskError as error:
            self._refuse(error)
        else:
            self.note_use(document, "opened")

    def _say(self, words: str) -> None:
        self._desk.news.said.emit(words, False)

    def _refuse(self, error: LoyalDeskError) -> None:
        self.refused.emit(str(error))


def _file_name(document: DocumentRow) -> str:
    """Return the name for a file outside: clean, and with an ending that fits its content."""
    name = safe_name(document.name)
    return name if Path(name).suffix else name + ENDINGS.get(document.mime, "")


def _marked_copy(store: Any, *, files: Callable[[], FileStore], letter_id: int) -> bytes:
    # On the write lane: the copy is made and counted in one transaction.
    from loyaldesk.pdf.copies import reprint

    return reprint(store, files=files(), letter_id=letter_id)


def _export(
    _store: Any,
    *,
    files: Callable[[], FileStore],
    sha256: bytes,
    target: Path,
    connected: bool,
) -> None:
    ensure_here(files(), sha256, connected=connected)
    # The system's own dialog has asked already whether a file may be replaced.
    files().export(sha256, target, may_replace=True)


def _copy_for_opening(
    _source: Any,
    *,
    files: Callable[[], FileStore],
    sha256: bytes,
    name: str,
    folder: Path,
    connected: bool,
) -> OpenableTarget:
    from loyaldesk.documents.opening import copy_for_opening

    ensure_here(files(), sha256, connected=connected)
    return copy_for_opening(sha256, name, files=files(), folder=folder)
