"""Who is this customer? Name, states, facts, and the buttons that are always in the same place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from loyaldesk.ui.customers import identity_words as words
from loyaldesk.ui.customers.meta_row import MetaRow, ReachLink
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.chips import ChipLabel
from loyaldesk.ui.widgets.labels import ElidedLabel, SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.customer_page import CustomerPage
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["IdentityBar"]


class IdentityBar(Sheet):
    """The head of the page; `wanted` names the command that was asked for."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ElidedLabel(theme, "", TextStyle.PAGE_TITLE)
        self._number = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self._states = QWidget()
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._chip_labels: list[ChipLabel] = []
        self._place = SpanLabel(theme, icon="map-pin")
        self._manager = SpanLabel(theme, icon="user")
        self.phone = ReachLink(theme, icon="phone", verb=self.tr("Call {0}"))
        self.mail = ReachLink(theme, icon="mail", verb=self.tr("Write to {0}"))
        self._letters = SpanLabel(theme, icon="file-text")
        self._contact = SpanLabel(theme, icon="message-square")
        self._since = SpanLabel(theme, icon="calendar")
        self._fresh = SpanLabel(theme, icon="database")
        self._upper, self._lower = MetaRow(theme), MetaRow(theme)
        self._lay_out()
        self.phone.clicked.connect(lambda: self.wanted.emit("call"))
        self.mail.clicked.connect(lambda: self.wanted.emit("mail"))

    def show_customer(self, page: CustomerPage, as_of: datetime, say: Wording) -> None:
        """Show this customer."""
        head = page.head
        self._name.set_full_text(head.name)
        number = self.tr("No. {0}").format(head.number)
        trading = f" · {head.trading_name}" if head.trading_name else ""
        self._number.setText(number + trading)
        self._show_chips(page, say)
        self._fill(self._place, words.place(head))
        manager = [Span(head.account_manager, style=TextStyle.SMALL_STRONG)]
        self._fill(self._manager, manager if head.account_manager else [])
        self.phone.show_target(head.phone)
        self.mail.show_target(head.email)
        self._fill(self._letters, words.letters(head))
        self._fill(self._contact, words.last_contact(page.last_contacts, say))
        self._fill(self._since, words.since(head))
        self._fill(self._fresh, words.freshness(head, as_of, say))
        self._upper.place_facts()
        self._lower.place_facts()

    def fold(self, *, one_line: bool, is_narrow: bool) -> None:
        """Keep one line of facts and put attaching into the menu, for a narrower window.

        In a narrow one number and states stand under the name.
        """
        (self._column if is_narrow else self._top).insertWidget(1, self._states)
        self._attach.setVisible(not one_line)
        self._attach_action.setVisible(one_line)
        self._lower.setVisible(not one_line)
        self._upper.set_at_end(self._fresh if one_line else None)
        self._lower.set_at_end(None if one_line else self._fresh)

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 6, 16, 4)
        column.setSpacing(0)
        states = QHBoxLayout(self._states)
        states.setContentsMargins(0, 0, 0, 0)
        states.setSpacing(12)
        states.addWidget(self._number)
        states.addLayout(self._chips)
        states.addStretch(1)
        top = self._top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name)
        top.addWidget(self._states)
        top.addStretch(1)
        self._add_buttons(top)
        column.addLayout(top)
        column.addSpacing(2)
        for fact in (self._place, self._manager, self.phone, self.mail, self._letters):
            self._upper.add(fact)
        for fact in (self._contact, self._since):
            self._lower.add(fact)
        column.addWidget(self._upper)
        column.addWidget(self._lower)
        self._lower.set_at_end(self._fresh)

    def _add_buttons(self, row: QHBoxLayout) -> None:
        log = Button(self._theme, self.tr("Log call"), kind=ButtonKind.PRIMARY, icon="phone")
        log.setToolTip(self.tr("Log call (Ctrl+Shift+L)"))
        self._attach = Button(self._theme, self.tr("Attach document"))
        self._more = Button(self._theme, "", icon="ellipsis")
        self._more.setAccessibleName(self.tr("More"))
        self._more.setToolTip(self.tr("More"))
        self._more.clicked.connect(self._open_menu)
        buttons = (
            ("write_note", log),
            ("new_order", Button(self._theme, self.tr("New order"))),
            ("statement", Button(self._theme, self.tr("Statement"))),
            ("attach", self._attach),
        )
        for key, button in buttons:
            button.clicked.connect(lambda _=False, k=key: self.wanted.emit(k))
            row.addWidget(button)
        row.addWidget(self._more)
        self._menu = self._build_menu()

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        self._attach_action = menu.addAction(self.tr("Attach document…"))
        self._attach_action.triggered.connect(lambda: self.wanted.emit("attach"))
        self._attach_action.setVisible(False)
        for key, title in (
            ("edit_customer", self.tr("Edit customer…")),
            ("add_contact", self.tr("Add contact…")),
            ("add_address", self.tr("Add address…")),
            ("", ""),
            ("new_invoice", self.tr("New invoice…")),
            ("new_payment", self.tr("Record payment…")),
            ("acknowledge", self.tr("Acknowledge order…")),
        ):
            if key:
                action = menu.addAction(title)
                action.triggered.connect(lambda _=False, k=key: self.wanted.emit(k))
            else:
                menu.addSeparator()
        return menu

    @Slot()
    def _open_menu(self) -> None:
        self._menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height() + 2)))

    def _show_chips(self, page: CustomerPage, say: Wording) -> None:
        chips = words.state_chips(page.head, say)
        while self._chip_labels:
            label = self._chip_labels.pop()
            self._chips.removeWidget(label)
            label.hide()
            label.deleteLater()
        for chip in chips:
            label = ChipLabel(self._theme, chip)
            self._chip_labels.append(label)
            self._chips.addWidget(label)

    def _fill(self, label: SpanLabel, spans: list[Span]) -> None:
        label.set_spans(spans)
        label.setProperty("absent", not spans)
