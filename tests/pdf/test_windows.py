"""Does arithmetic say of each envelope what makers and the design say its window shows?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.pdf.envelopes import envelope, envelope_names
from loyaldesk.pdf.windows import Box, Package, Window, folded, quiet_zone, safe_zone

DIN_LONG = Window((220.0, 110.0), left=20.0, bottom=15.0, width=90.0, height=45.0)
mm = st.floats(min_value=0, max_value=60, allow_nan=False)


@pytest.mark.parametrize(
    ("name", "safe", "quiet"),
    [
        ("din-5008-a", (20, 32, 100, 72), (10, 27, 110, 77)),
        ("din-5008-b", (20, 50, 100, 90), (10, 45, 110, 95)),
        ("uk-dl", (20, 57, 100, 81), (10, 46, 110, 92)),
        ("us-10", (22.2, 63.5, 111.1, 82.5), (0, 54, 136.5, 92.1)),
        ("us-9", (22.2, 57.2, 127, 82.5), (12.7, 54, 136.5, 85.7)),
        ("swiss-left", (20, 48, 101, 84), (1, 39, 120, 93)),
        ("swiss-right", (117, 48, 198, 84), (98, 39, 210, 93)),
        ("french", (100, 55, 190, 79), (90, 34, 200, 90)),
    ],
)
def test_window_shows_what_the_measures_say(name, safe, quiet):
    field = envelope(name).address
    assert field.safe == pytest.approx(safe, abs=0.06)
    assert field.quiet == pytest.approx(quiet, abs=0.06)


@pytest.mark.parametrize(
    ("name", "safe", "clear"),
    [
        ("din-5008-a", (50, 90), (45, 95)),
        ("din-5008-b", (50, 72), (27, 87)),
        ("uk-dl", (57, 81), (46, 92)),
        ("us-10", (57.2, 79.4), (50.8, 85.7)),
    ],
)
def test_return_window_shows_what_the_measures_say_of_the_slip(name, safe, clear):
    slip = envelope(name).slip
    assert (slip.safe.y0, slip.safe.y1) == pytest.approx(safe, abs=0.06)
    assert (slip.clear.y0, slip.clear.y1) == pytest.approx(clear, abs=0.06)


def test_a_short_address_panel_hangs_below_the_upper_edge_of_the_package():
    assert folded(210, 297, (87, 192)) == Package(210, -18, 87)
    assert folded(210, 297, (105, 210)) == Package(210, 0, 105)


@given(across=mm, down=mm)
def test_what_is_safe_shows_in_every_position_between_the_extremes(across, down):
    package = Package(220 - across, 0, 110 - down)
    low, high = DIN_LONG.shown(package)
    safe = safe_zone([(low, high)])
    quiet = quiet_zone([(low, high)], 500, 500)
    for part in (0.0, 0.25, 0.5, 1.0):
        seen = Box(*(a + (b - a) * part for a, b in zip(low, high, strict=True)))
        assert seen.x0 <= safe.x0 + 0.01
        assert seen.y0 <= safe.y0 + 0.01
        assert seen.x1 >= safe.x1 - 0.01
        assert seen.y1 >= safe.y1 - 0.01
        assert quiet.x1 >= seen.x1 - 0.01
        assert quiet.y1 >= seen.y1 - 0.01


@pytest.mark.parametrize("name", envelope_names())
def test_address_and_remit_to_are_no_wider_than_what_shows(name):
    places = envelope(name)
    field, slip = places.address, places.slip
    assert field.safe.x0 <= field.x
    assert field.x + field.width <= field.safe.x1 + 0.01
    assert slip.safe.x0 <= places.paper.left
    assert places.paper.left + slip.remit_width <= slip.safe.x1 + 0.01


@pytest.mark.parametrize("name", envelope_names())
def test_template_of_a_letter_leads_back_to_its_envelope(name):
    same = [each for each in envelope_names() if envelope(each).template == envelope(name).template]
    assert same == [name]
