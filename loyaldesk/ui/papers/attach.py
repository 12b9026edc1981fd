"""How are files attached to a customer or an order: dropped or chosen, stored, filed, told?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.errand import Errand
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.background.job import Job
    from loyaldesk.documents.filing import FilingReport
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["attach_files", "choose_files"]

translate = QCoreApplication.translate
LIST_HEIGHT = 240


def choose_files(
    desk: Desk, parent: QWidget, *, customer_id: int, order_id: int | None = None
) -> QFileDialog:
    """Open the system's file dialog; what is chosen there is attached."""
    dialog = QFileDialog(parent, parent.tr("Attach documents"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, parent.tr("Attach"))
    dialog.setDirectory(desk.state.get("attach_folder", str(Path.home())))

    def attach(names: list[str]) -> None:
        desk.state.put("attach_folder", str(Path(names[0]).parent))
        paths = [Path(name) for name in names]
        attach_files(desk, parent, paths, customer_id=customer_id, order_id=order_id)

    dialog.filesSelected.connect(attach)
    dialog.open()
    return dialog


def attach_files(
    desk: Desk,
    parent: QWidget,
    paths: Sequence[Path],
    *,
    customer_id: int,
    order_id: int | None = None,
) -> None:
    """Store and file the files as one action; the status bar shows how far it is.

    A toast tells what was filed; a dialog over `parent` lists what was left out and why.
    """
    _Attaching(desk, parent).start(tuple(paths), customer_id=customer_id, order_id=order_id)


class _Attaching(Errand):
    """One batch on its way."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk)
        self._over = parent.window()
        self._job: Job | None = None

    def start(self, paths: tuple[Path, ...], **where: Any) -> None:
        """Begin on the write lane: storing reads whole files, and filing needs the tables."""
        one = self.tr("Attaching {0}").format(paths[0].name)
        many = self.tr("Attaching {0} files").format(len(paths))
        self.tell_begin(one if len(paths) == 1 else many)
        self._job = self._desk.jobs.run(
            _file_paths,
            owner=self,
            then=self._tell,
            failed=self._refuse,
            cancelled=self._stop,
            progress=self.tell_how_far,
            files=self._desk.files,
            paths=paths,
            **where,
        )

    def cancel(self) -> None:
        """Stop the job; nothing of it is kept."""
        super().cancel()
        if self._job is not None:
            self._job.cancel()

    def _tell(self, report: FilingReport) -> None:
        self.tell_end()
        words = _words_of(report)
        if words:
            self._desk.news.said.emit(words, bool(report.new))
        if report.left_out:
            _LeftOutDialog(self._desk, report, parent=self._over).open()

    def _refuse(self, error: LoyalDeskError) -> None:
        self.tell_end()
        self._desk.news.said.emit(str(error), False)

    def _stop(self) -> None:
        self.tell_end()
        self._desk.news.said.emit(self.tr("Attaching was stopped. Nothing was filed."), False)


def _file_paths(store: Any, **arguments: Any) -> FilingReport:
    # Imported here, on the write lane: it needs the models, and so SQLAlchemy.
    from loyaldesk.documents.filing import file_paths

    return file_paths(store, **arguments)


def _words_of(report: FilingReport) -> str:
    """Return what the toast says: what is new on file, then what was there already."""
    new = [paper.name for paper in report.new]
    there = [paper.name for paper in report.filed if paper.was_there]
    parts: list[str] = []
    if new:
        many = translate("Attaching", "{0} documents filed").format(len(new))
        one = translate("Attaching", "{0} filed").format(new[0])
        parts.append(one if len(new) == 1 else many)
    if there:
        many = translate("Attaching", "{0} were on file already").format(len(there))
        one = translate("Attaching", "{0} was on file already").format(there[0])
        parts.append(one if len(there) == 1 else many)
    return " · ".join(parts)


class _LeftOutDialog(Dialog):
    """The files that were not taken, each with its reason."""

    def __init__(self, desk: Desk, report: FilingReport, parent: QWidget) -> None:
        count = len(report.left_out)
        one, many = self.tr("One file was left out"), self.tr("{0} files were left out")
        super().__init__(
            desk.theme,
            title=one if count == 1 else many.format(count),
            body=self.tr("The originals stay where they are.") if report.filed else "",
            verb=self.tr("Close"),
            width=DialogWidth.MEDIUM,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.cancel_button.hide()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        for left in report.left_out:
            column.addWidget(TextLabel(desk.theme, left.name, TextStyle.STRONG, wrap=True))
            column.addWidget(
                TextLabel(desk.theme, left.reason, TextStyle.BODY, Tone.SECONDARY, wrap=True)
            )
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setMinimumHeight(desk.theme.px(min(LIST_HEIGHT, 72 * count)))
        area.setAccessibleName(self.tr("Files that were left out"))
        area.setWidget(sheet)
        self.content.addWidget(area)
