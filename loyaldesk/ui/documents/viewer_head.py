"""What stands over an open document: its name, what it is, and its buttons?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu

from loyaldesk.ui.papers.kinds import icon_of_kind, kind_words
from loyaldesk.ui.widgets.buttons import Button, ButtonKind, IconButton
from loyaldesk.ui.widgets.chips import Chip, ChipLabel
from loyaldesk.ui.widgets.labels import ElidedLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.document_page import DocumentPage
    from loyaldesk.ui.desk import Desk

__all__ = ["ViewerHead"]

LEAST_NAME = 120


class ViewerHead(Sheet):
    """`wanted` names what a button or the menu asks for."""

    wanted = Signal(str)
    facts_toggled = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        theme = desk.theme
        self._page: DocumentPage | None = None
        self.name = ElidedLabel(theme, "", TextStyle.LIST_TITLE)
        self.name.setMinimumWidth(theme.px(LEAST_NAME))
        self.kind = ChipLabel(theme, Chip(""))
        self.letter = ChipLabel(theme, Chip(""))
        self.open_button = Button(theme, self.tr("Open in…"), icon="external-link")
        self.save_button = Button(theme, self.tr("Save a copy…"), icon="save")
        self.mail_button = Button(theme, self.tr("E-mail…"), icon="mail")
        self.reprint_button = Button(theme, self.tr("Reprint (COPY)…"), icon="printer")
        self.print_button = Button(
            theme, self.tr("Print…"), kind=ButtonKind.PRIMARY, icon="printer"
        )
        self.more_button = IconButton(theme, "ellipsis", self.tr("More"))
        self.facts_button = IconButton(
            theme, "info", self.tr("About this document"), checkable=True
        )
        self.facts_button.setChecked(True)
        self._lay_out()
        self._connect()
        self.offer_printing(able=False)

    def show_page(self, page: DocumentPage) -> None:
        """Show the name, the sort of paper and, for a letter of ours, its number."""
        self._page = page
        document, letter = page.document, page.letter
        self.name.set_full_text(document.name)
        icon = "pin" if document.is_pinned else icon_of_kind(document.kind)
        self.kind.set_chip(Chip(kind_words(document.kind), Tone.NEUTRAL, icon))
        self.letter.setVisible(letter is not None)
        if letter is not None:
            self.letter.set_chip(Chip(letter.number, Tone.OK, "mail-check"))
        self.reprint_button.setVisible(letter is not None)
        self.print_button.setVisible(letter is None)

    def offer_printing(self, *, able: bool) -> None:
        """Enable printing once there are pages to print."""
        self.print_button.setEnabled(able)
        self.reprint_button.setEnabled(able)

    def menu(self) -> QMenu:
        """Return the menu of everything that can be done with the document."""
        menu = QMenu(self)
        pinned = bool(self._page and self._page.document.is_pinned)
        is_letter = bool(self._page and self._page.letter)
        place = self._page.document.place if self._page else None
        pin = self.tr("Let go from the top") if pinned else self.tr("Keep on top")
        choices = [
            ("rename", self.tr("Rename…"), True),
            ("pin", pin, True),
            ("keep", self._keep_words(), place is not None),
            ("copy_text", self.tr("Copy the text of this page"), True),
            ("print", self.tr("Print as it was sent…"), is_letter),
            ("unfile", self.tr("Take off file"), not is_letter),
        ]
        for command, words, is_offered in choices:
            if is_offered:
                menu.addAction(words).triggered.connect(partial(self._want, command))
        return menu

    def _keep_words(self) -> str:
        place = self._page.document.place if self._page else None
        is_kept = place is not None and place.is_kept
        return self.tr("Let leave this computer") if is_kept else self.tr("Keep for offline")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        for part in (
            self.kind, self.letter, self.open_button, self.save_button, self.mail_button,
            self.reprint_button, self.print_button, self.more_button, self.facts_button,
        ):  # fmt: skip
            row.addWidget(part)
        self.letter.hide()
        self.reprint_button.hide()

    def _connect(self) -> None:
        for button, command in (
            (self.open_button, "open"),
            (self.save_button, "save_copy"),
            (self.mail_button, "send_mail"),
            (self.reprint_button, "reprint"),
            (self.print_button, "print"),
        ):
            button.clicked.connect(partial(self._want, command))
        self.more_button.clicked.connect(self._open_menu)
        self.facts_button.toggled.connect(self.facts_toggled)

    def _want(self, command: str, _checked: bool = False) -> None:
        self.wanted.emit(command)

    @Slot()
    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))
