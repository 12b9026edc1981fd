"""Can customers be changed and notes be written without a window?"""

import io
import json

import pytest


def shown(loyaldesk):
    return json.dumps(json.loads(loyaldesk("customer", "show", "10042", "--json").out))


def test_fields_of_a_customer_are_changed(loyaldesk):
    ended = loyaldesk(
        "edit", "customer", "10042", "phone=+44 20 1", "terms_days=21", "is_key_account=yes"
    )
    assert (ended.code, ended.out) == (0, "Customer 10042 is changed.\n")
    told = shown(loyaldesk)
    assert '"phone": "+44 20 1"' in told
    assert '"terms_days": 21' in told


def test_an_empty_value_empties_a_field(loyaldesk):
    assert loyaldesk("edit", "customer", "10042", "phone=").code == 0
    assert '"phone": ""' in shown(loyaldesk)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("phone", "not understood"),
        ("shoe_size=42", "not understood"),
        ("id=7", "not understood"),
        ("terms_days=soon", "a whole number"),
        ("is_key_account=perhaps", "yes or no"),
        ("email=nonsense", "e-mail address"),
        ("parent_id=99999", "no customer with the number"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_changed(loyaldesk, word, told):
    before = shown(loyaldesk)
    ended = loyaldesk("edit", "customer", "10042", "phone=+44 7", word)
    assert ended.code == 1
    assert told in ended.err.lower()
    assert shown(loyaldesk) == before


def test_a_customer_that_is_not_there(loyaldesk):
    assert "no customer with the number" in loyaldesk("edit", "customer", "4711", "phone=1").err
    assert "no customer with the number" in loyaldesk("note", "4711", "Hello").err


def test_a_note_is_written_to_the_timeline(loyaldesk):
    assert loyaldesk("note", "10042", "Called: wants plums").code == 0
    assert "Called: wants plums" in shown(loyaldesk)


def test_a_long_note_comes_from_standard_input(loyaldesk, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("First line\nand a second one"))
    assert loyaldesk("note", "10042", "-").code == 0
    assert "and a second one" in shown(loyaldesk)


def test_an_empty_note_is_refused(loyaldesk):
    assert loyaldesk("note", "10042", "  ").code == 1
