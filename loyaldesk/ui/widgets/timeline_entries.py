"""What can stand in a timeline: something that happened, its text, and the head of a day?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loyaldesk.ui.widgets.spans import Span, plain_text_of
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from loyaldesk.ui.widgets.chips import Chip

__all__ = ["BodyLine", "DayHead", "TimelineEntry", "TimelineRow"]


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A paragraph of an opened row, with an icon if it is a promise or an outcome."""

    spans: Sequence[Span]
    icon: str = ""
    icon_tone: Tone = Tone.SECONDARY


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """Something that happened: `day` heads its group, `subject` is the bold start of its line."""

    key: Hashable
    day: str
    time: str
    icon: str
    subject: str
    text: str = ""
    who: str = ""
    icon_tone: Tone = Tone.SECONDARY
    chip: Chip | None = None
    body: Sequence[BodyLine] = field(default=())
    is_choosable: bool = True

    @property
    def spans(self) -> list[Span]:
        """The line: its subject in bold, the rest behind it."""
        rest = [Span(f" {self.text}")] if self.text else []
        return [Span.strong(self.subject), *rest] if self.subject else [Span(self.text)]

    @property
    def spoken(self) -> str:
        """The row as a sentence."""
        chip = self.chip.text if self.chip else ""
        body = " ".join(plain_text_of(line.spans) for line in self.body)
        line = plain_text_of(self.spans).strip()
        parts = (self.day, self.time, line, chip, self.who, body)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class DayHead:
    """The head of a day's group."""

    key: Hashable
    day: str
    folded: bool = False
    is_choosable: bool = True

    @property
    def spoken(self) -> str:
        """The day as it is read out."""
        return self.day


TimelineEntry = TimelineRow | DayHead
