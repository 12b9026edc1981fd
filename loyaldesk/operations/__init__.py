"""Every way to change data: verb_noun functions that take a transaction, one module an area."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["operation"]

Function = TypeVar("Function", bound=Callable[..., Any])


def operation(label: str, *, undoable: bool = True) -> Callable[[Function], Function]:
    """Mark a function as an operation: `label` is what undo shows, `undoable` whether it may.

    The write lane opens its transaction under that name and gives it as the first argument.
    """

    def named(function: Function) -> Function:
        function.__dict__.update(label=label, undoable=undoable)
        return function

    return named
