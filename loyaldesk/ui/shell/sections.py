"""Which sections the navigation has, and what makes the page of each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from loyaldesk.ui.widgets.marked import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["SECTIONS", "Section", "make_page", "numbered_sections", "section_of"]


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the navigation; its page is imported when first shown.

    `menu` is what the View menu calls it; those that have one are numbered there, for Ctrl+1 on.
    `count` names the query of the number beside its name, and `counted` the tables that change it.
    What is `below` another section has no entry of its own.
    """

    key: str
    title: str
    icon: str
    page: str
    menu: str = ""
    opens_a_gap: bool = False
    count: str = ""
    counted: tuple[str, ...] = ()
    below: str = ""


SECTIONS = (
    Section(
        "customers",
        QT_TRANSLATE_NOOP("Sections", "Customers"),
        "users",
        "loyaldesk.ui.customers.list_page:CustomersPage",
        menu=QT_TRANSLATE_NOOP("Menus", "&Customers"),
    ),
    Section(
        "orders",
        QT_TRANSLATE_NOOP("Sections", "Orders"),
        "package",
        "loyaldesk.ui.orders.list_page:OrdersPage",
        menu=QT_TRANSLATE_NOOP("Menus", "&Orders"),
    ),
    Section(
        "acknowledgements",
        QT_TRANSLATE_NOOP("Sections", "Acknowledge"),
        "mail-check",
        "loyaldesk.ui.acknowledgements.page:AcknowledgementsPage",
        menu=QT_TRANSLATE_NOOP("Menus", "Ac&knowledge"),
        count="loyaldesk.queries.acknowledgements:count_open_orders",
        counted=("sales_order",),
    ),
    Section(
        "register",
        QT_TRANSLATE_NOOP("Sections", "Register of letters"),
        "book-open",
        "loyaldesk.ui.acknowledgements.register_page:RegisterPage",
        below="acknowledgements",
    ),
    Section(
        "statements",
        QT_TRANSLATE_NOOP("Sections", "Statements"),
        "file-clock",
        "loyaldesk.ui.statements.run_page:StatementRunPage",
        menu=QT_TRANSLATE_NOOP("Menus", "&Statements"),
    ),
    Section(
        "reminders",
        QT_TRANSLATE_NOOP("Sections", "Reminders"),
        "message-circle-warning",
        "loyaldesk.ui.statements.reminders_page:RemindersPage",
    ),
    Section(
        "documents",
        QT_TRANSLATE_NOOP("Sections", "Documents"),
        "folder",
        "loyaldesk.ui.documents.list_page:DocumentsPage",
        menu=QT_TRANSLATE_NOOP("Menus", "&Documents"),
    ),
    Section(
        "outbox",
        QT_TRANSLATE_NOOP("Sections", "Outbox"),
        "send",
        "loyaldesk.ui.outbox.page:OutboxPage",
        count="loyaldesk.queries.outbox:count_unsettled",
        counted=("mail",),
        opens_a_gap=True,
    ),
    Section(
        "sync",
        QT_TRANSLATE_NOOP("Sections", "Sync"),
        "refresh-cw",
        "loyaldesk.ui.sync.page:SyncPage",
        count="loyaldesk.queries.sync_conflicts:count_needs",
        counted=("edit_conflict", "attention"),
    ),
    Section(
        "settings",
        QT_TRANSLATE_NOOP("Sections", "Settings"),
        "settings",
        "loyaldesk.ui.settings.page:SettingsPage",
    ),
)


def numbered_sections() -> tuple[Section, ...]:
    """Return the sections that the View menu lists, in the order of their keys."""
    return tuple(section for section in SECTIONS if section.menu)


def section_of(key: str) -> Section:
    """Return the section with that key."""
    return next(section for section in SECTIONS if section.key == key)


def make_page(dotted: str, desk: Desk, *arguments: Any, **options: Any) -> Any:
    """Import `package.module:Class` and return a page of it: only what is opened is imported."""
    module, name = dotted.split(":")
    return getattr(import_module(module), name)(desk, *arguments, **options)
