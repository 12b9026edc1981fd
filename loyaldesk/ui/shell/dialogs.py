"""Which dialog does a page's wish open?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from loyaldesk.ui.shell.sections import make_page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["DIALOGS", "DialogDoor"]

DIALOGS = {
    "new_customer_wanted": "loyaldesk.ui.customers.customer_dialog:CustomerDialog",
    "merge_wanted": "loyaldesk.ui.customers.merge_dialog:MergeDialog",
    "duplicates_wanted": "loyaldesk.ui.customers.duplicates_dialog:DuplicatesDialog",
    "new_order_wanted": "loyaldesk.ui.orders.order_dialog:OrderDialog",
    "new_invoice_wanted": "loyaldesk.ui.receivables.invoice_dialog:InvoiceDialog",
    "new_payment_wanted": "loyaldesk.ui.receivables.payment_dialog:PaymentDialog",
    "acknowledgement_wanted": "loyaldesk.ui.letters.acknowledgement_dialog:AcknowledgementDialog",
    "statement_wanted": "loyaldesk.ui.letters.statement_dialog:StatementDialog",
    "envelope_test_wanted": "loyaldesk.ui.letters.envelope_dialog:EnvelopeDialog",
    "letter_texts_wanted": "loyaldesk.ui.settings.letter_texts_dialog:LetterTextsDialog",
    "document_mail_wanted": "loyaldesk.ui.outbox.mail_dialog:DocumentMailDialog",
    "letter_mail_wanted": "loyaldesk.ui.outbox.mail_dialog:LetterMailDialog",
    "connect_wanted": "loyaldesk.ui.sync.connect_dialog:ConnectDialog",
    "disconnect_wanted": "loyaldesk.ui.sync.disconnect_dialog:DisconnectDialog",
    "password_wanted": "loyaldesk.ui.sync.password_dialog:PasswordDialog",
    "history_wanted": "loyaldesk.ui.sync.history_dialog:HistoryDialog",
    "import_wanted": "loyaldesk.ui.imports.import_dialog:ImportDialog",
}


class DialogDoor(QObject):
    """Opens over the window the dialog that somebody wished for; each is imported when opened."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        for wish, dotted in DIALOGS.items():
            getattr(desk.ways, wish).connect(partial(self._open, dotted))

    def _open(self, dotted: str, *arguments: Any) -> None:
        dialog: Any = make_page(dotted, self._desk, *arguments, parent=self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
