"""What does a table's column show, and how?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EMPTY_CELL", "Cell", "Column", "ColumnKind", "Shown"]


class ColumnKind(Enum):
    """What stands in a column; numbers and money stand right."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHIP = "chip"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, ready to paint; what is not given comes from its column.

    `lead` is an icon before the text, `icon` one behind it, `tail` the part that stands out in
    bold ("19 Nov → **24 Nov**"), `tip` what the tooltip adds. A text beside a `chip` says why.
    """

    text: str = ""
    tone: Tone | None = None
    style: TextStyle | None = None
    tail: str = ""
    lead: str = ""
    icon: str = ""
    icon_tone: Tone = Tone.SECONDARY
    chip: Chip | None = None
    tip: str = ""

    @property
    def words(self) -> str:
        """What the cell says, as it is copied and read out; an icon alone says its tip."""
        said = f"{self.text}{self.tail}"
        if self.chip is not None:
            return f"{self.chip.text}: {said}" if said else self.chip.text
        return said or self.tip


Shown = str | Cell | Chip | None
EMPTY_CELL = Cell("–", tone=Tone.MUTED)


@dataclass(frozen=True, slots=True)
class Column:
    """A column for the view, the query (`key` is what is sorted by) and the clipboard.

    `width` is in pixels at 100 %; `show` makes a row's cell, or else the row's attribute `key` is
    shown as it is. Nothing to show is a muted dash.
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 120
    sortable: bool = True
    hidden: bool = False
    tone: Tone = Tone.TEXT
    style: TextStyle = TextStyle.BODY
    show: Callable[[Any], Shown] | None = None

    @property
    def is_right(self) -> bool:
        """Whether the column lines up at its right edge."""
        return self.kind in {ColumnKind.NUMBER, ColumnKind.MONEY}

    def cell(self, row: object) -> Cell:
        """Return what the column shows of a row."""
        shown = self.show(row) if self.show else getattr(row, self.key)
        if isinstance(shown, Cell):
            return shown
        if isinstance(shown, Chip):
            return Cell(chip=shown)
        return Cell(str(shown)) if shown not in {None, ""} else EMPTY_CELL
