"""Where a letter's parts stand for each paper and window envelope: measures read from data.

What must be inside the window and what must stay out of it is worked out from the envelope.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.pdf.windows import Box, Package, Window, folded, quiet_zone, safe_zone
from loyaldesk.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "AddressField",
    "Envelope",
    "FootPlaces",
    "HeadPlaces",
    "InfoPlaces",
    "Marks",
    "Paper",
    "SlipPlaces",
    "TotalsPlaces",
    "envelope",
    "envelope_by_template",
    "envelope_names",
]

# One line of the letter's grid, 12 pt.
LINE = 4.233


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheet and its text area in millimetres."""

    width: float
    height: float
    left: float
    right: float
    body_end: float
    measure: float

    @property
    def text_width(self) -> float:
        """The width from the left edge of the text to its right edge."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Marks:
    """Heights of the fold marks and of the punch mark."""

    folds: tuple[float, ...]
    punch: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AddressField:
    """The recipient's address, the windows it must show in and the zone that must stay empty.

    `shown` is what each envelope's window shows with the sheet pushed to its lower left and to its
    upper right; `safe` is what always shows, and nothing but the address may stand in `quiet`.
    """

    x: float
    baseline: float
    lines: int
    pitch: float
    size: float
    width: float
    capitals: bool
    shown: tuple[tuple[Box, Box], ...]
    safe: Box
    quiet: Box
    return_baseline: float | None = None
    return_rule: float | None = None


@dataclass(frozen=True, slots=True)
class InfoPlaces:
    """The block of references beside the address, on the side where the window is not."""

    label_x: float
    value_x: float
    right: float
    baseline: float
    rows: int
    date_in_block: bool


@dataclass(frozen=True, slots=True)
class HeadPlaces:
    """Logo, bars, sender lines, title and the first lines of text."""

    logo_y: float
    name_end: float
    barcode_y: float
    sender_baselines: tuple[float, ...]
    title: float
    sub_line: float
    salutation: float
    text: float
    statement_title: float
    statement_message: float

    @property
    def copy(self) -> float:
        """Where COPY stands: a line above the title."""
        return self.title - LINE


@dataclass(frozen=True, slots=True)
class FootPlaces:
    """Id line, page number and legal footer; without columns the footer is one line."""

    id_line: float
    rule: float
    columns: tuple[float, ...]
    baselines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TotalsPlaces:
    """Where the totals' labels and the second column of the terms begin."""

    label_x: float
    terms_x: float


@dataclass(frozen=True, slots=True)
class SlipPlaces:
    """The remittance slip; everything but `tear` is measured from the tear line.

    `safe` and `clear` are, of the window of the return envelope, what always shows and what may
    show.
    """

    tear: float
    remit_baseline: float
    remit_lines: int
    remit_width: float
    safe: Box
    clear: Box
    barcode_top: float
    barcode_height: float
    right_x: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """One combination of paper and window envelope with every place it fixes."""

    name: str
    template: str
    paper: Paper
    marks: Marks
    address: AddressField
    info: InfoPlaces
    head: HeadPlaces
    foot: FootPlaces
    totals: TotalsPlaces
    slip: SlipPlaces


def envelope_names() -> list[str]:
    """Return the names of the envelopes that are shipped."""
    return sorted(path.stem for path in resource("envelopes").glob("*.toml"))


@lru_cache(maxsize=32)
def envelope(name: str) -> Envelope:
    """Return an envelope by its name, such as `din-5008-b`, or refuse and name the known ones."""
    if name not in envelope_names():
        raise Refused(
            f"There is no envelope “{name}”. Known are {', '.join(envelope_names())}.",
            field="envelope",
        )
    return _read(resource("envelopes") / f"{name}.toml")


def envelope_by_template(template: str) -> Envelope | None:
    """Return the envelope that a letter names in its id line, such as `din-b`, if it is one."""
    known = (envelope(name) for name in envelope_names())
    return next((each for each in known if each.template == template), None)


def _read(path: Path) -> Envelope:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    paper = Paper(**tables["paper"])
    marks = Marks(**_frozen(tables["marks"]))
    return Envelope(
        name=tables["name"],
        template=tables["template"],
        paper=paper,
        marks=marks,
        address=_address(tables["address"], paper, marks),
        info=InfoPlaces(**tables["info"]),
        head=HeadPlaces(**_frozen(tables["head"])),
        foot=FootPlaces(**_frozen(tables["foot"])),
        totals=TotalsPlaces(**tables["totals"]),
        slip=_slip(tables["slip"], paper),
    )


def _address(table: dict[str, Any], paper: Paper, marks: Marks) -> AddressField:
    package = folded(paper.width, paper.height, marks.folds)
    shown = tuple(Window(**_frozen(each)).shown(package) for each in table.pop("windows"))
    quiet = quiet_zone(shown, paper.width, paper.height)
    return AddressField(**table, shown=shown, safe=safe_zone(shown), quiet=quiet)


def _slip(table: dict[str, Any], paper: Paper) -> SlipPlaces:
    window, high = Window(**_frozen(table.pop("window"))), paper.height - table["tear"]
    shown = [window.shown(Package(paper.width, 0.0, high))]
    clear = quiet_zone(shown, paper.width, high)
    return SlipPlaces(**table, safe=safe_zone(shown), clear=clear)


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
