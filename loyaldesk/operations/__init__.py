"""Every way to change data: verb_noun functions that take a transaction, one module an area."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Operation", "operation"]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result", covariant=True)
Returned = TypeVar("Returned")


class Operation(Protocol[Arguments, Result]):
    """A function that changes data: `label` is what undo shows, `undoable` whether it may."""

    label: str
    undoable: bool

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """Change data and return what is new."""


def operation(
    label: str, *, undoable: bool = True
) -> Callable[[Callable[Arguments, Returned]], Operation[Arguments, Returned]]:
    """Mark a function as an operation: `label` is what undo shows, `undoable` whether it may.

    The write lane opens its transaction under that name and gives it as the first argument.
    """

    def named(function: Callable[Arguments, Returned]) -> Operation[Arguments, Returned]:
        function.__dict__.update(label=label, undoable=undoable)
        return cast("Operation[Arguments, Returned]", function)

    return named
