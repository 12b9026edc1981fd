"""Statements about orders: one order, its lines and papers, the list."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.models import (
    Allocation,
    Contact,
    Customer,
    Document,
    DocumentLink,
    Invoice,
    Letter,
    LetterKind,
    LinkedKind,
    OrderLine,
    OrderStatus,
    Payment,
    Product,
    SalesOrder,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import ids_in, param


@statement("order.id_by_number")
def id_by_number() -> sa.Executable:
    """One order's id by its number."""
    return sa.select(SalesOrder.id).where(SalesOrder.number == param("number"))


@statement("order.head")
def head() -> sa.Executable:
    """One order with its customer and the person who ordered."""
    return (
        sa.select(
            SalesOrder.id,
            SalesOrder.number,
            SalesOrder.customer_id,
            Customer.number,
            Customer.name,
            SalesOrder.contact_id,
            sa.func.trim(Contact.given_name + " " + Contact.family_name),
            SalesOrder.status,
            SalesOrder.hold_reason,
            SalesOrder.customer_po,
            SalesOrder.customer_po_on,
            SalesOrder.ordered_on,
            SalesOrder.channel,
            SalesOrder.requested_on,
            SalesOrder.promised_on,
            SalesOrder.acknowledged_on,
            SalesOrder.released_on,
            SalesOrder.shipped_on,
            SalesOrder.invoiced_on,
            SalesOrder.followed_up_on,
            SalesOrder.currency,
            SalesOrder.net_minor,
            SalesOrder.freight_minor,
            SalesOrder.freight_tax_ppm,
            SalesOrder.tax_minor,
            SalesOrder.total_minor,
            SalesOrder.terms_days,
            SalesOrder.delivery_terms,
            SalesOrder.ship_via,
            SalesOrder.salesperson,
            SalesOrder.ship_recipient,
            SalesOrder.ship_street,
            SalesOrder.ship_postcode,
            SalesOrder.ship_town,
            SalesOrder.ship_region,
            SalesOrder.ship_country,
            SalesOrder.notes,
            SalesOrder.source_system,
            SalesOrder.source_key,
            SalesOrder.received_at,
            SalesOrder.asked_terms_days,
            SalesOrder.asked_delivery_terms,
            SalesOrder.terms_reason,
            SalesOrder.phoned_on,
            SalesOrder.process_reviewed_on,
        )
        .join(Customer, Customer.id == SalesOrder.customer_id)
        .outerjoin(Contact, Contact.id == SalesOrder.contact_id)
        .where(SalesOrder.id == param("order_id"))
    )


@statement("order.lines")
def lines() -> sa.Executable:
    """The lines of one order."""
    return (
        sa.select(
            OrderLine.id,
            OrderLine.position,
            OrderLine.product_id,
            OrderLine.item_number,
            OrderLine.customer_item_number,
            OrderLine.description,
            OrderLine.quantity_milli,
            OrderLine.shipped_milli,
            OrderLine.unit,
            OrderLine.unit_price_micro,
            OrderLine.discount_ppm,
            OrderLine.tax_ppm,
            OrderLine.net_minor,
            OrderLine.requested_on,
            OrderLine.promised_on,
            OrderLine.shipped_on,
            OrderLine.asked_quantity_milli,
            OrderLine.asked_price_micro,
            OrderLine.asked_item,
            OrderLine.difference_reason,
        )
        .where(OrderLine.order_id == param("order_id"))
        .order_by(OrderLine.position)
    )


@statement("order.invoices")
def invoices() -> sa.Executable:
    """The invoices and credit notes of one order."""
    return (
        sa.select(
            Invoice.id,
            Invoice.kind,
            Invoice.number,
            Invoice.invoiced_on,
            Invoice.due_on,
            Invoice.currency,
            Invoice.total_minor,
            Invoice.open_minor,
        )
        .where(Invoice.order_id == param("order_id"))
        .order_by(Invoice.invoiced_on, Invoice.id)
    )


@statement("order.payments")
def payments() -> sa.Executable:
    """What settled the invoices of one order."""
    return (
        sa.select(
            Payment.id,
            Payment.number,
            Invoice.number,
            Invoice.currency,
            Allocation.amount_minor,
            Allocation.applied_on,
        )
        .join(Invoice, Invoice.id == Allocation.invoice_id)
        .join(Payment, Payment.id == Allocation.payment_id)
        .where(Invoice.order_id == param("order_id"))
        .order_by(Allocation.applied_on, Allocation.id)
    )


@statement("order.letters")
def letters() -> sa.Executable:
    """Every acknowledgement issued for one order."""
    return (
        sa.select(
            Letter.id,
            Letter.number,
            Letter.revision,
            Letter.document_id,
            Letter.issued_at,
            Letter.issued_by,
            Letter.copies,
        )
        .where(Letter.order_id == param("order_id"), Letter.kind == LetterKind.ACKNOWLEDGEMENT)
        .order_by(Letter.revision)
    )


@statement("order.documents")
def documents() -> sa.Executable:
    """The papers linked to one order."""
    return (
        sa.select(Document.id, Document.name, Document.kind, Document.filed_on, Document.is_pinned)
        .join(DocumentLink, DocumentLink.document_id == Document.id)
        .where(
            DocumentLink.linked_kind == LinkedKind.ORDER,
            DocumentLink.linked_id == param("order_id"),
        )
        .order_by(Document.filed_on.desc(), Document.id.desc())
        .limit(200)
    )


@statement("order.rows")
def list_rows() -> sa.Executable:
    """The columns of the list for some orders."""
    return (
        sa.select(
            SalesOrder.id,
            SalesOrder.number,
            Customer.name,
            SalesOrder.customer_po,
            SalesOrder.ordered_on,
            SalesOrder.promised_on,
            SalesOrder.status,
            SalesOrder.hold_reason,
            SalesOrder.currency,
            SalesOrder.total_minor,
            SalesOrder.customer_id,
        )
        .join(Customer, Customer.id == SalesOrder.customer_id)
        .where(ids_in(SalesOrder.id))
    )


@statement("order.products_of_customer")
def products_of_customer() -> sa.Executable:
    """What one customer bought since a day, by product and currency, the largest first."""
    sold = sa.func.sum(OrderLine.net_minor)
    return (
        sa.select(
            OrderLine.item_number,
            sa.func.max(OrderLine.description),
            SalesOrder.currency,
            sa.func.count(sa.distinct(SalesOrder.id)),
            sa.func.sum(OrderLine.quantity_milli),
            sa.func.max(OrderLine.unit),
            sold,
            sa.func.max(SalesOrder.ordered_on),
        )
        .join(OrderLine, OrderLine.order_id == SalesOrder.id)
        .where(
            SalesOrder.customer_id == param("customer_id"),
            SalesOrder.ordered_on >= param("since"),
            SalesOrder.ordered_on <= param("until"),
            SalesOrder.status != OrderStatus.CANCELLED,
        )
        .group_by(OrderLine.item_number, SalesOrder.currency)
        .order_by(sold.desc())
        .limit(500)
    )


@statement("order.months_of_customer")
def months_of_customer() -> sa.Executable:
    """What one customer ordered by month and currency, from the covering index."""
    month = sa.func.substr(SalesOrder.ordered_on, 1, 7)
    return (
        sa.select(month, SalesOrder.currency, sa.func.count(), sa.func.sum(SalesOrder.net_minor))
        .where(
            SalesOrder.customer_id == param("customer_id"),
            SalesOrder.ordered_on >= param("since"),
            SalesOrder.ordered_on <= param("until"),
            SalesOrder.status != OrderStatus.CANCELLED,
        )
        .group_by(month, SalesOrder.currency)
        .order_by(month, SalesOrder.currency)
    )


@statement("product.find")
def find_products() -> sa.Executable:
    """Products whose number or name begins so."""
    return (
        sa.select(
            Product.id,
            Product.number,
            Product.name,
            Product.unit,
            Product.currency,
            Product.unit_price_micro,
            Product.tax_ppm,
        )
        .where(
            sa.or_(
                sa.and_(
                    Product.number_key >= param("number"), Product.number_key < param("number_end")
                ),
                sa.and_(Product.name_key >= param("name"), Product.name_key < param("name_end")),
            ),
            Product.is_discontinued.is_(False),
        )
        .order_by(Product.name_key, Product.id)
        .limit(param("most"))
    )
