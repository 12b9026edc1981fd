"""The tables of the desk and the hub, their enums and named constraints."""

from loyaldesk.models.base import Base
from loyaldesk.models.customers import (
    Address,
    AddressUse,
    Contact,
    CreditStatus,
    Customer,
    CustomerStatus,
    StatementType,
)
from loyaldesk.models.documents import (
    Document,
    DocumentKind,
    DocumentLink,
    Letter,
    LetterKind,
    LinkedKind,
    NumberSeries,
    StoredFile,
)
from loyaldesk.models.machinery import (
    Change,
    ChangeGroup,
    ChangeKind,
    Draft,
    ImportRun,
    Setting,
)
from loyaldesk.models.orders import OrderLine, OrderStatus, Product, SalesOrder
from loyaldesk.models.receivables import Allocation, Invoice, InvoiceKind, InvoiceLine, Payment
from loyaldesk.models.relationship import Activity, ActivityKind

__all__ = [
    "Activity",
    "ActivityKind",
    "Address",
    "AddressUse",
    "Allocation",
    "Base",
    "Change",
    "ChangeGroup",
    "ChangeKind",
    "Contact",
    "CreditStatus",
    "Customer",
    "CustomerStatus",
    "Document",
    "DocumentKind",
    "DocumentLink",
    "Draft",
    "ImportRun",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "Letter",
    "LetterKind",
    "LinkedKind",
    "NumberSeries",
    "OrderLine",
    "OrderStatus",
    "Payment",
    "Product",
    "SalesOrder",
    "Setting",
    "StatementType",
    "StoredFile",
]
