"""The statements, composed with SQLAlchemy; compiled once into the book, never at run time."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

import sqlalchemy as sa

__all__ = ["Builder", "all_statements", "statement"]

Builder = Callable[[], sa.Executable]
_BUILDERS: dict[str, Builder] = {}


def statement(name: str) -> Callable[[Builder], Builder]:
    """Enter the decorated function's statement into the book under this name."""

    def enter(builder: Builder) -> Builder:
        if name in _BUILDERS:
            raise ValueError(f"two statements are called {name}")
        _BUILDERS[name] = builder
        return builder

    return enter


def all_statements() -> dict[str, Builder]:
    """Return every statement by name, importing all areas."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_BUILDERS.items()))
