"""What can be done with a conflict, a merge, a refused or a waiting edit, and what is said then?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from loyaldesk.queries.sync_edits import read_group
from loyaldesk.ui.sync.discard_dialog import DiscardDialog
from loyaldesk.ui.sync.edit_export import edits_text, write_edits
from loyaldesk.ui.sync.edit_pane import edit_lines
from loyaldesk.ui.sync.save_dialog import ask_where
from loyaldesk.ui.widgets.spans import plain_text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations.teamwork_choices import Pick
    from loyaldesk.queries.sync_edits import RefusedEdit, RowEdit, WaitingGroup
    from loyaldesk.ui.desk import Desk

__all__ = ["SyncWays"]


class SyncWays(QObject):
    """Each way ends with a sentence; `done` runs after what changed no table that pages hear of."""

    def __init__(self, desk: Desk, parent: QWidget, done: Callable[[], object]) -> None:
        super().__init__(parent)
        self._desk, self._window, self._done = desk, parent, done

    def keep(self, picks: Sequence[Pick]) -> None:
        """Let what was picked stand."""
        from loyaldesk.operations.teamwork import resolve_conflicts

        count = len(picks)
        many = self.tr("{0} choices kept").format(self._desk.formats.number(count))
        words = self.tr("Choice kept") if count == 1 else many
        self._write(resolve_conflicts, words, picks=picks)

    def leave(self, conflict_ids: Sequence[int]) -> None:
        """Let the record be as it stands."""
        from loyaldesk.operations.teamwork import dismiss_conflicts

        self._write(dismiss_conflicts, self.tr("Left as it stands"), conflict_ids=conflict_ids)

    def undo_merge(self, conflict_id: int) -> None:
        """Let the value stand that lost."""
        from loyaldesk.operations.teamwork import swap_automatic_merge

        self._write(swap_automatic_merge, self.tr("Merge undone"), conflict_id=conflict_id)

    def on_refused(self, refused: RefusedEdit, wanted: str) -> None:
        """Carry out a button of a refused edit."""
        if wanted == "copy":
            self._copy(refused.label, [refused.edit])
        elif wanted == "export":
            self._export(refused.label, [refused.edit])
        elif wanted == "note":
            self._write_again(refused)
        elif wanted == "send":
            words = self.tr("Goes out again: {0}").format(refused.label)
            self._run(_send_again, words, grp=refused.grp)
        else:
            self._put_aside(refused)

    def on_waiting(self, group: WaitingGroup, wanted: str) -> None:
        """Carry out a button of an action that waits."""
        if wanted == "retry":
            self._desk.jobs.run(_hurry, owner=self, then=self._go_now, failed=self._fail)
        elif wanted == "export":
            self._desk.jobs.read(
                read_group, owner=self, then=partial(self._export, group.label), grp=group.grp
            )
        else:
            dialog = DiscardDialog(self._desk, group, parent=self._window)
            dialog.accepted.connect(partial(self._discard, group))
            dialog.open()

    def _go_now(self, _: object) -> None:
        self._desk.ways.sync_wanted.emit()

    def _discard(self, group: WaitingGroup) -> None:
        words = self.tr("Discarded: {0}").format(group.label)
        sent = self.tr("Taken back: {0}. It may be at the hub already, so its opposite goes out.")

        def tell(was_sent: bool) -> None:
            self._finish(sent.format(group.label) if was_sent else words)

        self._desk.jobs.run(_discard, owner=self, then=tell, failed=self._fail, grp=group.grp)

    def _put_aside(self, refused: RefusedEdit) -> None:
        self._run(_put_aside, self.tr("Put aside"), uuids=[refused.uuid])

    def _write_again(self, refused: RefusedEdit) -> None:
        from loyaldesk.operations.teamwork import take_up_refused

        def settled(_note_id: int) -> None:
            self._put_aside(refused)

        self._desk.jobs.write(
            take_up_refused, owner=self, then=settled, failed=self._fail, uuid=refused.uuid
        )

    def _copy(self, label: str, edits: Sequence[RowEdit]) -> None:
        lines = [label, *(plain_text_of(line) for line in edit_lines(edits, self._desk))]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._say(self.tr("The text is copied"))

    def _export(self, label: str, edits: Sequence[RowEdit]) -> None:
        text = edits_text(edits, self._desk)

        def write(path: Path) -> None:
            self._desk.jobs.read(
                write_edits,
                owner=self,
                then=lambda _: self._say(self.tr("Written to {0}").format(path.name)),
                failed=self._fail,
                path=path,
                text=text,
            )

        ask_where(self._window, f"{label}.csv", write)

    def _write(self, operation: Any, words: str, **arguments: Any) -> None:
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(words, True),
            failed=self._fail,
            **arguments,
        )

    def _run(self, work: Callable[..., Any], words: str, **arguments: Any) -> None:
        self._desk.jobs.run(
            work, owner=self, then=lambda _: self._finish(words), failed=self._fail, **arguments
        )

    def _finish(self, words: str) -> None:
        self._say(words)
        self._done()

    def _fail(self, error: Exception) -> None:
        self._say(str(error))
        self._done()

    def _say(self, words: str) -> None:
        self._desk.news.said.emit(words, False)


def _discard(store: Any, *, grp: int) -> bool:
    # Imported on the write lane: what comes from the hub is put in place there only.
    from loyaldesk.sync.engine.waiting import discard
    from loyaldesk.sync.profile_desk import profile_desk

    return discard(profile_desk(store), grp)


def _hurry(store: Any) -> None:
    from loyaldesk.sync.engine.waiting import retry_all
    from loyaldesk.sync.profile_desk import profile_desk

    retry_all(profile_desk(store))


def _send_again(store: Any, *, grp: int) -> None:
    from loyaldesk.sync.engine.waiting import retry
    from loyaldesk.sync.profile_desk import profile_desk

    retry(profile_desk(store), grp)


def _put_aside(store: Any, *, uuids: Sequence[str]) -> None:
    from loyaldesk.sync.engine.putting_aside import put_aside

    put_aside(store, uuids=uuids)
