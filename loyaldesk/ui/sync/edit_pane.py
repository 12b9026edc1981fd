"""What did an edit do that waits to go out, or that the hub refused: field by field?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.sync.field_words import field_words, record_words
from loyaldesk.ui.sync.pane_head import PaneHead
from loyaldesk.ui.sync.state_words import ago
from loyaldesk.ui.sync.value_words import ValueWords
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Hairline
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.sync_edits import FieldEdit, RefusedEdit, RowEdit, WaitingGroup
    from loyaldesk.ui.desk import Desk

__all__ = ["EditPane", "edit_lines", "refused_pane", "waiting_pane"]

translate = QCoreApplication.translate
MOST_LINES = 60


class EditPane(QWidget):
    """A title, why it is here, buttons, and below them what was typed; `wanted` names a button."""

    wanted = Signal(str)

    def __init__(
        self, desk: Desk, head: PaneHead, reason: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.reason = TextLabel(theme, reason, TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self.buttons: dict[str, Button] = {}
        self._shown: list[SpanLabel] = []
        self._flow = FlowLayout(holder := QWidget(), spacing=8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        for part in (head, self.reason, holder, Hairline(theme)):
            column.addWidget(part)
        column.addLayout(self._lines)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """What was typed, line by line."""
        return "\n".join(line.text for line in self._shown)

    def add_button(self, key: str, words: str, icon: str = "") -> None:
        """Add a button under the reason."""
        button = self.buttons[key] = Button(self._desk.theme, words, icon=icon)
        self._flow.addWidget(button)
        button.clicked.connect(lambda: self.wanted.emit(key))

    def focus_first(self) -> None:
        """Put the keyboard on the first button."""
        next(iter(self.buttons.values())).setFocus()

    def show_edits(self, edits: Sequence[RowEdit]) -> None:
        """Show what was done to which record."""
        for line in edit_lines(edits, self._desk)[:MOST_LINES]:
            broken = [replace(span, text=span.text.replace("\n", "\u2028")) for span in line]
            label = SpanLabel(self._desk.theme, broken, wrap=True)
            self._shown.append(label)
            self._lines.addWidget(label)


def edit_lines(edits: Sequence[RowEdit], desk: Desk) -> list[list[Span]]:
    """Return a line for each record and each of its fields, old and new value."""
    lines: list[list[Span]] = []
    for edit in edits:
        said = {
            "create": translate("Sync", "new"), "delete": translate("Sync", "deleted"),
        }.get(edit.op, "")  # fmt: skip
        name = record_words(edit.record)
        lines.append([Span.strong(name), *([Span(f" · {said}", Tone.SECONDARY)] if said else [])])
        say = ValueWords(desk.formats, edit.record, edit.names)
        shown = (each for each in edit.fields if edit.op != "delete" and _is_told(each))
        lines += [_line(each, say) for each in shown]
    return lines


def waiting_pane(desk: Desk, group: WaitingGroup) -> EditPane:
    """Return the pane of an action that waits, before its fields are read."""
    when = ago(group.edited_at, desk.now(), desk.formats)
    reason = translate("Sync", "Done {0}, kept on this computer until the hub has it.").format(when)
    if group.answer:
        reason += translate("Sync", " The hub’s last answer: {0}").format(group.answer)
    pane = EditPane(desk, PaneHead(desk, group.record, group.label), reason)
    pane.add_button("retry", translate("Sync", "Try now"), "refresh-cw")
    pane.add_button("export", translate("Sync", "Export to a file…"), "download")
    pane.add_button("discard", translate("Sync", "Discard…"), "trash-2")
    return pane


def refused_pane(desk: Desk, refused: RefusedEdit) -> EditPane:
    """Return the pane of an edit that the hub did not take."""
    safe = translate("Sync", "What you typed is kept here until you put it aside.")
    head = PaneHead(desk, refused.edit.record, refused.label)
    pane = EditPane(desk, head, f"{refused.reason} {safe}")
    if refused.note:
        pane.add_button("note", translate("Sync", "Write as a new note"), "message-square")
    pane.add_button("send", translate("Sync", "Send again"), "send")
    pane.add_button("copy", translate("Sync", "Copy the text"), "copy")
    pane.add_button("export", translate("Sync", "Export to a file…"), "download")
    pane.add_button("aside", translate("Sync", "Put aside"), "check")
    pane.show_edits([refused.edit])
    return pane


def _is_told(edit: FieldEdit) -> bool:
    """Whether the field says something: what is empty in a new record does not."""
    return edit.inc is not None or (edit.old or None) != (edit.new or None)


def _line(edit: FieldEdit, say: ValueWords) -> list[Span]:
    name = Span(f"{field_words(edit.field)}: ", Tone.SECONDARY)
    if edit.inc is not None:
        return [name, Span.strong(f"{'+' if edit.inc > 0 else ''}{say.say(edit.field, edit.inc)}")]
    new = Span.strong(say.say(edit.field, edit.new))
    if edit.old in {None, ""}:
        return [name, new]
    return [name, Span(f"{say.say(edit.field, edit.old)} → ", Tone.SECONDARY), new]
