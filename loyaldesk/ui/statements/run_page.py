"""Statements for many customers on one page: choose and check, look, make, hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.operations.statement_runs import prepare_run, retry_failures
from loyaldesk.ui.statements.choice_pane import ChoicePane
from loyaldesk.ui.statements.handing import Handing
from loyaldesk.ui.statements.run_driver import RunDriver
from loyaldesk.ui.statements.run_export import export_register
from loyaldesk.ui.statements.run_list import RunList
from loyaldesk.ui.statements.run_pane import RunPane
from loyaldesk.ui.statements.run_preview import RunPreview
from loyaldesk.ui.statements.run_view import RunView, read_newest_view, read_run_view
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.ui.desk import Desk

__all__ = ["StatementRunPage"]

LEAST_WITH_PREVIEW = 1120


class StatementRunPage(Sheet):
    """The newest run is taken up where it stands; another choice is checked as a new one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.BASE, parent=parent)
        self._desk = desk
        self._view: RunView | None = None
        self.choice = ChoicePane(desk)
        self.preview = RunPreview(desk)
        self.pane = RunPane(desk)
        self.list = RunList(desk)
        self.driver = RunDriver(desk, self)
        self.handing = Handing(desk, self, self.pane.banners)
        self._edge = Hairline(desk.theme, vertical=True)
        self._lay_out()
        self._connect()
        self.refresh()

    def page_title(self) -> str:
        """Return what the window is called."""
        return self.tr("Statements")

    @Slot()
    def refresh(self) -> None:
        """Read where the run on screen stands, or take up the newest."""
        if self._view is None:
            self._desk.jobs.read(
                read_newest_view, owner=self, then=self._show_found, replaces="view"
            )
        else:
            self._read(self._view.run.id)

    def focus_first(self) -> None:
        """Put the keyboard into the day."""
        self.choice.form.as_of.setFocus()

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Look for words in the statement on screen."""
        self.preview.reader.go_to_find()

    @Slot()
    def check_now(self) -> None:
        """Prepare a run of what is chosen and show whether it adds up."""
        selection = self.choice.form.selection()
        if selection is not None:
            self.pane.clear_refusals()
            self._desk.jobs.write(
                prepare_run,
                owner=self,
                then=self._read,
                failed=self.choice.form.show_refusal,
                selection=selection,
            )

    @Slot()
    def make(self) -> None:
        """Make the letters of everybody who waits, until done or stopped."""
        if self._view is not None and not self.driver.is_driving:
            self.pane.clear_refusals()
            self.driver.drive(self._view)
            self._show_pane(self._view)

    def _read(self, run_id: int) -> None:
        self._desk.jobs.read(
            read_run_view, owner=self, then=self._show_view, replaces="view", run_id=run_id
        )

    def _show_found(self, view: RunView | None) -> None:
        if view is not None:
            self.choice.form.show_selection(view.run.selection)
            self._show_view(view)

    def _show_view(self, view: RunView) -> None:
        self.choice.check.show_check(view.check, view.ways)
        self.handing.take(view.run.id)
        self._show_pane(view)

    @Slot(object)
    def _show_pane(self, view: RunView) -> None:
        """Show where the run stands; its list keeps its place unless it is another run."""
        self._view = view
        self.pane.show_run(view.run, view.counts, view.ways, is_driven=self.driver.is_driving)
        self.list.show_run(view.run.id)

    @Slot()
    def _retry(self) -> None:
        if self._view is not None:
            self._desk.jobs.write(
                retry_failures,
                owner=self,
                then=lambda _: self.refresh(),
                failed=self.pane.show_refusal,
                run_id=self._view.run.id,
            )

    @Slot()
    def _export(self) -> None:
        if self._view is not None:
            export_register(self._desk, self, run_id=self._view.run.id)

    @Slot(object)
    def _choose(self, item: RunItem | None) -> None:
        view = self._view
        if item is None or view is None:
            self.preview.show_nothing()
        else:
            count = sum(view.counts.values())
            selection = view.run.selection
            self.preview.show_item(item, selection, run_id=view.run.id, count=count)

    def _connect(self) -> None:
        ways, pane = self._desk.ways, self.pane
        for button, deed in (
            (self.choice.button, self.check_now),
            (pane.make, self.make),
            (pane.stop, self.driver.stop),
            (pane.retry, self._retry),
            (pane.export, self._export),
            (pane.mail, self.handing.mail),
            (pane.save, self.handing.save),
            (pane.print, self.handing.print_pile),
        ):
            button.clicked.connect(deed)
        self.driver.progressed.connect(self._show_pane)
        for part in (self.driver.ended, self.handing.done):
            part.connect(self.refresh)
        for part in (self.driver.refused, self.handing.refused):
            part.connect(pane.show_refusal)
        self.list.chosen.connect(self._choose)
        self.preview.step_wanted.connect(self.list.step)
        for wish in (
            self.list.customer_wanted,
            self.choice.check.customer_wanted,
            self.preview.dispute_wanted,
        ):
            wish.connect(ways.customer_wanted)
        self._desk.theme.changed.connect(self._fold)

    def _lay_out(self) -> None:
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(16, 10, 16, 0)
        column.setSpacing(10)
        column.addWidget(self.pane)
        column.addWidget(self.list, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.choice)
        row.addWidget(Hairline(self._desk.theme, vertical=True))
        row.addWidget(self.preview, 3)
        row.addWidget(self._edge)
        row.addWidget(results, 4)

    @Slot()
    def _fold(self) -> None:
        """Hide the letter where there is no room for it beside the list."""
        is_wide = self.width() >= self._desk.theme.px(LEAST_WITH_PREVIEW)
        self.preview.setVisible(is_wide)
        self._edge.setVisible(is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
