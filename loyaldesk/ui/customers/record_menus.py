"""Which menus do the rows of the page have? Each offers what keys and buttons do as well."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from loyaldesk.ui.customers.contact_words import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.queries.customer_page import ContactRow
    from loyaldesk.queries.timeline import TimelineEntry
    from loyaldesk.ui.customers.record_actions import RecordActions
    from loyaldesk.ui.desk import Desk

__all__ = ["RecordMenus"]

Choice = tuple[str, "Callable[[], object]"]


class RecordMenus(QObject):
    """Opens the menu of a person, a place, a document or an entry of the timeline."""

    def __init__(self, desk: Desk, page: QWidget, actions: RecordActions) -> None:
        super().__init__(page)
        self._desk, self._page, self._do = desk, page, actions

    @Slot(object, QPoint)
    def person_menu(self, contact_id: int, at: QPoint) -> None:
        """Offer what can be done to a person."""
        person = self._do.person(contact_id)
        if person is None:
            return
        choices: list[Choice] = []
        choices += [
            (self.tr("Call {0}").format(number), partial(self._do.call, number))
            for number in (person.phone, person.mobile)
            if number
        ]
        if person.email:
            words = self.tr("Write to {0}").format(person.email)
            choices.append((words, partial(self._do.write_mail, person.email)))
        choices += [
            (self.tr("Copy"), partial(_copy, _card(person))),
            (self.tr("Edit contact…"), partial(self._do.edit_contact, contact_id)),
            (self.tr("Delete contact"), partial(self._do.delete_person, person)),
        ]
        self._offer(choices, at)

    @Slot(object, QPoint)
    def place_menu(self, address_id: int, at: QPoint) -> None:
        """Offer what can be done to a place."""
        self._offer(
            [
                (self.tr("Edit address…"), partial(self._do.edit_address, address_id)),
                (self.tr("Delete address"), partial(self._do.delete_place, address_id)),
            ],
            at,
        )

    @Slot(object, QPoint)
    def document_menu(self, document_id: int, at: QPoint) -> None:
        """Offer what can be done to a document."""
        shown = self._do.shown.documents if self._do.shown else ()
        document = next((found for found in shown if found.id == document_id), None)
        if document is None:
            return
        pin = self.tr("Let go of the pin") if document.is_pinned else self.tr("Keep on top")
        opened = partial(self._desk.ways.document_wanted.emit, document_id)
        pinned = partial(self._do.pin, document_id, pinned=not document.is_pinned)
        self._offer([(self.tr("Open"), opened), (pin, pinned)], at)

    @Slot(object, QPoint)
    def entry_menu(self, entry: TimelineEntry, at: QPoint) -> None:
        """Offer what can be done to an entry of the timeline."""
        choices: list[Choice] = []
        if entry.what not in {*KINDS, "change"}:
            opened = partial(self._do.open_record, entry.what, entry.record_id)
            choices.append((self.tr("Open"), opened))
        elif entry.order_id is not None:
            order = partial(self._desk.ways.order_wanted.emit, entry.order_id)
            choices.append((self.tr("Open its order"), order))
        words = f"{entry.title}\n{entry.detail}".strip()
        choices.append((self.tr("Copy"), partial(_copy, words)))
        if entry.what in KINDS:
            choices += [
                (self.tr("Edit note…"), partial(self._do.edit_note, entry)),
                (self.tr("Delete note"), partial(self._do.delete_note, entry.record_id)),
            ]
        self._offer(choices, at)

    def _offer(self, choices: list[Choice], at: QPoint) -> None:
        menu = QMenu(self._page)
        for words, command in choices:
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(lambda _=False, c=command: c())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)


def _card(person: ContactRow) -> str:
    lines = (person.name, person.role, person.phone, person.mobile, person.email)
    return "\n".join(line for line in lines if line)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
