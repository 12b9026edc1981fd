"""Who changed which field of this record, from what to what, and who looked at this paper?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.sync.field_words import field_words, record_words
from loyaldesk.ui.sync.history_work import Told, ask_hub, read_here
from loyaldesk.ui.sync.value_words import ValueWords
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.paper_uses import PaperUseRow
    from loyaldesk.queries.record_history import FieldChanged
    from loyaldesk.ui.desk import Desk

__all__ = ["HistoryDialog"]

translate = QCoreApplication.translate
HEIGHT = 400
LANE = "history"
_OPS = {"create": "plus", "edit": "pencil", "delete": "trash-2", "revive": "undo-2"}
_USES = {
    "viewed": "eye", "exported": "download", "opened": "external-link", "printed": "printer",
    "mailed": "mail",
}  # fmt: skip


class HistoryDialog(Dialog):
    """What this desk recorded at once, and what the hub knows from everybody when it answers."""

    def __init__(
        self, desk: Desk, kind: str, record_id: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("History"),
            verb=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self.cancel_button.hide()
        self._desk, self._kind = desk, kind
        self.source = TextLabel(desk.theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self.list = ItemList(desk.theme, name=self.tr("History"))
        self.list.set_scrolling(scrolling=True)
        self.list.setMinimumHeight(desk.theme.px(HEIGHT))
        self.content.addWidget(self.source)
        self.content.addWidget(self.list)
        desk.jobs.read(read_here, owner=self, then=self._show_here, kind=kind, record_id=record_id)

    def _show_here(self, told: Told) -> None:
        self.setWindowTitle(self.tr("History of {0}").format(record_words(told.history.record)))
        self._say(self.tr("What was done on this computer."))
        self._show(told)
        self._desk.jobs.network(
            ask_hub,
            lane=LANE,
            owner=self,
            then=self._show_all,
            failed=self._tell,
            profile=self._desk.temporary.parent.parent,
            kind=self._kind,
            uid=told.history.record.uid,
        )

    def _show_all(self, told: Told | None) -> None:
        if told is not None:
            self._say(self.tr("From the hub: what anybody did."))
            self._show(told)

    def _tell(self, error: LoyalDeskError) -> None:
        here = self.tr("What was done on this computer; what others did is at the hub.")
        self._say(f"{here} {error}")

    def _say(self, words: str) -> None:
        self.source.setText(words)

    def _show(self, told: Told) -> None:
        history = told.history
        say = ValueWords(self._desk.formats, history.record, history.names)
        entries = [(change.at, self._change(change, say)) for change in history.changes]
        entries += [(use.used_at, self._use(use)) for use in told.uses]
        entries.sort(key=lambda entry: entry[0], reverse=True)
        items = [
            Item(
                number, title, second=second, icon=icon, right=self._desk.formats.datetime_local(at)
            )
            for number, (at, (title, second, icon)) in enumerate(entries)
        ]
        self.list.show_items(items or [self._nothing()])

    def _change(self, change: FieldChanged, say: ValueWords) -> tuple[list[Span], str, str]:
        icon = _OPS.get(change.op, "pencil")
        if not change.field:
            words = {
                "create": self.tr("Made"),
                "delete": self.tr("Deleted"),
                "revive": self.tr("Brought back"),
            }.get(change.op, self.tr("Changed"))
            return [Span(words, style=TextStyle.NAME)], change.actor, icon
        title = [
            Span(f"{field_words(change.field)}: ", style=TextStyle.NAME),
            Span(f"{say.say(change.field, change.old)} → ", Tone.SECONDARY),
            Span(say.say(change.field, change.new), style=TextStyle.NAME),
        ]
        return title, change.actor, icon

    def _use(self, use: PaperUseRow) -> tuple[list[Span], str, str]:
        words = {
            "viewed": self.tr("Viewed"),
            "exported": self.tr("Copy saved"),
            "opened": self.tr("Opened in another program"),
            "printed": self.tr("Printed"),
            "mailed": self.tr("Mailed to {0}").format(use.recipient),
        }.get(use.verb, use.verb)
        return [Span(words, style=TextStyle.NAME)], use.used_by, _USES.get(use.verb, "eye")

    def _nothing(self) -> Item:
        words = self.tr("Nothing was recorded. Records that were imported are as they came.")
        return Item("nothing", [Span(words, Tone.SECONDARY)], is_choosable=False)
