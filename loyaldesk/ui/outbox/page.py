"""The outbox: which mails wait, which were accepted, which failed and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Slot

from loyaldesk.queries.outbox import count_mails, list_mail_ids, read_mail_rows
from loyaldesk.ui.lists.list_page import ListPage
from loyaldesk.ui.lists.plan import FilterChoice, ListPlan, ListWish
from loyaldesk.ui.outbox.columns import export_headings, export_values, mail_columns
from loyaldesk.ui.outbox.mail_opening import MailOpening
from loyaldesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.outbox import OutboxMail
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["OutboxPage"]

translate = QCoreApplication.translate
AGAIN = frozenset({"failed", "withdrawn", "queued"})


class OutboxPage(ListPage):
    """The list of mails, newest first; Enter opens one as it was or will be sent."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(desk), parent)
        self.opening = MailOpening(desk, self)
        self.withdraw_button = self.head.add_button(
            Button(desk.theme, self.tr("Withdraw"), icon="undo-2")
        )
        self.again_button = self.head.add_primary(desk.theme, self.tr("Send again"), "send")
        self.opened.connect(self.open_message)
        self.again_button.clicked.connect(self.send_again)
        self.withdraw_button.clicked.connect(self.withdraw)
        for moved in (self.list.view.current_changed, self.list.view.selection_count_changed):
            moved.connect(self._look_again)
        for came in (self.list.model.dataChanged, self.list.model.modelReset):
            came.connect(self._look_again)
        self._look_again()

    @Slot()
    def begin(self) -> None:
        """Go to where it is chosen how mails leave."""
        self._desk.ways.section_wanted.emit("settings")

    @Slot(int)
    def open_message(self, mail_id: int) -> None:
        """Open the message in the mail program."""
        self.opening.open_mail(mail_id)

    @Slot()
    def send_again(self) -> None:
        """Let the chosen mails go, with the bytes they were written with."""
        from loyaldesk.operations.mail import retry_mail

        self._do_with(AGAIN, retry_mail, self.tr("{0} goes again"))

    @Slot()
    def withdraw(self) -> None:
        """Take the chosen mails back that still wait."""
        from loyaldesk.operations.mail import withdraw_mail

        self._do_with({"queued"}, withdraw_mail, self.tr("{0} withdrawn"))

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer what can be done with a mail in its state."""
        mail = self._row(row_id)
        if mail is None:
            return ()
        ways = self._desk.ways
        offered: list[tuple[str, Callable[[], object]]] = []
        if mail.state in AGAIN:
            offered.append((self.tr("Send again"), self.send_again))
        if mail.state == "queued":
            offered.append((self.tr("Withdraw"), self.withdraw))
        if mail.document_id is not None:
            show = partial(ways.document_wanted.emit, mail.document_id)
            offered.append((self.tr("Show the attachment"), show))
        customer = partial(ways.customer_wanted.emit, mail.customer_id)
        return (*offered, (self.tr("Open customer"), customer))

    def _do_with(
        self, states: set[str] | frozenset[str], operation: Operation[..., Any], said: str
    ) -> None:
        for mail in self._chosen():
            if mail.state in states:
                self._desk.jobs.write(
                    operation,
                    owner=self,
                    then=partial(self._say, said.format(mail.subject)),
                    failed=lambda error: self._say(str(error)),
                    mail_id=mail.id,
                )

    def _say(self, words: str, _result: object = None) -> None:
        self._desk.news.said.emit(words, False)

    def _chosen(self) -> list[OutboxMail]:
        ids = self.list.view.selected_ids() or [self.list.view.current_id()]
        return [mail for mail in map(self._row, ids) if mail is not None]

    def _row(self, mail_id: int) -> OutboxMail | None:
        ids = self.list.ids
        if mail_id not in ids:
            return None
        row: OutboxMail | None = self.list.model.row_at(ids.index(mail_id))
        return row

    @Slot()
    def _look_again(self) -> None:
        """Offer below the list what the chosen mails allow."""
        states = {mail.state for mail in self._chosen()}
        self.again_button.setEnabled(bool(states & AGAIN))
        self.withdraw_button.setEnabled("queued" in states)


def _plan(desk: Desk) -> ListPlan:
    def words(text: str) -> str:
        return translate("Outbox", text)

    return ListPlan(
        key="outbox",
        title=words("Outbox"),
        nouns=(words("mail"), words("mails")),
        columns=mail_columns(desk),
        filters=(
            FilterChoice("waiting", words("Waiting"), "clock"),
            FilterChoice("failed", words("Failed"), "circle-alert"),
            FilterChoice("accepted", words("Accepted"), "mail-check"),
            FilterChoice("draft", words("Drafts"), "file-text"),
            FilterChoice("withdrawn", words("Withdrawn"), "undo-2"),
        ),
        first=ListWish("written_at", descending=True),
        list_ids=list_mail_ids,
        read_rows=_read_rows,
        count=count_mails,
        headings=export_headings(),
        values=export_values,
        tables=("mail", "customer"),
        nothing=(
            words("No mail was written yet"),
            words("E-mail a letter or a document with Ctrl+E; what becomes of it is shown here."),
            words("How mails leave"),
            "mail",
        ),
    )


def _read_rows(source: Source, *, ids: list[int], today: date) -> dict[int, OutboxMail]:
    del today
    return read_mail_rows(source, ids=ids)
