"""Which pictures of the window are taken, for the guide and for eyes that check the look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.lists import ListQuery, list_document_ids
from loyaldesk.queries.order_page import find_order
from loyaldesk.ui.shell.sections import make_page
from loyaldesk.ui.widgets.theme import Look, SchemeChoice

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.main_window import MainWindow

__all__ = ["PICTURES", "Photographer", "Picture", "Subjects"]

USUAL = (1440, 900)
SMALL = (1366, 768)
LONGEST_MS = 20_000
QUIET_MS = 250
# A longer timer only takes away what was said for a while.
PAUSE_MS = 1_000


@dataclass(frozen=True, slots=True)
class Subjects:
    """The records of the demo company that are shown."""

    customer: int
    order: int
    document: int

    @classmethod
    def find(cls, source: Source, today: Any) -> Subjects:
        """Find them by their numbers."""
        newest = ListQuery("filed_on", descending=True)
        return cls(
            find_customer(source, number="10042"),
            find_order(source, number="4711"),
            list_document_ids(source, query=newest, today=today, most=1)[0],
        )


Going = Callable[["MainWindow", "Desk", Subjects], QWidget | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: how to get there; a dialog it opens is what is drawn."""

    name: str
    go: Going
    size: tuple[int, int] = USUAL
    text_percent: int = 100
    both_schemes: bool = True


def _section(key: str) -> Going:
    def go(window: MainWindow, _desk: Desk, _subjects: Subjects) -> None:
        window.guide.go_to_section(key)

    return go


def _setting(part: str) -> Going:
    def go(window: MainWindow, _desk: Desk, _subjects: Subjects) -> None:
        window.guide.go_to_section("settings")
        page: Any = window.guide.page
        page.show_part(part)

    return go


def _queue(window: MainWindow, _desk: Desk, _subjects: Subjects) -> None:
    """Show the queue with everything marked that can go."""
    window.guide.go_to_section("acknowledgements")
    page, clock = window.guide.page, QElapsedTimer()
    clock.start()
    while page.queue is None and clock.elapsed() < LONGEST_MS:
        QApplication.processEvents()
    page.table.mark_only(())
    page.mark_ready()


def _statement_run(window: MainWindow, _desk: Desk, _subjects: Subjects) -> None:
    """Show a run that was checked and not made yet."""
    window.guide.go_to_section("statements")
    window.guide.page.check_now()


def _dialog(dotted: str, which: str = "") -> Going:
    def go(window: MainWindow, desk: Desk, subjects: Subjects) -> QWidget:
        arguments = [getattr(subjects, which)] if which else []
        dialog: QWidget = make_page(dotted, desk, *arguments, parent=window.frame)
        dialog.show()
        return dialog

    return go


def _customer(window: MainWindow, _desk: Desk, subjects: Subjects) -> None:
    window.guide.go_to_customer(subjects.customer)


def _order(window: MainWindow, _desk: Desk, subjects: Subjects) -> None:
    window.guide.go_to_record("order", subjects.order)


def _document(window: MainWindow, _desk: Desk, subjects: Subjects) -> None:
    window.guide.go_to_record("document", subjects.document)


def _outbox(window: MainWindow, desk: Desk, subjects: Subjects) -> None:
    from loyaldesk.ui.shell.picture_mails import write_picture_mails

    desk.jobs.run(write_picture_mails, files=desk.files, document_id=subjects.document)
    window.guide.go_to_section("outbox")


def _sync(picture: str) -> Going:
    """Show the page of desk and hub; the window works alone again with the next picture."""

    def go(window: MainWindow, desk: Desk, _subjects: Subjects) -> None:
        from loyaldesk.ui.shell.picture_sync import show_sync

        show_sync(desk, picture)
        window.guide.go_to_section("sync")

    return go


def _palette(window: MainWindow, _desk: Desk, subjects: Subjects) -> QWidget | None:
    window.guide.go_to_customer(subjects.customer)
    window.commands.open_palette("mull")
    return QApplication.activePopupWidget()


def _first_run(_window: MainWindow, desk: Desk, _subjects: Subjects) -> QWidget:
    from loyaldesk.ui.shell.first_run import FirstRun

    doors = FirstRun(desk, lambda: None)
    doors.setAutoFillBackground(True)
    doors.resize(*USUAL)
    doors.show()
    return doors


LETTERS = "loyaldesk.ui.letters"
PICTURES = (
    Picture("first-run", _first_run),
    Picture("customers", _section("customers")),
    Picture("customer", _customer),
    Picture("customer-1366", _customer, size=SMALL, both_schemes=False),
    Picture("customer-200-percent", _customer, text_percent=200, both_schemes=False),
    Picture("order", _order),
    Picture("document", _document),
    Picture("orders", _section("orders")),
    Picture("acknowledgements", _queue),
    Picture("acknowledgements-1366", _queue, size=SMALL, both_schemes=False),
    Picture("acknowledgements-200-percent", _queue, text_percent=200, both_schemes=False),
    Picture("register", _section("register")),
    Picture("reminders", _section("reminders")),
    Picture("documents", _section("documents")),
    Picture("statement-run", _statement_run),
    Picture("statement-run-small", _statement_run, size=SMALL, both_schemes=False),
    Picture("outbox", _outbox),
    Picture(
        "outbox-mail", _dialog("loyaldesk.ui.outbox.mail_dialog:DocumentMailDialog", "document")
    ),
    Picture("sync-no-hub", _sync("alone")),
    Picture("sync-connect", _dialog("loyaldesk.ui.sync.connect_dialog:ConnectDialog")),
    Picture("sync-password", _dialog("loyaldesk.ui.sync.password_dialog:PasswordDialog")),
    Picture("sync-offline", _sync("offline")),
    Picture("sync-conflicts", _sync("conflicts")),
    Picture("sync-conflicts-1366", _sync("conflicts"), size=SMALL, both_schemes=False),
    Picture("sync-conflicts-200-percent", _sync("conflicts"), text_percent=200, both_schemes=False),
    Picture("sync-in-step", _sync("in-step")),
    Picture("outbox-settings", _setting("mail")),
    Picture("settings", _setting("company")),
    Picture("settings-letters", _setting("letters")),
    Picture("settings-reminders", _setting("reminders")),
    Picture("letter-texts", _dialog("loyaldesk.ui.settings.letter_texts_dialog:LetterTextsDialog")),
    Picture("palette", _palette),
    Picture(
        "acknowledgement",
        _dialog(f"{LETTERS}.acknowledgement_dialog:AcknowledgementDialog", "order"),
    ),
    Picture("statement", _dialog(f"{LETTERS}.statement_dialog:StatementDialog", "customer")),
    Picture("import", _dialog("loyaldesk.ui.imports.import_dialog:ImportDialog")),
    Picture("new-customer", _dialog("loyaldesk.ui.customers.customer_dialog:CustomerDialog")),
    Picture("duplicates", _dialog("loyaldesk.ui.customers.duplicates_dialog:DuplicatesDialog")),
    Picture("merge", _dialog("loyaldesk.ui.customers.merge_dialog:MergeDialog", "customer")),
    Picture("new-order", _dialog("loyaldesk.ui.orders.order_dialog:OrderDialog", "customer")),
    Picture(
        "new-invoice", _dialog("loyaldesk.ui.receivables.invoice_dialog:InvoiceDialog", "customer")
    ),
    Picture(
        "new-payment", _dialog("loyaldesk.ui.receivables.payment_dialog:PaymentDialog", "customer")
    ),
    Picture("keys", _dialog("loyaldesk.ui.shell.key_sheet:KeySheet"), both_schemes=False),
)


class Photographer:
    """Goes to each page, waits until nothing moves, and saves what is on screen."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        self._window, self._desk = window, desk

    def take(self, picture: Picture, subjects: Subjects, folder: Path) -> list[Path]:
        """Save one picture, light and dark, and return the files."""
        schemes = [SchemeChoice.LIGHT]
        schemes += [SchemeChoice.DARK] if picture.both_schemes else []
        return [self._take(picture, subjects, scheme, folder) for scheme in schemes]

    def _take(
        self, picture: Picture, subjects: Subjects, scheme: SchemeChoice, folder: Path
    ) -> Path:
        look = Look(scheme=scheme, text_percent=picture.text_percent)
        self._desk.theme.wear(look)
        self._window.frame.resize(*picture.size)
        shown = picture.go(self._window, self._desk, subjects)
        self.settle()
        path = folder / f"{picture.name}-{scheme.value}.png"
        self._grab(shown).save(str(path))
        if shown is not None:
            shown.close()
        return path

    def _grab(self, shown: QWidget | None) -> QPixmap:
        """Return the picture of a dialog, of the window, or of the window below a popup."""
        frame = self._window.frame
        if shown is None or shown.windowType() is not Qt.WindowType.Popup:
            return (shown or frame).grab()
        picture = frame.grab()
        painter = QPainter(picture)
        painter.drawPixmap(frame.mapFromGlobal(shown.pos()), shown.grab())
        painter.end()
        return picture

    def settle(self) -> None:
        """Let everything be read, drawn and painted."""
        clock, quiet = QElapsedTimer(), QElapsedTimer()
        clock.start()
        quiet.start()
        while clock.elapsed() < LONGEST_MS and quiet.elapsed() < QUIET_MS:
            QApplication.processEvents()
            if not self._desk.jobs.is_idle() or _is_about_to_read():
                quiet.restart()


def _is_about_to_read() -> bool:
    """Whether a page waits a moment before it reads itself again, as pages do after a change."""
    timers = (t for top in QApplication.topLevelWidgets() for t in top.findChildren(QTimer))
    return any(t.isActive() and t.isSingleShot() and t.interval() <= PAUSE_MS for t in timers)
