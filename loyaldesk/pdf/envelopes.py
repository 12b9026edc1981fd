"""Where a letter's parts stand for each paper and window envelope: measures read from data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
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
    "envelope_names",
]

Box = tuple[float, float, float, float]


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
    """The recipient's address, the window it must show in and the zone that must stay empty."""

    x: float
    baseline: float
    lines: int
    pitch: float
    size: float
    width: float
    capitals: bool
    safe: Box
    quiet: Box
    return_baseline: float | None = None
    return_rule: float | None = None


@dataclass(frozen=True, slots=True)
class InfoPlaces:
    """The block of references beside the address."""

    label_x: float
    value_x: float
    baseline: float
    rows: int
    date_in_block: bool


@dataclass(frozen=True, slots=True)
class HeadPlaces:
    """Logo, bars, sender lines, title and the first lines of text."""

    logo_y: float
    barcode_y: float
    sender_baselines: tuple[float, ...]
    title: float
    sub_line: float
    salutation: float
    text: float
    statement_title: float
    statement_message: float


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
    """The remittance slip; everything but `tear` is measured from the tear line."""

    tear: float
    remit_baseline: float
    remit_lines: int
    safe: tuple[float, float]
    clear: tuple[float, float]
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


_PARTS: dict[str, type] = {
    "paper": Paper,
    "marks": Marks,
    "address": AddressField,
    "info": InfoPlaces,
    "head": HeadPlaces,
    "foot": FootPlaces,
    "totals": TotalsPlaces,
    "slip": SlipPlaces,
}


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


def _read(path: Path) -> Envelope:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {key: _PARTS[key](**_frozen(tables[key])) for key in _PARTS}
    return Envelope(name=tables["name"], template=tables["template"], **parts)


def _frozen(table: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in table.items()}
