"""Which password shall the hub know this user by from now on?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit

from loyaldesk.errors import Refused
from loyaldesk.ui.forms.scroll_dialog import ScrollDialog
from loyaldesk.ui.sync.connect_work import change_password
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["PasswordDialog"]

LANE = "sign-in"


class PasswordDialog(ScrollDialog):
    """Asks the hub on a lane of its own; what is wrong stands at its field, in a sentence."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Choose your password"),
            verb=self.tr("Change password"),
            cancel=self.tr("Not now"),
            body=self.tr(
                "A password that was handed to you signs in one computer only. With one of your "
                "own you can sign in anywhere; a few words in a row are easy to remember."
            ),
            width=DialogWidth.SMALL,
            parent=parent,
        )
        self._desk = desk
        self.old = self._field(self.tr("Old password"))
        self.new = self._field(self.tr("New password, at least 10 characters"))
        self.again = self._field(self.tr("New password once more"))
        self.old.editor.setFocus()

    @Slot()
    def accept(self) -> None:
        """Change the password, unless something is missing."""
        self.clear_refusal()
        if not self.verb_button.isEnabled() or not self._is_complete():
            return
        self.verb_button.setEnabled(False)
        self._desk.jobs.network(
            change_password,
            lane=LANE,
            owner=self,
            then=self._done,
            failed=self._refused,
            profile=self._desk.temporary.parent.parent,
            old=_text(self.old),
            new=_text(self.new),
        )

    def _field(self, label: str) -> LabelledField:
        edit = LineEdit(self._desk.theme)
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        field = LabelledField(self._desk.theme, label, edit)
        self.content.addWidget(field)
        return field

    def _is_complete(self) -> bool:
        differs = _text(self.new) != _text(self.again)
        wrong = {
            self.old: "" if _text(self.old) else self.tr("Type the password you have."),
            self.new: "" if _text(self.new) else self.tr("Type the password you want."),
            self.again: self.tr("This is not the same as above.") if differs else "",
        }
        for field, sentence in wrong.items():
            field.set_error(sentence)
        first = next((field for field, sentence in wrong.items() if sentence), None)
        if first is not None:
            first.editor.setFocus()
        return first is None

    def _done(self, _: object) -> None:
        for field in (self.old, self.new, self.again):
            _edit(field).clear()
        super().accept()
        said = self.tr("Your new password counts from now on")
        self._desk.news.said.emit(said, False)

    def _refused(self, error: LoyalDeskError) -> None:
        self.verb_button.setEnabled(True)
        fields = {"old": self.old, "new": self.new}
        field = fields.get(error.field or "") if isinstance(error, Refused) else None
        if field is None:
            self.show_refusal(str(error))
        else:
            field.set_error(str(error))
            field.editor.setFocus()


def _edit(field: LabelledField) -> LineEdit:
    return cast("LineEdit", field.editor)


def _text(field: LabelledField) -> str:
    return _edit(field).text()
