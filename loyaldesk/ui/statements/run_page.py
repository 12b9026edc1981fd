"""Statements for many customers on one page: choose and check, look, make, hand over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.operations.statement_runs import prepare_run, retry_failures
from loyaldesk.ui.statements.check_panel import CheckPanel
from loyaldesk.ui.statements.choice_form import ChoiceForm
from loyaldesk.ui.statements.handing import Handing
from loyaldesk.ui.statements.run_errand import StatementErrand
from loyaldesk.ui.statements.run_export import export_register
from loyaldesk.ui.statements.run_list import RunList
from loyaldesk.ui.statements.run_pane import RunPane
from loyaldesk.ui.statements.run_preview import RunPreview
from loyaldesk.ui.statements.run_view import (
    RunView,
    read_newest_view,
    read_progress,
    read_run_view,
)
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.ui.desk import Desk

__all__ = ["StatementRunPage"]

CHOICE_WIDTH, LEAST_WITH_PREVIEW = 288, 1120
# Often enough to see it move; seldom enough that reading costs nothing.
PROGRESS_MS = 250


class StatementRunPage(Sheet):
    """The newest run is taken up where it stands; another choice is checked as a new one."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.BASE, parent=parent)
        self._desk = desk
        self._view: RunView | None = None
        self._errand: StatementErrand | None = None
        theme = desk.theme
        self.form = ChoiceForm(desk)
        self.check_button = Button(theme, self.tr("Check"), kind=ButtonKind.PRIMARY)
        self.check = CheckPanel(desk)
        self.preview = RunPreview(desk)
        self.pane = RunPane(desk)
        self.list = RunList(desk)
        self.handing = Handing(desk, self, self.pane.banners)
        self._edge = Hairline(theme, vertical=True)
        self._moved = QTimer(self, interval=PROGRESS_MS, singleShot=True)
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
            self._desk.jobs.read(
                read_run_view,
                owner=self,
                then=self._show_view,
                replaces="view",
                run_id=self._view.run.id,
            )

    def focus_first(self) -> None:
        """Put the keyboard into the day."""
        self.form.as_of.setFocus()

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Look for words in the statement on screen."""
        self.preview.reader.go_to_find()

    @Slot()
    def check_now(self) -> None:
        """Prepare a run of what is chosen and show whether it adds up."""
        selection = self.form.selection()
        if selection is None:
            return
        self._clear_banners()
        self._desk.jobs.write(
            prepare_run,
            owner=self,
            then=self._prepared,
            failed=self.form.show_refusal,
            selection=selection,
        )

    @Slot()
    def make(self) -> None:
        """Make the letters of everybody who waits, until done or stopped."""
        view = self._view
        if view is None or self._errand is not None:
            return
        self._clear_banners()
        errand = StatementErrand(self._desk, view.run.id, waiting=view.counts.get("waiting", 0))
        self._errand = errand
        errand.item_done.connect(self._item_done)
        errand.refused.connect(self._refuse)
        errand.ended.connect(self._errand_ended)
        errand.start()
        self._show_pane()

    def _prepared(self, run_id: int) -> None:
        self._desk.jobs.read(
            read_run_view, owner=self, then=self._show_view, replaces="view", run_id=run_id
        )

    def _show_found(self, view: RunView | None) -> None:
        if view is not None:
            self.form.show_selection(view.run.selection)
            self._show_view(view)

    def _show_view(self, view: RunView) -> None:
        is_other = self._view is None or self._view.run.id != view.run.id
        self._view = view
        self.check.show_check(view.check, view.ways)
        self.handing.take(view.run.id)
        self._show_pane()
        if is_other:
            self.list.show_run(view.run.id)
        else:
            self.list.refresh()

    def _show_pane(self) -> None:
        view = self._view
        if view is not None:
            driven = self._errand is not None
            self.pane.show_run(view.run, view.counts, view.ways, is_driven=driven)

    @Slot()
    def _choice_changed(self) -> None:
        """What is chosen now is another run than the one on screen."""
        self.check.clear()

    @Slot()
    def _retry(self) -> None:
        if self._view is not None:
            self._desk.jobs.write(
                retry_failures,
                owner=self,
                then=lambda _: self.refresh(),
                failed=self._refuse,
                run_id=self._view.run.id,
            )

    @Slot()
    def _export(self) -> None:
        if self._view is not None:
            export_register(self._desk, self, run_id=self._view.run.id)

    @Slot(object)
    def _item_done(self, _item: RunItem) -> None:
        if not self._moved.isActive():
            self._moved.start()

    @Slot()
    def _read_progress(self) -> None:
        if self._view is not None and self._errand is not None:
            self._desk.jobs.read(
                read_progress, owner=self, then=self._show_progress, replaces="view",
                view=self._view,
            )  # fmt: skip

    def _show_progress(self, view: RunView) -> None:
        self._view = view
        self._show_pane()
        self.list.refresh()

    @Slot()
    def _errand_ended(self) -> None:
        self._errand = None
        self.refresh()

    @Slot()
    def _stop(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
            self.pane.stop.setEnabled(False)

    @Slot(object)
    def _choose(self, item: RunItem | None) -> None:
        view = self._view
        if item is None or view is None:
            self.preview.show_nothing()
        else:
            count = sum(view.counts.values())
            selection = view.run.selection
            self.preview.show_item(item, selection, run_id=view.run.id, count=count)

    @Slot(object)
    def _refuse(self, error: Any) -> None:
        banner = Banner(self._desk.theme, BannerKind.WARN, happened=str(error))
        self.pane.banners.addWidget(banner)
        banner.speak()

    def _clear_banners(self) -> None:
        for place in reversed(range(self.pane.banners.count())):
            item = self.pane.banners.itemAt(place)
            widget = item.widget() if item is not None else None
            if isinstance(widget, Banner):
                widget.hide()
                widget.deleteLater()

    def _connect(self) -> None:
        ways = self._desk.ways
        self._moved.timeout.connect(self._read_progress)
        self.check_button.clicked.connect(self.check_now)
        self.form.changed.connect(self._choice_changed)
        self.pane.make.clicked.connect(self.make)
        self.pane.stop.clicked.connect(self._stop)
        self.pane.retry.clicked.connect(self._retry)
        self.pane.export.clicked.connect(self._export)
        self.pane.mail.clicked.connect(self.handing.mail)
        self.pane.save.clicked.connect(self.handing.save)
        self.pane.print.clicked.connect(self.handing.print_pile)
        self.handing.done.connect(self.refresh)
        self.handing.refused.connect(self._refuse)
        self.list.chosen.connect(self._choose)
        self.preview.step_wanted.connect(self.list.step)
        for part in (self.list, self.check):
            part.customer_wanted.connect(ways.customer_wanted)
        self.preview.dispute_wanted.connect(ways.customer_wanted)
        self._desk.theme.changed.connect(self._fold)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._choices())
        row.addWidget(Hairline(self._desk.theme, vertical=True))
        row.addWidget(self.preview, 3)
        row.addWidget(self._edge)
        row.addWidget(self._results(), 4)

    def _choices(self) -> QWidget:
        theme = self._desk.theme
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 10, 16, 16)
        column.setSpacing(10)
        column.addWidget(TextLabel(theme, self.tr("Statement run"), TextStyle.LIST_TITLE))
        for part in (self.form, self.check_button, self.check):
            column.addWidget(part)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName(self.tr("Who and as of"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        for ground in (body, area.viewport()):
            ground.setAutoFillBackground(False)
        area.setFixedWidth(theme.px(CHOICE_WIDTH))
        self._area = area
        return area

    def _results(self) -> QWidget:
        results = QWidget()
        column = QVBoxLayout(results)
        column.setContentsMargins(16, 10, 16, 0)
        column.setSpacing(10)
        column.addWidget(self.pane)
        column.addWidget(self.list, 1)
        return results

    @Slot()
    def _fold(self) -> None:
        """Hide the letter where there is no room for it beside the list."""
        px = self._desk.theme.px
        is_wide = self.width() >= px(LEAST_WITH_PREVIEW)
        self.preview.setVisible(is_wide)
        self._edge.setVisible(is_wide)
        self._area.setFixedWidth(px(CHOICE_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
