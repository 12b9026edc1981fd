"""How are many seeds run, on several processes, and what is printed about them?"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tests.simulator.hush import hushed
from tests.simulator.memory_disk import MemoryDisk
from tests.simulator.mutants import MUTANTS, catch
from tests.simulator.run import STEPS, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.simulator.disk import Disk
    from tests.simulator.run import Finished

__all__ = ["Outcome", "main", "outcomes", "run_seed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a seed: how it ended, or the promise that was broken."""

    seed: int
    finished: Finished | None
    broken: str = ""


def run_seed(seed: int, *, steps: int = STEPS, disk: type[Disk] = MemoryDisk) -> Outcome:
    """Run one seed; whatever goes wrong in it is part of what is returned."""
    try:
        with hushed():
            return Outcome(seed, Run(seed, steps=steps, disk=disk).play())
    except Exception as error:
        return Outcome(seed, None, f"{type(error).__name__} {error}")


def outcomes(
    seeds: Iterable[int], *, steps: int = STEPS, jobs: int = 2, disk: type[Disk] = MemoryDisk
) -> Iterator[Outcome]:
    """Run the seeds in so many processes and yield what became of each, in their order."""
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(partial(run_seed, steps=steps, disk=disk), seeds, chunksize=4)


def main(words: list[str] | None = None) -> int:
    """Run what the command line asks for; return 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description=__doc__)
    parser.add_argument("--seeds", default="0..200", help="A..B, or a single seed")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--trace", action="store_true", help="print what happened in one seed")
    parser.add_argument("--mutants", action="store_true", help="see whether each fault is caught")
    asked = parser.parse_args(words)
    first, _, last = asked.seeds.partition("..")
    seeds = range(int(first), int(last) if last else int(first) + 1)
    if asked.mutants:
        return _run_mutants(seeds, asked.jobs)
    return _trace(seeds[0], asked.steps) if asked.trace else _run(seeds, asked.steps, asked.jobs)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(seeds: range, steps: int, jobs: int) -> int:
    began, edits, conflicts, broken = time.perf_counter(), 0, 0, 0
    for outcome in outcomes(seeds, steps=steps, jobs=jobs):
        if outcome.finished is None:
            broken += 1
            _say(f"seed {outcome.seed}: {outcome.broken}")
        else:
            edits += outcome.finished.edits
            conflicts += outcome.finished.conflicts
    took = time.perf_counter() - began
    _say(f"{len(seeds)} seeds, {edits} edits, {conflicts} conflicts, {broken} broken, {took:.0f} s")
    return int(broken > 0)


def _trace(seed: int, steps: int) -> int:
    run = Run(seed, steps=steps, is_kept=True)
    try:
        said = str(run.play())
    except Exception as error:
        said = f"{type(error).__name__} {error}"
    for line in run.world.trace.lines:
        _say(line)
    _say(said)
    return int(said.startswith("Violation"))


def _run_mutants(seeds: range, jobs: int) -> int:
    survivors = 0
    with ProcessPoolExecutor(jobs) as pool:
        names = [mutant.name for mutant in MUTANTS]
        for name, caught in zip(names, pool.map(partial(catch, seeds=seeds), names), strict=True):
            survivors += caught is None
            _say(f"{name}: {'SURVIVES' if caught is None else caught}")
    _say(f"{len(names)} mutants, {survivors} survive")
    return int(survivors > 0)
