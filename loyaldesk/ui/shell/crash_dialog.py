"""What is shown when LoyalDesk itself went wrong: a report to read and copy, nothing sent."""

from __future__ import annotations

import platform
import traceback
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from loyaldesk import __version__
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["CrashDialog", "crash_report"]


def crash_report(error: BaseException) -> str:
    """Return where it went wrong: versions, the kind of error, the places; no values, no names.

    The message of the error is left out, because it may quote a customer's data.
    """
    places = traceback.extract_tb(error.__traceback__)
    steps = [f"{place.filename.rsplit('/', 2)[-1]}:{place.lineno} {place.name}" for place in places]
    head = f"LoyalDesk {__version__} · Python {platform.python_version()} · {platform.system()}"
    return "\n".join([head, type(error).__name__, *steps])


class CrashDialog(Dialog):
    """Says that it was our fault, that what was typed is kept, and shows the report in full."""

    def __init__(self, desk: Desk, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("LoyalDesk made a mistake"),
            body=self.tr(
                "What you asked for was not done. Everything saved is safe, and what you were "
                "typing is kept as a draft. Try again; if it happens once more, send us this "
                "report. It holds no customer data."
            ),
            width=DialogWidth.MEDIUM,
            verb=self.tr("Copy report"),
            cancel=self.tr("Close"),
            parent=parent,
        )
        self.report = TextArea(desk.theme, name=self.tr("Report"))
        self.report.setPlainText(crash_report(error))
        self.report.setReadOnly(True)
        self.content.addWidget(self.report)
        self.accepted.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
