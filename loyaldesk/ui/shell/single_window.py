"""How does a second start of the same profile bring the first window forward?"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SingleWindow", "call_first_window"]

PATIENCE_MS = 500


def call_first_window(profile: Path) -> bool:
    """Ask the window that has the profile open to come forward; False if none answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(profile))
    return socket.waitForConnected(PATIENCE_MS)


class SingleWindow(QObject):
    """Listens for later starts; only the same person's processes are heard.

    The holder of the profile's lock makes one, so a name left behind by a crash may be taken over.
    """

    called = Signal()

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(_name(profile))
        self._server.listen(_name(profile))

    @Slot()
    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        self.called.emit()


def _name(profile: Path) -> str:
    # The path itself may be longer than a socket's name can be.
    return f"loyaldesk-{hashlib.sha256(str(profile).encode()).hexdigest()[:24]}"
