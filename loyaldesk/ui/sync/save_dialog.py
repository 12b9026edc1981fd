"""Into which file shall the edits be written?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

__all__ = ["ask_where"]

translate = QCoreApplication.translate
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def ask_where(parent: QWidget, suggested: str, then: Callable[[Path], object]) -> QFileDialog:
    """Open the system's dialog for saving; `then` gets the file that was named."""
    dialog = QFileDialog(parent, translate("Sync", "Export the change"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(translate("Sync", "Table as text (*.csv)"))
    dialog.setDefaultSuffix("csv")
    dialog.selectFile(_UNSAFE.sub(" ", suggested))
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    dialog.open()
    return dialog
