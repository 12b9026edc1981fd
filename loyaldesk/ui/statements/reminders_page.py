"""Payment reminders: whom to write to, at which level, the letter beside it, out in one go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from loyaldesk.domain.money import Money
from loyaldesk.queries.dunning import Candidate, list_candidates
from loyaldesk.ui.forms.pause_dialog import PauseDialog
from loyaldesk.ui.statements.problem_notes import ProblemNotes
from loyaldesk.ui.statements.reminder_head import ReminderHead
from loyaldesk.ui.statements.reminder_list import ReminderList
from loyaldesk.ui.statements.reminder_preview import ReminderPreview
from loyaldesk.ui.statements.reminder_ways import ReminderWays
from loyaldesk.ui.tables.foot import TableFoot
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.panel import Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["RemindersPage"]

TABLES = ("invoice", "payment", "allocation", "customer", "reminder_item", "setting")
PREVIEW_WIDTH, REREAD_MS = 500, 300


class RemindersPage(Sheet):
    """Everybody late enough; what is disputed or paused is listed with its reason, never asked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk = desk
        self._rows: list[Candidate] = []
        self._is_stale = False
        self.head = ReminderHead(desk.theme)
        self.list = ReminderList(desk)
        self.foot = TableFoot(desk.theme)
        self.preview = ReminderPreview(desk)
        self.empty = EmptyState(desk.theme)
        self.notes = ProblemNotes(desk)
        self.ways = ReminderWays(desk, self)
        self._reread = QTimer(self, interval=REREAD_MS, singleShot=True)
        self.list.view.set_empty(self.empty)
        self._lay_out()
        self._connect()
        self.refresh()

    def page_title(self) -> str:
        """Return what the window is called."""
        return self.tr("Payment reminders")

    @Slot()
    def refresh(self) -> None:
        """Read the list again."""
        self._is_stale = False
        today = self._desk.today()
        self._desk.jobs.read(
            list_candidates,
            owner=self,
            then=self._take,
            failed=self._fail,
            replaces="candidates",
            on=today,
            today=today,
        )

    def focus_first(self) -> None:
        """Put the cursor into the list, on its first row if on none."""
        self.list.choose_first()
        self.list.view.setFocus()

    @Slot()
    def mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        self.list.toggle_current()

    @Slot()
    def print_marked(self) -> None:
        """Print the marked letters."""
        if marked := self.list.marked:
            self.ways.print_letters(marked)

    @Slot()
    def mail_marked(self) -> None:
        """Send the marked letters by e-mail."""
        if marked := self.list.marked:
            self.ways.mail_letters(marked)

    @Slot()
    def save_marked(self) -> None:
        """Write the marked letters into a folder."""
        if marked := self.list.marked:
            self.ways.save_letters(marked)

    def _lay_out(self) -> None:
        self.preview.setFixedWidth(self._desk.theme.px(PREVIEW_WIDTH))
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.list, 1)
        left.addWidget(self.foot)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(Hairline(self._desk.theme, vertical=True))
        row.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.notes)
        column.addWidget(Hairline(self._desk.theme))
        column.addLayout(row, 1)

    def _connect(self) -> None:
        head = self.head
        head.shown.chosen_changed.connect(lambda _: self._show())
        head.mark_all.clicked.connect(self._mark_all)
        head.print.clicked.connect(self.print_marked)
        head.mail.clicked.connect(self.mail_marked)
        head.save.clicked.connect(self.save_marked)
        self.list.marks_changed.connect(self._show_marks)
        self.list.print_wanted.connect(self.print_marked)
        self.list.mail_wanted.connect(self.mail_marked)
        self.list.current_changed.connect(self._show_current)
        self.list.opened.connect(self._desk.ways.customer_wanted)
        self.list.context_wanted.connect(self._open_menu)
        self.ways.ended.connect(self.notes.tell)
        self._reread.timeout.connect(self.refresh)
        self._desk.news.changed.connect(self._hear)

    def _take(self, rows: list[Candidate]) -> None:
        self._rows = rows
        self._show()

    def _fail(self, error: Exception) -> None:
        self.notes.say(str(error))

    def _show(self) -> None:
        due = [row for row in self._rows if row.hold is None]
        held = [row for row in self._rows if row.hold is not None]
        number = self._desk.formats.number
        self.head.show_counts(number(len(due)), number(len(held)))
        wants_due = self.head.shown.chosen == "due"
        title = self.tr("Nobody needs a reminder") if wants_due else self.tr("Nothing is held")
        sentence = self.tr("Whoever is late enough for a letter is listed here.")
        self.empty.explain(EmptyReason.NOTHING_YET, title, sentence, icon="circle-check")
        self.list.show_rows(due if wants_due else held)
        self.list.choose_first()
        self._show_marks()

    @Slot()
    def _show_marks(self) -> None:
        marked = self.list.marked
        self.head.show_marked(len(marked))
        counts = self.tr("{0} marked").format(self._desk.formats.number(len(marked)))
        self.foot.show_counts(counts, sums=_sums(self._desk, marked))

    @Slot()
    def _show_current(self) -> None:
        self.preview.show_candidate(self.list.current)

    @Slot()
    def _mark_all(self) -> None:
        due = [row for row in self._rows if row.hold is None]
        self.list.mark(due, wanted=len(self.list.marked) < len(due))

    @Slot(object, QPoint)
    def _open_menu(self, candidate: Candidate, at: QPoint) -> None:
        menu = QMenu(self)
        ways = self._desk.ways
        opening = menu.addAction(self.tr("Open customer"))
        opening.triggered.connect(partial(ways.customer_wanted.emit, candidate.customer_id))
        pausing = menu.addAction(self.tr("Pause reminders to this customer…"))
        pausing.triggered.connect(partial(self._pause, candidate))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _pause(self, candidate: Candidate, _checked: bool = False) -> None:
        PauseDialog(self._desk, customer_id=candidate.customer_id, parent=self).open()

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self._is_stale = True
            if self.isVisible():
                self._reread.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()


def _sums(desk: Desk, rows: list[Candidate]) -> str:
    """Return what the letters come to, each currency by itself."""
    codes = sorted({row.currency for row in rows})
    totals = (Money.total((r.to_pay for r in rows if r.currency == code), code) for code in codes)
    return " · ".join(desk.formats.money(total) for total in totals)
