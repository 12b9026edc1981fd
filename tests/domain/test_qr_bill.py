"""Does a Swiss QR-bill say what banks read, and is there none where they would refuse it?"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.money import Money
from loyaldesk.domain.qr_bill import (
    Party,
    creditor_reference,
    is_qr_iban,
    make_qr_bill,
    qr_reference,
    split_street,
)

IBAN, QR_IBAN = "CH93 0076 2011 6238 5295 7", "CH44 3199 9123 0008 8901 2"
CREDITOR = Party("Bergblick Optik AG", "Bahnhofstrasse", "12a", "8001", "Zürich", "CH")
DEBTOR = Party("Garage du Léman SA", "Rue du Lac", "7", "1003", "Lausanne", "CH")
FRANCS = Money.of("1949.75", "CHF")


def bill(**changes):
    known: dict[str, Any] = {
        "iban": IBAN,
        "creditor": CREDITOR,
        "amount": FRANCS,
        "number": "S-2026-00318",
        "message": "S-2026-00318 10391",
        "debtor": DEBTOR,
    }
    return make_qr_bill(**known | changes)


def test_every_line_of_the_code_is_where_banks_look_for_it():
    assert bill().payload.split("\n") == [
        "SPC", "0200", "1", "CH9300762011623852957",
        "S", "Bergblick Optik AG", "Bahnhofstrasse", "12a", "8001", "Zürich", "CH",
        "", "", "", "", "", "", "",
        "1949.75", "CHF",
        "S", "Garage du Léman SA", "Rue du Lac", "7", "1003", "Lausanne", "CH",
        "SCOR", creditor_reference("S202600318"), "S-2026-00318 10391", "EPD",
    ]  # fmt: skip


def test_a_qr_iban_takes_a_qr_reference():
    reference = bill(iban=QR_IBAN).reference
    assert (reference.kind, reference.text[:26]) == ("QRR", "202600318".zfill(26))
    assert reference.printed.startswith("00 00000 00000 00000 20260 03")
    assert reference.printed.replace(" ", "") == reference.text


def test_a_number_without_letters_and_digits_leaves_the_message_alone():
    assert bill(number="–").payload.split("\n")[27:30] == ["NON", "", "S-2026-00318 10391"]


def test_without_a_debtor_its_seven_lines_are_empty():
    assert bill(debtor=None).payload.split("\n")[20:27] == [""] * 7


@pytest.mark.parametrize("unreadable", [{"name": "Ωμέγα ΑΕ"}, {"postcode": ""}, {"town": "x" * 36}])
def test_a_debtor_whom_banks_cannot_read_is_left_out(unreadable):
    assert bill(debtor=replace(DEBTOR, **unreadable)).debtor is None


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": Money(0, "CHF")},
        {"amount": Money(-5, "CHF")},
        {"amount": Money(100_000_000_000, "CHF")},
        {"amount": Money(500, "USD")},
        {"amount": Money(500, "EUR"), "iban": QR_IBAN},
        {"iban": "DE05200999990004711000"},
        {"iban": ""},
        {"creditor": replace(CREDITOR, town="")},
        {"creditor": replace(CREDITOR, country="")},
        {"creditor": replace(CREDITOR, name="Оптика")},
    ],
)
def test_there_is_no_bill_where_banks_would_refuse_it(changes):
    assert bill(**changes) is None


def test_euro_go_to_an_ordinary_account_with_a_creditor_reference():
    euro = bill(amount=Money.of("12.50", "EUR"))
    assert (euro.reference.kind, euro.payload.split("\n")[18:20]) == ("SCOR", ["12.50", "EUR"])


@given(
    minor=st.integers(1, 99_999_999_999),
    name=st.text(max_size=90),
    street=st.text(max_size=90),
    message=st.text(max_size=300),
)
def test_no_text_adds_a_line_or_makes_an_address_of_the_old_kind(minor, name, street, message):
    made = bill(
        amount=Money(minor, "CHF"),
        debtor=replace(DEBTOR, name=name, street=street),
        message=message,
    )
    lines = made.payload.split("\n")
    assert len(lines) == 31
    assert made.payload.splitlines() == lines
    assert lines[4] == "S"
    assert lines[20] in {"S", ""}
    assert Money.of(lines[18], "CHF").minor == minor
    assert len(made.payload.encode()) <= 997


def test_known_references_have_their_check_digits():
    assert qr_reference("21000000000313947143000901") == "210000000003139471430009017"
    assert creditor_reference("539007547034") == "RF18539007547034"


@given(digits=st.text("0123456789", max_size=26), place=st.integers(0, 25), to=st.integers(1, 9))
def test_one_wrong_digit_of_a_qr_reference_is_noticed(digits, place, to):
    whole = qr_reference(digits)
    wrong = str((int(whole[place]) + to) % 10)
    changed = f"{whole[:place]}{wrong}{whole[place + 1 : 26]}"
    assert qr_reference(changed)[26] != whole[26]


@given(
    text=st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21),
)
def test_a_creditor_reference_leaves_one_after_ninety_seven(text):
    reference = creditor_reference(text)
    turned = "".join(str(int(sign, 36)) for sign in reference[4:] + reference[:4])
    assert int(turned) % 97 == 1
    assert len(reference) <= 25


@pytest.mark.parametrize(
    ("iban", "expected"),
    [("CH4431999123000889012", True), ("CH9300762011623852957", False), ("LI21", False)],
)
def test_a_qr_iban_is_known_by_its_institute(iban, expected):
    assert is_qr_iban(iban) is expected


@pytest.mark.parametrize(
    ("street", "parts"),
    [
        ("Bahnhofstrasse 12a", ("Bahnhofstrasse", "12a")),
        ("Rue du Lac 7", ("Rue du Lac", "7")),
        ("Im Feld 3-5", ("Im Feld", "3-5")),
        ("12, rue de Rive", ("12, rue de Rive", "")),
        ("Postfach", ("Postfach", "")),
        ("", ("", "")),
    ],
)
def test_the_house_number_is_told_from_the_street_where_it_stands_last(street, parts):
    assert split_street(street) == parts
