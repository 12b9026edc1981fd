"""What is said when a promise was broken?"""

from __future__ import annotations

__all__ = ["Violation", "require"]


class Violation(AssertionError):  # noqa: N818 - it is no error of the program that runs
    """One of the properties does not hold; `name` is its short name, such as P1."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.name = name


def require(holds: bool, name: str, sentence: str, *more: object) -> None:
    """Raise the violation unless what is promised holds; `more` are the particulars."""
    if not holds:
        raise Violation(name, " ".join([sentence, *map(str, more)]))
