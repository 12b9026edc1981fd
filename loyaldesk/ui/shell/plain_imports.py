"""How are modules imported without the price that PySide6 puts on each of them?"""

from __future__ import annotations

import builtins
import linecache

__all__ = ["import_plainly"]


def import_plainly() -> None:
    """Import as Python does from now on, and forget the sources that were read so far.

    For `from __feature__ import snake_case`, which nothing here uses, PySide6 looks for its own
    name in the source of every imported module and keeps each line: 20 MB behind SQLAlchemy.
    """
    ours = vars(builtins)
    # Someone else's hook, put over this one, stays.
    if ours.get("__feature_import__") is builtins.__import__:
        builtins.__import__ = ours["__orig_import__"]
        linecache.clearcache()
