"""Every letter that was issued: which, to whom, how it left, and the letter itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot

from loyaldesk.queries.letters_register import (
    count_letters,
    list_letter_ids,
    read_register_rows,
)
from loyaldesk.ui.acknowledgements.deeds import Deeds
from loyaldesk.ui.acknowledgements.letter_run import RunItem
from loyaldesk.ui.acknowledgements.register_columns import (
    export_headings,
    export_values,
    register_columns,
)
from loyaldesk.ui.acknowledgements.register_details import RegisterDetails
from loyaldesk.ui.lists.list_page import ListPage
from loyaldesk.ui.lists.plan import FilterChoice, ListPlan, ListWish
from loyaldesk.ui.lists.preview_pane import PreviewPane
from loyaldesk.ui.papers.kinds import icon_of_kind, kind_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.letters_register import RegisterRow
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["RegisterPage"]

PREVIEW = 360
KINDS = ("acknowledgement", "statement", "reminder")

translate = QCoreApplication.translate


class RegisterPage(ListPage):
    """The register, newest first; Enter opens a letter, Space shows or hides it beside the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(desk), parent)
        self.deeds = Deeds(desk, self)
        self.details: RegisterDetails | None = None
        queue = self.head.add_primary(desk.theme, self.tr("Acknowledge"), "mail-check")
        queue.clicked.connect(self.begin)
        self.opened.connect(self._open)
        self.pane = PreviewPane(
            desk, self, width=PREVIEW, make=self._make_details, show_current=self._show_current
        )
        for came in (self.list.model.dataChanged, self.list.model.modelReset, self.list.ids_shown):
            came.connect(self.pane.follow)

    @Slot()
    def begin(self) -> None:
        """Go to the orders that are still to be acknowledged."""
        self._desk.ways.section_wanted.emit("acknowledgements")

    @Slot()
    def reprint(self) -> None:
        """Print the letter under the cursor marked COPY."""
        row = self._current()
        if row is not None:
            self._print_copy(row)

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer what can be done with a letter besides opening it."""
        row = self._row(row_id)
        if row is None:
            return ()
        ways = self._desk.ways
        offered: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Print a copy…"), partial(self._print_copy, row)),
            (self.tr("E-mail…"), partial(ways.letter_mail_wanted.emit, row.id)),
            (self.tr("Show in customer"), partial(ways.customer_wanted.emit, row.customer_id)),
            (
                self.tr("Only those of {0}").format(row.customer_name.replace("&", "&&")),
                partial(self.filters.box.setText, row.customer_number),
            ),
        ]
        if row.order_id is not None:
            offered.append((self.tr("Open order"), partial(ways.order_wanted.emit, row.order_id)))
        return offered

    def _print_copy(self, row: RegisterRow) -> None:
        self.deeds.send([RunItem(row.order_id or 0, "print", copy_of=row.id)])

    def _open(self, letter_id: int) -> None:
        row = self._row(letter_id)
        if row is not None:
            self._desk.ways.document_wanted.emit(row.document_id)

    def _row(self, letter_id: int) -> RegisterRow | None:
        ids = self.list.ids
        if letter_id not in ids:
            return None
        row: RegisterRow | None = self.list.model.row_at(ids.index(letter_id))
        return row

    def _current(self) -> RegisterRow | None:
        return self._row(self.list.view.current_id())

    def _make_details(self) -> RegisterDetails:
        self.details = RegisterDetails(self._desk)
        self.details.copy_wanted.connect(self._print_copy)
        self.details.opened.connect(self._desk.ways.document_wanted)
        return self.details

    def _show_current(self) -> None:
        row = self._current()
        if self.details is not None and (row is not None or not self.list.ids):
            self.details.show_letter(row)


def _read_rows(source: Source, *, ids: list[int], today: date) -> dict[int, RegisterRow]:
    del today
    return read_register_rows(source, ids=ids)


def _plan(desk: Desk) -> ListPlan:
    def words(text: str) -> str:
        return translate("Register", text)

    return ListPlan(
        key="register",
        title=words("Register of letters"),
        nouns=(words("letter"), words("letters")),
        columns=register_columns(desk),
        filters=(
            *(FilterChoice(f"kind_{kind}", kind_words(kind), icon_of_kind(kind)) for kind in KINDS),
            FilterChoice("today", words("Today"), "calendar"),
            FilterChoice("week", words("7 days"), "calendar"),
            FilterChoice("month", words("31 days"), "calendar"),
        ),
        first=ListWish("issued_at", descending=True),
        list_ids=list_letter_ids,
        read_rows=_read_rows,
        count=count_letters,
        headings=export_headings(),
        values=export_values,
        tables=("letter", "dispatch", "mail", "customer"),
        nothing=(
            words("No letter was issued yet"),
            words("Acknowledgements, statements and reminders are listed here as they leave."),
            words("Go to the queue"),
            "book-open",
        ),
    )
