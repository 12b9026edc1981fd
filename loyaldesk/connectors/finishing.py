"""How values that depend on other records or on a currency become what the store keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.reading import BadRow, Batch
from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import minor_of_micro

if TYPE_CHECKING:
    from loyaldesk.connectors.desk import Desk
    from loyaldesk.connectors.targets import Target

__all__ = ["drop_repeated", "finish_values", "not_imported"]


def finish_values(batch: Batch, target: Target, desk: Desk) -> None:
    """Turn keys of other records into ids and money into minor units; bad rows are put aside."""
    for name, field in target.fields.items():
        # A parent may stand further down in the same table: it is joined at the end.
        if field.refers_to and name in batch.values and name != "parent":
            _resolve(batch, name, field.refers_to, desk)
    if "currency" in batch.values:
        for name, field in target.fields.items():
            if field.kind == "money" and name in batch.values:
                batch.values[name] = _minors(batch, name)


def drop_repeated(batch: Batch, seen: dict[str, int], *, is_group: bool) -> None:
    """Keep the first row of every key; the others are bad, or just more lines of a group."""
    repeated: dict[int, BadRow] = {}
    for index, (key, number) in enumerate(zip(batch.keys, batch.numbers, strict=True)):
        first = seen.setdefault(key, number)
        if first != number:
            repeated[index] = BadRow(number, key, "key", key, f"was used before, in row {first}")
    if is_group and repeated:
        batch.drop(repeated)
    else:
        batch.refuse(repeated)


def not_imported(number: int, key: str, field: str, value: str, target_name: str) -> BadRow:
    """Return the refusal of a row that refers to a record which is not there."""
    return BadRow(number, key, field, value, f"is no {target_name} that was imported")


def _resolve(batch: Batch, name: str, target_name: str, desk: Desk) -> None:
    keys = batch.values[name]
    ids: list[Any] = list(map(desk.ids(target_name).get, keys))
    bad = {}
    if None in ids:
        for index, (key, found) in enumerate(zip(keys, ids, strict=True)):
            if found is None and key:
                ids[index] = desk.reference(target_name, key)
                if ids[index] is None:
                    bad[index] = not_imported(
                        batch.numbers[index], batch.keys[index], name, key, target_name
                    )
    batch.values[name] = ids
    batch.refuse(bad)


def _minors(batch: Batch, name: str) -> list[int | None]:
    return [
        None if micro is None else minor_of_micro(micro, exponent=exponent_of(currency))
        for micro, currency in zip(batch.values[name], batch.values["currency"], strict=True)
    ]
