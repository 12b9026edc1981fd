"""Where a command may write: never over its source, the profile or what is no file or folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.settings import disk_trouble

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["checked_folder", "checked_output"]


def checked_output(path: Path, *, profile: Path, besides: Iterable[Path] = ()) -> Path:
    """Return the path to write to, or refuse one that would destroy something.

    `besides` are the files the command reads. An ordinary file of the same name is replaced.
    """
    if not path.name:
        raise Refused("The name of the file to write is missing. Nothing was written.")
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused(f"“{path}” is no ordinary file. Nothing was written; choose another name.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder “{path.parent}”. Nothing was written.")
    whole = path.resolve()
    if whole.is_relative_to(profile.resolve()):
        raise Refused(
            f"“{path}” lies in the data folder. Nothing was written; choose a place outside it."
        )
    if any(whole == other.resolve() for other in besides):
        raise Refused(f"“{path}” is what is being read. Nothing was written; choose another name.")
    return path


def checked_folder(folder: Path, *, profile: Path) -> Path:
    """Return the folder to write letters into, made if only it is missing, or refuse it."""
    if folder.exists() and not folder.is_dir():
        raise Refused(f"“{folder}” is no folder. Nothing was issued; give another --out.")
    if folder.resolve().is_relative_to(profile.resolve()):
        raise Refused(
            f"“{folder}” lies in the data folder. Nothing was issued; choose a place outside it."
        )
    if not folder.absolute().parent.is_dir():
        raise Refused(f"There is no folder “{folder.parent}”. Nothing was issued.")
    with disk_trouble():
        folder.mkdir(exist_ok=True)
    return folder
