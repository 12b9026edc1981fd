"""When does a process end, or a disk fill up? At a step that was chosen before, by its number."""

from __future__ import annotations

from loyaldesk.errors import Unavailable

__all__ = ["Fuse", "Killed"]


class Killed(BaseException):
    """The process ended here; nothing of it is left but what it had committed."""


class Fuse:
    """Called before, inside and after every transaction; does harm when its count runs out."""

    def __init__(self) -> None:
        self._steps_to_kill = 0
        self._full_for = 0
        self.where = ""
        # Every place where a process was killed so far, for the report of a run.
        self.places: dict[str, int] = {}

    def arm(self, steps: int) -> None:
        """End the process at so many steps from now."""
        self._steps_to_kill = steps

    def fill_disk(self, commits: int) -> None:
        """Let the disk be full for the next so many commits."""
        self._full_for = commits

    def disarm(self) -> None:
        """Do no harm any more."""
        self._steps_to_kill = self._full_for = 0

    @property
    def is_disk_full(self) -> bool:
        """Whether the next commit finds no room."""
        return self._full_for > 0

    def __call__(self, name: str, moment: str) -> None:
        if self._steps_to_kill:
            self._steps_to_kill -= 1
            if not self._steps_to_kill:
                self.where = f"{moment} {name}"
                self.places[self.where] = self.places.get(self.where, 0) + 1
                raise Killed(self.where)
        if moment == "inside" and self._full_for:
            self._full_for -= 1
            raise Unavailable("The disk is full. Nothing was changed; free some space.")
