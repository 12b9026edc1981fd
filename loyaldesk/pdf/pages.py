"""How a letter goes from page to page: a full head first, a short one after, a foot on each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.domain.letter import LetterFrame, Overprint
from loyaldesk.formats import Formats
from loyaldesk.pdf import address, letterhead
from loyaldesk.pdf.canvas import LetterCanvas
from loyaldesk.pdf.envelopes import envelope
from loyaldesk.pdf.metadata import Metadata
from loyaldesk.pdf.style import Style, Type
from loyaldesk.pdf.texts import Texts, texts_for
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loyaldesk.pdf.address import InfoRow

__all__ = ["FIRST_HEADS", "LetterPages", "Opening"]

FIRST_HEADS = 33.9
_SUB_LINE_PITCH = 4.233
_OVERPRINT_ANGLE = 30
_OVERPRINT_DROP = 84.0
_TEMPLATE_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first page says above the text, and what the following heads repeat of it."""

    title: str
    sub_line: str
    info: Sequence[InfoRow]
    following: str
    subject: str
    keywords: tuple[str, ...]
    template: str
    content: str
    title_baseline: float | None = None


class LetterPages:
    """A letter on its way to paper; `canvas` draws on the page that is open now."""

    def __init__(self, frame: LetterFrame, opening: Opening, *, copy: bool = False) -> None:
        self.frame = frame
        self.opening = opening
        self.envelope = envelope(frame.envelope)
        self.paper = self.envelope.paper
        self.texts: Texts = texts_for(frame.locale, frame.own_texts)
        self.formats = Formats(frame.locale)
        self.page = 1
        self.canvas = LetterCanvas(
            width=self.paper.width,
            height=self.paper.height,
            accent=frame.sender.accent,
            metadata=self._metadata(),
        )
        self.canvas.read_out(self.texts.long_forms)
        self._start_page()
        self._draw_head(copy=copy)

    def draw_title(self) -> float:
        """Draw title, day and sub-line; return how far the sub-line pushes the text down."""
        head, paper, canvas = self.envelope.head, self.paper, self.canvas
        y = self.opening.title_baseline or head.title
        style = self._title_style()
        with canvas.tag("H1"):
            canvas.text(paper.left, y, self.opening.title, style)
        if not self.envelope.info.date_in_block:
            day = self.formats.date_long(self.frame.day)
            with canvas.tag("P"):
                canvas.text_right(paper.right, y, day, Type.BODY)
        lines = wrap(self.opening.sub_line, Type.SUB_LINE, paper.text_width)
        drop = y - head.title
        with canvas.tag("P"):
            for i, line in enumerate(lines):
                baseline = head.sub_line + drop + i * _SUB_LINE_PITCH
                canvas.text(paper.left, baseline, line, Type.SUB_LINE)
        return max(0.0, drop) + (len(lines) - 1) * _SUB_LINE_PITCH

    def next_page(self) -> float:
        """Open the next page with its short head and return the baseline of its first line."""
        self.canvas.new_page()
        self.page += 1
        self._start_page()
        with self.canvas.artifact():
            letterhead.draw_following_head(
                self.canvas,
                self.frame.sender,
                self.envelope,
                title=self.opening.title,
                line=self.opening.following,
            )
        return FIRST_HEADS

    def finish(
        self,
        at_foot: Callable[[int, int], None] | None = None,
        *,
        tears: Mapping[int, float] | None = None,
    ) -> bytes:
        """Return the file; without a foot of the caller's, each page gets id line and footer.

        A page that `tears` names has no fold mark where it is torn and below.
        """

        def close_page(page: int, pages: int) -> None:
            letterhead.draw_marks(self.canvas, self.envelope, tear=(tears or {}).get(page))
            (at_foot or self.draw_foot)(page, pages)

        return self.canvas.finish(close_page)

    def draw_foot(self, page: int, pages: int) -> None:
        """Draw id line, page number and legal footer, which is read aloud for one page only."""
        self.draw_id_line(page, pages, self.envelope.foot.id_line)
        with self.canvas.tag("P") if page == 1 else self.canvas.artifact():
            letterhead.draw_legal_footer(self.canvas, self.frame.sender, self.envelope, self.texts)

    def draw_id_line(self, page: int, pages: int, y: float, *, note: str = "") -> float:
        """Draw the id line, perhaps with a note, and “page x of y”; return the baseline above."""
        number = self.texts.fill("page_of", page=page, pages=pages)
        parts = self._id_parts(note)
        with self.canvas.artifact():
            return letterhead.draw_id_line(self.canvas, self.envelope, parts, number, y)

    def draw_legal_line(self, y: float) -> None:
        """Draw the company's particulars in running lines ending at a baseline."""
        with self.canvas.tag("P"):
            letterhead.draw_legal_line(
                self.canvas, self.frame.sender, self.envelope, self.texts, y, upwards=True
            )

    def running_foot_lines(self, *, note: str, legal: bool) -> int:
        """Return how many lines the id line takes, and the legal line above it if wanted."""
        number = self.texts.fill("page_of", page=self.page, pages=self.page)
        lines = letterhead.id_lines(self.envelope, self._id_parts(note), number)
        if legal:
            lines += letterhead.legal_lines(self.frame.sender, self.envelope, self.texts) or [""]
        return len(lines)

    def _start_page(self) -> None:
        if self.frame.overprint is not Overprint.NONE:
            word = self.texts[self.frame.overprint.value]
            middle = self.paper.body_end - _OVERPRINT_DROP
            self.canvas.overprint(
                self.paper.width / 2, middle, word, Type.OVERPRINT, _OVERPRINT_ANGLE
            )

    def _draw_head(self, *, copy: bool) -> None:
        canvas, frame, env = self.canvas, self.frame, self.envelope
        letterhead.draw_logo(canvas, frame.sender, env)
        letterhead.draw_sender_lines(canvas, frame.sender, env)
        letterhead.draw_barcode(canvas, frame.code, env, self.texts)
        address.draw_return_line(canvas, letterhead.return_line_of(frame), env.address)
        lines = address.place_address(frame.recipient, env.address)
        address.draw_address(canvas, lines, env.address)
        address.draw_info(canvas, address.place_info(self.opening.info, env), env)
        if copy:
            with canvas.artifact():
                canvas.text_right(self.paper.right, env.head.copy, self.texts["copy"], Type.COPY)

    def _title_style(self) -> Style:
        day = self.formats.date_long(self.frame.day)
        taken = 0 if self.envelope.info.date_in_block else width_of(day, Type.BODY) + 4
        room = self.paper.text_width - taken
        wide = width_of(self.opening.title, Type.TITLE)
        return Type.TITLE if wide <= room else replace(Type.TITLE, size=14 * room / wide)

    def _id_parts(self, note: str = "") -> list[str]:
        texts, frame = self.texts, self.frame
        printed = frame.printed_at
        conditions = frame.sender.conditions
        template = f"{self.opening.template}-{self.envelope.template} {_TEMPLATE_VERSION}"
        return [
            frame.code,
            *([note] if note else []),
            *([texts.fill("conditions", conditions=conditions)] if conditions else []),
            texts.fill("printed", instant=self.formats.datetime_local(printed, printed.tzinfo)),
            texts.fill("template", template=template),
            texts.fill("content", content=self.opening.content),
        ]

    def _metadata(self) -> Metadata:
        return Metadata(
            title=self.opening.title,
            subject=self.opening.subject,
            author=self.frame.sender.name,
            keywords=self.opening.keywords,
            language=self.frame.locale,
            created=self.frame.printed_at,
        )
