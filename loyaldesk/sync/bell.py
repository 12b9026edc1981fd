"""How does a thread rest for a while and yet hear when it is wanted?"""

from __future__ import annotations

from threading import Event

__all__ = ["Bell"]


class Bell:
    """Rung from any thread; heard by the one thread that waits for it."""

    def __init__(self) -> None:
        self._rung = Event()

    def ring(self) -> None:
        """Wake whoever waits, or let the next wait end at once."""
        self._rung.set()

    def wait(self, seconds: float | None) -> bool:
        """Wait at most so long, or without end; tell whether it rang."""
        rang = self._rung.wait(seconds)
        self._rung.clear()
        return rang
