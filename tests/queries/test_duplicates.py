"""Whether a customer who is here twice is found, whichever way it was typed."""

import pytest

from loyaldesk.domain.duplicates import Identity, Shared
from loyaldesk.operations.merging import merge_customers
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.duplicates import find_candidates, find_merged, list_merged, list_pairs
from tests.support.factories import do, make_customer

HERE = {
    "name": "Müller & Söhne GmbH", "phone": "+49 40 123456-0", "email": "info@mueller.example",
    "tax_id": "DE123456789",
}  # fmt: skip


@pytest.fixture
def here(store):
    return make_customer(store, **HERE)


@pytest.mark.parametrize(
    "typed",
    [
        Identity("Mueller u. Soehne"),
        Identity("MÜLLER & SÖHNE KG"),
        Identity("X", trading_name="Müller Söhne"),
        Identity("X", phone="040/1234560"),
        Identity("X", email="Info@Mueller.example"),
        Identity("X", tax_id="de 123 456 789"),
    ],
    ids=lambda identity: str(identity.name + identity.phone + identity.email + identity.tax_id),
)
def test_the_one_who_is_here_is_found_while_it_is_typed(reader, here, typed):
    (found,) = find_candidates(reader, identity=typed)

    assert found.id == here
    assert found.shared


@pytest.mark.parametrize("name", ["Schmidt", "GmbH", "", "&", '"', "a*"])
def test_nobody_is_found_for_somebody_new(reader, here, name):
    assert find_candidates(reader, identity=Identity(name)) == []


def test_a_customer_is_no_duplicate_of_itself(reader, here):
    assert find_candidates(reader, identity=Identity(HERE["name"]), but=here) == []


def test_the_likeliest_comes_first(store, reader, here):
    both = make_customer(store, "Müller Söhne", phone="040 1234560", email="info@mueller.example")

    typed = Identity("Müller & Söhne", phone="040 1234560", email="info@mueller.example")
    assert [c.id for c in find_candidates(reader, identity=typed)] == [here, both]
    assert [c.id for c in find_candidates(reader, identity=typed, most=1)] == [here]


def test_pairs_are_listed_once_the_likeliest_first(store, reader, here):
    other = make_customer(store, "Mueller und Soehne")
    third = make_customer(store, "Dritte", tax_id="DE 123456789", phone="040 1234560")

    pairs = list_pairs(reader)

    assert [(p.first.id, p.second.id) for p in pairs] == [(here, third), (here, other)]
    assert pairs[0].first.shared == (Shared.TAX_ID, Shared.PHONE)


def test_only_pairs_with_a_new_customer_are_listed_after_an_import(store, reader, here):
    make_customer(store, "Mueller und Soehne")
    first = make_customer(store, "Schmidt", phone="030 7654321 0")
    new = make_customer(store, "Schmidt KG")

    assert [(p.first.id, p.second.id) for p in list_pairs(reader, among=[new])] == [(first, new)]


def test_what_many_share_is_no_sign(store, reader):
    for number in range(20):
        make_customer(store, f"Shop {number} unlike", email="office@chain.example")

    assert list_pairs(reader) == []


def test_a_merged_number_leads_to_the_one_that_was_kept(store, reader, here):
    gone = make_customer(store, "Mueller und Soehne", number="M-7")
    assert find_merged(reader, number="M-7") is None

    do(store, merge_customers, kept_id=here, gone_id=gone)

    assert find_merged(reader, number="M-7") == here == find_customer(reader, number="M-7")
    assert [merged.gone_number for merged in list_merged(reader)] == ["M-7"]
    assert list_merged(reader, customer_id=999) == []
