"""In which encoding and with which delimiter a text file is written."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "checked_encoding", "detect_delimiter", "detect_encoding", "refuse_no_text",
    "refuse_other_files",
]  # fmt: skip

CHUNK_BYTES = 1024 * 1024
DELIMITERS = ",;\t|"
_SAMPLE_LINES = 50
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Bytes that cp1252 does not define; a file that has them is taken as latin-1.
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_PROBE = "No,Name;\t|\r\n7,x"
# These bring text back as well, but no file is written in them.
_NOT_FOR_FILES = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_OTHERS = (
    (b"%PDF", "a PDF"), (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"{\\rtf", "an RTF text"),
)  # fmt: skip
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_MARKUP = ("<!doctype", "<html", "<?xml", "<table", "<head", "<body")


def refuse_other_files(name: str, head: bytes) -> None:
    """Refuse what only pretends to be a table: pages, PDFs, pictures, archives, empty files."""
    text = head.removeprefix(codecs.BOM_UTF8).lstrip().decode("latin-1").lower()
    kind = next((kind for start, kind in _OTHERS if head.startswith(start)), "")
    if text.startswith(_MARKUP):
        kind = "a web page or XML"
    if not text.strip("\x00\xff\xfe "):
        raise Refused(f"{name} is empty. Nothing was imported; choose another file.")
    if kind:
        raise Refused(
            f"{name} is {kind} and not a table. Nothing was imported; export it as CSV or XLSX."
        )


def refuse_no_text(name: str, headings: str) -> None:
    """Refuse a file whose headings hold signs that no text has: they would be shown as they are."""
    if _CONTROLS.search(headings):
        raise Refused(
            f"{name} is not a text file. Nothing was imported; export it as CSV or XLSX, or force "
            "its encoding."
        )


def checked_encoding(name: str) -> str:
    """Return the encoding that was forced, or refuse what is no way to write text."""
    try:
        found = codecs.lookup(name).name
        # Names such as hex or rot13 turn bytes into bytes, or text into text.
        is_text = _PROBE.encode(found).decode(found) == _PROBE
    except (LookupError, ValueError):
        is_text = False
    if not is_text or found in _NOT_FOR_FILES:
        raise Refused(
            f"“{name}” is not an encoding. Nothing was imported; try utf-8, cp1252 or utf-16."
        )
    return found


def detect_encoding(path: Path) -> str:
    """Return the encoding of a whole file: by its mark, its zeros, or by what decodes.

    A file that is UTF-8 but for a few bytes is refused: read as cp1252 all its accents were wrong.
    """
    with path.open("rb") as stream:
        head = stream.read(CHUNK_BYTES)
    encoding = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    encoding = encoding or _zero_pattern(head[:4096])
    if encoding and encoding != "utf-8-sig":
        return encoding
    if _decodes(path, "utf-8"):
        return encoding or "utf-8"
    _refuse_nearly_utf8(path, is_marked=bool(encoding))
    return "latin-1" if any(byte in head for byte in _UNDEFINED) else "cp1252"


def _refuse_nearly_utf8(path: Path, *, is_marked: bool) -> None:
    valid = wrong = position = 0
    first = ""
    with path.open("rb") as stream:
        for number, line in enumerate(iter(lambda: stream.readline(CHUNK_BYTES), b""), 1):
            if not line.isascii():
                rest, found = _MULTIBYTE.subn(b"", line)
                strange = sum(byte > 127 for byte in rest)
                valid, wrong = valid + found, wrong + strange
                first = first or (_wrong_byte(line, number, position) if strange else "")
            position += len(line)
    # In cp1252 hardly two letters beside each other look like one of UTF-8.
    if is_marked or valid >= wrong:
        raise Refused(
            f"{path.name} is written in UTF-8, but {first} is none. Nothing was imported; correct "
            "the file, or force --encoding utf-8 (what is wrong becomes �) or cp1252."
        )


def _wrong_byte(line: bytes, number: int, position: int) -> str:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.start
        return f"the byte {line[at]:02X} in line {number:,} (byte {position + at + 1:,})"
    return ""


def _zero_pattern(head: bytes) -> str:
    """Tell UTF-16 without a mark by the zeros beside plain letters."""
    pairs = len(head) // 2
    if pairs and head[1::2].count(0) > pairs // 2 > head[::2].count(0):
        return "utf-16-le"
    if pairs and head[::2].count(0) > pairs // 2 > head[1::2].count(0):
        return "utf-16-be"
    return ""


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def detect_delimiter(lines: list[str]) -> str:
    """Return the delimiter that cuts the first lines into the most columns, evenly."""
    return max(DELIMITERS, key=lambda mark: _evenness(lines[:_SAMPLE_LINES], mark))


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] == 1:
        return (0.0, 0)
    _, most = Counter(widths).most_common(1)[0]
    return (most / len(widths), widths[0])
