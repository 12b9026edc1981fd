"""Which buttons stand over a paper: page box, zoom, fit width, turn, find, copy its text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.page_box import PageBox
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.paper_view import PaperView
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PaperBar"]

STEP = 1.25


class PaperBar(Sheet):
    """Acts on the paper below it; what it cannot do itself it wishes for by signal."""

    find_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, theme: Theme, paper: PaperView, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, parent)
        self._paper = paper
        self.page_box = PageBox(theme)
        self._percent = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self._smaller = IconButton(theme, "zoom-out", self.tr("Smaller"), keys="Ctrl+-", small=True)
        self._larger = IconButton(theme, "zoom-in", self.tr("Larger"), keys="Ctrl++", small=True)
        self._fit = IconButton(theme, "move-horizontal", self.tr("Fit width"), small=True)
        self._turn = IconButton(theme, "rotate-cw", self.tr("Turn"), small=True)
        self._copy = IconButton(theme, "copy", self.tr("Copy the text of this page"), small=True)
        self._find = IconButton(theme, "search", self.tr("Find"), keys="Ctrl+F", small=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(4)
        for part in (
            self.page_box, self._smaller, self._percent, self._larger, self._fit, self._turn,
        ):  # fmt: skip
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._copy)
        self._row.addWidget(self._find)
        self._connect()

    def show_pages(self, *, are_there: bool) -> None:
        """Offer what only papers with pages can do, or not."""
        for part in (
            self.page_box, self._smaller, self._percent, self._larger, self._fit, self._turn,
            self._copy,
        ):  # fmt: skip
            part.setVisible(are_there)

    @property
    def percent(self) -> str:
        """The zoom as it is shown."""
        return self._percent.text()

    def _connect(self) -> None:
        paper = self._paper
        paper.page_changed.connect(self._tell_page)
        paper.zoom_changed.connect(self._tell_zoom)
        self.page_box.page_chosen.connect(paper.go_to)
        self._smaller.clicked.connect(lambda: paper.set_zoom(paper.zoom / STEP))
        self._larger.clicked.connect(lambda: paper.set_zoom(paper.zoom * STEP))
        self._fit.clicked.connect(paper.fit_width)
        self._turn.clicked.connect(paper.turn)
        self._copy.clicked.connect(self.copy_wanted)
        self._find.clicked.connect(self.find_wanted)

    def _tell_page(self, page: int) -> None:
        self.page_box.show_page(page, self._paper.page_count)

    def _tell_zoom(self, zoom: float) -> None:
        self._percent.setText(self.tr("{0} %").format(round(zoom * 100)))
