"""Which rows are measured, in which order, and where the table goes."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.areas import AREAS, OWN_DATA
from benchmarks.data import Data, open_data
from benchmarks.machine import describe_machine
from benchmarks.rows import Row, as_json, as_table

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

FULL, QUICK = 1_000_000, 20_000
_LIMIT_S = 1_800
_ROOT = Path(__file__).parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the document if asked; a missed target is no failure."""
    args = _parser().parse_args(arguments)
    customers = args.customers or (QUICK if args.quick else FULL)
    areas = [*args.areas, *args.only] or list(AREAS)
    data = Data(Path(), customers) if OWN_DATA.issuperset(areas) else open_data(customers)
    rows: list[Row] = []
    for area in areas:
        started = time.perf_counter()
        rows += _measure(area, data, is_quick=args.quick)
        print(f"{area}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
    print(as_table(rows))
    if args.json:
        machine = {**describe_machine(), "customers": customers}
        args.json.write_text(as_json(rows, machine) + "\n", encoding="utf-8")
    return 0


def _measure(area: str, data: Data, *, is_quick: bool) -> list[Row]:
    """Measure one area in a process of its own, painting into memory."""
    words = [area, str(data.profile), str(data.customers), "quick" if is_quick else "full"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run_area", *words],
        cwd=_ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{area} could not be measured:\n{done.stderr.strip()}")
    return [Row(**fields) for fields in json.loads(done.stdout.splitlines()[-1])]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure LoyalDesk against the raw limits of this machine.",
    )
    parser.add_argument("areas", nargs="*", type=_area, metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--quick", action="store_true", help="less data, within a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table as JSON, too")
    parser.add_argument(
        "--customers", type=int, metavar="N", help="default: 1,000,000, or 20,000 with --quick"
    )
    parser.add_argument(
        "--only", nargs="+", default=[], choices=list(AREAS), help="measure just these"
    )
    return parser


def _area(word: str) -> str:
    if word not in AREAS:
        raise argparse.ArgumentTypeError(f"choose from {', '.join(AREAS)}")
    return word


if __name__ == "__main__":
    sys.exit(main())
