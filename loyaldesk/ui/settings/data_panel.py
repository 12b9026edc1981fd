"""Where does everything lie, who keeps the key, and which version is this?"""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk import __version__
from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from loyaldesk.ui.desk import Desk

__all__ = ["DataPanel", "keyring_words"]


class DataPanel(QWidget):
    """The profile's folder to copy, who keeps its key, and what to do for a backup."""

    def __init__(self, desk: Desk, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        theme = desk.theme
        self.folder = SpanLabel(
            theme, [Span.strong(str(profile))], icon="folder", icon_tone=Tone.SECONDARY, wrap=True
        )
        self.key = SpanLabel(
            theme,
            [Span(keyring_words(sys.platform, os.environ))],
            icon="key-round",
            icon_tone=Tone.SECONDARY,
            wrap=True,
        )
        advice = self.tr(
            "Records, papers and the search lie encrypted in this folder. For a backup close "
            "LoyalDesk and copy the whole folder; without the key nobody can read it, so keep the "
            "key as well."
        )
        version = self.tr("This is LoyalDesk {0}. Its licences stand under Help ▸ About.")
        copy = Button(theme, self.tr("Copy the folder's path"), icon="copy")
        copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (
            self.folder,
            self.key,
            TextLabel(theme, advice, TextStyle.BODY, Tone.SECONDARY, wrap=True),
        ):
            column.addWidget(part)
        column.addLayout(row)
        about = version.format(__version__)
        column.addWidget(TextLabel(theme, about, TextStyle.BODY, Tone.SECONDARY, wrap=True))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self._profile))
        self._desk.news.said.emit(self.tr("The folder's path is copied"), False)


def keyring_words(platform: str, environ: Mapping[str, str]) -> str:
    """Return who keeps the key of the database on this computer."""
    tr = partial(QCoreApplication.translate, "DataPanel")
    if KEY_VARIABLE in environ:
        return tr("The key comes from the environment variable {0}.").format(KEY_VARIABLE)
    keepers = {
        "win32": tr("The key is kept by the Windows Credential Locker of this person."),
        "darwin": tr("The key is kept in the macOS Keychain of this person."),
    }
    service = tr("The key is kept by this desktop's keyring (Secret Service).")
    return keepers.get(platform, service)
