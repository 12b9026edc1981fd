"""Every way to change data: verb_noun functions that take a transaction, one module an area."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, Protocol, TypeVar, cast

from loyaldesk.store.gate import Transaction

__all__ = ["Operation", "operation"]

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")


class Operation(Protocol[P, R_co]):
    """A function that changes data, with the name undo shows and whether it can be undone."""

    label: str
    undoable: bool

    def __call__(self, tx: Transaction, /, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Run inside the transaction."""


def operation(
    label: str, *, undoable: bool = True
) -> Callable[[Callable[Concatenate[Transaction, P], R]], Operation[P, R]]:
    """Name a function as an operation; the write lane opens its transaction under that name."""

    def named(function: Callable[Concatenate[Transaction, P], R]) -> Operation[P, R]:
        marked = cast("Operation[P, R]", function)
        marked.label = label
        marked.undoable = undoable
        return marked

    return named
