"""How is a customer entered or changed?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QComboBox

from loyaldesk.domain.duplicates import Identity
from loyaldesk.domain.money import Money
from loyaldesk.queries.record_fields import ParentName, RecordFields, read_customer_fields
from loyaldesk.ui.customers import choices
from loyaldesk.ui.customers.duplicate_note import DuplicateNote
from loyaldesk.ui.customers.parent_field import ParentField
from loyaldesk.ui.forms.record_form import RecordForm
from loyaldesk.ui.forms.typed import signal_of_change, typed_in
from loyaldesk.ui.widgets.typed_edits import MoneyEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["CustomerDialog"]

translate = QCoreApplication.translate
DRAFT = "customer/new"
# By what a customer may be known to be here already.
IDENTITY = ("name", "trading_name", "phone", "email", "tax_id")
USUAL = {"currency": "EUR", "language": "en", "terms_days": 30, "wants_statements": True}


class CustomerDialog(RecordForm):
    """The form of a customer; a new one is kept as a draft until it is saved."""

    def __init__(
        self, desk: Desk, customer_id: int | None = None, parent: QWidget | None = None
    ) -> None:
        if customer_id is None:
            title = translate("CustomerDialog", "New customer")
            verb = translate("CustomerDialog", "Create customer")
        else:
            title = translate("CustomerDialog", "Edit customer")
            verb = translate("CustomerDialog", "Save customer")
        super().__init__(desk, title=title, verb=verb, record_id=customer_id, parent=parent)
        self._parent = ParentField(desk)
        self._add_fields()
        self._parent.understood.connect(self._name_parent)
        if customer_id is None:
            self._watch_for_duplicates()
            self.grid.show_values(USUAL)
            self.keep_draft(DRAFT)
            self.start_at("name")
        else:
            self.read(read_customer_fields)

    def show_record(self, record: RecordFields) -> None:
        values = dict(record.values)
        parent_id = values.pop("parent_id")
        limit = values["credit_limit_minor"]
        values["credit_limit_minor"] = None if limit is None else Money(limit, values["currency"])
        if parent_id is not None:
            known = ParentName(parent_id, values["parent_number"], values["parent_name"])
            self._parent.show_parent(known)
        super().show_record(replace(record, values=values))

    def operation(self) -> Operation[..., Any]:
        # Imported here: writing needs the tables, which an opening form does not wait for.
        from loyaldesk.operations.customers import create_customer, edit_customer

        return create_customer if self.record_id is None else edit_customer

    def arguments(self) -> dict[str, Any]:
        values = {**self.changed_values(), "parent_id": self._parent.parent_id}
        if self.record_id is None:
            given = {name: value for name, value in values.items() if value not in {None, ""}}
            return {"name": "", **given}
        if values.get("terms_days", 0) is None:
            values["terms_days"] = 0
        return {"customer_id": self.record_id, **values}

    def saved(self, result: Any) -> None:
        words = self.tr("{0} created") if self.record_id is None else self.tr("{0} saved")
        name = str(self.grid.values()["name"]).strip()
        self._desk.news.said.emit(words.format(name), True)
        if self.record_id is None:
            self._desk.ways.customer_wanted.emit(result)

    def _add_fields(self) -> None:
        grid = self.grid
        grid.add_line("name", self.tr("Name"), wide=True)
        grid.add_line("trading_name", self.tr("Trading name"))
        hint = "" if self.record_id else self.tr("Empty: the next free number")
        grid.add_line("number", self.tr("Number"), hint=hint)
        grid.add_choice("status", self.tr("Status"), choices.statuses())
        grid.add_editor("parent_id", self.tr("Belongs to"), self._parent, hint=" ")
        grid.add_line("phone", self.tr("Telephone"))
        grid.add_line("email", self.tr("E-mail"))
        grid.add_line("website", self.tr("Web site"))
        grid.add_line("tax_id", self.tr("Tax number"))
        grid.add_line("account_manager", self.tr("Account manager"))
        grid.add_line("territory", self.tr("Territory"))
        grid.add_line("segment", self.tr("Segment"))
        grid.add_claim("is_key_account", self.tr("Key account"))
        self._add_terms()
        grid.add_text("notes", self.tr("Know them"))

    def _watch_for_duplicates(self) -> None:
        self.duplicates = DuplicateNote(self._desk)
        self.duplicates.chosen.connect(self._go_instead)
        self.above.insertWidget(1, self.duplicates)
        for name in IDENTITY:
            signal_of_change(self.fields[name].editor).connect(self._look_for_duplicates)

    @Slot()
    def _look_for_duplicates(self) -> None:
        typed = {name: str(typed_in(self.fields[name].editor)).strip() for name in IDENTITY}
        self.duplicates.look(Identity(**typed))

    @Slot(object)
    def _go_instead(self, customer_id: int) -> None:
        """Go to the one who is here; what was typed is kept as a draft."""
        self.reject()
        self._desk.ways.customer_wanted.emit(customer_id)

    def _add_terms(self) -> None:
        grid = self.grid
        grid.add_choice("currency", self.tr("Currency"), choices.currencies())
        grid.add_number("terms_days", self.tr("Payment terms, days"))
        grid.add_money("credit_limit_minor", self.tr("Credit limit"), "EUR")
        grid.add_choice("credit_status", self.tr("Credit"), choices.credit_states())
        grid.add_choice("language", self.tr("Language of letters"), choices.languages())
        grid.add_choice("envelope", self.tr("Envelope"), choices.envelopes())
        grid.add_choice(
            "statement_type", self.tr("Statement of account"), choices.statement_types()
        )
        self._add_letters()
        currency, limit = (grid.fields[f].editor for f in ("currency", "credit_limit_minor"))
        if isinstance(currency, QComboBox) and isinstance(limit, MoneyEdit):
            currency.currentTextChanged.connect(limit.set_currency)

    def _add_letters(self) -> None:
        grid = self.grid
        grid.add_choice("letters_by", self.tr("Letters go"), choices.letter_ways())
        hint = self.tr("Empty: the primary contact’s, then the customer’s")
        grid.add_line("letters_email", self.tr("Address for letters"), hint=hint)
        title = self.tr("Acknowledgements say")
        grid.add_choice("acknowledgement_policy", title, choices.policies())
        grid.add_claim("wants_statements", self.tr("Gets statements of account"))
        grid.add_choice("statement_scope", self.tr("Statements name"), choices.statement_scopes())

    @Slot(str)
    def _name_parent(self, name: str) -> None:
        self.grid.fields["parent_id"].set_hint(name)
