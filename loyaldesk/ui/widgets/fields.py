"""How does a form's field look: label above, what is wrong below, and where it is changed?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ComboBox", "LabelledField", "LineEdit", "TextArea", "mark_field"]

_TEXT_AREA_HEIGHT, _TEXT_AREA_MOST, _ICON, _END = 60, 120, 16, 22


class LineEdit(QLineEdit):
    """A one-line field 28 px high with an optional icon; a placeholder is no label."""

    def __init__(
        self,
        theme: Theme,
        *,
        placeholder: str = "",
        icon: str = "",
        clearable: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(clearable)
        self.setAccessibleName(name)
        self._icon = icon
        self._end_button: IconButton | None = None
        theme.changed.connect(self._make_room)
        self._make_room()

    def add_end_button(self, icon: str, name: str) -> IconButton:
        """Put a small button at the end of the field, for the mouse; keys must have a twin."""
        if self._end_button is None:
            self._end_button = IconButton(self._theme, icon, name, small=True, parent=self)
            self._end_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._end_button.setCursor(Qt.CursorShape.ArrowCursor)
        self._end_button.set_icon(icon)
        self._end_button.set_name(name)
        self._make_room()
        return self._end_button

    @Slot()
    def _make_room(self) -> None:
        px = self._theme.px
        left = px(_ICON) + 8 if self._icon else 0
        right = px(_END) if self._end_button is not None else 0
        self.setTextMargins(4 + left, 0, 4 + right, 0)
        if self._end_button is not None:
            side = min(px(24), self.height())
            top = (self.height() - side) // 2
            self._end_button.setGeometry(self.width() - side - 2, top, side, side)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.metrics.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(64), self._theme.metrics.control)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            side = self._theme.px(_ICON)
            rect = QRect(8, (self.height() - side) // 2, side, side)
            self._theme.icons.paint(QPainter(self), rect, self._icon, self._theme.tokens.text2)


class TextArea(QPlainTextEdit):
    """A text of several lines, 60 px high, growing to 120; Tab leaves it."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("field", "text")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.Box)
        self.setLineWidth(2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(6)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        lines = max(self.document().documentLayout().documentSize().height(), 1)
        wanted = math.ceil(lines * self.fontMetrics().lineSpacing()) + 22
        px = self._theme.px
        height = min(max(wanted, px(_TEXT_AREA_HEIGHT)), px(_TEXT_AREA_MOST))
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(96), self._theme.px(48))


class ComboBox(QComboBox):
    """A choice from a list 28 px high."""

    def __init__(self, theme: Theme, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        theme.changed.connect(self._fit_icons)
        self._fit_icons()

    @Slot()
    def _fit_icons(self) -> None:
        self.setIconSize(QSize(self._theme.px(_ICON), self._theme.px(_ICON)))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 8, self._theme.metrics.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.metrics.control)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a form must not change what stands in it.
        event.ignore()


def mark_field(editor: QWidget, mark: str) -> None:
    """Give an editor the look of "error" or "locked", or of an ordinary field with ""."""
    plain = "text" if isinstance(editor, QPlainTextEdit) else ""
    editor.setProperty("field", mark or plain)
    editor.update()


class LabelledField(QWidget):
    """A label above an editor, and below it a hint, what is wrong, or who can change it."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._hint, self._lock = theme, hint, ""
        self.editor = editor
        self._label = TextLabel(theme, label, TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
        self._label.setBuddy(editor)
        self._below = SpanLabel(theme, wrap=True)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._below)
        self.set_error("")

    @property
    def error(self) -> str:
        """The sentence that says what is wrong, or nothing."""
        return self._error

    def set_error(self, sentence: str) -> None:
        """Say below the field what is wrong, or with "" that nothing is."""
        self._error = sentence
        if sentence:
            spans = [Span.small(sentence, Tone.BAD)]
            self._below.set_spans(spans, icon="circle-alert", icon_tone=Tone.BAD)
            announce(self.editor, sentence, urgent=True)
        else:
            words = self._lock or self._hint
            self._below.set_spans([Span.small(words)] if words else [], icon="")
        self._below.setVisible(bool(sentence or self._lock or self._hint))
        self.editor.setAccessibleDescription(sentence or self._lock or self._hint)
        mark_field(self.editor, "error" if sentence else "locked" if self._lock else "")

    def set_hint(self, hint: str) -> None:
        """Say something else below the field while nothing is wrong."""
        self._hint = hint
        self.set_error(self._error)

    def lock(self, sentence: str) -> None:
        """Make the field read-only because another system keeps it; say where to change it."""
        self._lock = sentence
        if isinstance(self.editor, QLineEdit | QPlainTextEdit):
            self.editor.setReadOnly(bool(sentence))
        else:
            self.editor.setEnabled(not sentence)
        if isinstance(self.editor, LineEdit) and sentence:
            self.editor.add_end_button("lock", sentence)
        self.set_error("")
