"""Which maps are shipped, how one is named, and which of them fits a source."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.connectors.map_file import read_map
from loyaldesk.connectors.source import ImportSource, open_source
from loyaldesk.errors import Refused
from loyaldesk.resources import resource

if TYPE_CHECKING:
    from loyaldesk.connectors.import_map import ImportMap
    from loyaldesk.connectors.tables import Tables

__all__ = ["guess_map", "load_map", "shipped_maps"]


@cache
def shipped_maps() -> dict[str, ImportMap]:
    """Return the maps that come with LoyalDesk, by name."""
    found = (read_map(path) for path in sorted(resource("maps").glob("*.toml")))
    return {each.name: each for each in found}


def load_map(name: str) -> ImportMap:
    """Return a shipped map by its name, or the map of a TOML file by its path."""
    if name in shipped_maps():
        return shipped_maps()[name]
    path = Path(name)
    if path.is_file():
        return read_map(path)
    raise Refused(
        f"There is no map “{name}”. Nothing was imported; name a TOML file, or one of: "
        f"{', '.join(shipped_maps())}."
    )


def guess_map(source: ImportSource | str | Path) -> ImportMap | None:
    """Return the shipped map that knows this source by its tables or headings, if one does."""
    if not isinstance(source, ImportSource):
        source = ImportSource(location=str(source))
    tables = open_source(source)
    try:
        fitting = [each for each in shipped_maps().values() if _fits(each, tables)]
    finally:
        tables.close()
    return max(fitting, key=lambda each: len(each.recognise.columns), default=None)


def _fits(import_map: ImportMap, tables: Tables) -> bool:
    wanted = import_map.recognise
    if wanted.tables:
        return {name.casefold() for name in wanted.tables} <= {
            name.casefold() for name in tables.names
        }
    have = {name.casefold() for name in tables.columns("*")}
    return bool(wanted.columns) and {name.casefold() for name in wanted.columns} <= have
