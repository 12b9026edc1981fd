"""Can every text be read and every edge be seen, in both schemes?"""

import itertools

import pytest
from PySide6.QtGui import QColor, QPalette

from loyaldesk.ui.widgets.contrast import contrast_ratio, mix
from loyaldesk.ui.widgets.palettes import field_palette_for, palette_for
from loyaldesk.ui.widgets.tokens import Contrast, Scheme, Tokens, Tone, tokens_for

TEXT_ON = {
    "text": "base window raised hover sunken mark warn_soft bad_soft ok_soft accent_soft",
    "text2": "base window raised hover sunken neutral_soft sel",
    "text3": "base window raised hover",
    "sel_text": "sel",
    "accent_text": "accent accent_ink",
    "accent_ink": "base window raised accent_soft sel",
    "demo_text": "demo",
    "ok": "base window ok_soft sel",
    "warn": "base window warn_soft sel",
    "bad": "base window bad_soft sel",
    "info": "base window accent_soft",
    "violet": "base violet_soft",
    "teal": "base teal_soft",
    "base": "text ok",
}
EDGE_ON = {
    "line2": "base window sunken",
    "accent": "base window raised sel",
    "bad": "bad_soft base",
    "a0": "base window",
    "a1": "base window",
    "a2": "base window",
    "a3": "base window",
    "a4": "base window",
}
# From the design: a few of its printed ratios, so that no colour drifts unseen.
PRINTED = [
    ("text", "base", 16.7, 13.9),
    ("text2", "window", 6.2, 8.8),
    ("text3", "hover", 4.8, 5.6),
    ("text2", "sel", 5.5, 5.5),
    ("accent_text", "accent", 6.7, 5.5),
    ("bad", "bad_soft", 5.8, 6.3),
    ("line2", "window", 3.3, 4.4),
    ("accent", "sel", 5.4, 3.2),
    ("a1", "window", 3.3, 7.9),
]


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(ink, ground) for ink, grounds in table.items() for ground in grounds.split()]


def ratio(tokens: Tokens, ink: str, ground: str) -> float:
    return contrast_ratio(getattr(tokens, ink), getattr(tokens, ground))


def test_black_on_white_is_twenty_one_to_one():
    assert contrast_ratio(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("scheme", Scheme)
def test_every_text_reaches_four_and_a_half_to_one(scheme):
    tokens = tokens_for(scheme)
    too_near = {pair: ratio(tokens, *pair) for pair in pairs(TEXT_ON)}
    assert {pair: found for pair, found in too_near.items() if found < 4.5} == {}


@pytest.mark.parametrize("scheme", Scheme)
def test_every_edge_reaches_three_to_one(scheme):
    tokens = tokens_for(scheme)
    too_near = {pair: ratio(tokens, *pair) for pair in pairs(EDGE_ON)}
    assert {pair: found for pair, found in too_near.items() if found < 3.0} == {}


@pytest.mark.parametrize(("ink", "ground", "light", "dark"), PRINTED)
def test_ratios_are_those_of_the_design(ink, ground, light, dark):
    assert ratio(tokens_for(Scheme.LIGHT), ink, ground) == pytest.approx(light, abs=0.06)
    assert ratio(tokens_for(Scheme.DARK), ink, ground) == pytest.approx(dark, abs=0.06)


@pytest.mark.parametrize(("scheme", "tone"), list(itertools.product(Scheme, Tone)))
def test_every_meaning_can_be_read_on_a_selected_row(scheme, tone):
    tokens = tokens_for(scheme)
    if tone not in {Tone.ON_ACCENT, Tone.VIOLET, Tone.TEAL}:
        assert contrast_ratio(tokens.ink_on_selection(tone), tokens.sel) >= 4.5


@pytest.mark.parametrize(("scheme", "tone"), list(itertools.product(Scheme, Tone)))
def test_every_chip_can_be_read_on_its_soft_ground(scheme, tone):
    tokens = tokens_for(scheme)
    if tone not in {Tone.ON_ACCENT, Tone.MUTED}:
        assert contrast_ratio(tokens.ink(tone), tokens.soft(tone)) >= 4.5


def test_a_readable_system_accent_is_taken_with_its_selection_mixed_from_it():
    green = QColor("#0a6b2d")
    tokens = tokens_for(Scheme.LIGHT, accent=green)
    assert tokens.accent == green
    assert tokens.sel == mix(green, tokens.base, 0.14)


def test_a_pale_system_accent_is_left():
    assert tokens_for(Scheme.LIGHT, accent=QColor("#ffe97a")) == tokens_for(Scheme.LIGHT)


def test_high_contrast_takes_the_systems_own_colours():
    system = QPalette(QColor("black"), QColor("black"))
    system.setColor(QPalette.ColorRole.WindowText, QColor("yellow"))
    system.setColor(QPalette.ColorRole.Base, QColor("black"))
    tokens = tokens_for(Scheme.DARK, Contrast.HIGH, system=system)
    assert tokens.text == tokens.line == QColor("yellow")
    assert tokens.bad_soft == tokens.base == QColor("black")


def test_palette_gives_each_role_its_token():
    tokens = tokens_for(Scheme.DARK)
    palette = palette_for(tokens)
    assert palette.color(QPalette.ColorRole.Base) == tokens.base
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == tokens.text3
    assert palette.color(QPalette.ColorRole.PlaceholderText) == tokens.text3


def test_selected_letters_in_a_field_are_plainer_than_a_selected_row():
    tokens = tokens_for(Scheme.LIGHT)
    assert field_palette_for(tokens).color(QPalette.ColorRole.Highlight) == tokens.accent
    assert palette_for(tokens).color(QPalette.ColorRole.Highlight) == tokens.sel
