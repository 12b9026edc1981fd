"""Within how many working days does the company want to have acknowledged an order?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement_target import LONGEST_TARGET, Target
from loyaldesk.queries.acknowledgements import TARGET_KEY, read_target
from loyaldesk.ui.widgets.dialog import Dialog
from loyaldesk.ui.widgets.fields import LabelledField
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["TargetDialog"]


class TargetDialog(Dialog):
    """One number for the whole company; undo takes the change back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("By when is an order to be acknowledged?"),
            body=self.tr("Orders that wait longer are marked as over the target."),
            verb=self.tr("Keep"),
            parent=parent,
        )
        self._desk = desk
        self.days = NumberEdit(desk.theme, decimals=0)
        self.field = LabelledField(desk.theme, self.tr("Working days"), self.days)
        self.content.addWidget(self.field)
        self.finished.connect(self.deleteLater)
        desk.jobs.read(read_target, owner=self, then=self._show)

    def accept(self) -> None:
        """Keep the number, unless it makes no sense."""
        days = self.days.value()
        if days is None or self.days.problem() or not 0 <= days <= LONGEST_TARGET:
            words = self.tr("Type a number from 0 to {0}").format(LONGEST_TARGET)
            self.field.set_error(words)
            return
        from loyaldesk.operations.settings import change_setting

        said = self.tr("Target changed")
        self._desk.jobs.write(
            change_setting,
            owner=self,
            then=lambda _: self._desk.news.said.emit(said, True),
            key=TARGET_KEY,
            value=int(days),
        )
        super().accept()

    def _show(self, target: Target) -> None:
        self.days.set_value(Decimal(target.working_days))
        self.days.selectAll()
