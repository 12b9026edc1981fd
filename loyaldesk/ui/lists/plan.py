"""What does a long list consist of, and how is it read?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from loyaldesk.queries.lists import ListQuery

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loyaldesk.ui.tables.column import Column

__all__ = ["FilterChoice", "ListPlan", "ListWish"]


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A filter that can be on or off: its key in the queries and what its chip says."""

    key: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True)
class ListWish:
    """What somebody wants to see: words that must match, filters, an order."""

    sort: str
    descending: bool = False
    filters: frozenset[str] = frozenset()
    whose: str = ""
    text: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return not self.filters and not self.whose and not self.text.strip()

    def query(self, actor: str) -> ListQuery:
        """Return the wish as the queries want it; a filter `mine` is about this actor."""
        filters = tuple(sorted(self.filters | ({self.whose} - {""})))
        values = (("mine", actor),) if "mine" in filters else ()
        return ListQuery(self.sort, self.descending, filters, values)

    def without_filters(self) -> ListWish:
        """Return the wish for everything, in the same order."""
        return replace(self, filters=frozenset(), whose="", text="")

    def as_dict(self) -> dict[str, Any]:
        """Return the wish as JSON can keep it."""
        return {
            "sort": self.sort,
            "descending": self.descending,
            "filters": sorted(self.filters),
            "whose": self.whose,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class ListPlan:
    """One list: its words, columns and filters, and the queries that read it.

    `list_ids(source, wanted=, text=, today=, most=)` returns ids in order, `read_rows(source, ids=,
    today=)` rows by id, `count(source)` how many there are. Lists of records with money have
    `sums(source, ids=, today=)`, what they come to per currency (`ids` None: all of them), named by
    `sum_words`. `headings` and `values(row)` are what is exported, unformatted. A change in one of
    `tables` may change what rows say, and one in the first of them which records are listed.
    `nothing` explains a list without records: title, sentence, button and icon.
    """

    key: str
    title: str
    nouns: tuple[str, str]
    columns: Sequence[Column]
    filters: Sequence[FilterChoice]
    first: ListWish
    list_ids: Callable[..., Any]
    read_rows: Callable[..., Any]
    count: Callable[..., int]
    headings: Sequence[str]
    values: Callable[[Any], Sequence[object]]
    tables: Sequence[str]
    nothing: tuple[str, str, str, str]
    whose: Sequence[tuple[str, str]] = field(default=())
    sums: Callable[..., Any] | None = None
    sum_words: str = ""

    def counted(self, count: int, written: str) -> str:
        """Return a number of rows with its noun: 1 customer, 340 customers."""
        return f"{written} {self.nouns[0] if count == 1 else self.nouns[1]}"

    def understood(self, kept: Any) -> ListWish | None:
        """Return a wish that was kept or sent, as far as this list knows it, or None."""
        if not isinstance(kept, dict):
            return None
        sortable = {column.key for column in self.columns if column.sortable}
        known = {choice.key for choice in self.filters}
        filters, whose = kept.get("filters"), kept.get("whose")
        return ListWish(
            sort=kept["sort"] if kept.get("sort") in sortable else self.first.sort,
            descending=bool(kept.get("descending")),
            filters=frozenset(known & set(filters)) if isinstance(filters, list) else frozenset(),
            whose=whose if whose in {key for key, _ in self.whose} else "",
            text=str(kept.get("text") or ""),
        )
