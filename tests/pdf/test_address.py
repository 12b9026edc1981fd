"""Does the address show in the window, and nothing else, however the sheet slides?"""

from dataclasses import replace

import pytest

from loyaldesk.domain.letter import Recipient
from loyaldesk.errors import Refused
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.address import InfoRow, place_address, place_info
from loyaldesk.pdf.envelopes import envelope, envelope_names
from tests.pdf.ack_letters import (
    KESTREL,
    blue_heron,
    kestrel,
    kuestenkontor,
    make_frame,
    make_letter,
)
from tests.pdf.reading import lines_of

LONG = Recipient(
    name="Versandgesellschaft für maritime Ausrüstungsgegenstände Nordfriesland mbH & Co. KG",
    lines=("Hafenstraße 1", "25813 Husum"),
)


def overlaps(line, box):
    left, top, right, bottom = box
    return line.right > left and line.left < right and line.bottom > top and line.top < bottom


@pytest.mark.parametrize("make", [kestrel, kuestenkontor, blue_heron])
def test_the_whole_address_is_in_the_safe_zone(make):
    letter = make()
    field = envelope(letter.frame.envelope).address
    expected = place_address(letter.frame.recipient, field)
    left, top, right, bottom = field.safe
    found = [line for line in lines_of(draw_acknowledgement(letter)) if line.text in expected]
    found = found[: len(expected)]  # the delivery address may repeat the name further down
    assert [line.text for line in found] == expected
    for line in found:
        assert left <= line.left <= line.right <= right
        assert top <= line.top <= line.bottom <= bottom


@pytest.mark.parametrize("name", envelope_names())
def test_an_address_as_large_as_allowed_is_in_the_safe_zone(name):
    field = envelope(name).address
    recipient = Recipient("Ågéy " * 7, lines=tuple("Q" * 9 for _ in range(field.lines - 1)))
    frame = make_frame(envelope=name, recipient=recipient)
    pdf = draw_acknowledgement(make_letter(frame=frame))
    expected = set(place_address(recipient, field))
    for line in [line for line in lines_of(pdf) if line.text in expected]:
        assert field.safe[1] <= line.top
        assert line.bottom <= field.safe[3]


@pytest.mark.parametrize("name", envelope_names())
def test_nothing_but_address_and_return_line_is_in_the_quiet_zone(name):
    short = replace(KESTREL, lines=("Am Kranspeicher 14", "18055 Rostock"))
    field = envelope(name).address
    pdf = draw_acknowledgement(make_letter(frame=make_frame(envelope=name, recipient=short)))
    inside = [line.text for line in lines_of(pdf) if overlaps(line, field.quiet)]
    expected = place_address(short, field)
    if field.return_baseline:
        expected = ["Nordlicht Handels GmbH · Nordlichtkai 12 · 20457 Hamburg", *expected]
    assert inside == expected


def test_a_line_too_wide_for_the_window_wraps_at_a_word():
    assert place_address(LONG, envelope("din-5008-b").address)[:2] == [
        "Versandgesellschaft für maritime",
        "Ausrüstungsgegenstände Nordfriesland",
    ]


def test_too_many_lines_stop_the_letter():
    with pytest.raises(Refused, match=r"takes 5 lines, but the window of the envelope shows 4"):
        draw_acknowledgement(make_letter(frame=make_frame(envelope="us-10")))


def test_american_windows_have_capitals_and_attention():
    lines = place_address(blue_heron().frame.recipient, envelope("us-10").address)
    assert lines[1] == "ATTN CAROLYN DUBOIS, PURCHASING"


def test_the_country_stands_last_in_capitals():
    abroad = replace(KESTREL, country="United Kingdom")
    assert place_address(abroad, envelope("din-5008-b").address)[-1] == "UNITED KINGDOM"


def test_an_unknown_envelope_is_refused_and_the_known_ones_named():
    with pytest.raises(Refused, match="din-5008-b, french, swiss-left"):
        envelope("c5")


def info(*rows):
    return place_info([InfoRow(*row) for row in rows], envelope("din-5008-b"))


def test_a_reference_without_value_takes_no_row():
    assert info(("Our order", "4711"), ("Your order", "")) == info(("Our order", "4711"))


def test_a_long_reference_wraps_to_a_second_row_without_label():
    lines = info(("Your order", "2026/0317-KM-Nachtrag vom\u00a013.03.2026"))
    assert [(line.label, line.value) for line in lines] == [
        ("Your order", "2026/0317-KM-Nachtrag"),
        ("", "vom\u00a013.03.2026"),
    ]


def test_an_e_mail_address_shrinks_first_and_breaks_at_its_sign():
    (shrunk,) = info(("E-mail", "friederike.c@nordlicht.example"))
    assert shrunk.style.size == 7.5
    broken = info(("E-mail", "friederike.carstens@nordlicht-handel.example"))
    assert [line.value for line in broken] == ["friederike.carstens", "@nordlicht-handel.example"]


def test_optional_references_give_way_when_there_are_too_many():
    rows = [(f"Row {i}", str(i), False, i in {3, 8}) for i in range(12)]
    assert [line.value for line in info(*rows)] == [str(i) for i in range(12) if i not in {3, 8}]


def test_too_many_needed_references_stop_the_letter():
    with pytest.raises(Refused, match="take 11 lines"):
        info(*[(f"Row {i}", str(i)) for i in range(11)])
