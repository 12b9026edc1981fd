"""How fast a run of statements goes, by process, in all, and whether its memory stays flat."""

from __future__ import annotations

import shutil
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil
from reportlab.lib.pagesizes import A4

from benchmarks.clock import cpu_ms, quiet
from benchmarks.data import KEY
from benchmarks.hand_written import HandWritten, encode_pay_code
from benchmarks.rows import Row
from benchmarks.statement_run_data import make_profile, prepare
from loyaldesk.background.child_pool import ChildPool
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.pdf.issuing import draw_pages
from loyaldesk.queries.statement_runs import count_outcomes, list_waiting, read_run
from loyaldesk.runs.statement_line import drive_run
from loyaldesk.runs.statement_steps import DRAW, ReadyStatement, compose_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from benchmarks.data import Data
    from loyaldesk.pdf.compose_statement import ComposedStatement
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.store.store import Store

__all__ = ["measure"]

_FULL, _QUICK = 10_000, 100
_WORKERS, _LETTERS_PER_WORKER = 2, 2
_HAND_ROUNDS, _SAMPLES, _QUICK_SAMPLES, _WARM_UP = 30, 300, 60, 20
_MEGABYTE = 1e6


def measure(_: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield how fast one process draws, what two do together, the whole run, and its memory."""
    folder = Path(tempfile.mkdtemp(prefix="benchmark-statements-"))
    letters = _QUICK if is_quick else _FULL
    store = make_profile(folder, letters)
    try:
        samples = _composed(store, prepare(store), _QUICK_SAMPLES if is_quick else _SAMPLES)
        by_hand = _by_hand_ms(samples[0])
        yield _one_process(samples, by_hand)
        yield _two_processes(samples)
        yield from _whole_run(store, FileStore(folder / FOLDER_NAME, KEY), samples, by_hand)
    finally:
        store.close()
        shutil.rmtree(folder)


def _composed(store: Store, run_id: int, count: int) -> list[ComposedStatement]:
    with store.reader() as reader:
        selection = read_run(reader, run_id=run_id).selection
        found = [
            compose_item(
                reader, run_id=run_id, item=item, selection=selection, now=datetime.now(UTC)
            )
            for item in list_waiting(reader, run_id=run_id, limit=count)
        ]
    return [each.composed for each in found if isinstance(each, ReadyStatement)]


def _by_hand_ms(composed: ComposedStatement) -> float:
    """Return the CPU milliseconds of the same pages typed as reportlab calls."""
    page = HandWritten(lambda: draw_pages(composed=composed).pdf, size=A4)

    def type_letter() -> bytes:
        encode_pay_code()
        return page.draw()

    type_letter()
    with quiet():
        return median(cpu_ms(type_letter) for _ in range(_HAND_ROUNDS))


def _one_process(samples: Sequence[ComposedStatement], by_hand: float) -> Row:
    """Compare what a process that draws spends on a letter, pipe and all, with doing it by hand."""
    with _pool(1, samples) as pool:
        spent = _child_cpu_s()
        _draw_all(pool, samples)
        ours = (_child_cpu_s() - spent) / len(samples) * 1_000
    return Row(name="statement run, a letter in its process", unit="ms CPU", ours=ours,
               raw=by_hand, target=0.85, is_speed=True)  # fmt: skip


def _two_processes(samples: Sequence[ComposedStatement]) -> Row:
    """Compare the time from letter to letter of two processes with that of one, by turns."""
    taken: dict[int, list[float]] = {1: [], _WORKERS: []}
    with _pool(1, samples) as one, _pool(_WORKERS, samples) as two:
        for _ in range(3):
            for pool in (one, two):
                started = time.perf_counter()
                _draw_all(pool, samples)
                passed = time.perf_counter() - started
                taken[pool.workers].append(passed / len(samples) * 1_000)
    return Row(name="statement run, two processes against one", unit="ms", ours=min(taken[2]),
               raw=min(taken[1]), target=1.7, is_speed=True)  # fmt: skip


def _whole_run(
    store: Store, files: FileStore, samples: Sequence[ComposedStatement], by_hand: float
) -> Iterator[Row]:
    """Issue every letter, and look at the memory of all processes after a tenth and at the end."""
    run_id = prepare(store)
    with store.reader() as reader:
        letters = count_outcomes(reader, run_id=run_id)["waiting"]
    memory: dict[int, float] = {}
    done: list[int] = []

    def told(_: RunItem) -> None:
        done.append(1)
        if len(done) in {letters // 10, letters}:
            memory[len(done)] = _memory_mb()

    with _pool(_WORKERS, samples) as pool:
        started = time.perf_counter()
        drive_run(
            store, files=files, run_id=run_id, draw=partial(_begin, pool),
            ahead=_WORKERS * _LETTERS_PER_WORKER, told=told,
        )  # fmt: skip
        passed = (time.perf_counter() - started) / letters * 1_000
    with store.reader() as reader:
        issued = reader.value("SELECT count(*) FROM letter")
    if issued != letters:
        raise RuntimeError(f"{issued} of {letters} statements were issued")
    yield Row(name=f"{letters:,} statements composed, drawn, issued", unit="ms", ours=passed,
              raw=by_hand, target=0.85, is_speed=True)  # fmt: skip
    yield Row(name=f"memory from statement {letters // 10:,} to {letters:,}", unit="MB",
              ours=memory[letters], raw=memory[letters // 10], target=1.1)  # fmt: skip


@contextmanager
def _pool(workers: int, samples: Sequence[ComposedStatement]) -> Iterator[ChildPool]:
    """Give a pool whose processes have drawn before: libraries and fonts are read by then."""
    with ChildPool(workers) as pool:
        _draw_all(pool, samples[: _WARM_UP * workers])
        yield pool


def _begin(pool: ChildPool, composed: ComposedStatement) -> Future[DrawnPages]:
    return pool.submit(DRAW, composed=composed)


def _draw_all(pool: ChildPool, samples: Sequence[ComposedStatement]) -> None:
    for drawing in [_begin(pool, composed) for composed in samples]:
        drawing.result()


def _child_cpu_s() -> float:
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(each.user + each.system for each in times)


def _memory_mb() -> float:
    processes = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return float(sum(process.memory_info().rss for process in processes)) / _MEGABYTE
