"""Which records an import can make, and which fields a map may fill in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement

    from loyaldesk.models import Base

__all__ = ["LINES_OF", "TARGETS", "Field", "Shape", "Target", "model_of", "shapes_of"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a target: the column it fills, the kind of its values, whether it must be."""

    column: str
    kind: str
    required: bool = False
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of record: its model's name, its table and the fields a map may name."""

    model: str
    table: str
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the store's column asks of a field: its choices, and what an empty cell becomes."""

    choices: tuple[str, ...] = ()
    empty: Any = None


def _target(model: str, table: str, fields: str) -> Target:
    """Read `name:kind` words; `!` marks what must not be empty, `>` what another record is."""
    found = {}
    for word in fields.split():
        name, _, rest = word.partition(":")
        kind, _, column = rest.partition("=")
        required = kind.endswith("!")
        kind, _, refers_to = kind.rstrip("!").partition(">")
        column = column or (f"{name}_id" if refers_to else f"{name}{_SUFFIXES.get(kind, '')}")
        found[name] = Field(column, kind, required, refers_to)
    return Target(model, table, found)


_SUFFIXES = {
    "decimal": "_micro", "money": "_minor", "quantity": "_milli", "percent": "_ppm",
}  # fmt: skip

TARGETS = {
    "customer": _target(
        "Customer", "customer",
        """number:key! name:line! trading_name:line status:choice status_since:date
        parent:key>customer segment:line territory:line account_manager:line language:line
        currency:currency! country:country town:line phone:line email:line website:line
        tax_id:line terms_days:days credit_limit:money credit_status:choice
        is_key_account:boolean statement_type:choice customer_since:date notes:text""",
    ),
    "contact": _target(
        "Contact", "contact",
        """customer:key>customer! family_name:line! given_name:line salutation:line role:line
        email:line phone:line mobile:line language:line birthday:date consent_on:date notes:text
        is_primary:boolean""",
    ),
    "address": _target(
        "Address", "address",
        """customer:key>customer! use:choice is_default:boolean recipient:line extra:line
        street:line postcode:line town:line region:line country:country""",
    ),
    "product": _target(
        "Product", "product",
        """number:key! name:line! product_group:line unit:line currency:currency!
        unit_price:decimal tax:percent is_discontinued:boolean""",
    ),
    "order": _target(
        "SalesOrder", "sales_order",
        """number:key! customer:key>customer! ordered_on:date! contact:key>contact status:choice
        hold_reason:line customer_po:line customer_po_on:date channel:line requested_on:date
        promised_on:date acknowledged_on:date released_on:date shipped_on:date invoiced_on:date
        currency:currency! freight:money freight_tax:percent terms_days:days
        delivery_terms:line ship_via:line salesperson:line ship_recipient:line ship_street:line
        ship_postcode:line ship_town:line ship_region:line ship_country:country notes:text
        total:money=total_micro""",
    ),
    "order_line": _target(
        "OrderLine", "order_line",
        """order:key! position:integer product:key>product item_number:line
        customer_item_number:line description:line! quantity:quantity! shipped:quantity unit:line
        unit_price:decimal! discount:percent tax:percent net:money=net_micro requested_on:date
        promised_on:date shipped_on:date""",
    ),
    "invoice": _target(
        "Invoice", "invoice",
        """number:key! customer:key>customer! order:key>order kind:choice invoiced_on:date!
        due_on:date terms_days:days currency:currency! freight:money freight_tax:percent
        customer_po:line net:money=net_micro tax:money=tax_micro total:money=total_micro""",
    ),
    "invoice_line": _target(
        "InvoiceLine", "invoice_line",
        """invoice:key! position:integer item_number:line description:line! quantity:quantity!
        unit:line unit_price:decimal! discount:percent tax:percent net:money=net_micro""",
    ),
    "payment": _target(
        "Payment", "payment",
        """number:key! customer:key>customer! received_on:date! currency:currency! amount:money!
        method:line reference:line""",
    ),
}  # fmt: skip

LINES_OF = {"order": "order_line", "invoice": "invoice_line"}

_NOTHING = Shape()


def shapes_of(target: Target) -> dict[str, Shape]:
    """Return the shape of every field of a target, from the store's own columns."""
    columns = model_of(target).__table__.columns
    return {
        name: _shape(columns[field.column]) if field.column in columns else _NOTHING
        for name, field in target.fields.items()
    }


def _shape(column: ColumnElement[Any]) -> Shape:
    choices = tuple(getattr(column.type, "enums", ()) or ())
    if getattr(column, "nullable", True):
        return Shape(choices)
    default = getattr(column.server_default, "arg", None)
    if default is None:
        return Shape(choices, "" if column.type.python_type is str else None)
    text = str(getattr(default, "text", default))
    if column.type.python_type in {int, bool}:
        return Shape(choices, int(text) if text.isdecimal() else int(text == "true"))
    return Shape(choices, text)


def model_of(target: Target) -> type[Base]:
    """Return the table's class, imported only when something is really imported."""
    from loyaldesk import models

    found: type[Base] = getattr(models, target.model)
    return found
