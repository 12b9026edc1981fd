"""Which rows are measured, in which order, and where the table goes."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import customer_page, imports, letters, long_table, search
from benchmarks.data import open_data
from benchmarks.machine import describe_machine
from benchmarks.rows import Row, as_json, as_table

__all__ = ["main"]

FULL, QUICK = 1_000_000, 20_000

Measure = Callable[..., Iterator[Row]]
# Processes of their own come first, while this one is still small.
AREAS: dict[str, Measure] = {
    "customer-page": customer_page.measure,
    "search": search.measure,
    "table": long_table.measure,
    "letters": letters.measure,
    "import": imports.measure,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, write the document if asked; a missed target is no failure."""
    args = _parser().parse_args(arguments)
    data = open_data(args.customers or (QUICK if args.quick else FULL))
    rows: list[Row] = []
    for area in args.only or AREAS:
        started = time.perf_counter()
        rows += AREAS[area](data, is_quick=args.quick)
        print(f"{area}: {time.perf_counter() - started:.1f} s", file=sys.stderr, flush=True)
    machine = {**describe_machine(), "customers": data.customers}
    print(as_table(rows))
    if args.json:
        args.json.write_text(as_json(rows, machine) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure LoyalDesk against the raw limits of this machine.",
    )
    parser.add_argument("--quick", action="store_true", help="less data, within a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table as JSON, too")
    parser.add_argument(
        "--customers", type=int, metavar="N", help="default: 1,000,000, or 20,000 with --quick"
    )
    parser.add_argument("--only", nargs="+", choices=sorted(AREAS), help="measure just these")
    return parser


if __name__ == "__main__":
    sys.exit(main())
