"""Under which name is a view kept?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from loyaldesk.ui.widgets.dialog import Dialog
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit

if TYPE_CHECKING:
    from collections.abc import Container

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["NameDialog"]


class NameDialog(Dialog):
    """Asks for a name; one that is taken already is replaced, which the field says."""

    named = Signal(str)

    def __init__(
        self, theme: Theme, taken: Container[str], *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme,
            title=self.tr("Keep this view"),
            body=self.tr("Words, filters and order are kept under a name on this computer."),
            verb=self.tr("Keep view"),
            parent=parent,
        )
        self._taken = taken
        self.box = LineEdit(theme)
        self.box.setText(name)
        self.box.setMaxLength(60)
        self.field = LabelledField(theme, self.tr("Name"), self.box)
        self.content.addWidget(self.field)
        self.box.textChanged.connect(self._warn)

    def accept(self) -> None:
        name = self.box.text().strip()
        if not name:
            self.field.set_error(self.tr("A view needs a name."))
            return
        self.named.emit(name)
        super().accept()

    def _warn(self) -> None:
        is_taken = self.box.text().strip() in self._taken
        self.field.set_error("")
        self.verb_button.setText(self.tr("Replace view") if is_taken else self.tr("Keep view"))
