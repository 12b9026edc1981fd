"""What does the palette answer to what is typed: records, commands, or what can be done here?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from loyaldesk.queries.search import Hit, HitKind, Matched, SearchResult, search
from loyaldesk.ui.shell.palette_rows import PaletteRow
from loyaldesk.ui.shell.recent import recent_customers
from loyaldesk.ui.shell.sections import numbered_sections

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from loyaldesk.queries.lists import CustomerRow
    from loyaldesk.ui.desk import Desk

__all__ = ["Answers", "Deed", "Found"]

LIMIT = 20
HIT_ICONS = {
    HitKind.CUSTOMER: "building-2",
    HitKind.CONTACT: "user",
    HitKind.ORDER: "package",
    HitKind.INVOICE: "receipt-text",
    HitKind.DOCUMENT: "file-text",
}
COMMAND_ICONS = {f"section_{section.key}": section.icon for section in numbered_sections()} | {
    "new_customer": "user-plus", "import": "upload", "attach": "paperclip", "print": "printer",
    "save_copy": "download", "connect": "link", "sync_now": "refresh-cw",
    "demo": "flask-conical", "undo": "undo-2", "redo": "redo-2",
    "find": "search", "search": "search", "settings": "settings", "back": "arrow-left",
    "forward": "arrow-right", "refresh": "refresh-cw", "edit_customer": "pencil",
    "add_contact": "user", "add_address": "map-pin", "write_note": "phone",
    "new_order": "package-plus", "new_invoice": "file-plus", "new_payment": "banknote",
    "acknowledge": "mail-check", "statement": "receipt-text", "keys": "keyboard", "about": "info",
    "mark": "square-check", "print_marked": "printer", "mail_marked": "mail", "reprint": "copy",
    "register": "book-open", "envelope_test": "mail", "close_tab": "x", "larger": "zoom-in",
    "smaller": "zoom-out",
}  # fmt: skip


class Found(NamedTuple):
    """The key of a row that leads to a record."""

    kind: HitKind
    record_id: int
    customer_id: int


class Deed(NamedTuple):
    """The key of a row that does something with a record: a wish of `Ways` and its id."""

    wish: str
    record_id: int


class Answers(QObject):
    """Asks on a read lane and tells rows, and words on how many there are."""

    answered = Signal(list, str)

    def __init__(self, desk: Desk, commands: Mapping[str, QAction], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._commands = desk, commands

    def ask(self, text: str) -> None:
        """Answer what is typed; `>` asks for commands, `?` for help, nothing for the last ones."""
        if text[:1] in {">", "?"}:
            wanted = text[1:].strip().casefold()
            self._tell_commands(wanted, only_help=text.startswith("?"))
        elif text.strip():
            self._desk.jobs.read(
                search,
                owner=self,
                then=partial(self._tell_hits, text),
                replaces="palette",
                text=text,
                limit=LIMIT,
                mine=self._desk.actor,
            )
        else:
            self._ask_recent()

    def tell_deeds(self, row: PaletteRow) -> None:
        """Answer with what can be done with the row's record."""
        found = row.key
        if not isinstance(found, Found):
            return
        deeds = [
            PaletteRow(Deed(wish, record_id), icon, title, row.title)
            for wish, record_id, icon, title in self._deeds(found)
        ]
        self.answered.emit(deeds, self.tr("Esc goes back to the search"))

    def _deeds(self, found: Found) -> list[tuple[str, int, str, str]]:
        whose = found.customer_id
        deeds = [
            ("new_order_wanted", whose, "package-plus", self.tr("New order")),
            ("new_invoice_wanted", whose, "file-plus", self.tr("New invoice")),
            ("new_payment_wanted", whose, "banknote", self.tr("Record payment")),
            ("statement_wanted", whose, "receipt-text", self.tr("Statement of account")),
        ]
        if found.kind is HitKind.ORDER:
            words = self.tr("Acknowledge order")
            deeds.insert(0, ("acknowledgement_wanted", found.record_id, "mail-check", words))
        return deeds

    def _ask_recent(self) -> None:
        from loyaldesk.queries.lists import read_customer_rows

        self._desk.jobs.read(
            read_customer_rows,
            owner=self,
            then=self._tell_recent,
            replaces="palette",
            ids=recent_customers(self._desk.state),
            today=self._desk.today(),
        )

    def _tell_recent(self, customers: Mapping[int, CustomerRow]) -> None:
        rows = [
            PaletteRow(
                Found(HitKind.CUSTOMER, key, key),
                "history",
                customers[key].name,
                " · ".join(part for part in (customers[key].number, customers[key].town) if part),
            )
            for key in recent_customers(self._desk.state)
            if key in customers
        ]
        words = self.tr("Looked at lately") if rows else self.tr("Type to search")
        self.answered.emit(rows, words)

    def _tell_hits(self, text: str, result: SearchResult) -> None:
        rows = [self._row(hit) for hit in result.hits]
        if not rows:
            words = self.tr("Nothing for “{text}” on this computer").format(text=text.strip())
        elif result.forgiven:
            words = self.tr("{n} found for “{meant}”").format(n=len(rows), meant=result.forgiven)
        else:
            words = self.tr("{n} found").format(n=result.total_at_least)
        self.answered.emit(rows, words)

    def _row(self, hit: Hit) -> PaletteRow:
        day = self._desk.formats.date(hit.day) if hit.day is not None else ""
        second = " · ".join(part for part in (hit.second_line, day) if part)
        sort = self._sort_before(hit.kind)
        return PaletteRow(
            key=Found(hit.kind, hit.record_id, hit.customer_id),
            icon=HIT_ICONS[hit.kind],
            title=f"{sort}{hit.title}",
            second=second or " ",
            why=self._why(hit.why),
            title_marks=tuple((a + len(sort), b + len(sort)) for a, b in hit.title_marks),
            second_marks=hit.second_marks,
        )

    def _sort_before(self, kind: HitKind) -> str:
        """Return the word that makes a bare number understood."""
        if kind is HitKind.ORDER:
            return self.tr("Order {number}").format(number="")
        return self.tr("Invoice {number}").format(number="") if kind is HitKind.INVOICE else ""

    def _why(self, why: Matched) -> str:
        words = {
            Matched.NUMBER: self.tr("number"),
            Matched.CUSTOMER_PO: self.tr("their order"),
            Matched.PHONE: self.tr("phone"),
            Matched.NAME: self.tr("name"),
            Matched.TRADING_NAME: self.tr("trading name"),
            Matched.TOWN: self.tr("town"),
            Matched.EMAIL: self.tr("e-mail"),
            Matched.CUSTOMER: self.tr("customer"),
            Matched.ROLE: self.tr("role"),
        }
        return words[why]

    def _tell_commands(self, typed: str, *, only_help: bool) -> None:
        rows = []
        for key, action in self._commands.items():
            shown = action.text().partition("\t")[0]
            title = shown.replace("&&", "\0").replace("&", "").replace("\0", "&")
            is_wanted = key in {"keys", "about"} if only_help else typed in title.casefold()
            if is_wanted and action.isEnabled():
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
                icon = COMMAND_ICONS.get(key, "chevron-right")
                rows.append(PaletteRow(key, icon, title, keys=keys))
        self.answered.emit(rows, self.tr("{n} commands").format(n=len(rows)))
