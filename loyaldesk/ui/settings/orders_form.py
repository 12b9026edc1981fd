"""What do acknowledgements say of an order, and how long does each product group take?"""

from __future__ import annotations

from dataclasses import astuple
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.next_steps import GroupFrame
from loyaldesk.queries.time_frames import TimeFrameRow, read_groups, read_time_frames
from loyaldesk.queries.verification import POLICY_KEY, read_policy
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderSettings", "OrdersForm", "read_order_settings"]

FIELDS = 4


class OrderSettings(NamedTuple):
    """What is kept: the company's policy, the groups of the products, and the frames."""

    policy: Stance
    groups: tuple[str, ...]
    frames: tuple[TimeFrameRow, ...]


def read_order_settings(source: Source) -> OrderSettings:
    """Return what the form shows."""
    return OrderSettings(read_policy(source), read_groups(source), read_time_frames(source))


class OrdersForm(QWidget):
    """Everything acts when it is left; a group whose four fields are empty has no frame."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.policy = Segment(
            desk.theme,
            [
                (Stance.ACCEPTANCE.value, self.tr("Acceptance")),
                (Stance.RECEIPT.value, self.tr("Receipt only")),
            ],
            name=self.tr("What acknowledgements say"),
        )
        self.rows: dict[str, tuple[NumberEdit, ...]] = {}
        self._kept: dict[str, GroupFrame] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._lay_out()
        self.policy.chosen_changed.connect(self._keep_policy)
        desk.news.changed.connect(self._hear)
        self._read()

    def save(self, group: str) -> None:
        """Keep the frame of a group once all its fields are filled, or forget it when none is."""
        from loyaldesk.operations.time_frames import forget_time_frame, keep_time_frame

        values = [edit.value() for edit in self.rows[group]]
        typed = [int(value) for value in values if value is not None]
        is_empty = not any(edit.text() for edit in self.rows[group])
        if is_empty and group in self._kept:
            self._write(forget_time_frame, group=group)
        elif len(typed) == FIELDS and GroupFrame(*typed) != self._kept.get(group):
            self._write(keep_time_frame, group=group, frame=GroupFrame(*typed))

    def _lay_out(self) -> None:
        theme = self._desk.theme
        policy = self.tr(
            "An acceptance promises the order as the letter tells it, so its checks come first. A "
            "receipt only says that the order came. A customer may have a policy of their own."
        )
        frames = self.tr(
            "Working days. They date the next steps on the letter, propose a day for a line that "
            "has none, and stand on the order for the phone."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TextLabel(theme, policy, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        column.addWidget(self.policy)
        column.addWidget(TextLabel(theme, self.tr("Time frames"), TextStyle.STRONG))
        column.addWidget(TextLabel(theme, frames, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        column.addLayout(self._grid)
        for number, title in enumerate(self._titles(), 1):
            self._grid.addWidget(
                TextLabel(theme, title, TextStyle.SMALL, Tone.SECONDARY), 0, number
            )
        self._grid.setColumnStretch(FIELDS + 1, 1)

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Order to shipping"),
            self.tr("Picking"),
            self.tr("On the road"),
            self.tr("Our call after"),
        )

    def _read(self) -> None:
        self._desk.jobs.read(read_order_settings, owner=self, then=self._show, replaces="orders")

    def _show(self, kept: OrderSettings) -> None:
        self._kept = {row.group: row.frame for row in kept.frames}
        self.policy.blockSignals(True)
        self.policy.choose(kept.policy.value)
        self.policy.blockSignals(False)
        for group in sorted({"", *kept.groups, *self._kept}):
            if group not in self.rows:
                self._add_row(group)
            frame = self._kept.get(group)
            days = astuple(frame) if frame else (None,) * FIELDS
            for edit, count in zip(self.rows[group], days, strict=True):
                edit.set_value(None if count is None else Decimal(count))

    def _add_row(self, group: str) -> None:
        theme, place = self._desk.theme, self._grid.rowCount()
        name = group or self.tr("All other groups")
        self._grid.addWidget(TextLabel(theme, name), place, 0)
        edits = []
        for number, title in enumerate(self._titles(), 1):
            edit = NumberEdit(theme, decimals=0, least=0)
            edit.setAccessibleName(f"{name}: {title}")
            edit.setFixedWidth(theme.px(96))
            edit.editingFinished.connect(partial(self.save, group))
            self._grid.addWidget(edit, place, number)
            edits.append(edit)
        self.rows[group] = tuple(edits)

    def _keep_policy(self, chosen: str) -> None:
        from loyaldesk.operations.settings import change_setting

        self._write(change_setting, key=POLICY_KEY, value=chosen)

    def _write(self, operation: Any, **arguments: Any) -> None:
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(self.tr("Saved"), True),
            failed=lambda error: self._desk.news.said.emit(str(error), False),
            **arguments,
        )

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.touches("setting", "time_frame"):
            self._read()
