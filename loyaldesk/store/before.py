"""What did a row look like on the wire before a transaction changed it, or what it refers to?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.store.wire_places import LINKED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.reader import Source
    from loyaldesk.store.trails import Trail, Values
    from loyaldesk.store.wire_places import Place

__all__ = ["Before"]


class Before:
    """Turns columns as they were into fields of the wire; knows rows that are deleted by now."""

    def __init__(self, source: Source, trails: Sequence[Trail]) -> None:
        self._source = source
        self._known: dict[tuple[str, int, str], Any] = {}
        self._first: dict[tuple[str, int], Trail] = {}
        for trail in trails:
            self._first.setdefault((trail.table, trail.row_id), trail)

    def uid(self, trail: Trail) -> str:
        """Return the uid of a row that is deleted by now."""
        return str(_plain(trail.before["uid"]))

    def fields(self, places: Sequence[Place], columns: Mapping[str, Any]) -> Row:
        """Return the fields that these columns of a row make."""
        return {
            place.field: self._field(place, columns) for place in places if place.column in columns
        }

    def whole(self, places: Sequence[Place], columns: Values) -> Row:
        """Return all fields of a row of which only what was not empty is recorded."""
        return self.fields(places, dict.fromkeys(place.column for place in places) | columns)

    def _field(self, place: Place, columns: Mapping[str, Any]) -> Any:
        value = columns[place.column]
        if not place.table or value is None:
            return _plain(value)
        table = place.table
        if table == "linked":
            table = LINKED[columns["linked_kind"]]
        return self._look(table, place.what, value)

    def _look(self, table: str, what: str, row_id: int) -> Any:
        key = (table, row_id, what)
        if key not in self._known:
            trail = self._first.get((table, row_id))
            told = trail.before if trail else {}
            if what not in told:
                told = {
                    what: self._source.value(f"SELECT {what} FROM {table} WHERE id = ?", [row_id])
                }
            self._known[key] = _plain(told[what])
        return self._known[key]


def _plain(value: Any) -> Any:
    """Return a value as the wire says it; the record of changes writes bytes as {"hex": …}."""
    if isinstance(value, bytes):
        return value.hex()
    return value["hex"] if isinstance(value, dict) else value
