"""What stands above the page when something was refused, or was saved from a crash?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.widgets.banner import Banner, BannerKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.ui.desk import News
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["BannerPlace"]

_FIRST_SENTENCE = re.compile(r"(?<=[a-z)”’]\.) (?=[A-Z“‘])")


class BannerPlace(QWidget):
    """Room for one banner; it closes by hand, or by itself when the next action succeeds."""

    def __init__(self, theme: Theme, news: News, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 8, 16, 8)
        news.said.connect(self.clear)
        self.hide()

    def tell_refusal(self, sentence: str) -> None:
        """Say what was refused in bold, and after it what is safe and what to do."""
        happened, _, safe = _FIRST_SENTENCE.sub("\n", sentence, count=1).partition("\n")
        self._show(BannerKind.WARN, happened, safe, self.tr("Close"), self.clear)

    def tell_rescue(self, name: str, go_on: Callable[[], object]) -> None:
        """Say after a crash whose note was kept, and offer to go on with it."""
        happened = self.tr("LoyalDesk closed unexpectedly.")
        safe = self.tr("Your note for {name} was kept, word for word.").format(name=name)
        self._show(BannerKind.INFO, happened, safe, self.tr("Go on with the note"), go_on)

    def tell_news(self, sentence: str, action: str, then: Callable[[], object]) -> None:
        """Say calmly what is new in bold, what is safe after it, and offer one way on."""
        happened, _, safe = _FIRST_SENTENCE.sub("\n", sentence, count=1).partition("\n")
        self._show(BannerKind.INFO, happened, safe, action, then)

    @Slot()
    def clear(self) -> None:
        """Take the banner away."""
        if self.banner is not None:
            self._column.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
            self.hide()

    def _show(
        self, kind: BannerKind, happened: str, safe: str, action: str, then: Callable[[], object]
    ) -> None:
        self.clear()
        banner = Banner(self._theme, kind, happened=happened, safe=safe, actions=(action,))
        banner.action_chosen.connect(self.clear)
        banner.action_chosen.connect(lambda _: then())
        self.banner = banner
        self._column.addWidget(banner)
        self.show()
        banner.speak()
