"""How is an application dressed before its first window? The one call for start and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.ui.widgets.flat_style import FlatStyle
from loyaldesk.ui.widgets.theme import Look, Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["dress_application"]


def dress_application(app: QApplication, look: Look | None = None) -> Theme:
    """Give the application our theme, flat style and plain-text labels, and return the theme."""
    theme = Theme(app, look)
    app.setStyle(FlatStyle(theme))
    theme.wear(theme.look)
    return theme
