"""Search as it is typed, against the bare full-text query of the same words in the same run."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any

from benchmarks.clock import cpu_ms, percentile, quiet
from benchmarks.rows import Row
from loyaldesk.domain.text import phone_digits, words
from loyaldesk.queries.search import search
from loyaldesk.queries.search_hits import HitKind
from loyaldesk.store.search_entries import CONTACTS, CUSTOMERS, DOCUMENTS, ID_MASK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.data import Data
    from loyaldesk.store.connection import Connection
    from loyaldesk.store.reader import Reader

__all__ = ["measure", "sample_words"]

_LIMIT = 50
_SAMPLES, _QUICK_SAMPLES = 240, 80
_LENGTHS = range(1, 9)
_TYPO_LENGTHS = range(6, 10)

# The plainest program that answers: each index once, the most important first, with its record.
_QUESTION = (
    "SELECT :shown FROM (SELECT rowid AS place FROM :index WHERE :index MATCH ?"
    " ORDER BY rowid LIMIT ?) CROSS JOIN :record ON :record.id = place & :mask"
)
_WITH_CUSTOMER = " JOIN customer ON customer.id = :record.customer_id"
_JOINED = {
    HitKind.CUSTOMER: (CUSTOMERS, "customer.*", ""),
    HitKind.CONTACT: (CONTACTS, "contact.*, customer.*", _WITH_CUSTOMER),
    HitKind.DOCUMENT: (DOCUMENTS, "document.*, customer.*", _WITH_CUSTOMER),
}
# A screenful: beside all customers, people and papers fill half and a quarter of one.
_MOST = {HitKind.CUSTOMER: _LIMIT, HitKind.CONTACT: _LIMIT // 2, HitKind.DOCUMENT: _LIMIT // 4}
_BARE = {
    kind: f"{_QUESTION}{joined}".replace(":shown", shown)
    .replace(":index", own.index)
    .replace(":record", own.table)
    .replace(":mask", str(ID_MASK))
    for kind, (own, shown, joined) in _JOINED.items()
}
_BARE_PHONE = (
    "SELECT customer.*, contact.* FROM (SELECT kind, record_id FROM search_phone"
    " WHERE run >= ?1 AND run < ?1 || ':' LIMIT ?2)"
    " LEFT JOIN contact ON kind = 2 AND contact.id = record_id"
    " JOIN customer ON customer.id = coalesce(contact.customer_id, record_id)"
)


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield a row for every length, for two words, for a phone, and for a misspelt word."""
    count = _QUICK_SAMPLES if is_quick else _SAMPLES
    reader, raw = data.reader(), data.raw()
    names = _sample(reader, "SELECT name FROM customer WHERE id = ?", data.customers, count * 3)
    phones = _sample(reader, "SELECT phone FROM customer WHERE id = ?", data.customers, count)
    asking = _Asking(reader, raw)
    for length in _LENGTHS:
        typed = [word[:length] for word in _words(names) if len(word) >= length][:count]
        yield _row(f"search, {length} letters, p95", asking.times(typed, asking.words_bare))
    pairs = [found for name in names if (found := _two_beginnings(name))][:count]
    yield _row("search, two words, p95", asking.times(pairs, asking.words_bare))
    digits = [phone_digits(phone)[:8] for phone in phones]
    yield _row("search, a phone, p95", asking.times(digits, asking.phone_bare))
    lengths = _TYPO_LENGTHS
    exact = [word for word in _words(names) if len(word) in lengths][: count // 2]
    yield _typo_row(asking, exact)
    reader.close()
    raw.close()


def sample_words(reader: Reader, customers: int, count: int) -> list[str]:
    """Return first words of the names of some customers, drawn by chance, folded."""
    names = _sample(reader, "SELECT name FROM customer WHERE id = ?", customers, count)
    return _words(names)


class _Asking:
    """Asks both sides the same."""

    def __init__(self, reader: Reader, raw: Connection) -> None:
        self._reader = reader
        self._raw = raw

    def ours(self, text: str) -> object:
        """Search as the window does."""
        return search(self._reader, text, limit=_LIMIT)

    def words_bare(self, text: str) -> object:
        """Ask each index for words beginning so."""
        match = " AND ".join(f'"{word}"*' for word in words(text))
        return [
            self._raw.execute(_BARE[kind], (match, most)).fetchall() for kind, most in _MOST.items()
        ]

    def phone_bare(self, digits: str) -> object:
        """Ask for phones that run on from the digits."""
        return self._raw.execute(_BARE_PHONE, (digits, _LIMIT)).fetchall()

    def times(
        self, typed: Sequence[str], bare: Callable[[str], object]
    ) -> tuple[list[float], list[float]]:
        """Return the CPU milliseconds of ours and of the bare query for every text, by turns."""
        ours, raw = [], []
        for text in typed[:20]:
            self.ours(text), bare(text)
        with quiet():
            for text in typed:
                ours.append(cpu_ms(partial(self.ours, text)))
                raw.append(cpu_ms(partial(bare, text)))
        return ours, raw


def _row(name: str, times: tuple[list[float], list[float]]) -> Row:
    ours, raw = (percentile(side, 0.95) for side in times)
    return Row(name=name, unit="ms CPU", ours=ours, raw=raw, target=2.0)


def _typo_row(asking: _Asking, exact: Sequence[str]) -> Row:
    misspelt = [_transposed(word) for word in exact]
    pairs = dict(zip(misspelt, exact, strict=True))
    times = asking.times(misspelt, lambda typo: asking.ours(pairs[typo]))
    ours, raw = (percentile(side, 0.95) for side in times)
    name = "one transposed letter, p95, against the right word"
    return Row(name=name, unit="ms CPU", ours=ours, raw=raw, target=3.0)


def _sample(reader: Reader, sql: str, customers: int, count: int) -> list[Any]:
    chance = Random(11)
    ids = [chance.randint(1, customers) for _ in range(count)]
    return [reader.value(sql, [row_id]) for row_id in ids]


def _words(names: Sequence[str]) -> list[str]:
    return [found[0] for name in names if (found := words(name))]


def _two_beginnings(name: str) -> str | None:
    found = [word for word in words(name) if len(word) > 2]
    return f"{found[0][:3]} {found[1][:2]}" if len(found) > 1 else None


def _transposed(word: str) -> str:
    """Return the word with its third and fourth letter exchanged, or the next two that differ."""
    for at in range(2, len(word) - 1):
        if word[at] != word[at + 1]:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[1] + word[0] + word[2:]
