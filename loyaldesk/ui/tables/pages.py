"""Which rows of a long list are in memory, which are on their way, and which are out of date?"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

__all__ = ["PAGE_ROWS", "Fetch", "PagedRows"]

# Two screens: the first one waits for no more than that.
PAGE_ROWS = 64
_KEPT_PAGES = 64

Fetch = Callable[[list[int], Callable[[Mapping[int, Any]], None]], None]


class PagedRows:
    """The ordered ids of a list and the pages of rows that were fetched for them.

    `fetch(ids, then)` reads rows by id somewhere else and calls `then({id: row})` on this thread;
    `arrived(first, last)` tells which rows can be shown now.
    """

    def __init__(self, fetch: Fetch, arrived: Callable[[int, int], None]) -> None:
        self._fetch, self._arrived = fetch, arrived
        self.ids = array("q")
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._stale: dict[int, int] = {}
        self._clock = 0
        self._generation = 0

    def replace_ids(self, ids: array[int] | Sequence[int]) -> None:
        """Take another list; answers to questions about the old one are ignored.

        Pages that hold the same ids as before stay, so that a list read again does not flicker.
        """
        taken = ids if isinstance(ids, array) else array("q", ids)
        moved = [n for n in self._pages if self._ids_of(n) != _page_of(taken, n)]
        for number in moved:
            del self._pages[number]
        self.ids = taken
        self._generation += 1
        self._asked.clear()
        self._stale = {number: at for number, at in self._stale.items() if number in self._pages}

    def row(self, number: int) -> Any:
        """Return a row that is in memory, or None; never reads."""
        page = self._pages.get(number // PAGE_ROWS)
        return page[number % PAGE_ROWS] if page is not None else None

    def is_loaded(self, number: int) -> bool:
        """Whether the row was fetched; it can still be None if it was deleted meanwhile."""
        return number // PAGE_ROWS in self._pages

    def want(self, first: int, last: int) -> None:
        """Ask for the pages of these rows that are missing or out of date and not yet asked for."""
        if not self.ids:
            return
        last = min(last, len(self.ids) - 1)
        for number in range(max(first, 0) // PAGE_ROWS, last // PAGE_ROWS + 1):
            if number in self._pages:
                self._pages.move_to_end(number)
            if self._is_wanting(number):
                self._ask(number)

    def mark_stale(self, ids: Iterable[int] | None = None) -> None:
        """Have these rows, or all, read again when they are next seen; meanwhile the old show."""
        self._clock += 1
        changed = None if ids is None else set(ids)
        for number in {*self._pages, *self._asked}:
            if changed is None or not changed.isdisjoint(self._ids_of(number)):
                self._stale[number] = self._clock

    def ask_again(self) -> None:
        """Forget what was asked for, after a read that failed."""
        self._asked.clear()

    def fetch_rows(self, ids: list[int], then: Callable[[Mapping[int, Any]], None]) -> None:
        """Read rows by id without keeping them, for the clipboard."""
        self._fetch(ids, then)

    def numbers_of(self, ids: set[int]) -> list[int]:
        """Return where these ids stand in the list, in its order."""
        if len(ids) == 1:
            wanted = next(iter(ids))
            return [self.ids.index(wanted)] if wanted in self.ids else []
        return [number for number, found in enumerate(self.ids) if found in ids] if ids else []

    def _is_wanting(self, number: int) -> bool:
        asked_at = self._asked.get(number)
        if asked_at is not None:
            return asked_at < self._stale.get(number, 0)
        return number not in self._pages or number in self._stale

    def _ask(self, number: int) -> None:
        self._asked[number] = asked_at = self._clock
        generation, ids = self._generation, self._ids_of(number).tolist()

        def answer(rows: Mapping[int, Any]) -> None:
            if generation == self._generation:
                self._keep(number, [rows.get(found) for found in ids], asked_at)

        self._fetch(ids, answer)

    def _keep(self, number: int, rows: list[Any], asked_at: int) -> None:
        if self._asked.get(number) == asked_at:
            del self._asked[number]
        if asked_at >= self._stale.get(number, 0):
            self._stale.pop(number, None)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        if len(self._pages) > _KEPT_PAGES:
            self._stale.pop(self._pages.popitem(last=False)[0], None)
        first = number * PAGE_ROWS
        self._arrived(first, first + len(rows) - 1)

    def _ids_of(self, number: int) -> array[int]:
        return _page_of(self.ids, number)


def _page_of(ids: array[int], number: int) -> array[int]:
    return ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
