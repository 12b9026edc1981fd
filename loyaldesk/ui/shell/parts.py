"""Which parts of the window do commands act on?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow, QMenuBar

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.customer_tabs import CustomerTabs
    from loyaldesk.ui.shell.guide import Guide
    from loyaldesk.ui.shell.status_bar import StatusBar
    from loyaldesk.ui.shell.top_row import TopRow
    from loyaldesk.ui.widgets.nav_list import NavList
    from loyaldesk.ui.widgets.toast import Toaster

__all__ = ["Parts"]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the main window is made of; made by it, and handed to those who act on it."""

    window: QMainWindow
    desk: Desk
    menu_bar: QMenuBar
    top_row: TopRow
    nav: NavList
    tabs: CustomerTabs
    status: StatusBar
    toaster: Toaster
    guide: Guide
