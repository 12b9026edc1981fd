"""The book of compiled statements: SQL text by name, so that reading needs no SQLAlchemy.

Composing with SQLAlchemy costs more than running: on the start path its import alone takes as
long as the bare window. So every statement is compiled once, into `statements.json` beside this
file, and a test holds the two together. After changing a statement: `python -m
loyaldesk.queries.book`.
"""

from __future__ import annotations

import json
import re
from array import array
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.store.connection import to_sql

if TYPE_CHECKING:
    from loyaldesk.store.reader import Row, Source

__all__ = ["compiled_book", "composed", "ids", "json_ids", "row", "rows", "sql_of", "value"]

BOOK = Path(__file__).with_name("statements.json")


@cache
def _book() -> dict[str, str]:
    loaded: dict[str, str] = json.loads(BOOK.read_text(encoding="utf-8"))
    return loaded


def sql_of(name: str) -> str:
    """Return the SQL text of a statement of the book."""
    return _book()[name]


def rows(source: Source, name: str, /, **parameters: Any) -> list[Row]:
    """Run a statement of the book and return all rows."""
    return source.rows(_book()[name], parameters)


def row(source: Source, name: str, /, **parameters: Any) -> Row | None:
    """Run a statement of the book and return its first row, or None."""
    return source.row(_book()[name], parameters)


def value(source: Source, name: str, /, **parameters: Any) -> Any:
    """Run a statement of the book and return its first value, or None."""
    return source.value(_book()[name], parameters)


def json_ids(ids: Any) -> str:
    """Return ids as the JSON text that `IN (SELECT value FROM json_each(:ids))` reads."""
    return json.dumps(list(ids), separators=(",", ":"))


def ids(source: Source, sql: str, /, **parameters: Any) -> array[int]:
    """Run a statement of one column and return it packed: eight bytes a row, however many."""
    packed = array("q")
    for chunk in source.chunks(sql, parameters):
        packed.extend([row_id for (row_id,) in chunk])
    return packed


@cache
def composed(module: str, builder: str, *choices: Any) -> str:
    """Compile a statement that depends on choices such as sort and filters; each only once.

    The builder is named, not given: its module needs SQLAlchemy, which only this import pays.
    """
    from sqlalchemy.dialects import sqlite

    build = getattr(import_module(f"loyaldesk.queries.statements.{module}"), builder)
    return _compiled(build(*choices), sqlite.dialect(paramstyle="named"))


def compiled_book() -> dict[str, str]:
    """Compile every statement for SQLite with named parameters; values inside are literals."""
    from sqlalchemy.dialects import sqlite

    from loyaldesk.queries.statements import all_statements

    dialect = sqlite.dialect(paramstyle="named")
    return {name: _compiled(build(), dialect) for name, build in all_statements().items()}


def _compiled(statement: Any, dialect: Any) -> str:
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    text = " ".join(str(compiled).split())
    # Constants become literals, or SQLite would not see that a partial index applies.
    for name, constant in compiled.params.items():
        if constant is not None:
            text = re.sub(rf":{re.escape(name)}\b", _literal(constant).replace("\\", r"\\"), text)
    # Of a bare parameter SQLite looks at the value, and so compiles the statement at every run.
    return re.sub(r"LIMIT (:\w+)", r"LIMIT \1 + 0", text)


def _literal(constant: object) -> str:
    value = to_sql(constant)
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def main() -> None:
    """Write the book anew."""
    text = json.dumps(compiled_book(), indent=1, ensure_ascii=False)
    BOOK.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
