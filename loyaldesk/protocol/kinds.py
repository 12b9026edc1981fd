"""Which records travel, with which fields, and how concurrent changes of a field are merged.

A row on the wire is a JSON object of these fields, each as SQLite keeps it (days and instants as
ISO text, truth as 0 or 1); a reference is the other row's uid, bytes are hexadecimal. A row has no
other identity than its uid: 32 hexadecimal digits of a UUIDv7.

Fields are written as `name:type>kind?`: the type is text where none is named, `>kind` makes it a
reference, `?` lets it be null. `tests/protocol` holds this list against the tables.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "SCHEMA", "Field", "Kind", "Merge", "Row", "kind_named"]

Row = dict[str, Any]

# Counts up with every change of this list that a neighbour could notice.
SCHEMA = 1


class Merge(enum.Enum):
    """What becomes of a field that two people changed at once; the loser is never thrown away."""

    FIXED = "set when the row is made, never changed"
    MANUAL = "the hub's value stays until somebody decides"
    LATEST = "the later edit wins"
    GREATEST = "the greater value wins"
    COUNTER = "increments are added up"
    TEXT = "lines of both are kept"
    STATE = "the further step wins; what cannot be reached waits for a decision"
    DERIVED = "follows from other fields: the later edit wins and nobody is told"
    LINES = "each line by its position, or the whole waits for a decision"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind; `type` is text, int, bool, day, instant, bytes, json or lines."""

    name: str
    type: str
    merge: Merge
    refers: str | None = None
    is_nullable: bool = False


@dataclass(frozen=True)
class Kind:
    """One sort of record that travels; it lies with the account that `account` leads to.

    `account` names the field that holds the customer, or a reference on the way to one; it is
    `id` for the customer itself and empty for what the whole company shares. `unique` are groups
    of fields that no two rows may share. `is_upward` rows go to the hub and never come back.
    """

    name: str
    table: str
    account: str
    fields: Mapping[str, Field]
    unique: tuple[tuple[str, ...], ...] = ()
    lines: Mapping[str, Field] = field(default_factory=dict)
    line_table: str = ""
    is_upward: bool = False

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The fields that name another row."""
        return tuple(each for each in self.fields.values() if each.refers)

    @property
    def is_shared(self) -> bool:
        """Whether every desk has these rows, whatever its territories."""
        return not self.account


def _field(word: str, merge: Merge) -> Field:
    is_nullable = word.endswith("?")
    name, _, refers = word.rstrip("?").partition(">")
    name, _, kind = name.partition(":")
    return Field(name, kind or "text", merge, refers or None, is_nullable)


def _fields(**by_merge: str) -> Mapping[str, Field]:
    """Return the fields by name; the words of each merge rule are given under its name."""
    found = [
        _field(word, Merge[rule.upper()])
        for rule, words in by_merge.items()
        for word in words.split()
    ]
    return MappingProxyType({each.name: each for each in found})


_CUSTOMER = Kind(
    "customer",
    "customer",
    "id",
    _fields(
        manual="number name trading_name parent_id>customer? territory account_manager currency"
        " tax_id terms_days:int credit_limit_minor:int? credit_status acknowledgement_policy"
        " source_system? source_key?",
        latest="status status_since:day? segment language phone email website is_key_account:bool"
        " statement_type envelope customer_since:day? letters_by letters_email"
        " wants_statements:bool statement_scope dunning_paused_until:day? dunning_pause_reason",
        greatest="last_contact_on:day?",
        derived="town country",
        text="notes",
    ),
    unique=(("number",), ("source_system", "source_key")),
)
_CONTACT = Kind(
    "contact",
    "contact",
    "customer_id",
    _fields(
        manual="customer_id>customer source_system? source_key?",
        latest="salutation given_name family_name role email phone mobile language"
        " preferred_channel preferred_time birthday:day? consent_on:day? is_primary:bool",
        text="notes",
    ),
    unique=(("source_system", "source_key"),),
)
_ADDRESS = Kind(
    "address",
    "address",
    "customer_id",
    _fields(
        manual="customer_id>customer source_system? source_key?",
        latest="use is_default:bool recipient extra street postcode town region country",
    ),
    unique=(("source_system", "source_key"),),
)
_PRODUCT = Kind(
    "product",
    "product",
    "",
    _fields(
        manual="number name unit currency unit_price_micro:int tax_ppm:int source_system?"
        " source_key?",
        latest="product_group is_discontinued:bool",
    ),
    unique=(("number",), ("source_system", "source_key")),
)
_TIME_FRAME = Kind(
    "time_frame",
    "time_frame",
    "",
    _fields(
        manual="product_group",
        latest="lead_days:int picking_days:int transit_days:int call_days:int",
    ),
    unique=(("product_group",),),
)
_SETTING = Kind(
    "setting", "setting", "", _fields(fixed="key", latest="value:json"), unique=(("key",),)
)  # fmt: skip
_SALES_ORDER = Kind(
    "sales_order",
    "sales_order",
    "customer_id",
    _fields(
        manual="number customer_id>customer currency freight_minor:int freight_tax_ppm:int"
        " terms_days:int source_system? source_key?",
        state="status",
        lines="lines:lines",
        derived="net_minor:int tax_minor:int total_minor:int promised_on:day?",
        latest="contact_id>contact? hold_reason customer_po customer_po_on:day? ordered_on:day"
        " channel requested_on:day? acknowledged_on:day? released_on:day? shipped_on:day?"
        " invoiced_on:day? followed_up_on:day? delivery_terms ship_via salesperson ship_recipient"
        " ship_street ship_postcode ship_town ship_region ship_country received_at:instant?"
        " asked_terms_days:int? asked_delivery_terms? terms_reason verified_on:day?"
        " verification_note phoned_on:day? process_reviewed_on:day?",
        text="notes",
    ),
    unique=(("number",), ("source_system", "source_key")),
    lines=_fields(
        latest="position:int product_id>product? item_number customer_item_number description"
        " quantity_milli:int shipped_milli:int unit unit_price_micro:int discount_ppm:int"
        " tax_ppm:int net_minor:int requested_on:day? promised_on:day? shipped_on:day?"
        " asked_quantity_milli:int? asked_price_micro:int? asked_item? difference_reason",
    ),
    line_table="order_line",
)
_INVOICE = Kind(
    "invoice",
    "invoice",
    "customer_id",
    _fields(
        manual="number kind customer_id>customer order_id>sales_order? invoiced_on:day due_on:day?"
        " terms_days:int? currency freight_minor:int net_minor:int tax_minor:int total_minor:int"
        " source_system? source_key?",
        counter="open_minor:int",
        lines="lines:lines",
        fixed="recorded_at:instant",
        latest="customer_po disputed_on:day? dispute_reason dispute_case"
        " dunning_paused_until:day? dunning_pause_reason",
    ),
    unique=(("number",), ("source_system", "source_key")),
    # `order_line` is the position of the line in the invoice's order.
    lines=_fields(
        latest="position:int order_line:int? item_number description quantity_milli:int unit"
        " unit_price_micro:int discount_ppm:int tax_ppm:int net_minor:int",
    ),
    line_table="invoice_line",
)
_PAYMENT = Kind(
    "payment",
    "payment",
    "customer_id",
    _fields(
        fixed="number customer_id>customer received_on:day currency amount_minor:int"
        " recorded_at:instant source_system? source_key?",
        counter="unallocated_minor:int",
        latest="method reference",
    ),
    unique=(("number",), ("source_system", "source_key")),
)
_ALLOCATION = Kind(
    "allocation",
    "allocation",
    "customer_id",
    _fields(
        fixed="customer_id>customer payment_id>payment? credit_note_id>invoice? invoice_id>invoice"
        " amount_minor:int applied_on:day recorded_at:instant",
    ),
)
# The content travels apart from the row: `file_sha256` names it.
_DOCUMENT = Kind(
    "document",
    "document",
    "customer_id",
    _fields(
        fixed="file_sha256:bytes file_size:int file_mime filed_on:day filed_by",
        manual="customer_id>customer source_system? source_key?",
        latest="kind name pages:int? is_pinned:bool replaces_id>document?",
    ),
    unique=(("source_system", "source_key"),),
)
# `linked_uid` names an order or an invoice, as `linked_kind` says.
_DOCUMENT_LINK = Kind(
    "document_link",
    "document_link",
    "document_id",
    _fields(fixed="document_id>document linked_kind linked_uid"),
)
_ACTIVITY = Kind(
    "activity",
    "activity",
    "customer_id",
    _fields(
        fixed="kind author department happened_at:instant",
        manual="customer_id>customer source_system? source_key?",
        latest="contact_id>contact? order_id>sales_order? subject body topic is_pinned:bool",
    ),
    unique=(("source_system", "source_key"),),
)
_LETTER = Kind(
    "letter",
    "letter",
    "customer_id",
    _fields(
        fixed="kind number revision:int order_id>sales_order? document_id>document"
        " issued_at:instant issued_by language as_of:day? period_from:day? data_sha256:bytes"
        " level:int? fee_minor:int?",
        manual="customer_id>customer",
        counter="copies:int",
    ),
    unique=(("kind", "number", "revision"),),
)
_REMINDER_ITEM = Kind(
    "reminder_item",
    "reminder_item",
    "letter_id",
    _fields(
        fixed="letter_id>letter invoice_id>invoice level:int open_minor:int reminded_on:day",
        latest="revoked_on:day? revoke_reason",
    ),
)
_MAIL = Kind(
    "mail",
    "mail",
    "customer_id",
    _fields(
        fixed="document_id>document? letter_id>letter? file_sha256:bytes"
        " file_size:int file_mime recipient subject message_id written_at:instant written_by desk",
        manual="customer_id>customer",
        latest="state send_after:instant attempts:int last_tried_at:instant? accepted_at:instant?"
        " answer",
    ),
)
_DISPATCH = Kind(
    "dispatch",
    "dispatch",
    "letter_id",
    _fields(
        fixed="letter_id>letter channel recipient is_copy:bool mail_id>mail?"
        " dispatched_at:instant dispatched_by",
        latest="state reason",
    ),
)
_MERGE = Kind(
    "customer_merge",
    "customer_merge",
    "customer_id",
    _fields(
        fixed="customer_id>customer gone_uid:bytes gone:json moved:json merged_at:instant"
        " merged_by",
        latest="undone_at:instant? undone_by",
    ),
)
_CONFLICT = Kind(
    "edit_conflict",
    "edit_conflict",
    "customer_id",
    _fields(
        manual="customer_id>customer?",
        fixed="record_kind record_uid:bytes field rule base:json mine:json theirs:json"
        " my_user my_desk my_edited_at:instant their_user their_edited_at:instant?"
        " mutation_uid:bytes found_at:instant",
        latest="status winner:json resolved_by resolved_at:instant?",
    ),
)
_PAPER_USE = Kind(
    "paper_use",
    "paper_use",
    "document_id",
    _fields(fixed="document_id>document used_at:instant used_by verb recipient"),
    is_upward=True,
)

# In an order in which every row comes after those it needs; back references among one kind aside.
KINDS: Mapping[str, Kind] = MappingProxyType({
    kind.name: kind
    for kind in (
        _SETTING, _TIME_FRAME, _PRODUCT, _CUSTOMER, _CONTACT, _ADDRESS, _SALES_ORDER, _INVOICE,
        _PAYMENT, _ALLOCATION, _DOCUMENT, _DOCUMENT_LINK, _ACTIVITY, _LETTER, _REMINDER_ITEM,
        _MAIL, _DISPATCH, _MERGE, _CONFLICT, _PAPER_USE,
    )
})  # fmt: skip


def kind_named(name: str) -> Kind | None:
    """Return the kind, or None where this version knows none of that name."""
    return KINDS.get(name)
