"""The acknowledgement of an order: see it, then print or save it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.differences import differences
from loyaldesk.pdf.compose_acknowledgement import ComposedAcknowledgement, compose_acknowledgement
from loyaldesk.ui.letters.issue import copy_and_save, look_at_copy
from loyaldesk.ui.letters.letter_dialog import LetterDialog, ReadyLetter
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.letters import LastLetter
    from loyaldesk.ui.desk import Desk

__all__ = ["AcknowledgementDialog"]


class AcknowledgementDialog(LetterDialog):
    """Acceptance or receipt only; a held order says itself that it is not yet accepted."""

    KIND = "acknowledgement"

    def __init__(self, desk: Desk, order_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, title=self.tr("Acknowledge the order"), parent=parent)
        self._order_id = order_id
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
        self.choices.addWidget(self.facts)
        self.stance.chosen_changed.connect(self.preview)
        self.preview()

    def compose(self) -> Callable[..., Any]:
        return compose_acknowledgement

    def wishes(self) -> dict[str, Any]:
        stance = Stance(self.stance.chosen or Stance.ACCEPTANCE.value)
        return {"order_id": self._order_id, "now": self._desk.now(), "stance": stance}

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
