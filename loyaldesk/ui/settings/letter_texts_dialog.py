"""The company's own words: a text at the left, the letter that says it at the right, as typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.domain.letter import Sender
from loyaldesk.domain.letter_texts import EDITABLE_TEXTS, fields_of, text_problem
from loyaldesk.domain.postal import letter_locale
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.settings.letter_text_rows import (
    LetterTexts,
    group_title,
    read_texts,
    text_title,
)
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.fields import LabelledField, TextArea
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["LetterTextsDialog"]

WIDTH, HEIGHT, CHOICES = 1120, 780, 380
PREVIEW_MS = 250
LETTER = "loyaldesk.pdf.sample_letter:draw_sample_letter"
MAIL = "loyaldesk.mail.sample:sample_mail"
LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español"))


class LetterTextsDialog(Dialog):
    """What is typed is drawn after a short pause, and kept when another text is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Letter texts"),
            verb=self.tr("Save"),
            cancel=self.tr("Close"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        theme = desk.theme
        self._desk = desk
        self._texts = LetterTexts("en", {}, {}, None)
        self._name = EDITABLE_TEXTS[0][1][0]
        self.language = Segment(theme, LANGUAGES, name=self.tr("Language of the letters"))
        self.list = ItemList(theme, name=self.tr("Texts"))
        self.list.set_scrolling(scrolling=True)
        self.text = TextArea(theme, name=self.tr("The text"))
        self.field = LabelledField(theme, self.tr("The text"), self.text)
        self.reset = Button(theme, self.tr("Use our text again"))
        self.reader = PaperReader(desk, name=self.tr("The letter with this text"))
        self._pause = QTimer(self, interval=PREVIEW_MS, singleShot=True)
        self._lay_out()
        self._pause.timeout.connect(self._draw)
        self.text.textChanged.connect(self._typed)
        self.list.row_chosen.connect(self._choose)
        self.language.chosen_changed.connect(self._leave_language)
        self.reset.clicked.connect(self._use_ours)
        self._read("en")

    def accept(self) -> None:
        """Keep what is typed and stay, since there may be more to say."""
        self._keep(self._name, self.text.toPlainText())

    def reject(self) -> None:
        """Keep what is typed if it is sound, and close."""
        self._keep_if_sound()
        super().reject()

    def _lay_out(self) -> None:
        px = self._desk.theme.px
        left = QWidget()
        left.setFixedWidth(px(CHOICES))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.language)
        column.addWidget(self.list, 1)
        column.addWidget(self.field)
        column.addWidget(self.reset)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(left)
        row.addWidget(self.reader, 1)
        self.content.addLayout(row, 1)
        self.resize(px(WIDTH), px(HEIGHT))

    def _read(self, language: str) -> None:
        self._desk.jobs.read(
            read_texts, owner=self, then=self._show, replaces="texts", language=language
        )

    def _show(self, texts: LetterTexts) -> None:
        self._texts = texts
        self._show_list()
        self._show_text()

    def _show_list(self) -> None:
        items = [
            item
            for group, names in EDITABLE_TEXTS
            for item in (self._heading(group), *map(self._item, names))
        ]
        self.list.show_items(items)
        self.list.choose(self._name)

    def _heading(self, group: str) -> Item:
        return Item(group, [Span.small(group_title(group))], is_choosable=False)

    def _item(self, name: str) -> Item:
        own = self.tr("own words") if name in self._texts.own else ""
        return Item(name, [Span(text_title(name))], right=own)

    def _show_text(self) -> None:
        ours = self._texts.ours[self._name]
        self.text.setPlainText(self._texts.own.get(self._name, ours))
        fields = ", ".join(f"{{{field}}}" for field in dict.fromkeys(fields_of(ours)))
        hint = self.tr("Filled in by LoyalDesk: {0}.").format(fields) if fields else ""
        self.field.set_hint(hint)
        # What was chosen is shown at once; only typing waits for a pause.
        self._typed()
        self._pause.stop()
        if not self._problem():
            self._draw()

    @Slot(object)
    def _choose(self, name: str) -> None:
        if name != self._name:
            self._keep_if_sound()
            self._name = name
            self._show_text()

    @Slot(str)
    def _leave_language(self, language: str) -> None:
        self._keep_if_sound()
        self._read(language)

    @Slot()
    def _use_ours(self) -> None:
        self.text.setPlainText(self._texts.ours[self._name])
        self.accept()

    def _keep_if_sound(self) -> None:
        if self._texts.ours and not self._problem():
            self._keep(self._name, self.text.toPlainText())

    def _problem(self) -> str:
        typed, ours = self.text.toPlainText(), self._texts.ours[self._name]
        return text_problem(typed, ours) if typed.strip() else ""

    @Slot()
    def _typed(self) -> None:
        """Say what is wrong with what is typed, or draw the letter that says it."""
        if not self._texts.ours:
            return
        problem = self._problem()
        if self.field.error != problem:
            self.field.set_error(problem)
        self.verb_button.setEnabled(not problem)
        self.reset.setEnabled(self.text.toPlainText() != self._texts.ours[self._name])
        if not problem:
            self._pause.start()

    @Slot()
    def _draw(self) -> None:
        sender = self._texts.sender or Sender(name="LoyalDesk")
        own = dict(self._texts.own)
        typed = self.text.toPlainText()
        if typed.strip():
            own[self._name] = typed
        self._desk.jobs.child(
            MAIL if self._name.startswith("mail.") else LETTER,
            owner=self,
            then=self.reader.show_source,
            failed=self.reader.show_refusal,
            replaces="draw",
            sender=sender,
            locale=letter_locale(self._texts.language, sender.country),
            printed_at=self._desk.now().astimezone(),
            own_texts=tuple(sorted(own.items())),
            shows=self._name,
        )

    def _keep(self, name: str, typed: str) -> None:
        texts = self._texts
        if typed == texts.own.get(name, texts.ours[name]):
            return
        from loyaldesk.operations.settings import change_letter_text

        self._desk.jobs.write(
            change_letter_text,
            owner=self,
            then=partial(self._kept, texts.language, name, typed),
            failed=self._refused,
            language=texts.language,
            key=name,
            text=typed,
            ours=texts.ours[name],
        )

    def _kept(self, language: str, name: str, typed: str, _result: Any) -> None:
        """Mark the text as own words, or as ours again; what is typed by now is left alone."""
        self._desk.news.said.emit(self.tr("Letter text changed"), True)
        texts = self._texts
        if language == texts.language:
            own = {key: words for key, words in texts.own.items() if key != name}
            if typed.strip() and typed != texts.ours[name]:
                own[name] = typed
            self._texts = replace(texts, own=own)
            self._show_list()

    @Slot(object)
    def _refused(self, error: LoyalDeskError) -> None:
        self.field.set_error(str(error))
