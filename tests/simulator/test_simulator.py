"""Does anything get lost, doubled or leaked, whatever goes wrong, and would we notice if it did?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulator.command import outcomes
from tests.simulator.mutants import MUTANTS, catch
from tests.simulator.run import Run
from tests.simulator.store_disk import StoreDisk

ROOT = Path(__file__).parents[2]
IN_CI = "CI" in os.environ
# A run of 2,000 takes about four minutes on two quiet processors.
SEEDS = range(200 if IN_CI else 2_000)
# A real profile opens an encrypted file, which takes its time.
STORE_SEEDS = range(8 if IN_CI else 24)
MUTANT_SEEDS = range(200)
TRACED = range(20)
_DIGESTS = (
    "from tests.simulator.run import Run\n"
    f"for seed in range({len(TRACED)}): print(seed, Run(seed, steps=60).play().digest)\n"
)


@pytest.mark.timeout(1800)
def test_every_promise_holds_in_every_seed():
    broken = [each for each in outcomes(SEEDS) if each.finished is None]
    assert [(each.seed, each.broken) for each in broken] == []


@pytest.mark.timeout(900)
def test_every_promise_holds_with_real_profiles():
    told = outcomes(STORE_SEEDS, steps=60, disk=StoreDisk)

    assert [(each.seed, each.broken) for each in told if each.finished is None] == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_fault_by_design_is_noticed_by_the_property_meant_for_it(mutant):
    assert catch(mutant.name, seeds=MUTANT_SEEDS) is not None


def _told(hash_seed: int) -> str:
    """Return the hash of what happened in some seeds, told by a process of its own."""
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", _DIGESTS],
        cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        capture_output=True, text=True, check=True, timeout=240,
    )  # fmt: skip
    return finished.stdout


def test_the_same_seed_tells_the_same_story_under_any_hash_seed():
    first, *others = [_told(hash_seed) for hash_seed in (0, 1, 4242)]

    assert len(first.splitlines()) == len(TRACED)
    assert others == [first, first]


def test_another_seed_tells_another_story():
    assert Run(1, steps=20).play().digest != Run(2, steps=20).play().digest


def test_people_edit_at_once_and_are_told_what_gave_way():
    finished = [Run(seed).play() for seed in range(5)]

    assert sum(each.edits for each in finished) > 100
    assert sum(each.conflicts for each in finished) > 5
