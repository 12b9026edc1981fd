"""Which rules of a tagged PDF does a file break? (ISO 14289-1, PDF/UA-1)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import pikepdf

from loyaldesk.pdf.page_content import ARTIFACT, entry, painted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["TAG_RULES", "Element", "elements"]

_KNOWN = frozenset(
    "Document Sect P Span H1 H2 H3 Table THead TBody TFoot TR TH TD L LI Lbl LBody Caption"
    " Figure".split()
)
_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI"},
    "Caption": {"Table", "L", "Figure"},
}


class Element(NamedTuple):
    """One element of the structure tree, with the kinds of those around it, outermost first."""

    node: Any
    kind: str
    around: tuple[str, ...]

    def attribute(self, name: str) -> Any:
        """Return what the element says of itself under a name such as /Scope, None if nothing."""
        told = _listed(self.node.get("/A", []))
        return next((found[name] for found in told if name in found), None)


def elements(pdf: pikepdf.Pdf) -> Iterator[Element]:
    """Yield the elements of the structure tree in the order they are read aloud."""
    root = pdf.Root.get("/StructTreeRoot")
    waiting: list[tuple[Any, tuple[str, ...]]] = []
    if root is not None:
        waiting = [(node, ()) for node in reversed(_kids(root))]
    while waiting:
        node, around = waiting.pop()
        if not _is_element(node):
            continue
        kind = str(node["/S"]).removeprefix("/")
        yield Element(node, kind, around)
        inside = (*around, kind)
        waiting.extend((kid, inside) for kid in reversed(_kids(node)))


def says_that_it_is_tagged(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A catalog has a structure tree, says so, and names the language."""
    catalog = pdf.Root
    if "/StructTreeRoot" not in catalog or not entry(catalog, "/MarkInfo", "/Marked"):
        yield "The file does not say that it is tagged."
    if not str(catalog.get("/Lang", "")):
        yield "The file names no language."


def shows_its_title(pdf: pikepdf.Pdf) -> Iterator[str]:
    """A window shows the title of the letter and not the name of its file."""
    if not entry(pdf.Root, "/ViewerPreferences", "/DisplayDocTitle"):
        yield "The file does not ask for its title to be shown."
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "The file has no title."


def marks_all_that_is_painted(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Everything painted is part of one element or is an artifact, never both."""
    for i, page in enumerate(pdf.pages, start=1):
        for thing in painted(page.obj):
            own = [mark for mark in thing.marks if isinstance(mark, int) or mark == ARTIFACT]
            if not own:
                yield f"Page {i} paints ({thing.operator}) outside of all tags and artifacts."
            elif len(own) > 1:
                yield f"Page {i} paints ({thing.operator}) inside of two marks at once."


def ties_each_mark_to_its_element(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The tree names each mark of a page once, and the index leads from the mark back."""
    named = [
        (page.objgen, mark, element.node.objgen)
        for element in elements(pdf)
        for page, mark in _marks(element.node)
    ]
    index = _index(pdf)
    for i, page in enumerate(pdf.pages, start=1):
        numbers = {m for t in painted(page.obj) for m in t.marks if isinstance(m, int)}
        owners = [(mark, node) for at, mark, node in named if at == page.obj.objgen]
        if sorted(mark for mark, _ in owners) != sorted(numbers):
            yield f"The structure tree and the marks of page {i} do not agree."
        known = index.get(int(page.obj.get("/StructParents", -1)), [])
        if any(mark >= len(known) or known[mark] != node for mark, node in owners):
            yield f"The index of page {i} does not lead back to its elements."
        if page.obj.get("/Tabs") != "/S":
            yield f"Page {i} does not go from field to field in the order of its structure."


def nests_elements_as_they_must(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Elements are of the standard kinds, and rows, cells and list items stand where they may."""
    for element in elements(pdf):
        inside = element.around[-1] if element.around else ""
        if element.kind not in _KNOWN:
            yield f"{element.kind} is no standard kind of element."
        elif inside not in _PARENTS.get(element.kind, {inside}):
            yield f"A {element.kind} stands in {inside or 'nothing'}."
        elif not element.around and element.kind != "Document":
            yield f"The outermost element is a {element.kind} and not the Document."


def gives_head_cells_a_scope(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every head cell says whether it speaks for its row or its column."""
    for element in elements(pdf):
        if element.kind == "TH" and element.attribute("/Scope") not in ("/Row", "/Column"):
            yield "A head cell of a table has no scope."


def has_head_cells_in_tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every table has head cells, and all its rows take the same number of columns."""
    for element in elements(pdf):
        if element.kind == "Table":
            below = list(_below(element))
            if not any(cell.kind == "TH" for cell in below):
                yield "A table has no head cells."
            if len({_width(row) for row in below if row.kind == "TR"}) > 1:
                yield "The rows of a table have different numbers of columns."


def describes_figures(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Every figure says in words what it shows, and where it stands."""
    for element in elements(pdf):
        if element.kind == "Figure":
            if not str(element.node.get("/Alt", "")).strip():
                yield "A figure has no words for those who cannot see it."
            if element.attribute("/BBox") is None:
                yield "A figure does not say where it stands."


def leaves_out_no_level_of_headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The first heading is of the first level, and none is more than one below the one before."""
    levels = [int(e.kind[1]) for e in elements(pdf) if e.kind in {"H1", "H2", "H3"}]
    if not levels:
        yield "The letter has no heading."
    if any(after > before + 1 for before, after in pairwise([0, *levels])):
        yield "A level of headings is left out."


TAG_RULES: tuple[Callable[[pikepdf.Pdf], Iterator[str]], ...] = (
    says_that_it_is_tagged,
    shows_its_title,
    marks_all_that_is_painted,
    ties_each_mark_to_its_element,
    nests_elements_as_they_must,
    gives_head_cells_a_scope,
    has_head_cells_in_tables,
    describes_figures,
    leaves_out_no_level_of_headings,
)


def _kids(node: Any) -> list[Any]:
    return _listed(node.get("/K", []))


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, pikepdf.Array)) else [value]


def _is_element(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _marks(node: Any) -> Iterator[tuple[Any, int]]:
    """Yield page and number of each mark that belongs to an element itself."""
    for kid in _kids(node):
        if isinstance(kid, int):
            yield node["/Pg"], kid
        elif "/MCID" in kid:
            yield kid["/Pg"], int(kid["/MCID"])


def _index(pdf: pikepdf.Pdf) -> dict[int, list[tuple[int, int]]]:
    """Return for each page, by its number in the index, the objects that own its marks."""
    pairs = list(entry(pdf.Root, "/StructTreeRoot", "/ParentTree", "/Nums"))
    return {
        int(number): [owner.objgen for owner in owners]
        for number, owners in zip(pairs[::2], pairs[1::2], strict=True)
    }


def _below(element: Element) -> Iterator[Element]:
    for kid in _kids(element.node):
        if _is_element(kid):
            inner = Element(kid, str(kid["/S"]).removeprefix("/"), (*element.around, element.kind))
            yield inner
            yield from _below(inner)


def _width(row: Element) -> int:
    spans = [cell.attribute("/ColSpan") for cell in _below(row) if cell.kind in {"TH", "TD"}]
    return sum(1 if span is None else int(span) for span in spans)
