"""How are files attached to a customer from a button: chosen, stored, filed?"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["attach_files", "choose_files"]


def choose_files(desk: Desk, owner: QWidget, customer_id: int) -> QFileDialog:
    """Open the system's file dialog; what is chosen is filed with the customer."""
    dialog = QFileDialog(owner, owner.tr("Attach documents"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, owner.tr("Attach"))
    dialog.filesSelected.connect(
        lambda names: attach_files(desk, owner, customer_id, [Path(name) for name in names])
    )
    dialog.open()
    return dialog


def attach_files(desk: Desk, owner: QWidget, customer_id: int, paths: list[Path]) -> None:
    """Store and file each file; each one says for itself that it is filed, or why it is not."""
    for path in paths:
        desk.jobs.run(
            _file,
            owner=owner,
            then=partial(_say_filed, desk, owner, path),
            failed=partial(_tell, desk),
            files=desk.files,
            path=path,
            customer_id=customer_id,
        )


def _file(store: Any, *, files: Callable[[], FileStore], path: Path, customer_id: int) -> int:
    # On the write lane: storing reads the whole file, and needs the tables.
    from loyaldesk.documents.filing import file_path

    return file_path(store, files=files(), path=path, customer_id=customer_id)


def _say_filed(desk: Desk, owner: QWidget, path: Path, _: int) -> None:
    desk.news.said.emit(owner.tr("{0} filed").format(path.name), True)


def _tell(desk: Desk, error: LoyalDeskError) -> None:
    desk.news.said.emit(str(error), False)
