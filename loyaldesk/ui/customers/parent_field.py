"""Which customer does this one belong to? Typed as a number or a name, understood at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCompleter

from loyaldesk.queries.record_fields import ParentName, find_parent
from loyaldesk.queries.search import HitKind, search
from loyaldesk.ui.widgets.fields import LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.search import SearchResult
    from loyaldesk.ui.desk import Desk

__all__ = ["ParentField"]

PAUSE_MS, MOST = 120, 8


class ParentField(LineEdit):
    """A customer by number or name; `understood` tells its name, or nothing for an empty field."""

    understood = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, icon="building-2", parent=parent)
        self._desk = desk
        self._parent_id: int | None = None
        self._found: dict[str, ParentName] = {}
        self.setPlaceholderText(self.tr("Number or name"))
        self._lines = QStringListModel(self)
        completer = QCompleter(self._lines, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take_line)
        self.setCompleter(completer)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(self._edited)
        self.textChanged.connect(self.changed)

    @property
    def parent_id(self) -> int | None:
        """The id of the customer that stands in the field, or None."""
        return self._parent_id

    @property
    def offered(self) -> list[str]:
        """The customers offered for what is typed."""
        return self._lines.stringList()

    def problem(self) -> str:
        """Return that no customer is known by what is typed, or nothing."""
        if not self.text().strip() or self._parent_id is not None:
            return ""
        return self.tr("No customer has this number. Type another, choose one, or clear it.")

    def show_parent(self, parent: ParentName | None) -> None:
        """Show a customer, or none."""
        self._parent_id = parent.id if parent else None
        self.setText(parent.number if parent else "")
        self.understood.emit(parent.name if parent else "")

    def draft(self) -> str:
        """Return what is typed."""
        return self.text()

    def show_draft(self, kept: Any) -> None:
        """Show what was typed, and look for the customer that was meant."""
        self.setText(str(kept))
        self._look_exact(self.text().strip())

    @Slot()
    def _edited(self) -> None:
        self._parent_id = None
        self.understood.emit("")
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        typed = self.text().strip()
        if not typed:
            return
        self._look_exact(typed)
        self._desk.jobs.read(
            search,
            owner=self,
            then=self._offer,
            replaces="search",
            text=typed,
            limit=MOST,
            kinds={HitKind.CUSTOMER},
        )

    def _look_exact(self, number: str) -> None:
        self._desk.jobs.read(
            find_parent, owner=self, then=self._take_exact, replaces="exact", number=number
        )

    def _take_exact(self, found: ParentName | None) -> None:
        if found is not None and found.number == self.text().strip():
            self._parent_id = found.id
            self.understood.emit(found.name)

    def _offer(self, result: SearchResult) -> None:
        hits = [hit for hit in result.hits if hit.kind is HitKind.CUSTOMER]
        self._found = {
            f"{hit.number} · {hit.title}": ParentName(hit.record_id, hit.number, hit.title)
            for hit in hits
        }
        self._lines.setStringList(list(self._found))
        if hits and self.hasFocus() and self._parent_id is None:
            self.completer().complete()

    @Slot(str)
    def _take_line(self, line: str) -> None:
        # After Qt has put the whole line into the field.
        QTimer.singleShot(0, self, lambda: self.show_parent(self._found.get(line)))
