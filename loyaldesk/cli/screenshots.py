"""`loyaldesk screenshots DIR`: every page of the demo company as a picture, light and dark."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.credentials import KEY_VARIABLE

if TYPE_CHECKING:
    import argparse

    from PySide6.QtWidgets import QApplication

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

SCREEN = {
    "name": "desk", "x": 0, "y": 0, "width": 1920, "height": 1080,
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
}  # fmt: skip


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "screenshots", help="draw every page of the demo company, light and dark"
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--only", metavar="WORD", help="only pictures whose name holds the word")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    """Draw off screen, on a demo company of its own that is gone afterwards."""
    os.environ[KEY_VARIABLE] = secrets.token_hex(32)
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="loyaldesk-pictures-") as profile:
        os.environ["QT_QPA_PLATFORM"] = _platform(Path(profile))
        taken = _take_pictures(Path(profile), args.folder, only=args.only or "")
    context.show([path.name for path in taken], f"{len(taken)} pictures in {args.folder}")
    return 0


def _platform(folder: Path) -> str:
    """Return the name of a platform without a screen, as large as one on a desk where it can be.

    Forms are held to their screen, and Qt's own is 800 pixels wide.
    """
    path = folder / "screen.json"
    path.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    # Qt separates options by colons, so it cannot be told of a file on a Windows drive.
    return "offscreen" if ":" in str(path) else f"offscreen:configfile={path}"


def _take_pictures(profile: Path, folder: Path, *, only: str) -> list[Path]:
    from PySide6.QtWidgets import QApplication

    from loyaldesk.app import Desktop
    from loyaldesk.credentials import database_key
    from loyaldesk.store.reader import open_reader
    from loyaldesk.store.schema import FILE_NAME
    from loyaldesk.ui.shell.pictures import PICTURES, Photographer, Subjects

    app = QApplication(sys.argv[:1])
    _use_shipped_font(app)
    desktop = Desktop(app, profile, temporary=profile, verify=False, is_demo=True)
    desktop.furnish()
    desktop.window.open()
    photographer = Photographer(desktop.content, desktop.desk)
    photographer.settle()
    with open_reader(profile / FILE_NAME, database_key(profile)) as reader:
        subjects = Subjects.find(reader, desktop.desk.today())
    wanted = [picture for picture in PICTURES if only in picture.name]
    taken = [path for picture in wanted for path in photographer.take(picture, subjects, folder)]
    desktop.close()
    return taken


def _use_shipped_font(app: QApplication) -> None:
    """Use the font that is shipped, so that pictures are the same everywhere."""
    from PySide6.QtGui import QFont, QFontDatabase

    from loyaldesk.resources import resource

    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/NotoSans-{weight}.ttf")))
    app.setFont(QFont("Noto Sans"))
