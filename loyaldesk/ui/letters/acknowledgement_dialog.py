"""The acknowledgement of an order: see it, then print or save it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.differences import differences
from loyaldesk.operations.acknowledging import verify_order
from loyaldesk.pdf.compose_acknowledgement import ComposedAcknowledgement, compose_acknowledgement
from loyaldesk.queries.verification import verify
from loyaldesk.ui.letters.issue import copy_and_save, look_at_copy
from loyaldesk.ui.letters.letter_dialog import LetterDialog, ReadyLetter
from loyaldesk.ui.letters.personal_field import PersonalField
from loyaldesk.ui.letters.verification_panel import VerificationPanel
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from loyaldesk.domain.verification import Verification
    from loyaldesk.queries.letters import LastLetter
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["AcknowledgementDialog"]


@dataclass(frozen=True, slots=True)
class CheckedLetter:
    """The letter as it would be, and what keeps the order from being accepted."""

    composed: ComposedAcknowledgement
    verification: Verification

    @property
    def may_go(self) -> bool:
        """Whether the letter could be issued; a copy of one that was may always go."""
        is_free = self.composed.is_unchanged or not self.composed.accepts
        return is_free or self.verification.can_be_accepted


def compose_checked(
    source: Source, *, order_id: int, now: datetime, stance: Stance | None, personal: str
) -> CheckedLetter:
    """Return the letter together with the checks of its order."""
    composed = compose_acknowledgement(
        source, order_id=order_id, now=now, stance=stance, personal=personal
    )
    return CheckedLetter(composed, verify(source, order_id=order_id))


class AcknowledgementDialog(LetterDialog):
    """Acceptance or receipt only, as the policy wants unless somebody chooses otherwise.

    A held order says itself that it is not yet accepted; nothing is accepted unchecked.
    """

    KIND = "acknowledgement"

    def __init__(self, desk: Desk, order_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, title=self.tr("Acknowledge the order"), parent=parent)
        self._order_id = order_id
        self._may_go = False
        self._wanted: Stance | None = None
        self.stance = Segment(
            desk.theme,
            [
                (Stance.ACCEPTANCE.value, self.tr("We accept it")),
                (Stance.RECEIPT.value, self.tr("Receipt only")),
            ],
            name=self.tr("What the letter says"),
        )
        self.facts = TextLabel(desk.theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self.choices.addWidget(self.stance)
        self.checks = VerificationPanel(desk)
        self.personal = PersonalField(desk)
        self.choices.addWidget(self.facts)
        self.choices.addWidget(self.personal)
        self.choices.addWidget(self.checks)
        self.stance.chosen_changed.connect(self._choose_stance)
        self.checks.ticked.connect(self._tick_off)
        self.personal.typing.connect(self.withhold)
        self.personal.settled.connect(self.preview)
        self.preview()

    def compose(self) -> Callable[..., Any]:
        return compose_checked

    def wishes(self) -> dict[str, Any]:
        return {
            "order_id": self._order_id,
            "now": self._desk.now(),
            "stance": self._wanted,
            "personal": self.personal.value(),
        }

    def _composed(self, checked: CheckedLetter) -> None:
        self._may_go = checked.may_go
        self.checks.show_findings(checked.verification)
        self._show_stance(checked.composed.letter.stance)
        super()._composed(checked.composed)

    def _enable(self, *, able: bool) -> None:
        super()._enable(able=able and self._may_go)

    def _show_stance(self, stance: Stance) -> None:
        """Show what the policy chose, without taking it for a choice of the person."""
        if self._wanted is None and stance is not Stance.ON_HOLD:
            self.stance.blockSignals(True)
            self.stance.choose(stance.value)
            self.stance.blockSignals(False)

    def _choose_stance(self, chosen: str) -> None:
        self._wanted = Stance(chosen)
        self.preview()

    def _tick_off(self, note: str) -> None:
        self._desk.jobs.write(
            verify_order,
            owner=self,
            then=lambda _: self.preview(),
            failed=self.show_refusal,
            order_id=self._order_id,
            note=note,
        )

    def composed(self, composed: ComposedAcknowledgement) -> None:
        """Show the newest revision marked COPY when the order says the same as then."""
        if not composed.is_unchanged or composed.last is None:
            super().composed(composed)
            return
        self._desk.jobs.read(
            look_at_copy,
            owner=self,
            then=partial(self._show_copy, composed.last),
            failed=self.show_refusal,
            replaces="copy",
            files=self._desk.files,
            letter_id=composed.last.id,
        )

    def _show_copy(self, last: LastLetter, pdf: bytes) -> None:
        words = self.tr("Copy of {number} made").format(number=last.number)
        name = f"{last.number}-r{last.revision}_copy.pdf"
        self.show_ready(ReadyLetter(pdf, name, words, copy_and_save, {"letter_id": last.id}))

    def tell_facts(self, composed: ComposedAcknowledgement) -> None:
        letter = composed.letter
        words = [self.tr("To {name}").format(name=letter.frame.recipient.name)]
        if letter.stance is Stance.ON_HOLD:
            words.append(self.tr("The order is on hold: the letter says “not yet accepted”."))
        found = len(differences(letter))
        words.append(
            self.tr("Differences from what the customer asked for: {n}").format(n=found)
            if found
            else self.tr("No difference from what the customer asked for")
        )
        if letter.has_shipped:
            words.append(self.tr("It was already delivered in full: the letter says so."))
        words.append(self._history(composed))
        self.facts.setText("\n".join(words))

    def _history(self, composed: ComposedAcknowledgement) -> str:
        if composed.last is None:
            return self.tr("Not acknowledged in writing before")
        day = self._desk.formats.date(composed.last.issued_on)
        if composed.is_unchanged:
            return self.tr(
                "Says the same as revision {n} of {day}: this is a copy of that one"
            ).format(n=composed.last.revision, day=day)
        return self.tr("Replaces revision {n} of {day}").format(n=composed.last.revision, day=day)
