"""What is known about a document beside its pages, and what of it can be changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.documents.wording import hash_words, size_words, source_words
from loyaldesk.ui.papers.kinds import KINDS, icon_of_kind, kind_words
from loyaldesk.ui.papers.whereabouts import place_icon, place_words
from loyaldesk.ui.widgets.fields import ComboBox, LabelledField, LineEdit
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.document_page import DocumentPage, LetterRow
    from loyaldesk.queries.lists import DocumentRow
    from loyaldesk.ui.desk import Desk

__all__ = ["FactsPane"]

WIDTH = 300


class FactsPane(Sheet):
    """Name and sort to change, customer and orders to open, and where the paper comes from."""

    name_changed = Signal(str)
    kind_chosen = Signal(str)
    record_wanted = Signal(str, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        theme = desk.theme
        self._document: DocumentRow | None = None
        self.name = LineEdit(theme)
        self.kind = ComboBox(theme)
        self.name_field = LabelledField(theme, self.tr("Name"), self.name)
        kind_field = LabelledField(theme, self.tr("Type"), self.kind)
        self.belongs = ItemList(theme, name=self.tr("Belongs to"))
        self.lines = [SpanLabel(theme, [], wrap=True) for _ in range(5)]
        self._kept = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        for part in (
            self.name_field,
            kind_field,
            SectionHead(theme, self.tr("Belongs to"), foldable=False),
            self.belongs,
            SectionHead(theme, self.tr("Where it comes from"), foldable=False),
            *self.lines,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self._lay_out(inside)
        self._offer_kinds()
        self.name.editingFinished.connect(self._rename)
        self.kind.activated.connect(self._classify)
        self.belongs.row_activated.connect(lambda key: self.record_wanted.emit(*key))

    def show_page(self, page: DocumentPage) -> None:
        """Show everything that is known about a document."""
        document = self._document = page.document
        if not self.name.hasFocus() or not self.name.isModified():
            self.name.setText(document.name)
        self.name_field.set_error("")
        self.kind.setCurrentIndex(self.kind.findData(document.kind))
        self._lock_letter(page.letter)
        self.belongs.show_items(self._owners(page))
        self._show_facts(page)
        size = size_words(document.size, self._desk.formats)
        kept = self.tr("Kept as it came, {size} · {fingerprint}")
        self._kept.setText(kept.format(size=size, fingerprint=hash_words(document.sha256)))
        self._kept.setToolTip(document.sha256.hex())

    @Slot(str)
    def show_name_refusal(self, sentence: str) -> None:
        """Say below the name why it was not taken."""
        self.name_field.set_error(sentence)

    def start_renaming(self) -> None:
        """Put the keyboard into the name, all of it chosen."""
        self.name.setFocus()
        self.name.selectAll()

    def _lay_out(self, inside: QWidget) -> None:
        theme = self._desk.theme
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        area.setAccessibleName(self.tr("About this document"))
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(Hairline(theme))
        self._kept.setContentsMargins(14, 8, 14, 8)
        whole.addWidget(self._kept)
        theme.changed.connect(self._fit)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        self.setFixedWidth(self._desk.theme.px(WIDTH))

    def _offer_kinds(self) -> None:
        for kind in KINDS:
            self.kind.addItem(self._desk.theme.icon(icon_of_kind(kind)), kind_words(kind), kind)

    def _lock_letter(self, letter: LetterRow | None) -> None:
        self.kind.setEnabled(letter is None)
        why = self.tr("An issued letter stays what it is.") if letter else ""
        self.kind.setToolTip(why)

    def _owners(self, page: DocumentPage) -> list[Item]:
        document = page.document
        items = [
            Item(
                ("customer", document.customer_id),
                [Span(document.customer_name, style=TextStyle.NAME)],
                second=self.tr("Customer {0}").format(document.customer_number),
                icon="building-2",
            )
        ]
        words = {"order": self.tr("Order {0}"), "invoice": self.tr("Invoice {0}")}
        icons = {"order": "package", "invoice": "receipt-text"}
        items += [
            Item((link.kind, link.id), [Span(words[link.kind].format(link.number))],
                 icon=icons[link.kind])
            for link in page.links
        ]  # fmt: skip
        return items

    def _show_facts(self, page: DocumentPage) -> None:
        document, formats = page.document, self._desk.formats
        filed = self.tr("Filed {0}").format(formats.date(document.filed_on))
        if document.filed_by:
            filed = self.tr("{filed} by {who}").format(filed=filed, who=document.filed_by)
        pages = formats.number(document.pages) if document.pages else ""
        one = document.pages == 1
        counted = self.tr("1 page") if one else self.tr("{0} pages").format(pages)
        facts = [
            (filed, "calendar"),
            (source_words(document.source_system), "database"),
            (counted if document.pages else "", "file-text"),
            (self._letter_words(page.letter), "mail-check"),
            self._place(document),
        ]
        for label, (words, icon) in zip(self.lines, facts, strict=True):
            label.set_spans([Span(words)], icon=icon, icon_tone=Tone.SECONDARY)
            label.setVisible(bool(words))

    def _place(self, document: DocumentRow) -> tuple[str, str]:
        if document.place is None:
            return "", ""
        words = place_words(document.place, document.filed_by)
        return words, place_icon(document.place) or "check"

    def _letter_words(self, letter: LetterRow | None) -> str:
        if letter is None:
            return ""
        day = self._desk.formats.date(letter.issued_at.astimezone().date())
        words = self.tr("Letter {number}, revision {revision}, issued {day} by {who}").format(
            number=letter.number, revision=letter.revision, day=day, who=letter.issued_by
        )
        if letter.copies == 1:
            words += " · " + self.tr("reprinted once")
        elif letter.copies:
            words += " · " + self.tr("reprinted {0} times").format(letter.copies)
        return words

    @Slot()
    def _rename(self) -> None:
        name = " ".join(self.name.text().split())
        if self._document is not None and name != self._document.name:
            self.name.setModified(False)
            self.name_changed.emit(name)

    @Slot(int)
    def _classify(self, index: int) -> None:
        kind = self.kind.itemData(index)
        if self._document is not None and kind != self._document.kind:
            self.kind_chosen.emit(kind)
