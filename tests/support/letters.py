"""How does a test get a letter on record without drawing one?"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from loyaldesk.models import LetterKind
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.queries.letters import peek_number
from tests.support.factories import do

if TYPE_CHECKING:
    from loyaldesk.store.store import Store

__all__ = ["make_letter"]

_CONTENTS = count(1)
_SERIES = {LetterKind.ACKNOWLEDGEMENT: "A", LetterKind.STATEMENT: "S"}


def make_letter(
    store: Store,
    customer_id: int,
    order_id: int | None = None,
    *,
    kind: LetterKind = LetterKind.ACKNOWLEDGEMENT,
    number: str = "",
    revision: int = 1,
    **fields: Any,
) -> int:
    """Put a letter on record whose content no test looks at and return its id."""
    content = next(_CONTENTS).to_bytes(32, "big")
    letter = IssuedLetter(
        kind=kind,
        number=number or _peek(store, _SERIES[kind]),
        revision=revision,
        customer_id=customer_id,
        order_id=order_id,
        file_name="letter.pdf",
        sha256=content,
        size=100,
        pages=1,
        data_sha256=content,
        language="de-DE",
        **fields,
    )
    return int(do(store, record_letter, letter=letter))


def _peek(store: Store, series: str) -> str:
    with store.transaction("Look") as tx:
        return peek_number(tx, series=series, year=tx.today.year)
