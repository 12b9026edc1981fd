"""In which order does a line with Arabic or Hebrew stand on paper, from the left to the right?

The implicit rules of the Unicode bidirectional algorithm (UAX #9). Its explicit marks never get
here: `printable` leaves them out, because a name that turns other text around misleads.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

__all__ = [
    "LEFT_TO_RIGHT",
    "MIRRORED",
    "RIGHT_TO_LEFT",
    "Stretch",
    "base_level",
    "is_turned",
    "stretches_of",
]

# A mark without a shape that makes a line run to one side; first in a line it sets its base.
LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"

# Every block of which Unicode says that unassigned letters run from the right.
_TURNED = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Each opening bracket with its closing one, as far as a face here has them.
_BRACKETS = "()[]{}\u2045\u2046\u207d\u207e\u208d\u208e\u2329\u232a" + "".join(
    chr(code)
    for first, behind in (
        (0x2308, 0x230C), (0x2768, 0x2776), (0x27E6, 0x27F0), (0x2983, 0x298D), (0x2E22, 0x2E2A),
        (0x3008, 0x3012), (0x3014, 0x301C), (0xFE59, 0xFE5F), (0xFF08, 0xFF0A), (0xFF5F, 0xFF61),
        (0xFF62, 0xFF64),
    )
    for code in range(first, behind)
) + "\uff3b\uff3d\uff5b\uff5d"  # fmt: skip
_CLOSING = dict(zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True))
_FACING = _BRACKETS + "<>\u00ab\u00bb\u2039\u203a"
# What a bracket or a quotation mark looks like in a text that runs from the right (L4).
MIRRORED = dict(zip(_FACING[::2], _FACING[1::2], strict=True))
MIRRORED |= {right: left for left, right in MIRRORED.items()}
_MOST_OPEN = 63
_NEUTRAL = frozenset({"ON", "WS", "B", "S"})
_JOINED_BY = {"CS": ("EN", "AN"), "ES": ("EN",)}
_COUNTS_AS_RIGHT = frozenset({"R", "EN", "AN"})


class Stretch(NamedTuple):
    """A part of a text, from start to before end, that runs to one side; odd levels to the left."""

    start: int
    end: int
    level: int


def is_turned(text: str) -> bool:
    """Tell whether any letter of a text runs from right to left."""
    return _TURNED.search(text) is not None


def base_level(text: str) -> int:
    """Return 1 for a text whose first strong letter runs from right to left, else 0 (P2, P3)."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return int(kind != "L")
    return 0


def stretches_of(text: str, base: int) -> list[Stretch]:
    """Return the stretches of one line in the order in which they stand from the left."""
    levels = _levels(text, base)
    bounds = [0, *(i for i, (a, b) in enumerate(pairwise(levels), 1) if a != b), len(levels)]
    found = [Stretch(a, b, levels[a]) for a, b in pairwise(bounds) if b > a]
    for level in range(max(levels, default=0), 0, -1):  # L2
        found = _turned_from(found, level)
    return found


def _turned_from(stretches: list[Stretch], level: int) -> list[Stretch]:
    done: list[Stretch] = []
    held: list[Stretch] = []
    for stretch in stretches:
        if stretch.level >= level:
            held.append(stretch)
        else:
            done += [*reversed(held), stretch]
            held = []
    return [*done, *reversed(held)]


def _levels(text: str, base: int) -> list[int]:
    kinds = [unicodedata.bidirectional(letter) or "L" for letter in text]
    seen = [i for i, kind in enumerate(kinds) if kind != "BN"]  # X9
    resolved = _resolved([text[i] for i in seen], [kinds[i] for i in seen], base)
    levels = dict(zip(seen, resolved, strict=True))
    found: list[int] = []
    for i in range(len(text)):
        found.append(levels.get(i, found[-1] if found else base))
    for i in range(len(text) - 1, -1, -1):  # L1
        if kinds[i] not in {"WS", "BN"}:
            break
        found[i] = base
    return found


def _resolved(letters: list[str], kinds: list[str], base: int) -> list[int]:
    side = "R" if base else "L"
    now = _numbers(_weak(kinds, side), side)
    _settle_brackets(letters, kinds, now, side)
    _settle_neutrals(now, side)
    return [_level(kind, base) for kind in now]


def _level(kind: str, base: int) -> int:
    if base:  # I2
        return 1 if kind == "R" else 2
    return {"R": 1, "L": 0}.get(kind, 2)  # I1


def _weak(kinds: list[str], side: str) -> list[str]:
    found: list[str] = []
    strong = side
    for kind in kinds:
        now = kind
        if kind == "NSM":  # W1
            now = found[-1] if found else side
        if now in {"L", "R", "AL"}:
            strong = now
        elif now == "EN" and strong == "AL":  # W2
            now = "AN"
        found.append(now)
    return ["R" if kind == "AL" else kind for kind in found]  # W3


def _numbers(kinds: list[str], side: str) -> list[str]:
    now = list(kinds)
    for i in range(1, len(now) - 1):  # W4
        before, after = now[i - 1], now[i + 1]
        if before == after and after in _JOINED_BY.get(now[i], ()):
            now[i] = after
    for i in range(1, len(now)):  # W5
        if now[i] == "ET" and now[i - 1] == "EN":
            now[i] = "EN"
    for i in range(len(now) - 2, -1, -1):
        if now[i] == "ET" and now[i + 1] == "EN":
            now[i] = "EN"
    return _beside_letters(now, side)


def _beside_letters(kinds: list[str], side: str) -> list[str]:
    found = []
    strong = side
    for kind in kinds:
        strong = kind if kind in {"L", "R"} else strong
        if kind in {"ES", "ET", "CS"}:  # W6
            found.append("ON")
        else:  # W7
            found.append("L" if kind == "EN" and strong == "L" else kind)
    return found


def _settle_brackets(letters: list[str], kinds: list[str], now: list[str], side: str) -> None:
    for opening, closing in _pairs(letters, now):  # N0
        inside = {_side_of(kind) for kind in now[opening + 1 : closing]} - {""}
        if not inside:
            continue
        if side in inside:
            settled = side
        else:
            before = (_side_of(kind) for kind in reversed(now[:opening]))
            settled = next((found for found in before if found), side)
        for place in (opening, closing):
            now[place] = settled
            for i in range(place + 1, len(now)):
                if kinds[i] != "NSM":
                    break
                now[i] = settled


def _pairs(letters: list[str], now: list[str]) -> list[tuple[int, int]]:
    awaited: list[tuple[str, int]] = []
    found = []
    for i, letter in enumerate(letters):
        if now[i] != "ON":
            continue
        if letter in _CLOSING:
            if len(awaited) == _MOST_OPEN:
                return []
            awaited.append((_CLOSING[letter], i))
            continue
        for depth in range(len(awaited) - 1, -1, -1):
            if awaited[depth][0] == letter:
                found.append((awaited[depth][1], i))
                del awaited[depth:]
                break
    return sorted(found)


def _settle_neutrals(now: list[str], side: str) -> None:
    start = 0
    while start < len(now):
        if now[start] not in _NEUTRAL:
            start += 1
            continue
        end = start
        while end < len(now) and now[end] in _NEUTRAL:
            end += 1
        before = _side_of(now[start - 1]) if start else side
        after = _side_of(now[end]) if end < len(now) else side
        now[start:end] = [before if before == after else side] * (end - start)  # N1, N2
        start = end


def _side_of(kind: str) -> str:
    if kind in _COUNTS_AS_RIGHT:
        return "R"
    return "L" if kind == "L" else ""
