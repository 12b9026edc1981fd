"""Whether two customers that are one are found alike, and two that are not are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.duplicates import LIKELY, Identity, Shared, core_name, likeness

MUELLER = Identity(
    "Müller & Söhne GmbH", town="Hamburg", country="DE", phone="+49 40 123456-0",
    email="info@mueller.example", tax_id="DE 123 456 789",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Müller & Söhne GmbH", "mueller soehne"),
        ("MUELLER UND SOEHNE", "mueller soehne"),
        ("The Acme Company, Inc.", "acme"),
        ("Holding AG", "holding ag"),
        ("A. B. 3 Ltd", "3"),
        ("", ""),
    ],
)
def test_a_name_is_known_by_what_is_not_a_form_of_law(name, core):
    assert core_name(name) == core


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        (Identity("Nobody", tax_id="de123456789"), Shared.TAX_ID),
        (Identity("Nobody", email="INFO@mueller.example"), Shared.EMAIL),
        (Identity("Nobody", phone="040 / 12 34 56 0"), Shared.PHONE),
        (Identity("Mueller und Soehne"), Shared.NAME),
        (Identity("Anton", trading_name="Müller Söhne KG"), Shared.NAME),
    ],
)
def test_one_strong_sign_is_worth_a_look(other, shared):
    found = likeness(MUELLER, other)

    assert shared in found.shared
    assert found.score >= LIKELY


@pytest.mark.parametrize(
    "other",
    [
        Identity("Schmidt KG", town="Hamburg", country="DE"),
        Identity("Nobody", phone="123456-0"),
        Identity("", town="", phone="", email="", tax_id=""),
        Identity("Schmidt & Söhne GmbH", town="Bremen"),
    ],
)
def test_a_place_or_a_word_alone_is_not(other):
    assert likeness(MUELLER, other).score < LIKELY


def test_what_few_share_by_chance_counts_for_more():
    weights = [each.value for each in (Shared.TAX_ID, Shared.EMAIL, Shared.PHONE, Shared.TOWN)]
    assert weights == sorted(weights, reverse=True)


texts = st.text(max_size=30)
identities = st.builds(Identity, texts, texts, texts, texts, texts, texts, texts)


@given(identities, identities)
def test_likeness_is_the_same_from_both_sides(one, other):
    assert likeness(one, other) == likeness(other, one)


@given(identities)
def test_a_customer_with_a_name_is_like_itself(one):
    if core_name(one.name):
        assert likeness(one, one).score >= LIKELY
