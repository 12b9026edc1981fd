"""How are the tags of a letter written as the structure tree of its file?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.pdf.tags import Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.pdf.tags import Tags

__all__ = ["in_reading_order", "tree_objects"]


def in_reading_order(root: Tag) -> list[Tag]:
    """Return an element and all below it, each before its kids, as they are read aloud."""
    found, waiting = [], [root]
    while waiting:
        tag = waiting.pop()
        found.append(tag)
        waiting.extend(kid for kid in reversed(tag.kids) if isinstance(kid, Tag))
    return found


def tree_objects(tags: Tags, pages: Sequence[int], first: int) -> list[bytes]:
    """Return the tree's objects, numbered from `first`: its root, its index, its elements.

    `pages` are the object numbers of the pages.
    """
    elements = in_reading_order(tags.root)
    for number, tag in enumerate(elements, start=first + 2):
        tag.number = number
    root = (
        f"<</Type/StructTreeRoot/K {first + 2} 0 R/ParentTree {first + 1} 0 R"
        f"/ParentTreeNextKey {len(pages)}>>"
    )
    index = " ".join(
        f"{i}[{' '.join([f'{tag.number} 0 R' for tag in owners])}]"
        for i, owners in enumerate(tags.owners[: len(pages)])
    )
    bodies = [root, f"<</Nums[{index}]>>", *(_element(tag, pages, first) for tag in elements)]
    return [body.encode() for body in bodies]


def _element(tag: Tag, pages: Sequence[int], root: int) -> str:
    parent = tag.parent.number if tag.parent else root
    head = f"<</S/{tag.kind}/P {parent} 0 R{tag.properties}"
    if tag.box:
        head += f"/A<</O/Layout/BBox[{' '.join(f'{edge:.3f}' for edge in tag.box)}]>>"
    kids = tag.kids
    if len(kids) == 1 and isinstance(kids[0], tuple):
        page, mark = kids[0]
        return f"{head}/Pg {pages[page]} 0 R/K {mark}>>"
    written = " ".join(
        [
            f"{kid.number} 0 R"
            if isinstance(kid, Tag)
            else f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>"
            for kid in kids
        ]
    )
    return f"{head}/K[{written}]>>" if kids else f"{head}>>"
