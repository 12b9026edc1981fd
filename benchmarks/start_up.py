"""Start of the window in processes of their own, against a bare window with an empty table."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.data import KEY
from benchmarks.reports import STARTED_VARIABLE
from benchmarks.rows import Row
from loyaldesk.credentials import KEY_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.data import Data

__all__ = ["measure"]

_RUNS, _QUICK_RUNS = 7, 2
_LIMIT_S = 60
_ROOT = Path(__file__).parents[1]

Facts = dict[str, dict[str, float]]


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield CPU and wall of the first frame and of the first customers, and the memory."""
    profile = str(data.profile)
    # The first run of each warms the disk's cache and leaves modules compiled, as set-up does;
    # ours stays until the store is open behind it.
    _run("benchmarks.bare_window")
    lingering = _run("benchmarks.real_window", profile, "--linger")
    bare: list[Facts] = []
    real: list[Facts] = []
    for _ in range(_QUICK_RUNS if is_quick else _RUNS):
        bare.append(_run("benchmarks.bare_window"))
        real.append(_run("benchmarks.real_window", profile))
    for event, name, target in (
        ("frame", "process start to first frame", 1.4),
        ("rows", "process start to first 50 customers", 2.5),
    ):
        for clock in ("cpu", "wall"):
            yield Row(
                name=f"{name}, {clock}", unit="ms", target=target,
                ours=_best(real, event, clock), raw=_best(bare, "frame", clock),
            )  # fmt: skip
    yield Row(
        name="memory of the window", unit="MB", target=2.0,
        ours=lingering["memory"]["memory_mb"],
        raw=min(run["memory"]["memory_mb"] for run in bare),
    )  # fmt: skip


def _best(runs: list[Facts], event: str, clock: str) -> float:
    """Return the least disturbed run's time."""
    return min(run[event][f"{clock}_ms"] for run in runs)


def _run(module: str, *arguments: str) -> Facts:
    """Start a measured process and return what it reported, by event."""
    environment = {
        **os.environ,
        KEY_VARIABLE: KEY.hex(),
        STARTED_VARIABLE: str(time.time()),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=_LIMIT_S, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{module} failed:\n{done.stderr.strip()}")
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {facts["event"]: facts for facts in told}
