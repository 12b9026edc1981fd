"""Change the lines of an order of which nothing has shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.operations.orders import replace_lines
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.forms.lines_editor import LinesEditor
from loyaldesk.ui.orders.typed_lines import changed_line, typed_line
from loyaldesk.ui.widgets.dialog import DialogWidth

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.order_page import OrderPage
    from loyaldesk.ui.desk import Desk

__all__ = ["ChangeLinesDialog"]

WIDTH = 1200


class ChangeLinesDialog(FormDialog):
    """The lines as they stand, to be typed over, added to and taken away."""

    def __init__(self, desk: Desk, page: OrderPage, parent: QWidget | None = None) -> None:
        head = page.head
        super().__init__(
            desk,
            title=self.tr("Change the lines of order {0}").format(head.number),
            verb=self.tr("Save lines"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._head = head
        self.lines = LinesEditor(desk, head.currency, is_order=True)
        self.lines.set_freight(head.freight.minor, head.freight_tax_ppm)
        self.lines.show_lines([typed_line(line) for line in page.lines])
        self._originals = dict(zip(self.lines.rows, page.lines, strict=True))
        self.add_fields(("lines", self.tr("Lines"), self.lines))
        self.widen(WIDTH)

    def operation(self) -> Operation[..., Any]:
        return replace_lines

    def arguments(self) -> dict[str, Any]:
        typed = [row for row in self.lines.rows if not row.is_empty]
        return {
            "order_id": self._head.id,
            "lines": [changed_line(row.typed(), self._originals.get(row)) for row in typed],
        }

    def saved(self, result: Any) -> None:
        del result
        words = self.tr("Lines of order {0} changed").format(self._head.number)
        self._desk.news.said.emit(words, True)
