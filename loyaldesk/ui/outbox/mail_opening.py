"""How is a mail of the outbox shown in the person's own mail program?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from loyaldesk.errors import LoyalDeskError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.opening import OpenableTarget
    from loyaldesk.ui.desk import Desk

__all__ = ["MailOpening"]


class MailOpening(QObject):
    """Writes the mail's bytes into this run's private folder and hands them to the system."""

    def __init__(self, desk: Desk, parent: QWidget | QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def open_mail(
        self,
        mail_id: int,
        *,
        then: Callable[[], object] | None = None,
        otherwise: Callable[[], object] | None = None,
    ) -> None:
        """Open the mail; `then` runs once some program took it, `otherwise` if none did."""

        def refuse(error: LoyalDeskError) -> None:
            self._desk.news.said.emit(str(error), False)
            if otherwise is not None:
                otherwise()

        def hand_over(target: OpenableTarget) -> None:
            try:
                self._desk.open_outside(target)
            except LoyalDeskError as error:
                refuse(error)
            else:
                if then is not None:
                    then()

        self._desk.jobs.read(
            _copy_of_mail,
            owner=self,
            then=hand_over,
            failed=refuse,
            files=self._desk.files,
            mail_id=mail_id,
            folder=self._desk.temporary,
        )


def _copy_of_mail(
    source: Any, *, files: Callable[[], FileStore], mail_id: int, folder: Path
) -> OpenableTarget:
    from loyaldesk.documents.opening import copy_for_opening
    from loyaldesk.queries.mail import read_mail

    mail = read_mail(source, mail_id=mail_id)
    name = f"{mail.subject or mail.recipient}.eml"
    return copy_for_opening(mail.sha256, name, files=files(), folder=folder)
