"""How the lines of orders and invoices get what their rows do not say: position, net, dates."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.targets import LINES_OF, TARGETS
from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import line_net, minor_of_micro

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.connectors.reading import Batch

__all__ = ["LineColumns", "Span"]

Span = tuple[str, int, int]
Head = tuple[Any, ...]

# What a line takes from its order where the source says it only there.
_INHERITED = ("requested_on", "promised_on", "shipped_on")


class LineColumns:
    """The columns of the lines that one import makes; `position` is always the first."""

    def __init__(self, target_name: str, names: Sequence[str], head_names: Sequence[str]) -> None:
        fields = TARGETS[LINES_OF[target_name]].fields
        self._is_order = target_name == "order"
        self._mapped = frozenset(names)
        self._head_places = {name: place for place, name in enumerate(head_names)}
        skipped = {target_name, "position", "net"}
        self._plain = tuple(name for name in names if name not in skipped)
        self._inherited = tuple(
            name
            for name in _INHERITED
            if self._is_order and name not in self._mapped and name in self._head_places
        )
        self._counts_shipped = self._is_order and "shipped" not in self._mapped
        self.names = (
            "position",
            *(fields[name].column for name in self._plain),
            *self._inherited,
            *(["shipped_milli"] if self._counts_shipped else []),
            "net_minor",
        )

    def place(self, column: str) -> int | None:
        """Return where a column stands in the rows, or None if it is not filled."""
        return self.names.index(column) if column in self.names else None

    def rows(
        self, batch: Batch, spans: Sequence[Span], heads: Sequence[Head | None]
    ) -> tuple[list[tuple[Any, ...]], list[int], Sequence[int]]:
        """Return the finished lines of a batch, their net amounts and their tax rates."""
        count = len(batch.keys)
        values = batch.values
        nets = self._nets(batch, spans, heads)
        columns = [self._positions(batch, spans), *(values[name] for name in self._plain)]
        columns += [self._from_heads(name, spans, heads) for name in self._inherited]
        if self._counts_shipped:
            columns.append(self._shipped(batch, spans, heads))
        columns.append(nets)
        taxes = values.get("tax") or list(repeat(0, count))
        return list(zip(*columns, strict=True)), nets, taxes

    def _positions(self, batch: Batch, spans: Sequence[Span]) -> list[int]:
        given = batch.values.get("position")
        found: list[int] = []
        for _, start, end in spans:
            if given is None or None in given[start:end]:
                found.extend(range(1, end - start + 1))
            else:
                found.extend(given[start:end])
        return found

    def _from_heads(
        self, name: str, spans: Sequence[Span], heads: Sequence[Head | None]
    ) -> list[Any]:
        place = self._head_places[name]
        found: list[Any] = []
        for (_, start, end), head in zip(spans, heads, strict=True):
            found.extend(repeat(head and head[place], end - start))
        return found

    def _shipped(
        self, batch: Batch, spans: Sequence[Span], heads: Sequence[Head | None]
    ) -> list[int]:
        """Return the shipped quantities: everything once the order has a day of shipping."""
        quantities = batch.values["quantity"]
        shipped = batch.values.get("shipped_on")
        if shipped is not None:
            return [q if day else 0 for q, day in zip(quantities, shipped, strict=True)]
        place = self._head_places.get("shipped_on")
        found: list[int] = []
        for (_, start, end), head in zip(spans, heads, strict=True):
            if place is not None and head and head[place]:
                found.extend(quantities[start:end])
            else:
                found.extend(repeat(0, end - start))
        return found

    def _nets(self, batch: Batch, spans: Sequence[Span], heads: Sequence[Head | None]) -> list[int]:
        currency = self._head_places["currency"]
        found: list[int] = []
        prices, quantities = batch.values["unit_price"], batch.values["quantity"]
        discounts = batch.values.get("discount") or list(repeat(0, len(prices)))
        given = batch.values.get("net") or list(repeat(None, len(prices)))
        for (_, start, end), head in zip(spans, heads, strict=True):
            exponent = exponent_of(head[currency]) if head else 2
            for index in range(start, end):
                net = given[index]
                found.append(
                    line_net(prices[index], quantities[index], discounts[index], exponent=exponent)
                    if net is None
                    else minor_of_micro(net, exponent=exponent)
                )
        return found
