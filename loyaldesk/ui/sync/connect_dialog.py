"""At which hub shall this desk sign in, as whom, and what happens with the records here?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit

from loyaldesk.errors import Refused
from loyaldesk.ui.forms.scroll_dialog import ScrollDialog
from loyaldesk.ui.sync.connect_work import Ending, Wanted, connect, count_own_records, known_address
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.sync.connect_work import Joined

__all__ = ["ConnectDialog"]

LANE, TARGET = "sign-in", 24
BY_PASSWORD, IN_BROWSER = "password", "browser"


class ConnectDialog(ScrollDialog):
    """Signs in on a lane of its own; what goes wrong stands above the fields, in a sentence."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Connect to your hub"),
            verb=self.tr("Connect"),
            body=self.tr(
                "Your company’s customers come to this computer, encrypted, the newest first; you "
                "can work meanwhile. Whoever runs the hub has its address for you."
            ),
            parent=parent,
        )
        self._desk, self._ending = desk, Ending()
        theme = desk.theme
        self.url_edit, self.user_edit = LineEdit(theme), LineEdit(theme)
        self.password_edit = LineEdit(theme)
        self.url = LabelledField(theme, self.tr("Address of the hub"), self.url_edit)
        self.user = LabelledField(theme, self.tr("User name"), self.user_edit)
        self.password = LabelledField(theme, self.tr("Password"), self.password_edit)
        self.way = Segment(
            theme,
            [
                (BY_PASSWORD, self.tr("By password")),
                (IN_BROWSER, self.tr("Company account, in the browser")),
            ],
            name=self.tr("How you sign in"),
        )
        self.shares = QCheckBox(self.tr("If the hub is still empty, put my records there"))
        self.fate = SpanLabel(theme, wrap=True)
        self.progress = SpanLabel(theme, wrap=True)
        self._lay_out()
        self._connect()
        self._show_known()
        desk.jobs.read(count_own_records, owner=self, then=self._tell_fate)

    def typed(self) -> Wanted:
        """Return what is typed."""
        by_password = self.way.chosen == BY_PASSWORD
        return Wanted(
            url=self.url_edit.text().strip(),
            user=self.user_edit.text().strip() if by_password else "",
            password=self.password_edit.text() if by_password else "",
            shares=self.shares.isChecked(),
        )

    @Slot()
    def accept(self) -> None:
        """Sign in, unless something is missing."""
        wanted = self.typed()
        self.clear_refusal()
        if not self.verb_button.isEnabled() or not self._is_complete(wanted):
            return
        self._show_working(self.tr("Signing in…") if wanted.user else self._browser_words())
        self._desk.jobs.network(
            connect,
            lane=LANE,
            owner=self,
            then=self._done,
            failed=self._refused,
            profile=self._desk.temporary.parent.parent,
            wanted=wanted,
            ending=self._ending,
        )

    def reject(self) -> None:
        """Close, and wait for the browser no longer."""
        self._ending.end()
        super().reject()

    def _lay_out(self) -> None:
        self.password_edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.url_edit.setPlaceholderText("https://hub.company.com")
        row = QHBoxLayout()
        row.addWidget(self.way)
        row.addStretch(1)
        self.content.addWidget(self.url)
        self.content.addLayout(row)
        for part in (self.user, self.password, self.fate, self.shares, self.progress):
            self.content.addWidget(part)
        self.shares.setMinimumHeight(self._desk.theme.px(TARGET))
        for part in (self.shares, self.progress):
            part.hide()

    def _connect(self) -> None:
        self.way.chosen_changed.connect(self._fold)
        self._fold()

    def _show_known(self) -> None:
        """Show hub and user of a desk that only has to sign in again."""
        state = self._desk.news.sync
        self.user_edit.setText(state.user)
        (self.password_edit if state.hub else self.url_edit).setFocus()
        self._desk.jobs.read(known_address, owner=self, then=self.url_edit.setText)

    def _tell_fate(self, count: int) -> None:
        """Say what becomes of what is here."""
        if self._desk.news.sync.hub:
            words = self.tr("Everything here stays; what waits goes out once you are signed in.")
        elif not count:
            words = self.tr("Nothing is here yet, so nothing can be mixed up.")
        else:
            words = self.tr(
                "There are records on this computer. They are never mixed with those of a hub "
                "that has its own: connecting then changes nothing and says so."
            )
        self.shares.setVisible(bool(count) and not self._desk.news.sync.hub)
        self.fate.set_spans([Span.small(words)], icon="info", icon_tone=Tone.INFO)

    @Slot()
    def _fold(self) -> None:
        by_password = self.way.chosen == BY_PASSWORD
        for field in (self.user, self.password):
            field.setVisible(by_password)
        verb = self.tr("Connect") if by_password else self.tr("Continue in the browser")
        self.verb_button.setText(verb)
        self.verb_button.updateGeometry()

    def _is_complete(self, wanted: Wanted) -> bool:
        missing = {
            self.url: "" if wanted.url else self.tr("Type the address of the hub."),
            self.user: "",
        }
        if self.way.chosen == BY_PASSWORD and not wanted.user:
            missing[self.user] = self.tr("Type the name you sign in with.")
        for field, sentence in missing.items():
            field.set_error(sentence)
        first = next((field for field, sentence in missing.items() if sentence), None)
        if first is not None:
            first.editor.setFocus()
        return first is None

    def _browser_words(self) -> str:
        return self.tr("Sign in where your browser has opened, then come back here…")

    def _show_working(self, words: str) -> None:
        self.verb_button.setEnabled(not words)
        self.progress.setVisible(bool(words))
        self.progress.set_spans([Span(words)], icon="clock", icon_tone=Tone.SECONDARY)
        announce(self, words)

    def _done(self, joined: Joined) -> None:
        self.password_edit.clear()
        super().accept()
        news = self._desk.news
        news.hub_changed.emit()
        news.said.emit(
            self.tr("Connected to {0}; records come in by themselves").format(joined.hub), False
        )
        if joined.must_choose:
            self._desk.ways.password_wanted.emit()

    def _refused(self, error: LoyalDeskError) -> None:
        self._show_working("")
        fields = {"url": self.url, "user": self.user, "password": self.password}
        field = fields.get(error.field or "") if isinstance(error, Refused) else None
        if field is not None and field.isVisible():
            field.set_error(str(error))
            field.editor.setFocus()
        else:
            self.show_refusal(str(error))
