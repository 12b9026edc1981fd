"""What did an import leave out, and where can the bad rows be kept to mend them?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog

from loyaldesk.ui.imports import work
from loyaldesk.ui.imports.findings import Findings
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.connectors.results import ImportResult
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["ResultDialog"]

HEIGHT = 360
LEFT_OUT = 3


class ResultDialog(Dialog):
    """Counts and bad rows of an import that is done; its verb saves the bad rows as a file."""

    def __init__(self, desk: Desk, result: ImportResult, parent: QWidget | None = None) -> None:
        count = desk.formats.number(result.refused_rows)
        one, many = self.tr("One row was left out"), self.tr("{0} rows were left out").format(count)
        super().__init__(
            desk.theme,
            title=one if result.refused_rows == 1 else many,
            body=self.tr(
                "Everything else is imported. Save the bad rows, mend them and import that file "
                "again; what is there already stays as it is."
            ),
            verb=self.tr("Save the bad rows…"),
            cancel=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._result = desk, result
        self.findings = Findings(desk)
        self.findings.setMinimumHeight(desk.theme.px(HEIGHT))
        self.findings.show_plan(result)
        self.findings.show_view(LEFT_OUT)
        self.content.addWidget(self.findings, 1)
        self.verb_button.setEnabled(bool(result.error_file))

    def accept(self) -> None:
        """Ask where to, and copy the file of bad rows there; the dialog stays open."""
        proposed = f"{Path(self._result.source).stem or 'import'}.errors.csv"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the bad rows"), str(Path.home() / proposed), self.tr("CSV (*.csv)")
        )
        if name:
            self._desk.jobs.read(
                work.keep_errors,
                owner=self,
                then=lambda _: self._saved(Path(name)),
                failed=self._refuse,
                kept=self._result.error_file,
                target=Path(name),
            )

    def _saved(self, target: Path) -> None:
        self._desk.news.said.emit(self.tr("Bad rows saved as {0}").format(target.name), False)
        super().accept()

    @Slot(object)
    def _refuse(self, error: LoyalDeskError) -> None:
        banner = Banner(self._desk.theme, BannerKind.WARN, happened=str(error))
        self.content.insertWidget(0, banner)
        banner.speak()
