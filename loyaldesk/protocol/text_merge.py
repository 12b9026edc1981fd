"""What do two texts come to that both began from a third? Every line anybody wrote is kept."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["merge_text"]

_Edit = tuple[int, int, list[str]]


def merge_text(base: str | None, mine: str, theirs: str) -> str:
    """Return a text with the lines both added and without those one of them deleted.

    Where both changed the same lines, theirs stand before mine. Without a base (None) the lines
    that both have count as it.
    """
    ours, others = mine.split("\n"), theirs.split("\n")
    common = _common(ours, others) if base is None else base.split("\n")
    merged = _woven(common, _edits(common, ours), _edits(common, others))
    return "\n".join(merged)


def _common(one: Sequence[str], other: Sequence[str]) -> list[str]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return [
        line for block in matcher.get_matching_blocks() for line in one[block.a :][: block.size]
    ]


def _edits(base: Sequence[str], text: Sequence[str]) -> list[_Edit]:
    """Return what was done: base lines from … to … became these lines."""
    matcher = SequenceMatcher(None, base, text, autojunk=False)
    return [
        (start, end, list(text[begin:stop]))
        for tag, start, end, begin, stop in matcher.get_opcodes()
        if tag != "equal"
    ]


def _woven(base: Sequence[str], mine: list[_Edit], theirs: list[_Edit]) -> list[str]:
    lines: list[str] = []
    done = 0
    for start, end, added in _regions(mine, theirs):
        lines += base[done:start]
        lines += added
        done = end
    return lines + list(base[done:])


def _regions(mine: list[_Edit], theirs: list[_Edit]) -> Iterator[_Edit]:
    """Yield the edits of both in the order of the base; those that touch become one."""
    waiting = sorted(
        [(*edit, 0) for edit in theirs] + [(*edit, 1) for edit in mine],
        key=lambda edit: (edit[0], edit[1], edit[3]),
    )
    while waiting:
        start, end, _, _ = waiting[0]
        touching = [waiting.pop(0)]
        while waiting and (waiting[0][0] < end or waiting[0][0] == start):
            end = max(end, waiting[0][1])
            touching.append(waiting.pop(0))
        yield start, end, _kept(touching)


def _kept(touching: list[tuple[int, int, list[str], int]]) -> list[str]:
    """Return the lines of one place: theirs, then mine where they say something else."""
    theirs = [line for *_, lines, side in touching if side == 0 for line in lines]
    mine = [line for *_, lines, side in touching if side == 1 for line in lines]
    return theirs + [line for line in mine if line not in theirs]
