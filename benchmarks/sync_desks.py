"""What does a hub bear? A real one, in a process of its own, and many desks at it over HTTP.

Every desk has a user, a territory, a connection and a token; it sends three edits (two notes and a
change of a customer) and reads what is new, which brings the edits of those who share its
territory. First each does so again as soon as it is answered, which shows the most that the hub
gets done; then each once in a while, spread evenly, which shows how long a desk waits at a hub that
is not full. The desks are coroutines of one process on the same computer, whose part is not taken
out.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil

from benchmarks.clock import percentile
from benchmarks.rows import Row
from benchmarks.sync_desk import Asker, SimulatedDesk, admit_desks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from benchmarks.sync_data import CompanyHub
    from loyaldesk.hub.opening import Opened

__all__ = ["measure_desks"]

# A desk that sends and reads once in so many seconds is a busier one than any person makes it.
PACE_S = 20.0
_END_S = 20


def measure_desks(
    hub: CompanyHub, opened: Opened, folder: Path, desks: int, seconds: float
) -> Iterator[Row]:
    """Yield what the hub gets done in so many seconds, and how long the desks wait."""
    simulated = admit_desks(hub, opened, desks)
    hub.store.close()
    with _served(folder) as (process, port):
        before = _cpu_s(process)
        full = asyncio.run(_run(simulated, port, seconds, pause_s=0.0))
        cpu_s = _cpu_s(process) - before
        paced = asyncio.run(_run(simulated, port, seconds, pause_s=PACE_S))
    yield from _rows(f"{desks} desks without pause", full)
    yield Row(name=f"{desks} desks without pause, hub", unit="ms CPU a request",
              ours=cpu_s * 1_000 / len(full.took_ms))  # fmt: skip
    yield from _rows(f"{desks} desks, each once in {PACE_S:.0f} s", paced)


def _rows(name: str, load: _Load) -> Iterator[Row]:
    answered = len(load.took_ms)
    yield Row(name=f"{name}, requests", unit="a second", ours=answered / load.seconds)
    yield Row(name=f"{name}, pushes of 3 edits", unit="a second", ours=load.pushes / load.seconds)
    for share in (0.5, 0.99):
        yield Row(name=f"{name}, p{share * 100:.0f}", unit="ms",
                  ours=percentile(load.took_ms, share))  # fmt: skip
    yield Row(name=f"{name}, sent away as busy", unit="%",
              ours=100 * load.busy / (answered + load.busy))  # fmt: skip


@dataclass(slots=True)
class _Load:
    seconds: float = 0.0
    pushes: int = 0
    busy: int = 0
    took_ms: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shift:
    """When a desk begins and ends, and how long it waits from one round to the next."""

    until: float
    delay_s: float
    pause_s: float


async def _run(
    desks: Sequence[SimulatedDesk], port: int, seconds: float, *, pause_s: float
) -> _Load:
    load = _Load()
    started = time.perf_counter()
    until = started + seconds
    delays = [min(pause_s, seconds) * number / len(desks) for number in range(len(desks))]
    async with asyncio.timeout(seconds + _END_S), asyncio.TaskGroup() as group:
        for desk, delay in zip(desks, delays, strict=True):
            group.create_task(_work(desk, port, load, _Shift(until, delay, pause_s)))
    load.seconds = time.perf_counter() - started
    return load


async def _work(desk: SimulatedDesk, port: int, load: _Load, shift: _Shift) -> None:
    """Let one desk send and read again and again until the time is over."""
    await asyncio.sleep(shift.delay_s)
    asker = await Asker.connect(port, desk.headers)
    try:
        while time.perf_counter() < shift.until:
            began = time.perf_counter()
            if await _ask(asker, load, "sync/push", desk.next_push(), desk.sent):
                load.pushes += 1
            await _ask(asker, load, "sync/pull", desk.next_pull(), desk.read)
            again = min(shift.until, began + shift.pause_s)
            await asyncio.sleep(max(0.0, again - time.perf_counter()))
    finally:
        asker.close()


async def _ask(asker: Asker, load: _Load, path: str, body: bytes, keep: Any) -> bool:
    """Ask once, and tell whether the hub answered; a busy hub says when to come again."""
    started = time.perf_counter()
    status, answer = await asker.ask(path, body)
    if status in {429, 503}:
        load.busy += 1
        await asyncio.sleep(min(json.loads(answer).get("retry_after_s", 1.0), 2.0))
        return False
    if status != 200:
        raise RuntimeError(f"{path} was answered {status}: {answer[:300]!r}")
    load.took_ms.append((time.perf_counter() - started) * 1_000)
    keep(answer)
    return True


@contextmanager
def _served(folder: Path) -> Iterator[tuple[psutil.Process, int]]:
    """Yield the process of a hub that serves this folder, and its port."""
    command = [sys.executable, "-m", "loyaldesk", "hub", "serve", "--json"]
    command += ["--data", str(folder), "--port", "0"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        try:
            said = "".join(iter(lambda: _line(process), "}\n")) + "}"
            yield psutil.Process(process.pid), int(json.loads(said)["url"].rpartition(":")[2])
        finally:
            process.terminate()
            process.communicate(timeout=_END_S)


def _line(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise RuntimeError(f"the hub ended with {process.wait(timeout=_END_S)}")
    return line


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
