"""A sentence for this customer alone: typed, and shown in the letter after a short pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal, Slot

from loyaldesk.ui.widgets.fields import LabelledField, TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["PersonalField"]

PAUSE_MS, LONGEST = 400, 300


class PersonalField(LabelledField):
    """`typing` tells that the letter on screen lacks it, `settled` that it can be drawn."""

    typing = Signal()
    settled = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("PersonalField", "Personal sentence")
        self.text = TextArea(desk.theme, name=title)
        super().__init__(desk.theme, title, self.text, parent=parent)
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.settled)
        self.text.textChanged.connect(self._look)

    def value(self) -> str:
        """Return the sentence, or nothing."""
        return " ".join(self.text.toPlainText().split())

    @Slot()
    def _look(self) -> None:
        is_long = len(self.value()) > LONGEST
        words = self.tr("At most {0} letters: a letter has one page to be read.").format(LONGEST)
        self.set_error(words if is_long else "")
        self.typing.emit()
        if is_long:
            self._pause.stop()
        else:
            self._pause.start()
