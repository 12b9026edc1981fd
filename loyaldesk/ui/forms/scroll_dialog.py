"""How does a dialog stay within its screen, with its buttons in sight whatever the text size?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QSize, Qt, Slot

from loyaldesk.ui.forms.form_scroll import FormScroll, room_on
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ScrollDialog"]

MARGINS = 2 * 24  # left and right of a dialog's content


class ScrollDialog(Dialog):
    """A dialog whose content scrolls where the screen is too small; `above` stays in sight."""

    def __init__(
        self,
        theme: Theme,
        *,
        title: str,
        verb: str,
        body: str = "",
        cancel: str = "",
        width: DialogWidth = DialogWidth.MEDIUM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            theme, title=title, verb=verb, body=body, cancel=cancel, width=width, parent=parent
        )
        self._wanted_width = int(width.value)
        self._banner: Banner | None = None
        self.above, self.pane = self.content, FormScroll()
        self.above.addWidget(self.pane, 1)
        self.content = self.pane.content
        self.pane.grew.connect(self._grow)
        theme.changed.connect(self._hold_to_screen)

    @property
    def refusal(self) -> str:
        """What is said above the fields, if anything."""
        return "" if self._banner is None else self._banner.text

    def show_refusal(self, sentence: str) -> None:
        """Say above the fields why it could not be saved."""
        self.clear_refusal()
        self._banner = Banner(self._theme, BannerKind.WARN, happened=sentence)
        self.above.insertWidget(0, self._banner)
        self._banner.speak()

    def clear_refusal(self) -> None:
        """Say nothing above the fields any more."""
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None

    def widen(self, width: int) -> None:
        """Be as wide as this, in pixels at 100 %, where the screen has room."""
        self._wanted_width = width

    def sizeHint(self) -> QSize:
        room = self._room()
        width = min(self._theme.px(self._wanted_width), room.width())
        self.pane.ask_for(width - MARGINS)
        return QSize(width, self.heightForWidth(width)).boundedTo(room)

    def setVisible(self, visible: bool) -> None:
        # Qt would make it no larger than two thirds of the screen.
        if visible and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.resize(self.sizeHint())
        super().setVisible(visible)

    def _room(self) -> QSize:
        parent = self.parentWidget()
        return room_on((parent or self).screen().availableGeometry())

    @Slot(int)
    def _grow(self, pixels: int) -> None:
        if self.isVisible():
            self.resize(self.size().grownBy(QMargins(0, 0, 0, pixels)).boundedTo(self._room()))

    @Slot()
    def _hold_to_screen(self) -> None:
        self.resize(self.sizeHint())
