"""How the address and the references beside it stand, so that the window shows all and no more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.pdf import style as look
from loyaldesk.pdf.style import Style, Type, Weight
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.domain.letter import Recipient
    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.envelopes import AddressField, Envelope

__all__ = ["InfoRow", "draw_address", "draw_info", "place_address", "place_info"]

_INFO_PITCH = 4.233
_SHRUNK = replace(Type.CELL, size=7.5)


@dataclass(frozen=True, slots=True)
class InfoRow:
    """One reference beside the address; an optional one gives way when there are too many."""

    label: str
    value: str
    bold: bool = False
    optional: bool = False


def place_address(recipient: Recipient, field: AddressField) -> list[str]:
    """Return the lines for the window, wrapped at words, or refuse an address with too many."""
    style = replace(Type.ADDRESS, size=field.size)
    lines = [part for line in _lines(recipient, field) for part in wrap(line, style, field.width)]
    if len(lines) > field.lines:
        raise Refused(
            f"The address of {recipient.name} takes {len(lines)} lines, but the window of the "
            f"envelope shows {field.lines}. Nothing was printed. Please shorten the address or "
            "choose another envelope.",
            field="address",
        )
    return lines


def draw_address(canvas: LetterCanvas, lines: Iterable[str], field: AddressField) -> None:
    """Draw the recipient's lines in the safe zone of the window."""
    style = replace(Type.ADDRESS, size=field.size)
    with canvas.tag("P"):
        for i, line in enumerate(lines):
            with canvas.tag("Span"):
                canvas.text(field.x, field.baseline + i * field.pitch, line, style)


def draw_return_line(canvas: LetterCanvas, text: str, field: AddressField) -> None:
    """Draw the sender in small type with its hairline directly above the address."""
    if field.return_baseline is None or field.return_rule is None or not text:
        return
    with canvas.tag("P"):
        canvas.text(field.x, field.return_baseline, text, Type.SMALL)
    end = field.x + width_of(text, Type.SMALL)
    canvas.rule(field.x, end, field.return_rule, Weight.HAIRLINE, look.STRONG)


@dataclass(frozen=True, slots=True)
class _InfoLine:
    label: str
    value: str
    style: Style


def place_info(rows: Sequence[InfoRow], envelope: Envelope) -> list[_InfoLine]:
    """Return the printed lines of the references, without optional ones that find no room."""
    kept = [row for row in rows if row.value]
    width = envelope.info.right - envelope.info.value_x
    lines = _info_lines(kept, width)
    while len(lines) > envelope.info.rows:
        spare = [row for row in kept if row.optional]
        if not spare:
            raise Refused(
                f"The references beside the address take {len(lines)} lines and there is room for "
                f"{envelope.info.rows}. Nothing was printed. Please shorten the longest of them."
            )
        kept.remove(spare[-1])
        lines = _info_lines(kept, width)
    return lines


def draw_info(canvas: LetterCanvas, lines: Iterable[_InfoLine], envelope: Envelope) -> None:
    """Draw labels and values of the references."""
    places, y = envelope.info, envelope.info.baseline
    with canvas.tag("Table"):
        for row in _rows(lines):
            with canvas.tag("TR"):
                with canvas.tag("TH", scope="Row"):
                    canvas.text(places.label_x, y, row[0].label, Type.INFO_LABEL)
                with canvas.tag("TD"):
                    for line in row:
                        canvas.text(places.value_x, y, line.value, line.style)
                        y += _INFO_PITCH


def _lines(recipient: Recipient, field: AddressField) -> list[str]:
    if not field.capitals:
        return list(recipient.address_lines)
    attention = f"ATTN {recipient.contact}" if recipient.contact else ""
    return [line.upper() for line in replace(recipient, contact=attention).address_lines]


def _rows(lines: Iterable[_InfoLine]) -> list[list[_InfoLine]]:
    """Return the lines by reference: the first of each has the label, the others go on with it."""
    rows: list[list[_InfoLine]] = []
    for line in lines:
        if line.label or not rows:
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _info_lines(rows: Iterable[InfoRow], width: float) -> list[_InfoLine]:
    lines: list[_InfoLine] = []
    for row in rows:
        style, values = _fit_value(row, width)
        labels = [row.label, *[""] * (len(values) - 1)]
        lines.extend(map(_InfoLine, labels, values, [style] * len(values)))
    return lines


def _fit_value(row: InfoRow, width: float) -> tuple[Style, Sequence[str]]:
    style = Type.CELL_BOLD if row.bold else Type.CELL
    name, at, domain = row.value.partition("@")
    if not at or " " in row.value or width_of(row.value, style) <= width:
        return style, wrap(row.value, style, width)
    if width_of(row.value, _SHRUNK) <= width:
        return _SHRUNK, (row.value,)
    return _SHRUNK, (*wrap(name, _SHRUNK, width), *wrap(at + domain, _SHRUNK, width))
