"""What is a letter on screen that could leave as it is?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ReadyLetter"]


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A letter on screen: its bytes, and the work that puts just these on record."""

    pdf: bytes = field(repr=False)
    file_name: str
    words: str
    work: Callable[..., Any]
    arguments: dict[str, Any]

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter to a customer; a page that nobody keeps is not."""
        return bool({"drawn", "letter_id"} & self.arguments.keys())
