"""What letters share below the head: paragraphs, panels with amounts, the closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.pdf import style as look
from loyaldesk.pdf.style import Style, Type, Weight
from loyaldesk.pdf.wrapping import Run, width_of, wrap_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.envelopes import Paper
    from loyaldesk.pdf.pages import LetterPages

__all__ = [
    "AmountLine",
    "draw_amount_panel",
    "draw_paragraph",
    "draw_personal",
    "draw_sum",
    "paragraph_lines",
    "short_paragraph",
]

LEADING = 4.233
_PANEL_LEFT, _PANEL_RIGHT = 4.0, 3.0
_PANEL_PITCH, _PANEL_TOP, _RESULT_DROP = 3.85, 4.1, 5.3
_PANEL_FOOT = 2.6
_PANEL_GAP = 2.0
_PERSONAL_ABOVE = 1.0


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A label and its amount, as printed."""

    label: str
    amount: str


def paragraph_lines(
    runs: Iterable[Run], width: float, style: Style = Type.BODY
) -> list[tuple[Run, ...]]:
    """Return the lines of a paragraph, none of a single word at its end."""
    return wrap_runs(runs, style, width, no_orphan=True)


def short_paragraph(
    runs: Sequence[Run], paper: Paper, style: Style = Type.BODY
) -> list[tuple[Run, ...]]:
    """Return the lines of a text that may take the full width only if it is one line."""
    whole = paragraph_lines(runs, paper.text_width, style)
    return whole if len(whole) == 1 else paragraph_lines(runs, paper.measure, style)


def draw_paragraph(
    canvas: LetterCanvas,
    place: tuple[float, float],
    lines: Sequence[tuple[Run, ...]],
    style: Style = Type.BODY,
    leading: float = LEADING,
) -> float:
    """Draw wrapped lines from (x, first baseline) and return the baseline after the last."""
    x, y = place
    with canvas.tag("P"):
        for line in lines:
            canvas.runs(x, y, line, style)
            y += leading
    return y


def draw_sum(
    canvas: LetterCanvas,
    place: tuple[float, float, float],
    line: AmountLine,
    styles: tuple[Style, Style],
    *,
    span: int = 1,
) -> None:
    """Draw a label and its amount at (left, right, baseline), as a row of the table around it.

    The label speaks for the row and takes `span` columns of that table.
    """
    left, right, y = place
    with canvas.tag("TR"):
        with canvas.tag("TH", scope="Row", span=span):
            canvas.text(left, y, line.label, styles[0])
        with canvas.tag("TD"):
            canvas.text_right(right, y, line.amount, styles[1])


def amount_panel_height(lines: int) -> float:
    """Return the height of a panel with that many lines above its result."""
    return _PANEL_TOP + (lines - 1) * _PANEL_PITCH + _RESULT_DROP + _PANEL_FOOT


def draw_personal(pages: LetterPages, y: float, style: Style = Type.BODY) -> float:
    """Draw the sentence for this customer alone, if there is one; return the next baseline."""
    words = pages.frame.personal
    if not words:
        return y
    lines = short_paragraph((Run(words),), pages.paper, style)
    return draw_paragraph(pages.canvas, (pages.paper.left, y + _PERSONAL_ABOVE), lines, style)


def draw_amount_panel(
    canvas: LetterCanvas,
    place: tuple[float, float],
    width: float,
    lines: Sequence[AmountLine],
    result: AmountLine,
) -> float:
    """Draw a panel at (x, top): quiet lines, a rule and the result; return where it ends."""
    x, top = place
    height = amount_panel_height(len(lines))
    canvas.panel(x, top, width, height)
    left, right, y = x + _PANEL_LEFT, x + width - _PANEL_RIGHT, top + height - _PANEL_FOOT
    room = right - left - _PANEL_GAP - width_of(result.amount, Type.RESULT)
    with canvas.tag("Sect"), canvas.tag("Table"):
        _draw_quiet(canvas, (left, right, top + _PANEL_TOP), lines)
        canvas.rule(left, right, y - 3.9, Weight.PANEL, look.INK)
        styles = _label_style(result.label, room), Type.RESULT
        draw_sum(canvas, (left, right, y), result, styles)
    return top + height


def _draw_quiet(
    canvas: LetterCanvas, place: tuple[float, float, float], lines: Iterable[AmountLine]
) -> None:
    """Draw the lines above a result; a label goes on until the line that has its amount."""
    left, right, y = place
    for group in _grouped(lines):
        with canvas.tag("TR"):
            with canvas.tag("TH", scope="Row"):
                for line in group:
                    canvas.text(left, y, line.label, Type.SUB_LINE)
                    y += _PANEL_PITCH
            with canvas.tag("TD"):
                canvas.text_right(right, y - _PANEL_PITCH, group[-1].amount, Type.CELL)


def _grouped(lines: Iterable[AmountLine]) -> list[list[AmountLine]]:
    groups: list[list[AmountLine]] = []
    begun: list[AmountLine] = []
    for line in lines:
        begun.append(line)
        if line.amount:
            groups.append(begun)
            begun = []
    return groups


def _label_style(label: str, room: float) -> Style:
    """Return the style of a result, its size as small as the label needs to fit the room."""
    widest = width_of(label, Type.RESULT)
    return replace(Type.RESULT, size=Type.RESULT.size * min(1.0, room / widest))
