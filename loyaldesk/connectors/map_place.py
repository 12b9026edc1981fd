"""One table of a map's TOML being read: what it may hold, and how a complaint names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["Place", "wrong_map"]


def wrong_map(name: str, what: str) -> Refused:
    """Return the refusal of a map, saying what is wrong with it."""
    return Refused(
        f"The map “{name}” cannot be used: {what}. Nothing was imported; correct the map and try "
        "again."
    )


class Place:
    """A table somewhere in a map; every value is checked when it is asked for."""

    def __init__(self, map_name: str, where: str, table: Any) -> None:
        self._map_name = map_name
        self._where = where
        if not isinstance(table, dict):
            raise self.complain("must be a table")
        self._table: Mapping[str, Any] = table

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __bool__(self) -> bool:
        return bool(self._table)

    def complain(self, what: str) -> Refused:
        """Return the refusal of the map because of something at this place."""
        return wrong_map(self._map_name, f"{self._where} {what}")

    def only(self, allowed: Collection[str]) -> Place:
        """Return this place, or refuse a key that means nothing here."""
        for key in self._table:
            if key not in allowed:
                known = ", ".join(sorted(allowed))
                raise self.complain(f"has the unknown key “{key}” (known: {known})")
        return self

    def inner(self, key: str, name: str = "") -> Place:
        """Return the table under a key, an empty one if there is none."""
        return Place(self._map_name, f"{self._where} {name or key}", self._table.get(key, {}))

    def inners(self, key: str) -> list[Place]:
        """Return the tables under a key, whether it holds one or a list of them."""
        found = self._table.get(key, [])
        each = found if isinstance(found, list) else [found]
        return [Place(self._map_name, f"{self._where} {key}", table) for table in each]

    def raw(self, key: str) -> Any:
        """Return what stands under a key, unchecked."""
        return self._table[key]

    def needed(self, key: str) -> str:
        """Return the text under a key that must be there."""
        found = self._table.get(key)
        if not isinstance(found, str) or not found:
            raise self.complain(f"needs the text `{key}`")
        return found

    def text(self, key: str) -> str:
        """Return the text under a key, empty if there is none."""
        found = self._table.get(key, "")
        if not isinstance(found, str):
            raise self.complain(f"needs a text for `{key}`")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts under a key, whether it holds one or a list of them."""
        found = self._table.get(key, [])
        texts = [found] if isinstance(found, str) else found
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            raise self.complain(f"needs a text or a list of texts for `{key}`")
        return tuple(texts)

    def flag(self, key: str) -> bool:
        """Return the true or false under a key, false if there is none."""
        found = self._table.get(key, False)
        if not isinstance(found, bool):
            raise self.complain(f"needs true or false for `{key}`")
        return found

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """Return one of the choices, the first if there is none."""
        found = self._table.get(key, choices[0])
        if found not in choices:
            raise self.complain(f"needs one of {', '.join(filter(None, choices))} for `{key}`")
        return str(found)

    def number(self, key: str, allowed: range) -> int | None:
        """Return the whole number under a key, None if there is none."""
        found = self._table.get(key)
        if found is not None and (type(found) is not int or found not in allowed):
            raise self.complain(f"needs a number from {allowed[0]} to {allowed[-1]} for `{key}`")
        return found

    def constant(self, key: str) -> str | None:
        """Return a text, number, date or yes and no as the text a cell would hold."""
        found = self._table.get(key)
        if isinstance(found, dict | list):
            raise self.complain(f"needs a plain value for `{key}`")
        if isinstance(found, bool):
            return str(int(found))
        return None if found is None else str(found)
