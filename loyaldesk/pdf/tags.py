"""Which part of the letter does each mark on the page belong to, in the order it is read aloud?

What is drawn inside `with canvas.tag("P"):` belongs to that element. Lines, tints and all that is
drawn inside `with canvas.artifact():` is decoration, which a reader passes over.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

__all__ = ["ARTIFACT", "Aside", "Tag", "Tags", "properties_of", "said_otherwise", "text_string"]

# Left, lower, right and upper edge, or a lower left corner, width and height; in points.
Box = tuple[float, float, float, float]

# An en dash at the head of a number is a minus; between two numbers it means "to".
_DRAWN_MINUS = re.compile(r"(?<![\w\u2013])\u2013(?=\S*\d)")

# They only hold other elements; a text drawn directly in one is left without a mark.
_GROUPS = frozenset(
    {"Document", "Sect", "Table", "THead", "TBody", "TFoot", "TR", "L", "LI"}
)  # fmt: skip


class Tag:
    """One element of the structure tree, whose kids are elements or (page, number) of marks.

    It can be entered more than once, from wherever the drawing is; afterwards that goes on.
    """

    __slots__ = ("before", "box", "kids", "kind", "number", "parent", "properties", "tags")

    def __init__(self, kind: str, tags: Tags, parent: Tag | None, properties: str = "") -> None:
        self.kind = kind
        self.tags = tags
        self.parent = parent
        self.before = self
        self.properties = properties
        self.kids: list[Tag | tuple[int, int]] = []
        self.number = 0
        self.box: Box | None = None

    def __enter__(self) -> Self:
        self.before = self.tags.wanted
        self.tags.wanted = self
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.tags.wanted = self.before


class Aside:
    """What is drawn inside belongs to no element; the element around it goes on afterwards."""

    __slots__ = ("before", "tags")

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.before = tags.wanted

    def __enter__(self) -> None:
        self.before = self.tags.wanted
        self.tags.wanted = ARTIFACT

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.tags.wanted = self.before


class Tags:
    """The structure tree of one document, and the marks that tie its pages to it.

    `marked` is what the marks open on the page name, `wanted` what the next drawing belongs to.
    `has_stray` tells that a text was drawn outside of all elements.
    """

    def __init__(self) -> None:
        self.root = Tag("Document", self, None)
        self.wanted: Tag = self.root
        self.marked: Tag | None = None
        self.page = 0
        self.owners: list[list[Tag]] = [[]]
        self.has_stray = False

    def open(self, kind: str, properties: str = "") -> Tag | Aside:
        """Return a new element inside the one that is open, nothing of that kind in an artifact."""
        around = self.wanted
        if around is ARTIFACT:
            return Aside(self)
        tag = Tag(kind, self, around, properties)
        around.kids.append(tag)
        return tag

    def mark(self, code: list[str]) -> None:
        """Write the marks so that the next text belongs to the element that is open."""
        wanted = self.wanted
        if self.marked is not None:
            code.append("EMC")
        self.marked = wanted
        if wanted is ARTIFACT:
            code.append("/Artifact BMC")
        elif wanted.kind in _GROUPS:
            self.marked, self.has_stray = None, True
        else:
            owners = self.owners[self.page]
            number = len(owners)
            owners.append(wanted)
            wanted.kids.append((self.page, number))
            code.append(f"/{wanted.kind} <</MCID {number}>> BDC")

    def decorate(self, code: list[str]) -> None:
        """Write the marks so that what is drawn next is decoration, or the figure that is open."""
        if self.wanted.kind == "Figure":
            if self.marked is not self.wanted:
                self.mark(code)
        elif self.marked is not ARTIFACT:
            if self.marked is not None:
                code.append("EMC")
            self.marked = ARTIFACT
            code.append("/Artifact BMC")

    def cover(self, boxes: Iterable[Box]) -> None:
        """Note where a figure stands, from the lower left corner, width and height of its parts."""
        figure = self.marked
        if figure is None or figure is ARTIFACT:
            return
        corners = [(x, y, x + wide, y + high) for x, y, wide, high in boxes]
        if figure.box:
            corners.append(figure.box)
        lefts, feet, rights, tops = zip(*corners, strict=True)
        figure.box = (min(lefts), min(feet), max(rights), max(tops))

    def end(self, code: list[str]) -> None:
        """End the marks that are open on a page."""
        if self.marked is not None:
            code.append("EMC")
            self.marked = None

    def next_page(self) -> None:
        """Go on with the next page, still inside the element that is open."""
        self.owners.append([])
        self.page += 1

    def go_back(self, page: int) -> None:
        """Take up a page again, counted from 0, below everything drawn so far."""
        self.page, self.marked, self.wanted = page, None, self.root


@lru_cache(maxsize=1_000)
def properties_of(scope: str, span: int, alt: str) -> str:
    """Return what an element says of itself: its scope, how many columns it takes, its words."""
    head = f"/Scope/{scope}" if scope else ""
    wide = f"/ColSpan {span}" if span > 1 else ""
    table = f"/A<</O/Table{head}{wide}>>" if head or wide else ""
    return table + (f"/Alt {text_string(alt)}" if alt else "")


def said_otherwise(drawn: str, text: str, long_forms: Mapping[str, str]) -> str:
    """Return a drawn text with what is read aloud in its place, if that differs.

    An abbreviation is read out in full, and the dash before a number as the minus it stands for.
    """
    if text in long_forms:
        return f"/Span <</E {text_string(long_forms[text])}>> BDC {drawn} EMC"
    said = _DRAWN_MINUS.sub("-", text)
    if said == text:
        return drawn
    return f"/Span <</ActualText {text_string(said)}>> BDC {drawn} EMC"


def text_string(text: str) -> str:
    """Return a text as PDF writes it outside of pages."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


ARTIFACT = Tag("Artifact", Tags(), None)
