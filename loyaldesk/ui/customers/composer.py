"""How is a call, mail, meeting, visit or note written down without leaving the page?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from loyaldesk.ui.customers.contact_words import KINDS, kind_icon, kind_title, kind_word
from loyaldesk.ui.forms.draft_keeper import DraftKeeper
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.fields import ComboBox, TextArea, mark_field
from loyaldesk.ui.widgets.labels import KeyCap, SpanLabel
from loyaldesk.ui.widgets.panel import Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.customer_page import CustomerPage
    from loyaldesk.ui.desk import Desk

__all__ = ["Composer"]

_LOW_TEXT = 60


class Composer(Sheet):
    """The note being written: its kind, person, order and text; kept as a draft until saved."""

    unsaved_changed = Signal(bool)

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk, self._customer_id = desk, customer_id
        self._started: datetime | None = None
        self._is_kept, self._is_restoring, self._was_unsaved = False, False, False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme = desk.theme
        self._title = SpanLabel(theme, icon=kind_icon("call"), icon_tone=Tone.ACCENT)
        self._trouble = SpanLabel(theme, icon="circle-alert", icon_tone=Tone.BAD, wrap=True)
        self._person = ComboBox(theme, name=self.tr("Person"))
        self._order = ComboBox(theme, name=self.tr("Order"))
        self.text = TextArea(theme, name=self.tr("Note"))
        self.text.setPlaceholderText(self.tr("What was said, and what was promised"))
        choices = [(kind, kind_word(kind)) for kind in KINDS]
        self._kind = Segment(theme, choices, name=self.tr("Kind of contact"))
        self._save = Button(theme, self.tr("Save"), kind=ButtonKind.PRIMARY)
        self._keeper = DraftKeeper(desk, f"note/{customer_id}", self._content, self)
        self._lay_out()
        self._connect()
        self._fill_choices(self._person, self.tr("Nobody in particular"), [], "user")
        self._fill_choices(self._order, self.tr("No order"), [], "package")
        self._say_state()
        self._keeper.read(self._restore)

    @property
    def is_unsaved(self) -> bool:
        """Whether something is written that is not saved."""
        return bool(self.text.toPlainText().strip())

    def show_choices(self, page: CustomerPage) -> None:
        """Offer this customer's people and open orders."""
        people = [(person.id, f"{person.salutation} {person.name}".strip())
                  for person in page.contacts]  # fmt: skip
        orders = [
            (order.id, f"{order.number} · PO {order.customer_po}" if order.customer_po
             else order.number)
            for order in page.open_orders
        ]  # fmt: skip
        self._fill_choices(self._person, self.tr("Nobody in particular"), people, "user")
        self._fill_choices(self._order, self.tr("No order"), orders, "package")

    def begin(self, kind: str = "call", contact_id: int | None = None) -> None:
        """Start to write; what is written already stays."""
        if not self.is_unsaved:
            self._kind.choose(kind)
            self._started = self._desk.now()
            if contact_id is not None:
                self._choose(self._person, contact_id)
        self._say_state()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_low(self, *, is_low: bool) -> None:
        """Give the text less height, for a low window."""
        self.text.setMaximumHeight(self._desk.theme.px(_LOW_TEXT) if is_low else 16_777_215)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self._person, 1)
        choices.addWidget(self._order, 1)
        column.addLayout(choices)
        column.addWidget(self.text)
        column.addWidget(self._trouble)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self._kind)
        last.addStretch(1)
        last.addWidget(self._save)
        last.addWidget(KeyCap(self._desk.theme, "Ctrl+Return"))
        column.addLayout(last)
        self._trouble.hide()

    def _connect(self) -> None:
        self._person.activated.connect(self._typed)
        self._order.activated.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        self._kind.chosen_changed.connect(self._typed)
        self._save.clicked.connect(self.save)
        self._keeper.kept.connect(self._tell_kept)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)

    @Slot()
    def save(self) -> None:
        """Write the note to the timeline; refused, it stays here with the reason."""
        # Imported here: writing needs the tables, which the first window does not wait for.
        from loyaldesk.models import ActivityKind
        from loyaldesk.operations.activities import write_note

        self._save.setEnabled(False)
        self._desk.jobs.write(
            write_note,
            owner=self,
            then=self._saved,
            failed=self._refused,
            customer_id=self._customer_id,
            text=self.text.toPlainText(),
            kind=ActivityKind(self._kind.chosen),
            contact_id=self._person.currentData(),
            order_id=self._order.currentData(),
            happened_at=self._started,
        )

    def _saved(self, _: object) -> None:
        said = self.tr("{0} saved").format(kind_title(self._kind.chosen))
        self._save.setEnabled(True)
        self._started = None
        self.text.clear()
        self._person.setCurrentIndex(0)
        self._order.setCurrentIndex(0)
        self._keeper.drop()
        self._say_state()
        self._desk.news.said.emit(said, True)

    def _refused(self, error: LoyalDeskError) -> None:
        self._save.setEnabled(True)
        self._show_trouble(str(error))
        self.text.setFocus()

    def _show_trouble(self, sentence: str) -> None:
        self._trouble.set_spans([Span.small(sentence, Tone.BAD)] if sentence else [])
        self._trouble.setVisible(bool(sentence))
        self.text.setAccessibleDescription(sentence)
        mark_field(self.text, "error" if sentence else "")

    @Slot()
    def _typed(self) -> None:
        if self._is_restoring:
            return
        if self.is_unsaved and self._started is None:
            self._started = self._desk.now()
        self._is_kept = False
        self._show_trouble("")
        self._keeper.touch()
        self._say_state()

    @Slot()
    def _tell_kept(self) -> None:
        self._is_kept = True
        self._say_state()

    def _say_state(self) -> None:
        parts = []
        if self.is_unsaved and self._started is not None:
            time = self._desk.formats.time(self._started)
            parts.append(self.tr("started {0}").format(time))
            parts += [self.tr("draft kept")] if self._is_kept else []
        kind = self._kind.chosen
        state = [Span.small("  " + " · ".join(parts))] if parts else []
        self._title.set_spans([Span.strong(kind_title(kind)), *state], icon=kind_icon(kind))
        if self.is_unsaved != self._was_unsaved:
            self._was_unsaved = self.is_unsaved
            self.unsaved_changed.emit(self.is_unsaved)

    def _content(self) -> dict[str, Any] | None:
        if not self.is_unsaved:
            return None
        return {
            "text": self.text.toPlainText(),
            "kind": self._kind.chosen,
            "contact_id": self._person.currentData(),
            "order_id": self._order.currentData(),
            "started": self._started.isoformat() if self._started else None,
        }

    def _restore(self, draft: dict[str, Any]) -> None:
        if self.is_unsaved:
            return
        self._is_restoring = True
        if draft.get("kind") in KINDS:
            self._kind.choose(draft["kind"])
        self._choose(self._person, draft.get("contact_id"))
        self._choose(self._order, draft.get("order_id"))
        self.text.setPlainText(str(draft.get("text", "")))
        started = draft.get("started")
        self._started = datetime.fromisoformat(started) if started else None
        self._is_restoring, self._is_kept = False, True
        self._say_state()

    def _fill_choices(
        self, box: ComboBox, nothing: str, choices: list[tuple[int, str]], icon: str
    ) -> None:
        chosen = box.currentData() if box.currentIndex() > 0 else box.property("wanted")
        picture = self._desk.theme.icon(icon)
        box.blockSignals(True)
        box.clear()
        box.addItem(picture, nothing, None)
        for key, words in choices:
            box.addItem(picture, words, key)
        box.blockSignals(False)
        self._choose(box, chosen)

    def _choose(self, box: ComboBox, key: int | None) -> None:
        index = box.findData(key) if key is not None else 0
        # A draft may be back before the people and orders are: the wish waits for them.
        box.setProperty("wanted", key if index < 0 else None)
        box.setCurrentIndex(max(index, 0))

    def hideEvent(self, event: QHideEvent) -> None:
        self._keeper.flush_if_touched()
        super().hideEvent(event)
