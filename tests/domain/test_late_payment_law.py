"""Is a law named only where both sides live under it?"""

import pytest

from loyaldesk.domain.late_payment_law import law_between
from loyaldesk.domain.money import Money

GERMAN = {"home": "DE", "abroad": "", "language": "de", "is_business": True}


@pytest.mark.parametrize(
    "change",
    [
        {"abroad": "FR"}, {"language": "en"}, {"is_business": False}, {"home": "US"},
        {"home": "", "abroad": "DE"},
    ],
)  # fmt: skip
def test_abroad_to_consumers_and_in_other_languages_no_law_is_named(change):
    assert law_between(**(GERMAN | change)) is None


def test_law_of_the_country_is_named_at_home_to_businesses():
    assert law_between(**GERMAN).interest == "§\u00a0288 Abs.\u00a02 BGB"
    assert law_between(**(GERMAN | {"abroad": "DE"})) == law_between(**GERMAN)


@pytest.mark.parametrize(("minor", "is_named"), [(40_00, True), (39_99, False), (5_00, False)])
def test_law_of_the_fee_is_named_only_for_its_flat_sum(minor, is_named):
    assert bool(law_between(**GERMAN).fee_for(Money(minor, "EUR"))) == is_named
