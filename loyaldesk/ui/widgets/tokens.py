"""Which colours does LoyalDesk paint with? The one place that holds a hex value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import Enum

from PySide6.QtGui import QColor, QPalette

from loyaldesk.ui.widgets.contrast import contrast_ratio, mix

__all__ = ["Contrast", "Scheme", "Tokens", "Tone", "tokens_for"]


class Scheme(Enum):
    """Dark ink on light paper, or the other way round."""

    LIGHT = "light"
    DARK = "dark"


class Contrast(Enum):
    """Whether the system asks for its own high-contrast colours."""

    NORMAL = "normal"
    HIGH = "high"


class Tone(Enum):
    """What a piece of text, an icon or a chip means; the colour follows from it."""

    # Members are looked up thousands of times a frame; Enum's own hash is written in Python.
    __hash__ = object.__hash__

    TEXT = "text"
    SECONDARY = "text2"
    MUTED = "text3"
    ACCENT = "accent_ink"
    ON_ACCENT = "accent_text"
    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    NEUTRAL = "neutral"
    VIOLET = "violet"
    TEAL = "teal"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every colour by its use; `ink` and `soft` look one up by meaning."""

    window: QColor
    base: QColor
    raised: QColor
    sunken: QColor
    stripe: QColor
    hover: QColor
    line: QColor
    line2: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    accent_text: QColor
    accent_ink: QColor
    accent_soft: QColor
    sel: QColor
    sel_text: QColor
    mark: QColor
    demo: QColor
    demo_text: QColor
    ok: QColor
    ok_soft: QColor
    warn: QColor
    warn_soft: QColor
    bad: QColor
    bad_soft: QColor
    info: QColor
    neutral_soft: QColor
    violet: QColor
    violet_soft: QColor
    teal: QColor
    teal_soft: QColor
    a0: QColor
    a1: QColor
    a2: QColor
    a3: QColor
    a4: QColor
    scheme: Scheme
    contrast: Contrast

    @property
    def is_dark(self) -> bool:
        """Whether light ink stands on dark paper."""
        return self.scheme is Scheme.DARK

    @property
    def is_high_contrast(self) -> bool:
        """Whether soft grounds are replaced by borders in the meaning colour."""
        return self.contrast is Contrast.HIGH

    @property
    def ageing(self) -> tuple[QColor, QColor, QColor, QColor, QColor]:
        """The five ageing colours, not due first, over 90 days last."""
        return self.a0, self.a1, self.a2, self.a3, self.a4

    def ink(self, tone: Tone) -> QColor:
        """Return the text and icon colour of a meaning."""
        colour: QColor = getattr(self, _INK.get(tone, tone.value))
        return colour

    def ink_on_selection(self, tone: Tone) -> QColor:
        """Return the text colour of a meaning on a selected row, always readable there."""
        return self.ink(_ON_SELECTION.get(tone, tone)) if tone is not Tone.TEXT else self.sel_text

    def soft(self, tone: Tone) -> QColor:
        """Return the soft ground that belongs to a meaning."""
        colour: QColor = getattr(self, _SOFT.get(tone, "neutral_soft"))
        return colour


_INK = {Tone.NEUTRAL: "text2"}
_ON_SELECTION = {Tone.MUTED: Tone.SECONDARY, Tone.INFO: Tone.ACCENT}
_SOFT = {
    Tone.OK: "ok_soft",
    Tone.WARN: "warn_soft",
    Tone.BAD: "bad_soft",
    Tone.INFO: "accent_soft",
    Tone.ACCENT: "accent_soft",
    Tone.VIOLET: "violet_soft",
    Tone.TEAL: "teal_soft",
}

# token: light, dark
_COLOURS = {
    "window": ("#F4F3EF", "#17181B"),
    "base": ("#FFFFFF", "#1E2024"),
    "raised": ("#FFFFFF", "#26292E"),
    "sunken": ("#EDEBE5", "#131417"),
    "stripe": ("#FAF9F6", "#212328"),
    "hover": ("#F3F1EB", "#272A30"),
    "line": ("#E3E0D8", "#32353C"),
    "line2": ("#8A867B", "#7A7F8A"),
    "text": ("#1C1E22", "#ECEDEF"),
    "text2": ("#565A63", "#B3B7BF"),
    "text3": ("#666A72", "#9CA1AB"),
    "accent": ("#2C54BE", "#5B86F0"),
    "accent_text": ("#FFFFFF", "#0B1020"),
    "accent_ink": ("#2448A8", "#9DB8FF"),
    "accent_soft": ("#E8EDFA", "#242F4B"),
    "sel": ("#DEE6F8", "#2C3B63"),
    "sel_text": ("#14264F", "#EFF3FF"),
    "mark": ("#FFE9A8", "#5C4A12"),
    "demo": ("#FFD67A", "#6B4A00"),
    "demo_text": ("#3D2A00", "#FFE7B5"),
    "ok": ("#1B6B45", "#6CCB98"),
    "ok_soft": ("#E3F1E9", "#1D3529"),
    "warn": ("#7D4E00", "#E9B657"),
    "warn_soft": ("#FBEFD3", "#3A2F17"),
    "bad": ("#AC241D", "#FF8F85"),
    "bad_soft": ("#FBE7E4", "#432321"),
    "info": ("#2448A8", "#9DB8FF"),
    "neutral_soft": ("#EDEBE5", "#2B2E34"),
    "violet": ("#6A3FA0", "#C4A5F2"),
    "violet_soft": ("#EFE8F8", "#342A47"),
    "teal": ("#0E6470", "#72CBD6"),
    "teal_soft": ("#DFF0F1", "#1A3539"),
    "a0": ("#7C8797", "#8F99A8"),
    "a1": ("#B07C1E", "#D9A441"),
    "a2": ("#C4571B", "#E8834A"),
    "a3": ("#AC241D", "#F0665B"),
    "a4": ("#6E1410", "#FFB3AC"),
}
_SEL_SHARE = {Scheme.LIGHT: 0.14, Scheme.DARK: 0.28}


def tokens_for(
    scheme: Scheme,
    contrast: Contrast = Contrast.NORMAL,
    *,
    accent: QColor | None = None,
    system: QPalette | None = None,
) -> Tokens:
    """Return the colours of a scheme.

    `accent` is the system's accent if the user wants it; it is taken only where it stays readable.
    `system` is the palette that high contrast takes its colours from.
    """
    if contrast is Contrast.HIGH and system is not None:
        return _system_tokens(scheme, system)
    column = 0 if scheme is Scheme.LIGHT else 1
    colours = {name: QColor(pair[column]) for name, pair in _COLOURS.items()}
    ours = Tokens(**colours, scheme=scheme, contrast=contrast)
    return ours if accent is None else _with_accent(ours, accent)


def _with_accent(ours: Tokens, accent: QColor) -> Tokens:
    grounds_far_enough = min(contrast_ratio(accent, ours.base), contrast_ratio(accent, ours.window))
    inks = (QColor(pair) for pair in _COLOURS["accent_text"])
    ink = max(inks, key=lambda colour: contrast_ratio(colour, accent))
    if grounds_far_enough < 3.0 or contrast_ratio(ink, accent) < 4.5:
        return ours
    ground = mix(accent, ours.base, _SEL_SHARE[ours.scheme])
    return replace(ours, accent=accent, accent_text=ink, sel=ground, accent_soft=ground)


def _system_tokens(scheme: Scheme, system: QPalette) -> Tokens:
    text, base = system.color(QPalette.ColorRole.WindowText), system.color(QPalette.ColorRole.Base)
    grounds = {
        "window": system.color(QPalette.ColorRole.Window),
        "sel": system.color(QPalette.ColorRole.Highlight),
        "sel_text": system.color(QPalette.ColorRole.HighlightedText),
        "accent": system.color(QPalette.ColorRole.Highlight),
        "accent_text": system.color(QPalette.ColorRole.HighlightedText),
        "accent_ink": system.color(QPalette.ColorRole.Link),
    }
    papers = {"base", "raised", "sunken", "stripe", "hover", "mark", "demo"}
    colours = {
        field.name: grounds.get(
            field.name, base if field.name in papers or field.name.endswith("_soft") else text
        )
        for field in fields(Tokens)
        if field.name not in {"scheme", "contrast"}
    }
    return Tokens(**colours, scheme=scheme, contrast=Contrast.HIGH)
