"""`loyaldesk import`: bring in the records of a file or a database through a map."""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from loyaldesk.cli.outputs import checked_output
from loyaldesk.errors import Refused
from loyaldesk.queries.duplicates import list_pairs, read_imported

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from loyaldesk.cli.context import Context
    from loyaldesk.connectors import ImportMap, ImportResult, ImportSource

__all__ = ["add_parser", "run"]

_TOLD = 20
_PAUSE_S = 0.2
_MARKS = {"\t": "tabs"}
_OUTCOMES = ("new", "changed", "same", "removed", "refused", "skipped")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "import",
        help="bring in a file or database through a map",
        description="Import CSV, XLSX, SQLite or any database with a SQLAlchemy address. A bad "
        "row goes to the error file and never stops the rest; the same import twice changes "
        "nothing; undo takes the whole import back.",
    )
    parser.add_argument("source", metavar="FILE_OR_URL", help="a file, or postgresql://…")
    parser.add_argument(
        "--map", metavar="MAP", help="a TOML file or a shipped map; default: the one that fits"
    )
    parser.add_argument("--dry-run", action="store_true", help="only tell what would change")
    parser.add_argument("--errors", metavar="FILE", type=Path, help="where bad rows are kept")
    parser.add_argument("--encoding", default="", help="utf-8, cp1252, utf-16, …")
    parser.add_argument("--delimiter", default="", metavar="D", help="one of , ; | tab")
    parser.add_argument("--sheet", default="", metavar="S", help="the sheet of a workbook")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace, context: Context) -> int:
    """Import, or try it; 1 if there was something to import and all of it was refused."""
    # Reading foreign data loads SQLAlchemy, which other commands must not pay for.
    from loyaldesk.connectors import ImportSource, run_import

    source = ImportSource(
        location=args.source,
        encoding=args.encoding,
        delimiter=args.delimiter,
        sheet=args.sheet,
    )
    errors = _errors(args, source, context)
    result = run_import(
        context.open_store(),
        source,
        _chosen_map(args, source),
        dry_run=args.dry_run,
        progress=_Meter(context),
        errors=errors,
    )
    context.show(result, "\n".join(_report(result)))
    for line in (*_complaints(result), *_doubles(result, context)):
        context.tell(line)
    return int(bool(result.refused_rows) and not _taken(result))


def _errors(args: argparse.Namespace, source: ImportSource, context: Context) -> Path | None:
    """Return where bad rows go, or refuse a place that holds something else."""
    if args.errors is None and args.dry_run:
        return None
    path = args.errors or _default_errors(source.label)
    read = [each for each in (source.file, Path(args.map) if args.map else None) if each]
    return checked_output(path, profile=context.profile, besides=read)


def _chosen_map(args: argparse.Namespace, source: ImportSource) -> ImportMap:
    from loyaldesk.connectors import guess_map, load_map

    if args.map:
        return load_map(args.map)
    found = guess_map(source)
    if found is None:
        raise Refused(
            "No shipped map fits this source. Nothing was imported; name a map with --map."
        )
    return found


def _default_errors(label: str) -> Path:
    name = "".join(c if c.isalnum() or c in "-_." else "-" for c in Path(label).name)
    return Path(f"{name or 'import'}.errors.csv")


class _Meter:
    """Writes how far the import is on one line of a terminal, and nothing into a pipe."""

    def __init__(self, context: Context) -> None:
        self._is_shown = sys.stderr.isatty() and not context.wants_json
        self._next_s = 0.0

    def __call__(self, done: int, total: int | None) -> None:
        """Show the rows read so far, a few times a second and at the end."""
        is_last = done == total
        if not self._is_shown or (monotonic() < self._next_s and not is_last):
            return
        self._next_s = monotonic() + _PAUSE_S
        of = f" of {total:,}" if total is not None else ""
        print(f"\r{done:,}{of} rows read", end="\n" if is_last else "", file=sys.stderr, flush=True)


def _report(result: ImportResult) -> Iterator[str]:
    yield f"{result.source} through “{result.map_name}”{_read_as(result)}:"
    yield f"{'':14}" + "".join(f"{name:>10}" for name in _OUTCOMES)
    for table, counts in result.counts.items():
        numbers = "".join(f"{getattr(counts, name):>10,}" for name in _OUTCOMES)
        yield f"{table.replace('_', ' '):14}{numbers}"
    for difference in result.differences[:_TOLD]:
        yield f"{difference.table} {difference.key}: {_fields(difference.fields)}"
    if result.is_dry_run:
        yield "This was only tried; nothing was written."
    elif not result.label:
        yield "There was nothing new; nothing was written."


def _read_as(result: ImportResult) -> str:
    if not result.read_as:
        return ""
    mark = result.read_as["delimiter"]
    return f", read as {result.read_as['encoding']} with {_MARKS.get(mark, f'“{mark}”')}"


def _fields(fields: Any) -> str:
    return ", ".join(f"{name} {old!r} → {new!r}" for name, (old, new) in fields.items())


def _complaints(result: ImportResult) -> Iterator[str]:
    if not result.refused_rows:
        return
    for bad in result.refusals[:_TOLD]:
        what = f"{bad.field} “{bad.value}” " if bad.field else ""
        yield f"{bad.table}, row {bad.row}: {what}{bad.reason}"
    is_one = result.refused_rows == 1
    words = "bad row was left out" if is_one else "bad rows were left out"
    kept = f"; {'it is' if is_one else 'all are'} in {result.error_file}"
    yield f"{result.refused_rows:,} {words}{kept if result.error_file else ''}."


def _doubles(result: ImportResult, context: Context) -> Iterator[str]:
    """Say how many of the new customers may be here twice."""
    counts = result.counts.get("customer")
    if result.is_dry_run or counts is None or not counts.new:
        return
    reader = context.reader()
    pairs = list_pairs(reader, among=read_imported(reader))
    if pairs:
        words = "new customer may" if len(pairs) == 1 else "pairs with a new customer may"
        yield f"{len(pairs):,} {words} be here twice; see `loyaldesk duplicates list`."


def _taken(result: ImportResult) -> bool:
    return any(c.new or c.changed or c.same for c in result.counts.values())
