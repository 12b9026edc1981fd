"""Where text breaks into lines: at words or between signs, never inside a date or an amount."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from loyaldesk.pdf.bidi import LEFT_TO_RIGHT, RIGHT_TO_LEFT, base_level, is_turned
from loyaldesk.pdf.breaks import clusters_of, units_of
from loyaldesk.pdf.faces import is_plain
from loyaldesk.pdf.fonts import measure, printable
from loyaldesk.pdf.style import MM, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Run", "width_of", "wrap", "wrap_runs"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line in one weight."""

    text: str
    bold: bool = False


def width_of(text: str, style: Style) -> float:
    """Return the width of a text in millimetres."""
    return measure(printable(text), style.bold) * style.size / 1000 / MM


@lru_cache(maxsize=10_000)
def wrap(text: str, style: Style, width_mm: float) -> tuple[str, ...]:
    """Return the lines of a text, broken at spaces, inside a word only if the word is too wide.

    Such a word breaks after a hyphen if it has one.
    """
    if width_of(text, style) <= width_mm:
        return (printable(text),)
    lines = wrap_runs((Run(text, style.bold),), style, width_mm, no_orphan=True)
    return tuple("".join(run.text for run in line) for line in lines)


def wrap_runs(
    runs: Iterable[Run], style: Style, width_mm: float, *, no_orphan: bool = False
) -> list[tuple[Run, ...]]:
    """Return the lines of a text with bold parts; on request none of one word at the end."""
    words = _words(runs, style, width_mm)
    lines: list[list[_Word]] = [[]]
    for word in words:
        if lines[-1] and _width([*lines[-1], word], style) > width_mm:
            lines.append([])
        lines[-1].append(word)
    if no_orphan and len(lines) > 1 and len(lines[-1]) == 1 and len(lines[-2]) > 2:
        together = [lines[-2][-1], *lines[-1]]
        if _width(together, style) <= width_mm:
            lines[-2:] = [lines[-2][:-1], together]
    return _kept_in_direction([_joined(line) for line in lines])


@dataclass(frozen=True, slots=True)
class _Word:
    """One or more pieces that stand together, after a space or not."""

    pieces: tuple[Run, ...]
    spaced: bool


def _words(runs: Iterable[Run], style: Style, width_mm: float) -> list[_Word]:
    words: list[_Word] = []
    glued = False
    for run in runs:
        shown = printable(run.text)
        for i, piece in enumerate(shown.split(" ")):
            if i:
                glued = False
            if not piece:
                continue
            first, *others = (
                Run(part, run.bold)
                for unit in units_of(piece)
                for part in _cut(unit, style, run.bold, width_mm)
            )
            if glued and words:
                words[-1] = _Word((*words[-1].pieces, first), words[-1].spaced)
            else:
                words.append(_Word((first,), spaced=True))
            words.extend(_Word((part,), spaced=False) for part in others)
            glued = True
    return words


def _cut(word: str, style: Style, bold: bool, width_mm: float) -> list[str]:
    room = width_mm * MM * 1000 / style.size
    if measure(word, bold) <= room:
        return [word]
    parts = [""]
    for letter in word if is_plain(word) else clusters_of(word):
        if parts[-1] and measure(parts[-1] + letter, bold) > room:
            head, hyphen, rest = parts[-1].rpartition("-")
            if head:
                parts[-1:] = [head + hyphen, rest]
            else:
                parts.append("")
        parts[-1] += letter
    return parts


def _width(words: list[_Word], style: Style) -> float:
    total = sum(measure(run.text, run.bold) for word in words for run in word.pieces)
    gaps = sum(word.spaced for word in words[1:]) * measure(" ", bold=False)
    return (total + gaps) * style.size / 1000 / MM


def _joined(words: list[_Word]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for i, word in enumerate(words):
        for j, piece in enumerate(word.pieces):
            text = f" {piece.text}" if i and not j and word.spaced else piece.text
            if runs and runs[-1].bold == piece.bold:
                runs[-1] = Run(runs[-1].text + text, piece.bold)
            else:
                runs.append(Run(text, piece.bold))
    return tuple(runs)


def _kept_in_direction(lines: list[tuple[Run, ...]]) -> list[tuple[Run, ...]]:
    """Return the lines so that each one, drawn by itself, runs to the side the whole text does."""
    texts = ["".join(run.text for run in line) for line in lines]
    if not any(map(is_turned, texts)):
        return lines
    base = base_level("".join(texts))
    mark = RIGHT_TO_LEFT if base else LEFT_TO_RIGHT
    return [
        line if base_level(text) == base else (Run(mark + line[0].text, line[0].bold), *line[1:])
        for line, text in zip(lines, texts, strict=True)
    ]
