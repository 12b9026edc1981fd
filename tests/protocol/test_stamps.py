"""When was an edit made by the hub's clock, whatever clock the desk had?"""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from loyaldesk.protocol.stamps import Stamp, as_kept, corrected, instant_text

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "offset_ms", "expected"),
    [
        ("2026-03-02 09:00:00.000000", None, "2026-03-02 09:00:00.000000"),
        ("2026-03-02T09:00:00.120Z", 0, "2026-03-02 09:00:00.120000"),
        ("2026-03-02T11:00:00+02:00", 0, "2026-03-02 09:00:00.000000"),
        ("2026-03-02T09:00:00Z", 60_000, "2026-03-02 08:59:00.000000"),
        ("2026-03-02T09:00:00Z", -60_000, "2026-03-02 09:01:00.000000"),
    ],
)
def test_an_edit_is_as_old_as_the_hubs_clock_says(said, offset_ms, expected):
    assert corrected(said, offset_ms, NOW) == expected


def test_no_edit_is_made_after_it_arrived():
    assert corrected("2031-01-01T00:00:00Z", 0, NOW) == instant_text(NOW)


def test_an_instant_is_written_in_utc_whatever_its_zone():
    paris = NOW.astimezone(timezone(timedelta(hours=1)))

    assert instant_text(paris) == instant_text(NOW) == "2026-03-02 12:00:00.000000"


def test_edits_of_one_instant_are_told_apart_by_their_uuid():
    assert Stamp("1", "a", "z", "z") < Stamp("1", "b", "a", "a") < Stamp("2", "a", "a", "a")


def test_an_instant_of_the_hub_travels_with_its_zone():
    assert as_kept(instant_text(NOW)) == as_kept("2026-03-02T13:00:00+01:00")
    assert as_kept(instant_text(NOW)) == "2026-03-02T12:00:00.000Z"
