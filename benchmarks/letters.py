"""How fast letters are drawn, against the same content typed as reportlab calls by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.pagesizes import A4

from benchmarks.clock import compare
from benchmarks.hand_written import HandWritten, encode_pay_code
from benchmarks.letter_samples import sample_acknowledgement, sample_statement
from benchmarks.rows import Row
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.statement import draw_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.data import Data

__all__ = ["measure"]

_ROUNDS, _UNIT = 60, "ms CPU"


def measure(_: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield the row of the acknowledgement and that of the statement."""
    rounds = _ROUNDS // 3 if is_quick else _ROUNDS
    letter, statement = sample_acknowledgement(), sample_statement()

    def draw_letter() -> bytes:
        return draw_acknowledgement(letter)

    def draw_account() -> bytes:
        return draw_statement(statement)

    by_hand = HandWritten(draw_letter, size=A4)
    ours, raw = compare(draw_letter, by_hand.draw, rounds=rounds)
    yield Row(name="acknowledgement, 9 lines", unit=_UNIT, ours=ours, raw=raw,
              target=0.85, is_speed=True)  # fmt: skip
    account_by_hand = HandWritten(draw_account, size=A4)

    def type_account() -> bytes:
        encode_pay_code()
        return account_by_hand.draw()

    ours, raw = compare(draw_account, type_account, rounds=rounds)
    yield Row(name="statement, 28 open items", unit=_UNIT, ours=ours, raw=raw,
              target=0.85, is_speed=True)  # fmt: skip
