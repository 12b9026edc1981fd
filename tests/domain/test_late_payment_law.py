"""Is a law named only where both sides live under it?"""

from __future__ import annotations

import pytest

from loyaldesk.domain.late_payment_law import LatePaymentLaw, law_between
from loyaldesk.domain.money import Money


def law(
    *, home: str = "DE", abroad: str = "", language: str = "de", is_business: bool = True
) -> LatePaymentLaw | None:
    return law_between(home=home, abroad=abroad, language=language, is_business=is_business)


def test_abroad_to_consumers_and_in_other_languages_no_law_is_named():
    assert law(abroad="FR") is None
    assert law(language="en") is None
    assert law(is_business=False) is None
    assert law(home="US", language="en") is None
    assert law(home="", abroad="DE") is None


def test_law_of_the_country_is_named_at_home_to_businesses():
    found = law(abroad="DE")
    assert found is not None
    assert found == law()
    assert found.interest == "§\u00a0288 Abs.\u00a02 BGB"


@pytest.mark.parametrize(("minor", "is_named"), [(40_00, True), (39_99, False), (5_00, False)])
def test_law_of_the_fee_is_named_only_for_its_flat_sum(minor, is_named):
    found = law()
    assert found is not None
    assert bool(found.fee_for(Money(minor, "EUR"))) == is_named
