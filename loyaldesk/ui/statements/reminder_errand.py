"""How are many reminders issued one after the other, whatever page is looked at meanwhile?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal

from loyaldesk.pdf.compose_reminder import compose_reminder
from loyaldesk.runs.reminder_run import hand_over_reminder, write_reminder
from loyaldesk.ui.errand import Errand
from loyaldesk.ui.statements.reminder_preview import DRAW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from loyaldesk.pdf.compose_reminder import ComposedReminder
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.dunning import Candidate
    from loyaldesk.runs.acknowledgement_run import HandingWay
    from loyaldesk.ui.desk import Desk

__all__ = ["ReminderErrand", "ReminderProblem"]


class ReminderProblem(NamedTuple):
    """A customer who got no letter, and the sentence that says why."""

    customer_name: str
    reason: str


class ReminderErrand(Errand):
    """Issues reminders by a way, or as files into a folder; each is on record as it leaves.

    `ended(handed, problems)` carries what was handed over: letters, or the paths of files.
    """

    ended = Signal(object, object)

    def __init__(
        self,
        desk: Desk,
        candidates: Sequence[Candidate],
        *,
        way: HandingWay | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(desk)
        self._left = list(reversed(candidates))
        self._total = len(candidates)
        self._way, self._folder = way, folder
        self._handed: list[Any] = []
        self._problems: list[ReminderProblem] = []

    def start(self) -> None:
        """Begin with the first."""
        self.tell_begin(self.tr("Issuing {n} reminders").format(n=self._total))
        self._go_on()

    def _go_on(self) -> None:
        self.tell_how_far(self._total - len(self._left), self._total)
        if self.is_cancelled or not self._left:
            self.ended.emit(self._handed, self._problems)
            self.tell_end()
            return
        candidate = self._left.pop()
        self._desk.jobs.read(
            compose_reminder,
            owner=self,
            then=partial(self._draw, candidate),
            failed=partial(self._fail, candidate),
            customer_id=candidate.customer_id,
            currency=candidate.currency,
            now=self._desk.now(),
        )

    def _draw(self, candidate: Candidate, composed: ComposedReminder) -> None:
        self._desk.jobs.child(
            DRAW,
            owner=self,
            then=partial(self._hand_over, candidate, composed),
            failed=partial(self._fail, candidate),
            composed=composed,
        )

    def _hand_over(
        self, candidate: Candidate, composed: ComposedReminder, pages: DrawnPages
    ) -> None:
        by_file = {"folder": self._folder} if self._folder else {"way": self._way}
        self._desk.jobs.run(
            write_reminder if self._folder else hand_over_reminder,
            owner=self,
            then=self._keep,
            failed=partial(self._fail, candidate),
            files=self._desk.files,
            composed=composed,
            pages=pages,
            **by_file,
        )

    def _keep(self, handed: Any) -> None:
        self._handed.append(handed)
        self._go_on()

    def _fail(self, candidate: Candidate, error: Exception) -> None:
        self._problems.append(ReminderProblem(candidate.customer_name, str(error)))
        self._go_on()
