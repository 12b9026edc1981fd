"""How a document number becomes Code 128 bars that a till scanner reads."""

from __future__ import annotations

from functools import lru_cache

from loyaldesk.errors import Refused

__all__ = ["MODULE_MM", "bars_of"]

MODULE_MM = 0.254
_START_B, _START_C, _TO_B, _TO_C, _STOP = 104, 105, 100, 99, 106
_CHECK = 103
_RUN = 4  # digits in a row from which pairs of digits take less room
# ISO/IEC 15417: widths of bar, space, bar, space, bar, space for the values 0 to 106.
_WIDTHS = """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212
    112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131
    311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321
    112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
    313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
    314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114
    122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
    124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
    114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
""".split()


@lru_cache(maxsize=256)
def bars_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return each bar's start and width in modules, for printable ASCII text."""
    if not text or not text.isascii() or not text.isprintable():
        raise Refused(
            f"“{text}” cannot be printed as bars: only letters A–Z, digits and signs can."
        )
    values = _values(text)
    check = (values[0] + sum(i * v for i, v in enumerate(values))) % _CHECK
    bars, at = [], 0
    for value in (*values, check, _STOP):
        for i, width in enumerate(map(int, _WIDTHS[value])):
            if i % 2 == 0:
                bars.append((at, width))
            at += width
    return tuple(bars)


def _values(text: str) -> list[int]:
    values: list[int] = []
    in_pairs, i = False, 0
    while i < len(text):
        digits = _digits_at(text, i)
        paired = digits >= 2 if in_pairs else digits >= _RUN and digits % 2 == 0
        if paired != in_pairs or not values:
            values.append(_switch(to_pairs=paired, first=not values))
            in_pairs = paired
        values.append(int(text[i : i + 2]) if paired else ord(text[i]) - 32)
        i += 2 if paired else 1
    return values


def _switch(*, to_pairs: bool, first: bool) -> int:
    if first:
        return _START_C if to_pairs else _START_B
    return _TO_C if to_pairs else _TO_B


def _digits_at(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - start
