"""Where the person is, was, and can go back to."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Place", "Trail"]

LONGEST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A section, or a record inside a customer's tab: order, invoice, payment or document."""

    section: str = ""
    customer_id: int = 0
    kind: str = ""
    record_id: int = 0


class Trail:
    """The places in the order they were visited, with a cursor as in a browser."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._now = -1

    def visit(self, place: Place) -> None:
        """Remember a new place; what lay ahead is forgotten."""
        if self._places[self._now : self._now + 1] == [place]:
            return
        self._places = [*self._places[: self._now + 1], place][-LONGEST:]
        self._now = len(self._places) - 1

    def back(self) -> Place | None:
        """Step back and return that place, or None at the start."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """Step forward again and return that place, or None at the end."""
        return self._step(1)

    def can_step(self, by: int) -> bool:
        """Tell whether there is a place so many steps ahead, or back if negative."""
        return 0 <= self._now + by < len(self._places)

    def _step(self, by: int) -> Place | None:
        if not self.can_step(by):
            return None
        self._now += by
        return self._places[self._now]
