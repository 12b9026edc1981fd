"""Which sections the navigation has, and what makes the page of each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from loyaldesk.ui.widgets.marked import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["SECTIONS", "Section", "make_page"]


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation; its page is imported when first shown."""

    key: str
    title: str
    icon: str
    page: str
    opens_a_gap: bool = False


SECTIONS = (
    Section(
        "customers",
        QT_TRANSLATE_NOOP("Sections", "Customers"),
        "users",
        "loyaldesk.ui.customers.list_page:CustomersPage",
    ),
    Section(
        "orders",
        QT_TRANSLATE_NOOP("Sections", "Orders"),
        "package",
        "loyaldesk.ui.orders.list_page:OrdersPage",
    ),
    Section(
        "documents",
        QT_TRANSLATE_NOOP("Sections", "Documents"),
        "folder",
        "loyaldesk.ui.documents.list_page:DocumentsPage",
    ),
    Section(
        "settings",
        QT_TRANSLATE_NOOP("Sections", "Settings"),
        "settings",
        "loyaldesk.ui.settings.page:SettingsPage",
        opens_a_gap=True,
    ),
)


def make_page(dotted: str, desk: Desk, *arguments: Any, **options: Any) -> Any:
    """Import `package.module:Class` and return a page of it: only what is opened is imported."""
    module, name = dotted.split(":")
    return getattr(import_module(module), name)(desk, *arguments, **options)
