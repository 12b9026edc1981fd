"""How a table's rows take their room: columns that fit their numbers, text that wraps, no cuts."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.errors import Refused
from loyaldesk.pdf import style as look
from loyaldesk.pdf.breaks import units_of
from loyaldesk.pdf.style import Style, Type, Weight
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.tags import Aside, Tag

__all__ = ["Column", "Row", "Table"]

_LEFT_GAP, _RIGHT_GAP = 2.2, 1.6
_HEAD_PITCH, _HEAD_RULE = 3.1, 1.5
_ONE_LINE, _ONE_LINE_DROP = 5.292, 3.54
_TWO_LINES, _TWO_LINES_DROP = 8.467, 3.07
_SECOND, _FURTHER = 3.6, 3.7
_BAR_WIDTH, _BAR_OFFSET, _BAR_HEIGHT = 0.8, 3.2, 6.9
_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head in one or two lines and its width in mm.

    A `whole` cell never breaks, so the column grows to its widest one at the cost of the columns
    that give, none of them below its `least` width. Right-aligned columns are always whole. A cell
    with `whole_words` wraps, and its column grows to its widest word as long as others can give.
    """

    head: tuple[str, ...]
    width: float
    right: bool = False
    whole: bool = False
    whole_words: bool = False
    gives: bool = False
    least: float = 24.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: a first text for each column, smaller second texts, and a note over several columns.

    `bold` and `quiet` name the columns whose first text is set so; `marked` draws the change bar
    and `strong_above` the rule of a new month. A `label` stands at the left edge over columns
    that are empty.
    """

    first: tuple[str, ...]
    second: tuple[str, ...] = ()
    bold: frozenset[int] = _NOTHING
    quiet: frozenset[int] = _NOTHING
    note: str = ""
    note_column: int = 1
    marked: bool = False
    strong_above: bool = False
    label: str = ""


class _Mark(NamedTuple):
    x: float
    drop: float
    text: str
    style: Style
    right: bool


class _Cell(NamedTuple):
    marks: list[_Mark]
    span: int


class _Laid(NamedTuple):
    height: float
    cells: list[_Cell]


class Table:
    """A table laid out against a left edge; `heights` are known before anything is drawn.

    `tag` is its element in the letter once it is drawn; sums under it are rows of the same table.
    """

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], *, left: float) -> None:
        self.columns = _fitted(columns, rows)
        self.rows = rows
        self.left = left
        self.right = left + sum(column.width for column in self.columns)
        self._starts = _starts(self.columns, left)
        self._laid = [self._lay(row) for row in rows]
        self.heights = [laid.height for laid in self._laid]
        self.tag: Tag | Aside | None = None
        self._head_lines = max(len(column.head) for column in self.columns)

    @property
    def head_height(self) -> float:
        """The height from the first head baseline to the rule under the heads."""
        return self.head_lines_above + _HEAD_RULE

    @property
    def head_lines_above(self) -> float:
        """The height of the head lines above the last one, whose baseline the grid fixes."""
        return (self._head_lines - 1) * _HEAD_PITCH

    def column_edge(self, index: int) -> float:
        """Return where a column's text ends if right-aligned, or begins if not."""
        column, start = self.columns[index], self._starts[index]
        return start + column.width if column.right else start

    def draw_head(self, canvas: LetterCanvas, baseline: float) -> float:
        """Draw the column heads, their last lines level, and return where the rows begin."""
        with canvas.tag("TR"):
            for i, column in enumerate(self.columns):
                y = baseline + (self._head_lines - len(column.head)) * _HEAD_PITCH
                draw = canvas.text_right if column.right else canvas.text
                with canvas.tag("TH", scope="Column"):
                    for j, line in enumerate(column.head):
                        draw(self.column_edge(i), y + j * _HEAD_PITCH, line, Type.COLUMN_HEAD)
        top = baseline + self.head_height
        canvas.rule(self.left, self.right, top, Weight.TABLE, look.INK)
        return top

    def draw_rows(self, canvas: LetterCanvas, top: float, start: int, stop: int) -> float:
        """Draw rows from one index up to another with their rules; return where they end."""
        for i in range(start, stop):
            if i > start:
                self._draw_rule(canvas, top, strong=self.rows[i].strong_above)
            self._draw_row(canvas, i, top)
            top += self.heights[i]
        if stop > start:
            canvas.rule(self.left, self.right, top, Weight.TABLE, look.INK)
        return top

    @contextmanager
    def foot(self, canvas: LetterCanvas) -> Iterator[None]:
        """Take what is drawn inside as rows of sums of this table, which has been drawn above."""
        with self.tag or nullcontext(), canvas.tag("TFoot"):
            yield

    def _draw_rule(self, canvas: LetterCanvas, y: float, *, strong: bool) -> None:
        weight, colour = (Weight.TABLE, look.STRONG) if strong else (Weight.HAIRLINE, look.HAIRLINE)
        canvas.rule(self.left, self.right, y, weight, colour)

    def _draw_row(self, canvas: LetterCanvas, index: int, top: float) -> None:
        height, cells = self._laid[index]
        with canvas.tag("TR"):
            for marks, span in cells:
                with canvas.tag("TD", span=span):
                    for x, drop, text, style, right in marks:
                        draw = canvas.text_right if right else canvas.text
                        draw(x, top + drop, text, style)
        if self.rows[index].marked:
            bar = height - _TWO_LINES + _BAR_HEIGHT if height >= _TWO_LINES else height - 1.2
            canvas.area(self.left - _BAR_OFFSET, top + 0.6, _BAR_WIDTH, bar, canvas.accent)

    def _lay(self, row: Row) -> _Laid:
        stacks = [self._stack(row, i) for i in range(len(self.columns))]
        count = max(map(len, stacks))
        notes = self._note_lines(row)
        drops = _drops(count + len(notes))
        cells = [
            [
                _Mark(self.column_edge(i), drops[line], text, style, self.columns[i].right)
                for line, (text, style) in enumerate(stack)
                if text
            ]
            for i, stack in enumerate(stacks)
        ]
        at = self._starts[row.note_column] if notes else 0.0
        cells[row.note_column] += [
            _Mark(at, drops[count + i], text, Type.NOTE_INK, False) for i, text in enumerate(notes)
        ]
        spans = 0
        if row.label:
            spans = next((i for i, marks in enumerate(cells) if marks), len(cells))
            cells[0] = [_Mark(self.left, drops[0], row.label, Type.CELL_BOLD, False)]
        laid = [_Cell(marks, 1) for marks in cells[max(1, spans) :]]
        return _Laid(_height(len(drops)), [_Cell(cells[0], max(1, spans)), *laid])

    def _stack(self, row: Row, index: int) -> list[tuple[str, Style]]:
        column = self.columns[index]
        style = _first_style(row, index)
        stack = [(text, style) for text in _broken(column, row.first[index], style)]
        if index < len(row.second) and row.second[index]:
            stack += [(text, Type.NOTE) for text in _broken(column, row.second[index], Type.NOTE)]
        return stack

    def _note_lines(self, row: Row) -> Sequence[str]:
        if not row.note:
            return ()
        return wrap(row.note, Type.NOTE_INK, self.right - self._starts[row.note_column])


def _broken(column: Column, text: str, style: Style) -> Sequence[str]:
    if column.right or column.whole:
        return (text,)
    return wrap(text, style, column.width - _LEFT_GAP)


def _first_style(row: Row, index: int) -> Style:
    if index in row.bold:
        return Type.CELL_BOLD
    return Type.CELL_QUIET if index in row.quiet else Type.CELL


def _height(lines: int) -> float:
    return _ONE_LINE if lines == 1 else _TWO_LINES + (lines - 2) * _FURTHER


def _drops(lines: int) -> list[float]:
    if lines == 1:
        return [_ONE_LINE_DROP]
    second = _TWO_LINES_DROP + _SECOND
    return [_TWO_LINES_DROP, *(second + i * _FURTHER for i in range(lines - 1))]


def _starts(columns: Iterable[Column], left: float) -> list[float]:
    starts = []
    for column in columns:
        starts.append(left)
        left += column.width
    return starts


def _fitted(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """Widen what must grow, then whole words from the left as far as there is room for them."""
    needed = [_needed(c, i, rows) for i, c in enumerate(columns)]
    wordy = [i for i, c in enumerate(columns) if c.whole_words]
    for count in range(len(wordy), -1, -1):
        kept = {i: _widest_word(columns[i], i, rows) for i in wordy[:count]}
        widths = _shared(columns, [kept.get(i, floor) for i, floor in enumerate(needed)])
        if widths:
            return [replace(c, width=w) for c, w in zip(columns, widths, strict=True)]
    raise Refused(
        "The numbers of this letter are too wide for its paper. Nothing was printed. "
        "Please choose a wider paper or split the order."
    )


def _shared(columns: Sequence[Column], floors: Sequence[float]) -> list[float]:
    """Return the widths, none below its floor, or nothing if those that give have not enough."""
    widths = [max(c.width, floor) for c, floor in zip(columns, floors, strict=True)]
    excess = sum(widths) - sum(column.width for column in columns)
    spare = [
        w - max(c.least, floor) if c.gives else 0.0
        for c, w, floor in zip(columns, widths, floors, strict=True)
    ]
    if excess > sum(spare):
        return []
    if excess > 0:
        widths = [w - s * excess / sum(spare) for w, s in zip(widths, spare, strict=True)]
    return widths


def _widest_word(column: Column, index: int, rows: Sequence[Row]) -> float:
    words = [(word, Type.COLUMN_HEAD) for line in column.head for word in _words(line)]
    for row in rows:
        words += [(word, _first_style(row, index)) for word in _words(row.first[index])]
        second = row.second[index] if index < len(row.second) else ""
        words += [(word, Type.NOTE) for word in _words(second)]
    return max(width_of(word, style) for word, style in words) + _LEFT_GAP


def _words(text: str) -> list[str]:
    return [unit for word in text.split(" ") for unit in units_of(word)]


def _needed(column: Column, index: int, rows: Sequence[Row]) -> float:
    if not (column.right or column.whole):
        return 0.0
    widths = [width_of(line, Type.COLUMN_HEAD) for line in column.head]
    for row in rows:
        widths.append(width_of(row.first[index], _first_style(row, index)))
        if index < len(row.second):
            widths.append(width_of(row.second[index], Type.NOTE))
    return max(widths, default=0.0) + (_RIGHT_GAP if column.right else _LEFT_GAP)
