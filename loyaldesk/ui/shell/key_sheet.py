"""The sheet of keys: every command that has one, as the menus name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from loyaldesk.ui.shell.menus import MENUS
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["KeySheet"]

HEIGHT = 420


class KeySheet(Dialog):
    """A list that can be read, scrolled and copied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Keys"),
            body=self.tr(
                "In lists: J and K move, Enter opens, Space previews or marks, Ctrl+C copies."
            ),
            verb=self.tr("Close"),
            width=DialogWidth.MEDIUM,
            parent=parent,
        )
        self.cancel_button.hide()
        self.list = ItemList(desk.theme, name=self.tr("Keys"))
        self.list.set_scrolling(scrolling=True)
        self.list.setMinimumHeight(desk.theme.px(HEIGHT))
        self.list.show_items(_items())
        self.content.addWidget(self.list)


def _items() -> list[Item]:
    items = []
    for title, commands in MENUS:
        menu = QCoreApplication.translate("Menus", title).replace("&", "")
        for command in commands:
            if command is None or not (command.shortcut or command.in_list):
                continue
            name = QCoreApplication.translate("Menus", command.title).replace("&", "")
            keys = QKeySequence(command.shortcut or command.in_list).toString(
                QKeySequence.SequenceFormat.NativeText
            )
            items.append(Item(command.key, [Span(name)], right=keys, tip=menu))
    return items
