"""How far is the run, and what can be done with its letters? The fourth pane, above the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.statements.run_words import state_words
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.progress_tray import ThinBar
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.statement_run_lists import RunWays
    from loyaldesk.queries.statement_runs import RunRow
    from loyaldesk.ui.desk import Desk

__all__ = ["RunPane"]


class RunPane(QWidget):
    """A headline, a bar, and the buttons that make sense now; the page knows what they do."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.headline = TextLabel(theme, "", TextStyle.PANEL_TITLE)
        self.told = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.bar = ThinBar(theme)
        self.make = Button(theme, "", kind=ButtonKind.PRIMARY)
        self.stop = Button(theme, self.tr("Stop after this one"), icon="square")
        self.mail = Button(theme, "", icon="mail")
        self.print = Button(theme, "", icon="printer")
        self.save = Button(theme, self.tr("Save as files…"), icon="download")
        self.retry = Button(theme, "", icon="rotate-cw")
        self.export = Button(theme, self.tr("Export register…"), icon="upload")
        self.banners = QVBoxLayout()
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that nothing has been checked yet."""
        self.headline.setText(self.tr("No run yet"))
        self.told.setText(self.tr("Never twice to one customer"))
        self.bar.show_progress(0, 0)
        for button in self._buttons():
            button.hide()

    def show_run(
        self, run: RunRow, counts: dict[str, int], ways: RunWays, *, is_driven: bool
    ) -> None:
        """Show where a run stands; `is_driven` tells that this window makes its letters now."""
        number = self._desk.formats.number
        waiting, issued = counts.get("waiting", 0), sum(ways.issued.values())
        total = sum(counts.values())
        made = sum(counts.get(each, 0) for each in ("issued", "sent", "printed", "saved"))
        wanted = made + waiting
        words = self.tr("{0} of {1}").format(number(made), number(wanted))
        self.headline.setText(words)
        told = self.tr("run {0}, {1} customers, {2}").format(
            run.id, number(total), state_words(run.state)
        )
        self.told.setText(told)
        self.bar.show_progress(made, wanted)
        verb = self.tr("Go on with {0}") if made else self.tr("Make {0} statements")
        self.make.setText(verb.format(number(waiting)))
        self.make.setVisible(bool(waiting) and not is_driven)
        self.stop.setVisible(is_driven)
        by_mail = ways.issued.get("email", 0)
        self.mail.setText(self.tr("E-mail {0}").format(number(by_mail)))
        self.mail.setVisible(bool(by_mail) and not is_driven)
        self.print.setText(self.tr("Print {0}…").format(number(issued)))
        for button in (self.print, self.save):
            button.setVisible(bool(issued) and not is_driven)
        failed = counts.get("failed", 0) + counts.get("no_address", 0)
        self.retry.setText(self.tr("Re-run {0} failures").format(number(failed)))
        self.retry.setVisible(bool(failed) and not is_driven)
        self.export.setVisible(True)

    @Slot(object)
    def show_refusal(self, error: Exception) -> None:
        """Say below the buttons why something was not done."""
        banner = Banner(self._desk.theme, BannerKind.WARN, happened=str(error))
        self.banners.addWidget(banner)
        banner.speak()

    def clear_refusals(self) -> None:
        """Take what was said away; a question about a printer stays until it is answered."""
        for banner in self.findChildren(Banner):
            self.banners.removeWidget(banner)
            banner.hide()
            banner.deleteLater()

    def _buttons(self) -> tuple[Button, ...]:
        return (
            self.make, self.stop, self.mail, self.print, self.save, self.retry, self.export,
        )  # fmt: skip

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.headline)
        head.addWidget(self.bar)
        head.addStretch(1)
        head.addWidget(self.told)
        buttons = QWidget()
        flow = FlowLayout(buttons, spacing=8)
        for button in self._buttons():
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(buttons)
        column.addLayout(self.banners)
