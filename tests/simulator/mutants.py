"""Would the simulator notice if the product were wrong? Faults by design, each to be caught.

A mutant replaces one real function of the product, so that it breaks if that function moves. It
says which properties are meant to catch it.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tests.simulator import faults_of_desks, faults_of_hubs
from tests.simulator.hush import hushed
from tests.simulator.run import Run
from tests.simulator.violation import Violation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["MUTANTS", "Caught", "Mutant", "catch", "in_place"]

# Where the replaced function stands, how the wrong one is made of the right one, who is to notice.
_Fault = tuple[str, "Callable[[Any], Any]", str]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: `place` is `module:name` or `module:Class.name`, `meant` names properties."""

    name: str
    place: str
    make: Callable[[Any], Any]
    meant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caught:
    """By which seed a mutant was caught, and which property noticed."""

    seed: int
    by: str

    def __str__(self) -> str:
        return f"seed {self.seed}, {self.by}"


def _mutants(faults: dict[str, _Fault]) -> Iterator[Mutant]:
    for name, (place, make, meant) in faults.items():
        yield Mutant(name, f"loyaldesk.{place}", make, tuple(meant.split()))


MUTANTS = (*_mutants(faults_of_desks.FAULTS), *_mutants(faults_of_hubs.FAULTS))


@contextmanager
def in_place(mutant: Mutant) -> Iterator[None]:
    """Let the fault be in the product for the time of the block."""
    module, _, path = mutant.place.partition(":")
    owner: Any = import_module(module)
    *outer, name = path.split(".")
    for each in outer:
        owner = getattr(owner, each)
    right = owner.__dict__[name]
    setattr(owner, name, mutant.make(right))
    try:
        yield
    finally:
        setattr(owner, name, right)


def catch(name: str, *, seeds: Iterable[int]) -> Caught | None:
    """Return by what the mutant of that name was caught first, or None if it survives."""
    (mutant,) = [each for each in MUTANTS if each.name == name]
    with hushed(), in_place(mutant):
        for seed in seeds:
            found = _caught(seed)
            if found in mutant.meant:
                return Caught(seed, found)
    return None


def _caught(seed: int) -> str:
    """Return the name of the property that is broken in this seed, or nothing."""
    try:
        Run(seed).play()
    except Violation as violation:
        return violation.name
    except Exception as error:
        return type(error).__name__
    return ""
