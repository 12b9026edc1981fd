"""Can every marked letter go: do its totals hold, and is there a letter for each of its signs?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["CheckState", "Checker"]

# Marks come in runs; what is checked is what stays marked for a moment.
PAUSE_MS = 250
# So few at a time that the letter under the cursor never waits long for its turn.
SLICE = 8


@dataclass(frozen=True, slots=True)
class CheckState:
    """How many of the marked letters were checked, and whether that is all of them."""

    done: int
    total: int

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to check."""
        return self.done >= self.total


class Checker(QObject):
    """Composes and draws marked letters behind the window and keeps nothing but the verdict.

    `went` carries a `CheckState`, `refused` by order why letters cannot go.
    """

    went = Signal(object)
    refused = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: tuple[int, ...] = ()
        self._passed: set[int] = set()
        self._is_checking = False
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._next)

    @property
    def state(self) -> CheckState:
        """How far it is."""
        done = sum(order_id in self._passed for order_id in self._wanted)
        return CheckState(done, len(self._wanted))

    def check(self, order_ids: Sequence[int]) -> None:
        """Check these orders and no others; those that passed since the last change stay so."""
        self._wanted = tuple(order_ids)
        self.went.emit(self.state)
        self._pause.start()

    def forget(self) -> None:
        """Check everything again: something in the records changed."""
        self._passed.clear()
        if self._wanted:
            self._pause.start()

    @Slot()
    def _next(self) -> None:
        left = [order_id for order_id in self._wanted if order_id not in self._passed]
        if self._is_checking or not left:
            return
        self._is_checking = True
        self._desk.jobs.read(
            _prepare,
            owner=self,
            then=self._draw,
            failed=self._stop,
            order_ids=left[:SLICE],
            now=self._desk.now(),
        )

    def _draw(self, found: dict[int, Any]) -> None:
        refused = {key: said for key, said in found.items() if isinstance(said, str)}
        prepared = [each for each in found.values() if not isinstance(each, str)]
        self._desk.jobs.child(
            "loyaldesk.runs.acknowledgement_run:check_drawing",
            owner=self,
            then=lambda more: self._take(set(found), refused | more),
            failed=self._stop,
            prepared=prepared,
        )

    def _take(self, checked: set[int], refused: dict[int, str]) -> None:
        self._is_checking = False
        self._passed |= checked - refused.keys()
        self._wanted = tuple(each for each in self._wanted if each not in refused)
        if refused:
            self.refused.emit(refused)
        self.went.emit(self.state)
        self._next()

    def _stop(self, error: LoyalDeskError) -> None:
        self._is_checking = False
        self._desk.news.said.emit(str(error), False)


def _prepare(source: Source, *, order_ids: list[int], now: datetime) -> Any:
    # Imported on the read lane: it needs the models, and so SQLAlchemy.
    from loyaldesk.runs.acknowledgement_run import prepare_orders

    return prepare_orders(source, order_ids=order_ids, now=now)
