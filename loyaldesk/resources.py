"""Where the files live that are shipped with the program: fonts, texts, envelopes, maps, icons."""

from __future__ import annotations

from pathlib import Path

__all__ = ["resource"]

_PACKAGE = Path(__file__).parent
# A checkout keeps them at its top; an installed package carries them inside.
_ROOTS = (_PACKAGE.parent / "resources", _PACKAGE / "_resources")


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, named with forward slashes from resources/."""
    for root in _ROOTS:
        path = root / name
        if path.exists():
            return path
    raise FileNotFoundError(f"The installation is incomplete: {name} is missing.")
