"""Who gets which paper by mail, with which words? Seen before it leaves, and for 8 s after."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from loyaldesk.domain.mail_words import address_problem, domain_of
from loyaldesk.errors import Refused
from loyaldesk.ui.forms.scroll_dialog import ScrollDialog
from loyaldesk.ui.outbox.mail_opening import MailOpening
from loyaldesk.ui.outbox.mail_work import put_into_outbox, write_mail
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit, TextArea
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.mail.letters import LetterMail
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.outbox.mail_work import WrittenMail

__all__ = ["DocumentMailDialog", "LetterMailDialog", "MailDialog"]

TEXT_HEIGHT = 260


class MailDialog(ScrollDialog):
    """Shows whom a mail goes to in large letters, and warns when that address is a new one."""

    def __init__(
        self,
        desk: Desk,
        *,
        document_id: int | None = None,
        letter_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("E-mail"),
            verb=self.tr("Send"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._desk = desk
        self._written: WrittenMail | None = None
        self._warning: Banner | None = None
        theme = desk.theme
        self.to_whom = TextLabel(theme, "", TextStyle.PAGE_TITLE, wrap=True)
        self.customer = TextLabel(theme, "", TextStyle.NAME, Tone.SECONDARY, wrap=True)
        self.recipient_edit, self.subject_edit = LineEdit(theme), LineEdit(theme)
        self.text_edit = _LetterText(theme, name=self.tr("Text"))
        self.recipient = LabelledField(theme, self.tr("To"), self.recipient_edit)
        self.subject = LabelledField(theme, self.tr("Subject"), self.subject_edit)
        self.text = LabelledField(theme, self.tr("Text"), self.text_edit)
        self.paper = SpanLabel(theme, wrap=True)
        self.way = SpanLabel(theme, wrap=True)
        for part in (
            self.to_whom, self.customer, self.recipient, self.subject, self.text, self.paper,
            self.way,
        ):  # fmt: skip
            self.content.addWidget(part)
        self.verb_button.setEnabled(False)
        self._connect()
        self._desk.jobs.read(
            write_mail,
            owner=self,
            then=self._show,
            failed=lambda error: self.show_refusal(str(error)),
            document_id=document_id,
            letter_id=letter_id,
        )

    @property
    def warning(self) -> str:
        """What is said about the recipient's address, if anything."""
        return "" if self._warning is None else self._warning.text

    def typed(self) -> LetterMail | None:
        """Return the mail as it stands in the fields, once it was read."""
        if self._written is None:
            return None
        return replace(
            self._written.mail,
            recipient=self._recipient(),
            subject=self.subject_edit.text().strip(),
            body=self.text_edit.toPlainText(),
        )

    def accept(self) -> None:
        """Put the mail into the outbox, or say what keeps it from going."""
        mail = self.typed()
        if mail is None or not self.verb_button.isEnabled():
            return
        self.clear_refusal()
        self.recipient.set_error(address_problem(mail.recipient))
        if self.recipient.error:
            self.recipient.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.verb_button.setEnabled(False)
        self._desk.jobs.run(
            put_into_outbox,
            owner=self,
            then=partial(self._done, mail.recipient),
            failed=self._refused,
            files=self._desk.files,
            mail=mail,
        )

    def _connect(self) -> None:
        self.recipient_edit.textChanged.connect(self._look_at_address)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)

    def _show(self, written: WrittenMail) -> None:
        self._written = written
        mail = written.mail
        self.customer.setText(f"{written.customer_name} · {written.customer_number}")
        self.recipient_edit.setText(mail.recipient)
        self.subject_edit.setText(mail.subject)
        self.text_edit.setPlainText(mail.body)
        kilobytes = self._desk.formats.number(max(1, round(written.size / 1_000)))
        size = self.tr("{0} kB").format(kilobytes)
        self.paper.set_spans([Span.strong(mail.file_name), Span(f"  {size}")], icon="paperclip")
        self._show_way(sends=written.sends)
        self.verb_button.setEnabled(True)
        first = self.text if mail.recipient else self.recipient
        first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if not mail.recipient:
            self.recipient.set_error(self.tr("No address of this customer is known; type one."))
        self._look_at_address()

    def _show_way(self, *, sends: bool) -> None:
        words = (
            self.tr("It waits eight seconds in the outbox, so that you can take it back.")
            if sends
            else self.tr(
                "It opens as a draft in your mail program. To let LoyalDesk send it, fill in "
                "Settings, E-mail."
            )
        )
        self.way.set_spans([Span.small(words, Tone.SECONDARY)], icon="info")
        self.verb_button.setText(self.tr("Send") if sends else self.tr("Open draft"))

    @Slot()
    def _look_at_address(self) -> None:
        """Warn of an address that this customer's mails did not go to before."""
        address, written = self._recipient(), self._written
        self.to_whom.setText(address or self.tr("To whom?"))
        if self.recipient.error and not address_problem(address):
            self.recipient.set_error("")
        is_new = (
            written is not None
            and bool(written.domains)
            and not address_problem(address)
            and domain_of(address) not in written.domains
        )
        if is_new and written is not None:
            usual = ", ".join(sorted(written.domains))
            self._warn(
                self.tr("{0} is new for {1}.").format(domain_of(address), written.customer_name),
                self.tr("Until now: {0}. Make sure that the paper is meant for them.").format(
                    usual
                ),
            )
        else:
            self._warn("", "")

    def _warn(self, happened: str, safe: str) -> None:
        if self._warning is not None:
            self._warning.hide()
            self._warning.deleteLater()
            self._warning = None
        if happened:
            self._warning = Banner(self._desk.theme, BannerKind.WARN, happened=happened, safe=safe)
            self.content.insertWidget(3, self._warning)
            self._warning.speak()

    def _recipient(self) -> str:
        return self.recipient_edit.text().strip()

    def _done(self, recipient: str, mail_id: int) -> None:
        written = self._written
        super().accept()
        news = self._desk.news
        if written is not None and not written.sends:
            said = self.tr("Draft opened in your mail program; it is not sent yet")
            MailOpening(self._desk, news).open_mail(
                mail_id,
                then=lambda: news.said.emit(said, False),
                otherwise=partial(_withdraw, self._desk, mail_id, ""),
            )
            return
        words = self.tr("Mail to {0} waits eight seconds").format(recipient)
        undo = partial(_withdraw, self._desk, mail_id, self.tr("Withdrawn; nothing was sent"))
        news.offered.emit(words, self.tr("Undo"), undo)

    def _refused(self, error: Exception) -> None:
        self.verb_button.setEnabled(True)
        if isinstance(error, Refused) and error.field == "recipient":
            self.recipient.set_error(str(error))
        else:
            self.show_refusal(str(error))


class DocumentMailDialog(MailDialog):
    """The mail that carries a document."""

    def __init__(self, desk: Desk, document_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, document_id=document_id, parent=parent)


class LetterMailDialog(MailDialog):
    """The mail that carries an issued letter."""

    def __init__(self, desk: Desk, letter_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, letter_id=letter_id, parent=parent)


class _LetterText(TextArea):
    """A text area as high as a letter."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(TEXT_HEIGHT))


def _withdraw(desk: Desk, mail_id: int, words: str) -> None:
    """Take the mail back and say so, or say that it had left."""
    from loyaldesk.operations.mail import withdraw_mail

    def told(_result: object) -> None:
        if words:
            desk.news.said.emit(words, False)

    desk.jobs.write(
        withdraw_mail,
        owner=desk.news,
        then=told,
        failed=lambda error: desk.news.said.emit(str(error), False),
        mail_id=mail_id,
    )
