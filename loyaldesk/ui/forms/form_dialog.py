"""What every form shares: fields by name, refusals below the field, one action to save."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.errors import Refused
from loyaldesk.ui.forms.draft_keeper import DraftKeeper
from loyaldesk.ui.forms.draft_note import DraftNote
from loyaldesk.ui.forms.scroll_dialog import ScrollDialog
from loyaldesk.ui.forms.typed import show_typed, signal_of_change, typed_in
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LabelledField

if TYPE_CHECKING:
    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["FormDialog"]


class FormDialog(ScrollDialog):
    """Fields are added row by row; `accept` checks them all, then runs one operation.

    The dialog stays open with everything typed until the operation was carried out. Qt's classes
    take no ABCMeta: that a form says what it saves is seen to by the type checker.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        title: str,
        verb: str,
        body: str = "",
        cancel: str = "",
        width: DialogWidth = DialogWidth.MEDIUM,
        parent: QWidget | None = None,
    ) -> None:
        theme = desk.theme
        super().__init__(
            theme, title=title, verb=verb, body=body, cancel=cancel, width=width, parent=parent
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.fields: dict[str, LabelledField] = {}
        self._keeper: DraftKeeper | None = None
        self._untouched: dict[str, Any] = {}
        self.note = DraftNote(desk)
        self.above.insertWidget(0, self.note)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)

    @abstractmethod
    def operation(self) -> Operation[..., Any]:
        """Return the operation that saves the form."""

    @abstractmethod
    def arguments(self) -> dict[str, Any]:
        """Return what the operation gets."""

    def saved(self, result: Any) -> None:
        """Tell what was saved, once the dialog has closed."""

    def problems(self) -> dict[str, str]:
        """Return what is wrong with what was typed, by field; editors know their own."""
        asked = ((name, getattr(f.editor, "problem", None)) for name, f in self.fields.items())
        found = ((name, ask() if callable(ask) else "") for name, ask in asked)
        return {name: sentence for name, sentence in found if sentence}

    def has_changes(self) -> bool:
        """Return whether there is anything to save; if not, saving only closes."""
        return True

    def add_fields(self, *fields: tuple[str, str, QWidget]) -> None:
        """Add editors side by side, each as (name of the argument, label, editor)."""
        row = QHBoxLayout()
        row.setSpacing(12)
        # A sentence below one of them moves none beside it; one alone may fill its room.
        beside = Qt.AlignmentFlag.AlignTop if len(fields) > 1 else Qt.AlignmentFlag(0)
        for name, label, editor in fields:
            self.fields[name] = LabelledField(self._desk.theme, label, editor)
            row.addWidget(self.fields[name], 1, beside)
        self.content.addLayout(row)

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field, and bring it into sight."""
        self.fields[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pane.ensureWidgetVisible(self.fields[name])

    def keep_draft(self, key: str) -> None:
        """Keep what is typed under that key until it is saved, and show what was kept before."""
        self._untouched = self._typed()
        self._keeper = DraftKeeper(self._desk, key, self._draft, self)
        for field in self.fields.values():
            signal_of_change(field.editor).connect(self._keeper.touch)
        self._keeper.read(self._show_draft)

    def take_for_granted(self, name: str) -> None:
        """Treat what the form itself just filled into a field as not typed by the person."""
        self._untouched[name] = typed_in(self.fields[name].editor)

    def accept(self) -> None:
        """Check every field and run the operation."""
        # The keys come here as well, while the record is still read or already written.
        if not self.verb_button.isEnabled():
            return
        self.clear_refusal()
        problems = self.problems()
        self._show(problems)
        if problems:
            return
        if not self.has_changes():
            super().accept()
            return
        self.verb_button.setEnabled(False)
        self._desk.jobs.write(
            self.operation(),
            owner=self,
            then=self._done,
            failed=self._refused,
            **self.arguments(),
        )

    def done(self, result: int) -> None:
        """Close; what was typed and not saved is kept and comes back with the next opening."""
        if self._keeper is not None:
            self._keeper.flush_if_touched()
        super().done(result)

    def _show(self, problems: dict[str, str]) -> None:
        for name, field in self.fields.items():
            field.set_error(problems.get(name, ""))
        if problems:
            self.focus_field(next(iter(problems)))

    def _typed(self) -> dict[str, Any]:
        return {name: typed_in(field.editor) for name, field in self.fields.items()}

    def _draft(self) -> dict[str, Any] | None:
        typed = self._typed()
        return None if typed == self._untouched else typed

    def _show_draft(self, kept: dict[str, Any]) -> None:
        before = self._typed()
        for name, value in kept.items():
            # What was typed since the form opened stays.
            if name in self.fields and typed_in(self.fields[name].editor) == self._untouched[name]:
                show_typed(self.fields[name].editor, value)
        if self._keeper is not None and self._typed() != before:
            self.note.tell(self._keeper.kept_at, partial(self._discard, before))
            self._grow(self.note.sizeHint().height())

    def _discard(self, before: dict[str, Any]) -> None:
        for name, value in before.items():
            show_typed(self.fields[name].editor, value)
        if self._keeper is not None:
            self._keeper.flush()

    def _done(self, result: Any) -> None:
        if self._keeper is not None:
            self._keeper.drop()
            self._keeper = None
        super().accept()
        self.saved(result)

    def _refused(self, error: Exception) -> None:
        self.verb_button.setEnabled(True)
        field = error.field if isinstance(error, Refused) else None
        if field in self.fields:
            self._show({field: str(error)})
        else:
            self.show_refusal(str(error))
