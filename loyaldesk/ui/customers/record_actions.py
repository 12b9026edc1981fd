"""What can be done to a person, a place, a document or a note of this customer?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from loyaldesk.errors import LoyalDeskError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.customer_page import ContactRow, CustomerPage
    from loyaldesk.queries.timeline import TimelineEntry
    from loyaldesk.ui.desk import Desk

__all__ = ["RecordActions"]


class RecordActions(QObject):
    """Calls, writes, edits and deletes; buttons, keys and menus come here."""

    def __init__(self, desk: Desk, page: QWidget, customer_id: int) -> None:
        super().__init__(page)
        self._desk, self._page, self._customer_id = desk, page, customer_id
        self.shown: CustomerPage | None = None

    def call(self, number: str) -> None:
        """Hand a telephone number to the program that dials."""
        digits = "".join(c for c in number if c.isdigit() or c == "+")
        self._open_link(f"tel:{digits}")

    def write_mail(self, address: str) -> None:
        """Hand an address to the mail program."""
        self._open_link(f"mailto:{address}")

    @Slot(str, int)
    def on_person(self, action: str, contact_id: int) -> None:
        """Call, write to, edit or delete a person."""
        person = self.person(contact_id)
        if person is None:
            return
        if action == "call":
            self.call(person.phone or person.mobile)
        elif action == "mail":
            self.write_mail(person.email)
        elif action == "delete":
            self.delete_person(person)
        else:
            self.edit_contact(contact_id)

    @Slot(str, int)
    def on_place(self, action: str, address_id: int) -> None:
        """Edit or delete a place."""
        if action == "delete":
            self.delete_place(address_id)
        else:
            self.edit_address(address_id)

    @Slot(str, int)
    def open_record(self, what: str, record_id: int) -> None:
        """Go to the order, invoice, payment or document behind an entry, or to the outbox."""
        ways = self._desk.ways
        if what == "mail":
            ways.section_wanted.emit("outbox")
            return
        wishes = {
            "order": ways.order_wanted,
            "invoice": ways.invoice_wanted,
            "credit_note": ways.invoice_wanted,
            "payment": ways.payment_wanted,
        }
        papers = {"document", "acknowledgement", "statement", "reminder"}
        wish = ways.document_wanted if what in papers else wishes.get(what)
        if wish is not None:
            wish.emit(record_id)

    def edit_contact(self, contact_id: int | None) -> None:
        """Open the form of a person, or of a new one."""
        from loyaldesk.ui.customers.contact_dialog import ContactDialog

        ContactDialog(self._desk, self._customer_id, contact_id, parent=self._page).open()

    def edit_address(self, address_id: int | None) -> None:
        """Open the form of a place, or of a new one."""
        from loyaldesk.ui.customers.address_dialog import AddressDialog

        AddressDialog(self._desk, self._customer_id, address_id, parent=self._page).open()

    def edit_note(self, entry: TimelineEntry) -> None:
        """Open a note to change its words."""
        from loyaldesk.ui.customers.note_dialog import NoteDialog

        NoteDialog(self._desk, entry, parent=self._page).open()

    def person(self, contact_id: int) -> ContactRow | None:
        """Return a person that the page shows, or None."""
        people = self.shown.contacts if self.shown else ()
        return next((person for person in people if person.id == contact_id), None)

    def delete_person(self, person: ContactRow) -> None:
        """Delete a person; undo brings it back."""
        from loyaldesk.operations.customers import delete_contact

        said = self.tr("{0} deleted").format(person.name)
        self._write(delete_contact, said, contact_id=person.id)

    def delete_place(self, address_id: int) -> None:
        """Delete a place; undo brings it back."""
        from loyaldesk.operations.customers import delete_address

        self._write(delete_address, self.tr("Address deleted"), address_id=address_id)

    def delete_note(self, activity_id: int) -> None:
        """Delete a note; undo brings it back."""
        from loyaldesk.operations.activities import delete_activity

        self._write(delete_activity, self.tr("Note deleted"), activity_id=activity_id)

    def pin(self, document_id: int, *, pinned: bool) -> None:
        """Keep a document on top, or let it go."""
        from loyaldesk.operations.documents import pin_document

        said = self.tr("Document kept on top") if pinned else self.tr("Document let go")
        self._write(pin_document, said, document_id=document_id, pinned=pinned)

    def _write(self, operation: Any, said: str, **arguments: Any) -> None:
        self._desk.jobs.write(
            operation,
            owner=self,
            then=lambda _: self._desk.news.said.emit(said, True),
            failed=self._tell,
            **arguments,
        )

    def _open_link(self, link: str) -> None:
        from loyaldesk.documents.opening import check_link

        try:
            self._desk.open_outside(check_link(link))
        except LoyalDeskError as error:
            self._tell(error)

    def _tell(self, error: LoyalDeskError) -> None:
        self._desk.news.said.emit(str(error), False)
