"""What can be measured: the areas by name, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from benchmarks.rows import Row

if TYPE_CHECKING:
    from benchmarks.data import Data

__all__ = ["AREAS", "OWN_DATA", "measure_of"]

Measure = Callable[..., Iterator[Row]]

AREAS = {
    "start-up": "start_up",
    "search": "search",
    "palette": "palette",
    "customer-page": "customer_page",
    "painted-page": "painted_page",
    "table": "long_table",
    "import": "imports",
    "letters": "letters",
    "statement-run": "statement_runs",
    "sync": "sync",
}
# These make what they measure with.
OWN_DATA = frozenset({"statement-run", "sync"})


def measure_of(area: str) -> Callable[[Data, bool], list[Row]]:
    """Return how an area is measured; only what it needs is imported."""
    measure: Measure = import_module(f"benchmarks.{AREAS[area]}").measure

    def run(data: Data, is_quick: bool) -> list[Row]:
        return list(measure(data, is_quick=is_quick))

    return run
