"""How do mails leave here? Typed in, kept at once, tried with a message to oneself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from loyaldesk.domain.mail_settings import MailSettings, settings_problems
from loyaldesk.queries.mail import read_mail_settings
from loyaldesk.ui.settings.field_grid import FieldGrid
from loyaldesk.ui.settings.mail_fields import (
    SERVER_FIELDS,
    mail_texts,
    mail_titles,
    method_choices,
    security_choices,
    typed_settings,
)
from loyaldesk.ui.settings.mail_test import MailTest
from loyaldesk.ui.settings.mail_work import has_password, keep_password
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QHideEvent

    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["MailForm"]

USUAL_PORTS = {"starttls": "587", "tls": "465"}


class MailForm(QWidget):
    """Saves when a field is left and all of them go together; says what is still missing."""

    def __init__(self, desk: Desk, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        self._kept = MailSettings()
        theme = desk.theme
        self.method = Segment(theme, method_choices(), name=self.tr("How mails leave"))
        self.security = Segment(theme, security_choices(), name=self.tr("Encryption"))
        self.edits = {name: LineEdit(theme) for name in mail_titles()}
        self.fields = {
            name: LabelledField(theme, title, self.edits[name])
            for name, title in mail_titles().items()
        }
        self.password_edit = LineEdit(theme)
        self.password = LabelledField(theme, self.tr("Password"), self.password_edit)
        self.state = SpanLabel(theme, wrap=True)
        self.test = MailTest(desk, profile)
        self._own = FieldGrid(
            theme, [field for name, field in self.fields.items() if name not in SERVER_FIELDS]
        )
        self._server = FieldGrid(
            theme, [*(self.fields[name] for name in SERVER_FIELDS), self.password]
        )
        self._encryption = QWidget()
        self._lay_out()
        self._connect()
        self._read()

    def typed(self) -> MailSettings:
        """Return the settings as they stand in the fields."""
        return typed_settings(
            {name: self.edits[name].text() for name in self.fields},
            self._kept,
            method=self.method.chosen or self._kept.method.value,
            security=self.security.chosen or self._kept.security.value,
        )

    @Slot()
    def save(self) -> None:
        """Keep what is typed if mails could leave with it, and say of the rest what is wrong."""
        typed = self.typed()
        problems = settings_problems(typed)
        self._fold(typed)
        self._show_problems(typed, problems)
        if not problems and typed != self._kept:
            # Imported here: the settings are looked at more often than changed.
            from loyaldesk.operations.mail import change_mail_settings

            self._desk.jobs.write(
                change_mail_settings,
                owner=self,
                then=partial(self._saved, typed),
                failed=lambda error: self._say(str(error), Tone.BAD),
                settings=typed,
            )

    @Slot()
    def _take_security(self) -> None:
        """Change the usual port with the encryption it goes with; a port of their own stays."""
        usual = USUAL_PORTS.get(self.security.chosen or "")
        if usual is not None and self.edits["port"].text() in USUAL_PORTS.values():
            self.edits["port"].setText(usual)
        self.save()

    @Slot()
    def keep_password(self) -> None:
        """Hand the typed password to the system's keyring and forget it here."""
        password = self.password_edit.text()
        if password:
            self.password_edit.clear()
            self._desk.jobs.read(
                keep_password,
                owner=self,
                then=self._password_kept,
                failed=lambda error: self.password.set_error(str(error)),
                profile=self._profile,
                password=password,
            )

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self.password_edit.setEchoMode(QLineEdit.EchoMode.Password)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        inside = QVBoxLayout(self._encryption)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        words = self.tr("Encryption")
        inside.addWidget(TextLabel(theme, words, TextStyle.SMALL_MEDIUM, Tone.SECONDARY))
        row = QHBoxLayout()
        row.addWidget(self.security)
        row.addStretch(1)
        inside.addLayout(row)
        first = QHBoxLayout()
        first.addWidget(self.method)
        first.addStretch(1)
        column.addLayout(first)
        for part in (self._own, self._server, self._encryption, self.state, self.test):
            column.addWidget(part)

    def _connect(self) -> None:
        for edit in self.edits.values():
            edit.editingFinished.connect(self.save)
        self.method.chosen_changed.connect(self.save)
        self.security.chosen_changed.connect(self._take_security)
        self.password_edit.editingFinished.connect(self.keep_password)
        self.test.wanted.connect(self._try_out)
        self._desk.news.changed.connect(self._hear)

    def _read(self) -> None:
        self._desk.jobs.read(read_mail_settings, owner=self, then=self._show, replaces="mail")
        self._desk.jobs.read(
            has_password,
            owner=self,
            then=self._show_password,
            failed=lambda _: None,
            replaces="password",
            profile=self._profile,
        )

    def _show(self, settings: MailSettings) -> None:
        typed, before = mail_texts(self.typed()), mail_texts(self._kept)
        for name, text in mail_texts(settings).items():
            # What is wrong, or typed and not saved yet, stays to be put right.
            if typed[name] in {before[name], text} or not self.edits[name].text():
                self.edits[name].setText(text)
        self._kept = settings
        for segment, value in ((self.method, settings.method), (self.security, settings.security)):
            if segment.chosen != value.value:
                segment.choose(value.value)
        self._fold(settings)
        self._show_problems(settings, settings_problems(settings))

    def _fold(self, settings: MailSettings) -> None:
        """Show the fields of the server only to those who have one."""
        for part in (self._server, self._encryption):
            part.setVisible(settings.sends)

    def _show_problems(self, typed: MailSettings, problems: dict[str, str]) -> None:
        for name, field in self.fields.items():
            text = self.edits[name].text()
            field.set_error(problems.get(name, "") if text.strip() else "")
        missing = [
            title for name, title in mail_titles().items()
            if name in problems and not self.edits[name].text().strip()
        ]  # fmt: skip
        if missing:
            words = self.tr("Not in use yet; still to fill in: {0}").format(", ".join(missing))
            self._say(words, Tone.WARN)
        elif "security" in problems:
            self._say(problems["security"], Tone.BAD)
        elif typed.sends:
            self._say(self.tr("LoyalDesk hands mails to {0}").format(typed.host), Tone.OK)
        else:
            self._say(
                self.tr("Mails open as drafts; only your mail program knows what was sent."),
                Tone.INFO,
            )

    def _saved(self, settings: MailSettings, _result: object) -> None:
        self._kept = settings
        self._desk.news.said.emit(self.tr("E-mail settings changed"), True)

    def _show_password(self, is_kept: bool) -> None:
        kept = self.tr("Kept in the system’s keyring")
        self.password_edit.setPlaceholderText(kept if is_kept else "")

    def _password_kept(self, is_lasting: bool) -> None:
        self.password.set_error("")
        hint = self.tr(
            "The system’s keyring did not take it; LoyalDesk remembers it until you close it."
        )
        self.password.set_hint("" if is_lasting else hint)
        self._show_password(is_lasting)
        self._say(self.tr("Password kept"), Tone.OK)

    @Slot()
    def _try_out(self) -> None:
        self.save()
        problems = settings_problems(self.typed())
        if problems:
            self.test.tell(next(iter(problems.values())), is_good=False)
        else:
            self.test.run(self.typed())

    def _say(self, words: str, tone: Tone) -> None:
        icons = {Tone.OK: "circle-check", Tone.INFO: "info"}
        icon = icons.get(tone, "circle-alert")
        self.state.set_spans([Span(words)], icon=icon, icon_tone=tone)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.touches("setting"):
            self._desk.jobs.read(read_mail_settings, owner=self, then=self._show, replaces="mail")

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever leaves the page by a key has not left the field.
        self.keep_password()
        self.save()
        super().hideEvent(event)
