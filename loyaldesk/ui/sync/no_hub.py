"""What is a hub, and how does this desk get one? The page of a desk without a hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Panel, Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["NoHub"]

WIDEST = 640


class NoHub(QScrollArea):
    """A few words in the middle and one button."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme, px = desk.theme, desk.theme.px
        self.connect_button = Button(
            theme, self.tr("Connect to your hub…"), kind=ButtonKind.PRIMARY, icon="link"
        )
        panel = Panel(theme)
        panel.setMaximumWidth(px(WIDEST))
        panel.body.setContentsMargins(px(24), px(20), px(24), px(20))
        panel.body.setSpacing(px(8))
        title = self.tr("This desk works alone")
        words = self.tr(
            "A hub is a small program that your company runs. Everybody’s desk connects to it; "
            "each keeps the records of its customers here, works without a network, and sends "
            "and receives changes whenever there is one."
        )
        panel.body.addWidget(TextLabel(theme, title, TextStyle.PANEL_TITLE, wrap=True))
        panel.body.addWidget(TextLabel(theme, words, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        for icon, point in self._points():
            panel.body.addWidget(SpanLabel(theme, [Span(point)], icon=icon, wrap=True))
        panel.body.addSpacing(px(8))
        panel.body.addWidget(self.connect_button)
        self._lay_out(desk, panel)
        self.connect_button.clicked.connect(desk.ways.connect_wanted)

    def _points(self) -> tuple[tuple[str, str], ...]:
        return (
            ("users", self.tr("Two people may edit the same customer; nothing is overwritten.")),
            ("cloud-off", self.tr("Everything works offline, for days if need be.")),
            ("lock", self.tr("You get the records of your territories, encrypted as before.")),
        )

    def _lay_out(self, desk: Desk, panel: Panel) -> None:
        content = Sheet(desk.theme, Ground.WINDOW)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(panel, 100)
        row.addStretch(1)
        column = QVBoxLayout(content)
        column.addSpacing(desk.theme.px(24))
        column.addLayout(row)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
