"""The company's letterhead and bank: every field acts at once, with the letter beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from loyaldesk.domain.letter import Sender
from loyaldesk.errors import Refused
from loyaldesk.queries.company import read_company
from loyaldesk.ui.settings.colour_field import ColourField
from loyaldesk.ui.settings.company_check import company_problems
from loyaldesk.ui.settings.field_grid import FieldGrid
from loyaldesk.ui.settings.logo import keep_logo
from loyaldesk.ui.settings.logo_field import LogoField
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit, TextArea

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["CompanyForm"]

LINES = ("address", "tax_ids", "register")
BANK = {"bank_name": "name", "iban": "iban", "bic": "bic"}


class CompanyForm(QWidget):
    """Saves when a field is left; what is wrong is said below its field and not saved.

    `company_changed` carries the company as it is typed, for the letter beside it.
    """

    company_changed = Signal(object)

    def __init__(self, desk: Desk, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        self._kept = Sender(name="")
        self._is_filling = False
        self.fields: dict[str, LabelledField] = {}
        self.logo = LogoField(desk.theme)
        self._grid = FieldGrid(desk.theme, [self._field(*each) for each in self._titles()])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._grid)
        column.addWidget(self.logo)
        self.logo.choosing_wanted.connect(self._choose_logo)
        self.logo.removing_wanted.connect(lambda: self._take_logo(None))
        desk.news.changed.connect(self._hear)
        self._read()

    def typed(self) -> Sender:
        """Return the company as it stands in the fields; what has no field stays as it is kept."""
        text = {name: self._text(name).strip() for name in self.fields if name not in LINES}
        lines = {name: _lines(self._text(name)) for name in LINES}
        bank: dict[str, Any] = {part: text.pop(name) for name, part in BANK.items()}
        values: dict[str, Any] = {**text, **lines}
        values["country"] = values["country"].upper()
        values["accent"] = values["accent"].lstrip("#")
        sender = replace(self._kept, **values, bank=replace(self._kept.bank, **bank))
        return replace(sender, return_line=self._return_line(sender))

    def _return_line(self, sender: Sender) -> str:
        """Return the small line in the window: the kept one, until name or address change."""
        kept = self._kept
        if kept.return_line and (kept.name, kept.address) == (sender.name, sender.address):
            return kept.return_line
        return " · ".join(part for part in (sender.name, *sender.address[:2]) if part)

    @Slot()
    def save(self) -> None:
        """Keep what is typed, if it differs from what is kept and letters could use it."""
        sender = self.typed()
        if sender == self._kept:
            self._show_problems({})
            return
        problems = company_problems(sender)
        self._show_problems(problems)
        if problems:
            return
        from loyaldesk.operations.settings import change_company

        self._desk.jobs.write(
            change_company,
            owner=self,
            then=lambda _: self._saved(sender),
            failed=self._refused,
            sender=sender,
        )

    def _titles(self) -> tuple[tuple[str, str], ...]:
        return (
            ("name", self.tr("Name")),
            ("country", self.tr("Country, two letters")),
            ("address", self.tr("Address, a line each")),
            ("register", self.tr("Register, managing directors")),
            ("phone", self.tr("Phone")),
            ("email", self.tr("E-mail")),
            ("website", self.tr("Website")),
            ("fax", self.tr("Fax")),
            ("tax_ids", self.tr("Tax ids, a line each")),
            ("conditions", self.tr("Conditions of sale")),
            ("bank_name", self.tr("Bank")),
            ("iban", self.tr("IBAN")),
            ("bic", self.tr("BIC")),
            ("accent", self.tr("Colour of letters")),
            ("signature_name", self.tr("Letters are signed by")),
            ("signature_role", self.tr("Role of the signer")),
        )

    def _field(self, name: str, title: str) -> LabelledField:
        theme = self._desk.theme
        editor: Any
        if name in LINES:
            editor = TextArea(theme, name=title)
            editor.installEventFilter(self)
        else:
            editor = ColourField(theme) if name == "accent" else LineEdit(theme)
            editor.editingFinished.connect(self.save)
        editor.textChanged.connect(self._tell)
        self.fields[name] = LabelledField(theme, title, editor)
        return self.fields[name]

    def _text(self, name: str) -> str:
        editor: Any = self.fields[name].editor
        return str(editor.toPlainText() if name in LINES else editor.text())

    @Slot()
    def _tell(self) -> None:
        if not self._is_filling:
            self.company_changed.emit(self.typed())

    def _read(self) -> None:
        self._desk.jobs.read(read_company, owner=self, then=self._show, replaces="company")

    def _show(self, sender: Sender | None) -> None:
        self._kept = kept = sender or Sender(name="")
        self._is_filling = True
        for name, field in self.fields.items():
            value = getattr(kept.bank, BANK[name]) if name in BANK else getattr(kept, name)
            text = "\n".join(value) if name in LINES else str(value)
            editor: Any = field.editor
            if text != self._text(name):
                editor.setPlainText(text) if name in LINES else editor.setText(text)
        self._is_filling = False
        self.logo.show_logo(kept.logo)
        self.company_changed.emit(kept)

    def _saved(self, sender: Sender) -> None:
        self._kept = sender
        self._desk.news.said.emit(self.tr("Company changed"), True)

    def _show_problems(self, problems: dict[str, str]) -> None:
        for name, field in self.fields.items():
            if field.error != problems.get(name, ""):
                field.set_error(problems.get(name, ""))

    @Slot(object)
    def _refused(self, error: LoyalDeskError) -> None:
        field = error.field if isinstance(error, Refused) else None
        if field in self.fields:
            self.fields[field].set_error(str(error))
        else:
            self.logo.show_refusal(str(error))

    @Slot()
    def _choose_logo(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose the logo"), "", self.tr("Pictures (*.png *.jpg *.jpeg)")
        )
        if name:
            self._desk.jobs.read(
                keep_logo,
                owner=self,
                then=self._take_logo,
                failed=self._refused,
                path=Path(name),
                profile=self._profile,
            )

    def _take_logo(self, logo: Path | None) -> None:
        from loyaldesk.operations.settings import change_company

        sender = replace(self._kept, logo=logo)
        self.logo.show_logo(logo)
        self._desk.jobs.write(
            change_company,
            owner=self,
            then=lambda _: self._saved(sender),
            failed=self._refused,
            sender=sender,
        )

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.touches("setting"):
            self._read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.save()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever leaves the page by a key has not left the field.
        self.save()
        super().hideEvent(event)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
