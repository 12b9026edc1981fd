"""What will happen with the marked letters, before it does: so many printed, mailed, left out?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from loyaldesk.ui.widgets.buttons import Button, ButtonKind, LinkButton
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import KeyCap, SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Panel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.acknowledgements.checker import CheckState
    from loyaldesk.ui.desk import Desk

__all__ = ["BatchPlan", "CheckPanel"]


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What is marked: letters to print, to mail, and orders that somebody has to look at first."""

    to_print: tuple[int, ...] = ()
    to_mail: tuple[int, ...] = ()
    left_out: int = 0

    @property
    def to_go(self) -> tuple[int, ...]:
        """The orders whose letters go."""
        return (*self.to_print, *self.to_mail)

    @property
    def marked(self) -> int:
        """How many are marked in all."""
        return len(self.to_go) + self.left_out


class CheckPanel(Panel):
    """`wanted` carries send, print or email; `printer_wanted` asks for another printer."""

    wanted = Signal(str)
    printer_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        theme = desk.theme
        self._desk = desk
        self.head = SpanLabel(theme)
        self.facts = [SpanLabel(theme, icon=icon) for icon in ("printer", "mail", "eye")]
        self.send = Button(theme, "", kind=ButtonKind.PRIMARY, icon="send")
        self.print = Button(theme, "")
        self.mail = Button(theme, "")
        self.verdict = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self.printer = LinkButton(theme, self.tr("Another printer…"))
        self._lay_out()
        for button, command in ((self.send, "send"), (self.print, "print"), (self.mail, "email")):
            button.clicked.connect(partial(self.wanted.emit, command))
        self.printer.clicked.connect(self.printer_wanted)

    def show_plan(self, plan: BatchPlan, printer: str) -> None:
        """Say what is marked; without a printer it is asked for when the run begins."""
        number = self._desk.formats.number
        self.head.set_spans([
            Span.strong(self.tr("{0} marked").format(number(plan.marked))),
            Span("  " + self.tr("check before the run"), Tone.SECONDARY),
        ])  # fmt: skip
        said = (
            (len(plan.to_print), self.tr("print"), printer or self.tr("asks for the printer")),
            (len(plan.to_mail), self.tr("e-mail"), self.tr("undo for 8 s")),
            (plan.left_out, self.tr("need a look"), self.tr("left out, stay in the queue")),
        )
        for label, (count, words, how) in zip(self.facts, said, strict=True):
            tone = Tone.TEXT if count else Tone.MUTED
            label.set_spans([
                Span(f"{number(count)} {words}", tone, TextStyle.NAME),
                Span.small(f" · {how}"),
            ])  # fmt: skip
        self._name_buttons(plan)

    def show_check(self, state: CheckState) -> None:
        """Say how far the check is; until it is over nothing goes."""
        if state.is_over:
            said = self.tr("Totals recomputed and equal on all {0}").format(state.total)
            self.verdict.setText(said if state.total else "")
        else:
            words = self.tr("Checking {0} of {1}…")
            self.verdict.setText(words.format(state.done + 1, state.total))
        for button in (self.send, self.print, self.mail):
            button.setEnabled(state.is_over and state.total > 0)

    def _name_buttons(self, plan: BatchPlan) -> None:
        number = self._desk.formats.number
        one, many = self.tr("Send 1 letter"), self.tr("Send {0} letters")
        count = len(plan.to_go)
        self.send.setText(one if count == 1 else many.format(number(count)))
        self.print.setText(self.tr("Print {0} only").format(number(len(plan.to_print))))
        self.mail.setText(self.tr("E-mail {0} only").format(number(len(plan.to_mail))))
        is_mixed = bool(plan.to_print and plan.to_mail)
        self.print.setVisible(is_mixed)
        self.mail.setVisible(is_mixed)
        self.printer.setVisible(bool(plan.to_print))

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.head, 1)
        for keys, words in (
            ("Space", self.tr("mark")),
            ("P", self.tr("print")),
            ("E", self.tr("e-mail")),
            ("R", self.tr("print again")),
        ):
            head.addSpacing(4)
            head.addWidget(KeyCap(theme, keys))
            head.addWidget(TextLabel(theme, words, TextStyle.SMALL, Tone.SECONDARY))
        facts = FlowLayout(spacing=16)
        for label in self.facts:
            facts.addWidget(label)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.send, self.print, self.mail):
            buttons.addWidget(button)
        buttons.addWidget(self.printer)
        buttons.addStretch(1)
        below = QVBoxLayout()
        below.setSpacing(4)
        below.addLayout(buttons)
        below.addWidget(self.verdict)
        self.body.addLayout(head)
        self.body.addLayout(facts)
        self.body.addLayout(below)
