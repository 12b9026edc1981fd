"""How the tests read a tagged letter: element by element in the order of its structure tree."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from loyaldesk.pdf.tag_rules import elements
from tests.pdf.reading import open_pdf


class Said(NamedTuple):
    """What one element says itself: its kind, the kinds around it, its text."""

    kind: str
    around: tuple[str, ...]
    text: str


def said_by(pdf: bytes) -> list[Said]:
    """Return what the elements of a letter say, in the order they are read aloud."""
    texts = _texts(pdf)
    with open_pdf(pdf) as letter:
        pages = {page.obj.objgen: i for i, page in enumerate(letter.pages)}
        said = []
        for element in elements(letter):
            own = [texts.get((pages[page], mark), "") for page, mark in marks_of(element.node)]
            said.append(Said(element.kind, element.around, " ".join(" ".join(own).split())))
        return said


def read_aloud(pdf: bytes) -> str:
    """Return all that is read aloud as one line with single, ordinary spaces."""
    return " ".join(" ".join(said.text for said in said_by(pdf)).split())


def cells_of(pdf: bytes) -> list[list[list[str]]]:
    """Return the tables of a letter as rows of what their cells say."""
    tables: list[list[list[str]]] = []
    for said in said_by(pdf):
        if said.kind == "Table":
            tables.append([])
        elif said.kind == "TR":
            tables[-1].append([])
        elif said.kind in {"TH", "TD"}:
            tables[-1][-1].append(said.text)
    return tables


def marks_of(node):
    """Return page and number of the marks that an element holds itself."""
    kids = node.get("/K", [])
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    found = []
    for kid in kids:
        if isinstance(kid, int):
            found.append((node["/Pg"].objgen, kid))
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            found.append((kid["/Pg"].objgen, int(kid["/MCID"])))
    return found


def _texts(pdf: bytes) -> dict[tuple[int, int], str]:
    """Return the text under each mark, by page and number, as PDFium sees it."""
    document = pypdfium2.PdfDocument(pdf)
    texts: dict[tuple[int, int], list[str]] = {}
    try:
        for i in range(len(document)):
            page = document[i]
            text_page = page.get_textpage()
            for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
                texts.setdefault((i, mark), []).append(_text(thing.raw, text_page.raw))
    finally:
        document.close()
    return {place: " ".join(parts) for place, parts in texts.items()}


def _text(thing, text_page) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, text_page, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(thing, text_page, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\x00")
