"""Which font draws a letter of another script, and how do its letters join and turn?

HarfBuzz joins Arabic, sets marks and orders Indic vowels; a font is read when a text needs it.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from itertools import pairwise
from struct import Struct
from typing import NamedTuple

import uharfbuzz as hb

from loyaldesk.pdf.breaks import JOINERS
from loyaldesk.resources import resource

__all__ = ["Glyph", "ScriptFace", "face_for"]

# In this order: the first that has a letter and all its marks draws it. The last is regular only.
_FILES = (
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"),
    ("NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf"),
    ("NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf"),
    ("NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf"),
    ("NotoSansArmenian-Regular.ttf", "NotoSansArmenian-Bold.ttf"),
    ("NotoSansGeorgian-Regular.ttf", "NotoSansGeorgian-Bold.ttf"),
    ("wqy-microhei.ttc", "wqy-microhei.ttc"),
)
# The corners of the box around all glyphs, in the table `head`.
_BOX = Struct(">36x4h")


class Glyph(NamedTuple):
    """A shape of a font; the advance and its place beside the pen are thousandths of the size."""

    number: int
    text: str
    advance: float
    right: float
    up: float


class ScriptFace:
    """One font file: what it can draw and how it draws a run of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        blob = hb.Blob.from_file_path(str(resource(f"fonts/{name}")))
        self.source = hb.Face(blob, 0)
        self._font = hb.Font(self.source)
        self.scale: float = 1000 / self.source.upem
        self._known: dict[str, bool] = {}

    @cached_property
    def box(self) -> list[float]:
        """The box around all glyphs: left, bottom, right and top in thousandths of the size."""
        corners = _BOX.unpack_from(self.source.reference_table("head").data)
        return [round(corner * self.scale) for corner in corners]

    @cached_property
    def space(self) -> float:
        """The width of the space between words in thousandths of the size."""
        return self.width_of(self._font.get_nominal_glyph(ord(" ")))

    def has(self, text: str) -> bool:
        """Tell whether the font draws every letter of a text; an empty shape is no letter."""
        return all(self._has(letter) for letter in text)

    def width_of(self, glyph_number: int) -> float:
        """Return how far the pen moves after a glyph if nothing moves it."""
        advance: int = self._font.get_glyph_h_advance(glyph_number)
        return advance * self.scale

    def shape(self, text: str, *, turned: bool) -> list[Glyph]:
        """Return the glyphs of a run from the left to the right."""
        buffer = hb.Buffer()
        buffer.add_codepoints([ord(letter) for letter in text])
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.direction = "rtl" if turned else "ltr"
        # Else it would be the language of the machine, and the letter another one elsewhere.
        buffer.language = "und"
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        parts = _parts_of(text, [info.cluster for info in buffer.glyph_infos])
        return [
            Glyph(
                info.codepoint,
                part,
                place.x_advance * self.scale,
                place.x_offset * self.scale,
                place.y_offset * self.scale,
            )
            for info, place, part in zip(
                buffer.glyph_infos, buffer.glyph_positions, parts, strict=True
            )
        ]

    def _has(self, letter: str) -> bool:
        if letter not in self._known:
            glyph = self._font.get_nominal_glyph(ord(letter))
            self._known[letter] = letter in JOINERS or (
                bool(glyph) and (letter.isspace() or self._is_seen(glyph))
            )
        return self._known[letter]

    def _is_seen(self, glyph: int) -> bool:
        box = self._font.get_glyph_extents(glyph)
        return box is not None and box.width != 0 and box.height != 0


@lru_cache(maxsize=20_000)
def face_for(cluster: str, *, bold: bool) -> ScriptFace | None:
    """Return the first face that has a letter with all its marks, None if there is none."""
    found = (_face(names[bold]) for names in _FILES)
    return next((face for face in found if face.has(cluster)), None)


@lru_cache(maxsize=len(_FILES) * 2)
def _face(name: str) -> ScriptFace:
    return ScriptFace(name)


def _parts_of(text: str, clusters: list[int]) -> list[str]:
    """Return the letters that each glyph stands for; the first glyph of several has them all."""
    starts = sorted({*clusters, len(text)})
    ends = dict(pairwise(starts))
    told: set[int] = set()
    parts = []
    for cluster in clusters:
        parts.append("" if cluster in told else text[cluster : ends[cluster]])
        told.add(cluster)
    return parts
