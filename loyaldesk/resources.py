"""Where the files live that are shipped with the program: fonts, texts, envelopes, maps, icons."""

from __future__ import annotations

import tomllib
from pathlib import Path

__all__ = ["read_texts", "resource"]

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


def read_texts(tag: str) -> dict[str, str]:
    """Return what letters and mails say in a language tag such as `de`, by area and name.

    Nothing is returned for a language without texts; general texts have no area before their name.
    """
    # The tag comes from a customer's record and must not name a file elsewhere.
    if not tag.replace("-", "").isalnum() or not (resource("texts") / f"{tag}.toml").is_file():
        return {}
    tables = tomllib.loads((resource("texts") / f"{tag}.toml").read_text(encoding="utf-8"))
    return {
        f"{area}.{key}" if area != "general" else key: text
        for area, table in tables.items()
        for key, text in table.items()
    }
