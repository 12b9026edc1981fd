"""How do the issued letters of a run leave: by mail, or as files to be printed?

A letter is on record before it leaves. Mail and outcome are written together, so nobody is mailed
twice; a file is written before its outcome, and written again with the same bytes if that is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from loyaldesk.documents.names import safe_name
from loyaldesk.domain.statement_run import Papers
from loyaldesk.errors import Refused
from loyaldesk.mail.letters import letter_mail
from loyaldesk.mail.outbox import queue_mail
from loyaldesk.models import DispatchChannel, LetterWay, RunOutcome
from loyaldesk.operations.statement_runs import HandedLetter, hand_over, note_reasons
from loyaldesk.queries.mail import read_mail_settings
from loyaldesk.queries.statement_runs import list_issued, read_run
from loyaldesk.runs.statement_papers import Enclosures, find_enclosures
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.queries.statement_runs import ReadyLetter, RunRow
    from loyaldesk.store.reader import Reader, Source
    from loyaldesk.store.store import Store

__all__ = ["BATCH", "Way", "check_way", "hand_over_issued"]

BATCH = 50
PDF = "application/pdf"
Join = Callable[[Sequence[bytes]], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where letters go: by mail to those who get theirs so, all others as files into a folder.

    Without a folder they stay issued, to be printed from the window. `in_one_file` puts the
    letters of a batch into one file for the printer, sorted by envelope, then in the run's order.
    """

    folder: Path | None = None
    by_mail: bool = False
    in_one_file: bool = False


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A letter with what goes along."""

    letter: ReadyLetter
    enclosures: Enclosures
    note: str = ""

    def handed(self, outcome: RunOutcome, channel: DispatchChannel, to: str) -> HandedLetter:
        """Return what is put on record of its leaving."""
        reason = " ".join(part for part in (self.note, self.enclosures.reason) if part)
        ids = (self.letter.item_id, self.letter.letter_id)
        return HandedLetter(*ids, outcome=outcome, channel=channel, recipient=to, reason=reason)


def check_way(source: Source, *, way: Way) -> None:
    """Refuse to mail a run where mails leave as drafts: those are never called sent."""
    if way.by_mail and not read_mail_settings(source).sends:
        raise Refused(
            "There is no mail server, so mails would only become drafts. Nothing was issued. Fill "
            "in Settings, E-mail, or leave the mails out."
        )


def hand_over_issued(store: Store, *, files: FileStore, run_id: int, way: Way, join: Join) -> int:
    """Hand every issued letter of a run over and return how many left.

    `join` puts PDF files into one, in a child process.
    """
    left = after = 0
    with store.reader() as reader:
        run = read_run(reader, run_id=run_id)
        desk = _Desk(store, reader=reader, files=files, run=run, way=way, join=join)
        while batch := list_issued(reader, run_id=run_id, after=after, limit=BATCH):
            after = batch[-1].position
            left += desk.hand_over(batch)
    return left


class _Desk:
    """Hands over one batch of letters after the other."""

    def __init__(
        self, store: Store, *, reader: Reader, files: FileStore, run: RunRow, way: Way, join: Join
    ) -> None:
        self._store, self._reader, self._files = store, reader, files
        self._run, self._way, self._join = run, way, join

    def hand_over(self, batch: Sequence[ReadyLetter]) -> int:
        """Mail or save the letters of a batch and return how many left."""
        sent, to_save = 0, []
        for letter in batch:
            parcel = self._parcel(letter)
            by_mail = self._way.by_mail and letter.letters_by == LetterWay.EMAIL
            problem = self._mail(parcel) if by_mail else ""
            if by_mail and not problem:
                sent += 1
            else:
                to_save.append(replace(parcel, note=problem))
        return sent + self._save(to_save)

    def _parcel(self, letter: ReadyLetter) -> _Parcel:
        selection = self._run.selection
        if selection.papers is Papers.NONE:
            return _Parcel(letter, Enclosures())
        found = find_enclosures(self._reader, customer_id=letter.customer_id, as_of=selection.as_of)
        return _Parcel(letter, found)

    def _mail(self, parcel: _Parcel) -> str:
        """Put the letter into the outbox and return nothing, or why it could not go by mail."""
        mail = letter_mail(self._reader, letter_id=parcel.letter.letter_id)
        if not mail.recipient:
            return "No mail address is known, so the letter was not mailed."
        sent = parcel.handed(RunOutcome.SENT, DispatchChannel.EMAIL, mail.recipient)
        extra = [paper.document_id for paper in parcel.enclosures.papers]
        try:
            with self._store.transaction(hand_over.label, undoable=False) as tx:
                if not parcel.letter.is_mailed:
                    queue_mail(tx, files=self._files, mail=mail, extra=extra)
                hand_over(tx, letters=[sent])
        except Refused as refused:
            return str(refused)
        return ""

    def _save(self, parcels: Sequence[_Parcel]) -> int:
        """Write letters into the folder and return how many; without one they stay issued."""
        folder = self._way.folder
        if folder is None:
            self._keep_reasons(parcels)
            return 0
        saved = self._save_joined if self._way.in_one_file else self._save_each
        handed = list(saved(folder, parcels))
        with self._store.transaction(hand_over.label, undoable=False) as tx:
            hand_over(tx, letters=handed)
        return len(handed)

    def _keep_reasons(self, parcels: Sequence[_Parcel]) -> None:
        told = [(parcel.letter.item_id, parcel.note) for parcel in parcels if parcel.note]
        with self._store.transaction(note_reasons.label, undoable=False) as tx:
            note_reasons(tx, reasons=told)

    def _save_each(self, folder: Path, parcels: Sequence[_Parcel]) -> Iterator[HandedLetter]:
        for parcel in parcels:
            letter = parcel.letter
            content, parcel = self._content(parcel)
            _write(folder / letter.file_name, content)
            self._write_beside(folder, parcel)
            yield parcel.handed(RunOutcome.SAVED, DispatchChannel.FILE, letter.file_name)

    def _save_joined(self, folder: Path, parcels: Sequence[_Parcel]) -> Iterator[HandedLetter]:
        """Write one file per envelope, named by its first and last letter."""
        ordered = sorted(parcels, key=lambda parcel: parcel.letter.envelope)
        for _, group in groupby(ordered, key=lambda parcel: parcel.letter.envelope):
            told = [self._content(parcel) for parcel in group]
            first, last = told[0][1].letter, told[-1][1].letter
            name = safe_name(f"statements_{first.number}_{last.number}.pdf")
            _write(folder / name, self._join([content for content, _ in told]))
            for _, parcel in told:
                self._write_beside(folder, parcel)
                yield parcel.handed(RunOutcome.SAVED, DispatchChannel.FILE, name)

    def _content(self, parcel: _Parcel) -> tuple[bytes, _Parcel]:
        """Return the letter, with its papers behind it if asked, and what is left to enclose."""
        letter = self._files.read(parcel.letter.sha256)
        papers = parcel.enclosures.papers
        within = tuple(paper for paper in papers if paper.mime == PDF)
        if self._run.selection.papers is not Papers.MERGED or not within:
            return letter, parcel
        try:
            whole = self._join([letter, *(self._files.read(paper.sha256) for paper in within)])
        except Refused as refused:
            return letter, replace(parcel, note=str(refused))
        left = tuple(paper for paper in papers if paper.mime != PDF)
        return whole, replace(parcel, enclosures=replace(parcel.enclosures, papers=left))

    def _write_beside(self, folder: Path, parcel: _Parcel) -> None:
        """Write what is enclosed as files whose names begin with the letter's."""
        stem = parcel.letter.file_name.removesuffix(".pdf")
        for number, paper in enumerate(parcel.enclosures.papers, 1):
            target = folder / safe_name(f"{stem}_{number}_{paper.name}")
            self._files.export(paper.sha256, target, may_replace=True)


def _write(path: Path, content: bytes) -> None:
    with disk_trouble():
        write_atomically(path, content)
