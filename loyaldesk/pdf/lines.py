"""How one line of any script stands on paper: its pieces from the left to the right."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import mirrored

from loyaldesk.pdf.bidi import (
    LEFT_TO_RIGHT,
    MIRRORED,
    RIGHT_TO_LEFT,
    Stretch,
    base_level,
    is_turned,
    stretches_of,
)
from loyaldesk.pdf.breaks import clusters_of
from loyaldesk.pdf.faces import is_plain, plain_width
from loyaldesk.pdf.scripts import Glyph, ScriptFace, face_for

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Piece", "lay_out", "missing_in"]

_MARKS = str.maketrans("", "", LEFT_TO_RIGHT + RIGHT_TO_LEFT)


class Piece(NamedTuple):
    """A part of a line in one face: plain text of Noto Sans, or glyphs of a script's face."""

    text: str
    bold: bool
    width: float
    face: ScriptFace | None = None
    glyphs: tuple[Glyph, ...] = ()


class _Part(NamedTuple):
    text: str
    bold: bool
    face: ScriptFace | None


def missing_in(text: str) -> list[str]:
    """Return the letters and marks of a text that no face can draw, sorted."""
    letters = set(text.translate(_MARKS))
    return sorted(letter for letter in letters if face_for(letter, bold=False) is None)


@lru_cache(maxsize=5_000)
def lay_out(runs: tuple[tuple[str, bool], ...]) -> tuple[Piece, ...]:
    """Return the pieces of a line made of printable texts, each regular or bold."""
    text = "".join(part for part, _ in runs)
    bold = [weight for part, weight in runs for _ in part]
    if not is_turned(text):
        return tuple(_pieces(text, Stretch(0, len(text), 0), bold))
    return tuple(
        piece
        for stretch in stretches_of(text, base_level(text))
        for piece in _pieces(text, stretch, bold)
    )


def _pieces(text: str, stretch: Stretch, bold: list[bool]) -> list[Piece]:
    """Return the pieces of a stretch from the left to the right."""
    parts: list[_Part] = []
    at = stretch.start
    for cluster in clusters_of(text[stretch.start : stretch.end]):
        for shown in _drawn_together(cluster.translate(_MARKS), bold[at]):
            before = parts[-1].face if parts and parts[-1].bold == bold[at] else None
            face = before if shown == " " and _has_space(before) else face_for(shown, bold=bold[at])
            parts.append(_Part(shown, bold[at], face))
        at += len(cluster)
    turned = stretch.level % 2 == 1
    found = [
        _piece("".join(part.text for part in group), weight, face, turned=turned)
        for (weight, face), group in groupby(parts, key=lambda part: (part.bold, part.face))
    ]
    return found[::-1] if turned else found


def _drawn_together(cluster: str, bold: bool) -> Iterable[str]:
    """Return a letter with its marks; each by itself if no face has all of them."""
    return [cluster] if cluster and face_for(cluster, bold=bold) else cluster


def _has_space(face: ScriptFace | None) -> bool:
    """Tell whether a face has the space by which words are measured, so that it need not change."""
    return face is not None and face.space == plain_width(" ", bold=False)


def _piece(text: str, bold: bool, face: ScriptFace | None, *, turned: bool) -> Piece:
    if face is None or (is_plain(text) and not (turned and _needs_shaping(text))):
        shown = "".join(MIRRORED.get(letter, letter) for letter in text[::-1]) if turned else text
        return Piece(shown, bold, plain_width(shown, bold=bold))
    glyphs = tuple(face.shape(text, turned=turned))
    return Piece(text, bold, sum(glyph.advance for glyph in glyphs), face, glyphs)


def _needs_shaping(text: str) -> bool:
    return any(mirrored(letter) and letter not in MIRRORED for letter in text)
