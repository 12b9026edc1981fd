"""The company's letterhead and bank: every field acts at once, with the letter beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.errors import Refused
from loyaldesk.operations.settings import change_company
from loyaldesk.queries.company import read_company
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit, TextArea

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.ui.desk import Desk

__all__ = ["CompanyForm"]

LINES = ("address", "tax_ids", "register")
PAUSE_MS = 800
BANK = ("bank_name", "iban", "bic")


class CompanyForm(QWidget):
    """Saves when a field is left; what is refused is said below its field and not saved."""

    company_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._logo: Path | None = None
        # Several lines are kept when the typing pauses, not letter by letter.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self.fields: dict[str, LabelledField] = {}
        self.logo_button = Button(desk.theme, self.tr("Choose logo…"), icon="image")
        self._lay_out()
        self.logo_button.clicked.connect(self._choose_logo)
        desk.jobs.read(read_company, owner=self, then=self._show)

    def typed(self) -> Sender:
        """Return the company as it stands in the fields."""
        text = {name: self._text(name).strip() for name in self.fields if name not in LINES}
        lines = {name: _lines(self._text(name)) for name in LINES}
        values: dict[str, Any] = {**text, **lines}
        return Sender(
            **{name: value for name, value in values.items() if name not in BANK},
            bank=BankAccount(name=text["bank_name"], iban=text["iban"], bic=text["bic"]),
            return_line=" · ".join((text["name"], *lines["address"])),
            logo=self._logo,
        )

    def save(self) -> None:
        """Keep what is typed, if it differs."""
        sender = self.typed()
        self._desk.jobs.write(
            change_company,
            owner=self,
            then=lambda _: self._saved(sender),
            failed=self._refused,
            sender=sender,
        )

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for place, (name, title) in enumerate(self._titles()):
            row, column = divmod(place, 2)
            grid.addWidget(self._field(name, title), row, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.logo_button, grid.rowCount(), 0)

    def _titles(self) -> tuple[tuple[str, str], ...]:
        return (
            ("name", self.tr("Name")),
            ("country", self.tr("Country (code such as DE)")),
            ("address", self.tr("Address lines")),
            ("register", self.tr("Register, managing directors")),
            ("phone", self.tr("Phone")),
            ("email", self.tr("E-mail")),
            ("website", self.tr("Website")),
            ("tax_ids", self.tr("Tax ids")),
            ("bank_name", self.tr("Bank")),
            ("iban", self.tr("IBAN")),
            ("bic", self.tr("BIC")),
            ("accent", self.tr("Colour of the letters, six digits")),
            ("signature_name", self.tr("Letters are signed by")),
            ("signature_role", self.tr("Role")),
            ("conditions", self.tr("Terms of sale")),
        )

    def _field(self, name: str, title: str) -> LabelledField:
        if name in LINES:
            area = TextArea(self._desk.theme, name=title)
            area.textChanged.connect(self._pause.start)
            editor: QWidget = area
        else:
            line = LineEdit(self._desk.theme)
            line.editingFinished.connect(self.save)
            editor = line
        self.fields[name] = LabelledField(self._desk.theme, title, editor)
        return self.fields[name]

    def _text(self, name: str) -> str:
        editor: Any = self.fields[name].editor
        return str(editor.toPlainText() if name in LINES else editor.text())

    def _show(self, sender: Sender | None) -> None:
        kept = sender or Sender(name="")
        self._logo = kept.logo
        bank = {"bank_name": kept.bank.name, "iban": kept.bank.iban, "bic": kept.bank.bic}
        for name, field in self.fields.items():
            value = bank[name] if name in bank else getattr(kept, name)
            editor: Any = field.editor
            editor.blockSignals(True)
            if name in LINES:
                editor.setPlainText("\n".join(value))
            else:
                editor.setText(value)
            editor.blockSignals(False)
        self.company_changed.emit(kept)

    def _saved(self, sender: Sender) -> None:
        for field in self.fields.values():
            field.set_error("")
        self.company_changed.emit(sender)

    def _refused(self, error: Exception) -> None:
        field = error.field if isinstance(error, Refused) else None
        self.fields[field if field in self.fields else "name"].set_error(str(error))

    def _choose_logo(self) -> None:
        from pathlib import Path

        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose the logo"), "", self.tr("Pictures (*.png *.jpg *.jpeg)")
        )
        if chosen:
            self._logo = Path(chosen)
            self.save()


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
