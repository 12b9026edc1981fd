"""What do the rows of a list come to, in words?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from array import array

    from loyaldesk.domain.money import Money
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.lists.plan import ListPlan

__all__ = ["Sums"]

MOST_ROWS, MOST_SUMS = 50_000, 3


class Sums(QObject):
    """Reads the sums of a list behind it; what is too long to add up has none."""

    known = Signal(str)

    def __init__(self, desk: Desk, plan: ListPlan, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._plan = desk, plan

    def add_up(self, ids: array[int], *, is_everything: bool) -> None:
        """Add up these records, or without a filter all of them."""
        if self._plan.sums is None:
            return
        if not is_everything and len(ids) > MOST_ROWS:
            self.known.emit("")
            return
        self._desk.jobs.read(
            self._plan.sums,
            owner=self,
            then=self._tell,
            replaces="sums",
            ids=None if is_everything else ids,
            today=self._desk.today(),
        )

    def _tell(self, sums: list[Money]) -> None:
        """Tell the largest sums; of more currencies than three the others are only counted."""
        written = [self._desk.formats.money(money) for money in sums[:MOST_SUMS]]
        others = len(sums) - MOST_SUMS
        if others == 1:
            written.append(self.tr("1 more currency"))
        elif others > 1:
            written.append(self.tr("{0} more currencies").format(others))
        self.known.emit(self._plan.sum_words.format(" · ".join(written)) if written else "")
