"""The company's letterhead and bank: every field acts at once, with the letter beside it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from loyaldesk.domain.letter import Sender
from loyaldesk.domain.qr_bill import COUNTRIES
from loyaldesk.queries.company import read_company
from loyaldesk.ui.settings.colour_field import ColourField
from loyaldesk.ui.settings.company_fields import (
    ADDRESS_PARTS,
    LINES,
    company_texts,
    company_titles,
    typed_company,
)
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


class CompanyForm(QWidget):
    """Saves when a field is left; a wrong one says so below itself and stays as it was kept.

    `company_changed` carries the company as it is kept, for the letter beside it.
    """

    company_changed = Signal(object)

    def __init__(self, desk: Desk, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        self._kept = Sender(name="")
        self.fields: dict[str, LabelledField] = {}
        self.logo = LogoField(desk.theme)
        self._grid = FieldGrid(desk.theme, [self._field(*each) for each in company_titles()])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._grid)
        column.addWidget(self.logo)
        self.logo.choosing_wanted.connect(self._choose_logo)
        self.logo.removing_wanted.connect(lambda: self._take_logo(None))
        desk.news.changed.connect(self._hear)
        country: Any = self.fields["country"].editor
        country.textChanged.connect(self._show_parts)
        self._show_parts("")
        for name, text in company_texts(self._kept).items():
            self._put(name, text)
        self._read()

    @property
    def kept(self) -> Sender:
        """The company as it is kept; without a name there is none yet."""
        return self._kept

    def typed(self) -> Sender:
        """Return the company as it stands in the fields; what has no field stays as it is kept."""
        return typed_company({name: self._text(name) for name in self.fields}, self._kept)

    @Slot()
    def save(self) -> None:
        """Keep what is typed and letters could use, and say of the rest that it is not saved."""
        typed = self.typed()
        if company_texts(typed) == company_texts(self._kept):
            self._show_problems({})
        else:
            self._keep(typed)

    def _keep(self, typed: Sender) -> None:
        from loyaldesk.operations.settings import keep_sound_company

        before = self._kept
        self._desk.jobs.write(
            keep_sound_company,
            owner=self,
            then=lambda done: self._saved(before, done.sender, done.wrong),
            failed=self._refused,
            sender=typed,
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
        self.fields[name] = LabelledField(theme, title, editor)
        return self.fields[name]

    def _text(self, name: str) -> str:
        editor: Any = self.fields[name].editor
        return str(editor.toPlainText() if name in LINES else editor.text())

    def _read(self) -> None:
        self._desk.jobs.read(read_company, owner=self, then=self._show, replaces="company")

    def _show(self, sender: Sender | None) -> None:
        kept = sender or Sender(name="")
        typed, before = company_texts(self.typed()), company_texts(self._kept)
        for name, text in company_texts(kept).items():
            # What is wrong, or typed and not saved yet, stays to be put right.
            if typed[name] in {before[name], text}:
                self._put(name, text)
        self._kept = kept
        self.logo.show_logo(kept.logo)
        self.company_changed.emit(kept)

    def _put(self, name: str, text: str) -> None:
        editor: Any = self.fields[name].editor
        if text != self._text(name):
            editor.setPlainText(text) if name in LINES else editor.setText(text)

    @Slot(str)
    def _show_parts(self, country: str) -> None:
        """Ask for the address in parts only where bills are made of it."""
        for name in ADDRESS_PARTS:
            self.fields[name].setVisible(country.strip().upper() in COUNTRIES)

    def _saved(self, before: Sender, sender: Sender, wrong: dict[str, str]) -> None:
        self._show(sender)
        self._show_problems(wrong)
        if sender != before:
            self._desk.news.said.emit(self.tr("Company changed"), True)

    def _show_problems(self, problems: dict[str, str]) -> None:
        for name, field in self.fields.items():
            wrong = problems.get(name, "")
            sentence = wrong and self.tr("{0} This field is not saved.").format(wrong)
            if field.error != sentence:
                field.set_error(sentence)

    @Slot(object)
    def _refused(self, error: LoyalDeskError) -> None:
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
        self.logo.show_logo(logo)
        self._keep(replace(self.typed(), logo=logo))

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
