"""How times are taken: CPU rather than wall, both sides by turns, the least disturbed one."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median

__all__ = ["compare", "cpu_ms", "percentile", "quiet"]

Work = Callable[[], object]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the garbage collector away while something is measured."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def cpu_ms(work: Work) -> float:
    """Return the CPU milliseconds of this thread that the work takes."""
    started = time.thread_time_ns()
    work()
    return (time.thread_time_ns() - started) / 1e6


def compare(ours: Work, raw: Work, *, rounds: int) -> tuple[float, float]:
    """Return the median CPU milliseconds of both, run by turns after one round to warm up."""
    ours(), raw()
    taken: tuple[list[float], list[float]] = ([], [])
    with quiet():
        for _ in range(rounds):
            taken[0].append(cpu_ms(ours))
            taken[1].append(cpu_ms(raw))
    return median(taken[0]), median(taken[1])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed (0.95 for p95)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
