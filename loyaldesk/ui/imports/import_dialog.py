"""How are records brought in: choose a source, look at what would happen, import."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from loyaldesk.ui.imports import work
from loyaldesk.ui.imports.findings import Findings
from loyaldesk.ui.imports.running import ImportRun
from loyaldesk.ui.imports.source_form import SourceForm
from loyaldesk.ui.imports.words import counted_records
from loyaldesk.ui.papers.drop import DropTarget
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.progress_tray import ProgressTray

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from loyaldesk.background.job import Job
    from loyaldesk.connectors.results import ImportPlan
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["ImportDialog"]

WIDTH, HEIGHT, FINDINGS = 800, 700, 320


class ImportDialog(Dialog):
    """Nothing is written before the dry run was seen; the verb says how many records come."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Import records"),
            body=self.tr(
                "First it is only tried: you see what would come. Importing twice changes "
                "nothing, and undo takes a whole import back."
            ),
            verb=self.tr("Import"),
            cancel=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._desk = desk
        self._job: Job | None = None
        self._asked = 0
        self._plan: ImportPlan | None = None
        self.form = SourceForm(desk)
        self.tray = ProgressTray(desk.theme)
        self.findings = Findings(desk)
        self._empty = EmptyState(desk.theme)
        self._banners = QVBoxLayout()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._say_nothing_yet()
        self.resize(desk.theme.px(WIDTH), desk.theme.px(HEIGHT))
        desk.jobs.read(work.list_maps, owner=self, then=self.form.offer_maps)

    @property
    def warning(self) -> str:
        """The sentence above the findings, or nothing."""
        item = self._banners.itemAt(0)
        banner = item.widget() if item is not None else None
        return banner.text if isinstance(banner, Banner) else ""

    def accept(self) -> None:
        """Import behind the window; the status bar shows how far it is."""
        if self._plan is None or not self._plan.has_changes:
            return
        wish, label = self.form.wish(), self._plan.source
        super().accept()
        ImportRun(self._desk, self.parentWidget()).start(wish, label)

    def reject(self) -> None:
        """Close; a dry run under way is stopped."""
        self._stop()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter in the address looks at the source; it neither imports nor closes.
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not (is_enter and isinstance(self.focusWidget(), QLineEdit)):
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.findings)
        self._stack.setMinimumHeight(self._desk.theme.px(FINDINGS))
        self.content.addWidget(self.form)
        self.content.addLayout(self._banners)
        self.content.addWidget(self.tray)
        self.content.addWidget(self._stack, 1)
        words = self.tr("Drop to look at it; nothing is imported yet")
        self.drop = DropTarget(self._desk.theme, self, words=words, on_files=self._take_dropped)

    def _connect(self) -> None:
        self.form.source_changed.connect(self._guess)
        self.form.wish_changed.connect(self._try)
        self.tray.cancelled.connect(self._stop_trying)
        self._empty.action_chosen.connect(self.form.choose.click)

    def _take_dropped(self, paths: list[Path]) -> None:
        self.form.take_file(paths[0])

    def _say_nothing_yet(self) -> None:
        self._plan = None
        self._allow(records=0)
        self._empty.explain(
            EmptyReason.NOTHING_YET,
            self.tr("Nothing to look at yet"),
            self.tr("Choose a file or type an address; what would be imported shows here."),
            icon="upload",
        )
        self._stack.setCurrentWidget(self._empty)

    @Slot()
    def _guess(self) -> None:
        """Find the map that knows the source."""
        self._stop()
        self._clear_warning()
        self._say_nothing_yet()
        self.form.map_field.set_error("")
        self.form.forget_guess()
        location = self.form.wish().location
        if not location:
            return
        self.tray.begin(self.tr("Looking at the source…"))
        self._desk.jobs.read(
            work.guess,
            owner=self,
            then=self._take_guess,
            failed=partial(self._refuse, self._asked),
            replaces="guess",
            location=location,
        )

    def _take_guess(self, name: str) -> None:
        self.tray.finish()
        if name:
            self.form.choose_map(name)
        if self.form.wish().map_name:
            self._try()
        else:
            self.form.map_field.set_error(
                self.tr("No shipped map knows this source. Choose one, or write your own.")
            )

    @Slot()
    def _try(self) -> None:
        """Run it dry as it stands now."""
        self._stop()
        self._clear_warning()
        self._say_nothing_yet()
        wish = self.form.wish()
        if not wish.location or not wish.map_name:
            return
        self.form.map_field.set_error("")
        self.tray.begin(self.tr("Trying it; nothing is written…"))
        self._job = self._desk.jobs.run(
            work.plan,
            owner=self,
            then=partial(self._show_plan, self._asked),
            failed=partial(self._refuse, self._asked),
            progress=partial(self._show_progress, self._asked),
            wish=wish,
        )

    def _show_progress(self, asked: int, done: int, total: int | None) -> None:
        if asked != self._asked:
            return
        number = self._desk.formats.number
        words = self.tr("Trying it: {0} rows read").format(number(done))
        if total:
            words = self.tr("Trying it: {0} of {1} rows").format(number(done), number(total))
        self.tray.show_progress(done, total or 0, words)

    def _show_plan(self, asked: int, plan: ImportPlan) -> None:
        if asked != self._asked:
            return
        self._plan = plan
        self.tray.finish()
        self.findings.show_plan(plan)
        self._stack.setCurrentWidget(self.findings)
        self._allow(records=counted_records(plan.counts))
        if not plan.has_changes:
            self._warn(BannerKind.INFO, self.tr("There is nothing new in this source."))

    def _refuse(self, asked: int, error: LoyalDeskError) -> None:
        if asked == self._asked:
            self.tray.finish()
            self._warn(BannerKind.WARN, str(error))

    def _allow(self, *, records: int) -> None:
        count = self._desk.formats.number(records)
        words = {0: self.tr("Import"), 1: self.tr("Import one record")}
        many = self.tr("Import {0} records").format(count)
        self.verb_button.setText(words.get(records, many))
        self.verb_button.setEnabled(records > 0)

    @Slot()
    def _stop_trying(self) -> None:
        self._stop()
        self._warn(BannerKind.INFO, self.tr("Stopped. Nothing was written."))

    def _stop(self) -> None:
        """Let go of what is under way; its answer is no longer listened to."""
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.tray.finish()

    def _warn(self, kind: BannerKind, sentence: str) -> None:
        self._clear_warning()
        banner = Banner(self._desk.theme, kind, happened=sentence)
        self._banners.addWidget(banner)
        banner.speak()

    def _clear_warning(self) -> None:
        while (item := self._banners.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
