"""How do our colours reach the widgets that Qt paints itself?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from loyaldesk.ui.widgets.tokens import Tokens

__all__ = ["TEXT_FIELDS", "apply_palettes", "field_palette_for", "palette_for"]

TEXT_FIELDS = ("QLineEdit", "QPlainTextEdit", "QTextEdit")

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "base",
    QPalette.ColorRole.Button: "base",
    QPalette.ColorRole.AlternateBase: "stripe",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "line2",
    QPalette.ColorRole.Dark: "line2",
    QPalette.ColorRole.Shadow: "line",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "accent_text",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_ink",
    QPalette.ColorRole.LinkVisited: "accent_ink",
    QPalette.ColorRole.Highlight: "sel",
    QPalette.ColorRole.HighlightedText: "sel_text",
}
_DISABLED = {
    QPalette.ColorRole.WindowText: "text3",
    QPalette.ColorRole.Text: "text3",
    QPalette.ColorRole.ButtonText: "text3",
    QPalette.ColorRole.HighlightedText: "text2",
}


def palette_for(tokens: Tokens) -> QPalette:
    """Return the application palette of a set of colours."""
    palette = QPalette()
    for role, name in _ROLES.items():
        palette.setColor(role, _colour(tokens, name))
    for role, name in _DISABLED.items():
        palette.setColor(QPalette.ColorGroup.Disabled, role, _colour(tokens, name))
    return palette


def field_palette_for(tokens: Tokens) -> QPalette:
    """Return the palette of text fields, where selected letters must be plainer than a row."""
    palette = palette_for(tokens)
    palette.setColor(QPalette.ColorRole.Highlight, tokens.accent)
    palette.setColor(QPalette.ColorRole.HighlightedText, tokens.accent_text)
    return palette


def apply_palettes(app: QApplication, tokens: Tokens) -> None:
    """Give the application our palette; high contrast keeps the system's own."""
    if tokens.is_high_contrast:
        app.setPalette(QPalette())
        return
    app.setPalette(palette_for(tokens))
    for name in TEXT_FIELDS:
        # The type hint asks for bytes, the binding takes only text.
        app.setPalette(field_palette_for(tokens), name)  # type: ignore[arg-type]


def _colour(tokens: Tokens, name: str) -> QColor:
    colour: QColor = getattr(tokens, name)
    return colour
