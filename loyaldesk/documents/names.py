"""What may a file from a stranger be called here?"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["LONGEST_NAME", "safe_name"]

LONGEST_NAME = 150
# File systems count bytes: 255 at most, and a copy's name gets a few more.
LONGEST_NAME_BYTES = 240
NAMELESS = "document"
_DRIVE = re.compile(r"[A-Za-z]:")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_LEADING = re.compile(r"(?:[ .]|~\$)+")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_SPACES = {"Zs", "Zl", "Zp"}


def safe_name(original: str) -> str:
    r"""Return a file name that is one plain name on every system and looks like what it is.

    `safe_name("..\\..\\evil.exe")` is `evil.exe`: the name is cleaned, never judged.
    """
    name = re.split(r"[/\\]", original.rstrip("/\\ "))[-1]
    name = _FORBIDDEN.sub("-", _DRIVE.sub("", name, count=1) if _DRIVE.match(name) else name)
    name = unicodedata.normalize("NFC", "".join(map(_visible, name)))
    name = _trimmed(_LEADING.sub("", name, count=1) if _LEADING.match(name) else name)
    if not name:
        return NAMELESS
    # Windows reads CON.tar.gz as the console: what stands before the first dot decides.
    return f"_{name}" if _RESERVED.fullmatch(name.partition(".")[0].rstrip()) else name


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _SPACES:
        return " "
    return "" if category in _INVISIBLE else character


def _trimmed(name: str) -> str:
    """Return the name without its end, but with its extension, short enough for every disk."""
    name = name.rstrip(" .")
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > 10:
        stem, dot, extension = name, "", ""
    # One below the limit leaves room for the mark of a reserved name.
    while len(stem) + len(dot + extension) >= LONGEST_NAME or (
        len(f"{stem}{dot}{extension}".encode()) >= LONGEST_NAME_BYTES
    ):
        stem = stem[:-1]
    return f"{stem}{dot}{extension}".rstrip(" .")
