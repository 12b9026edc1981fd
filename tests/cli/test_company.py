"""Can the company be typed in without a window, so that letters are no drafts?"""

import json

import pytest

from tests.pdf.reading import text_of

NAMED = ("company", "set", "--name", "Nordlicht GmbH")


def test_without_a_company_it_says_that_letters_are_drafts(loyaldesk):
    assert "DRAFT" in loyaldesk("company", "show").out


def test_what_is_typed_in_is_kept_and_shown(loyaldesk):
    loyaldesk(
        *NAMED, "--address", "Kai 12", "--address", "20457 Hamburg", "--country", "DE",
        "--bank", "Hansebank", "--iban", "DE89370400440532013000",
    )  # fmt: skip
    shown = loyaldesk("company", "show")
    assert "address     Kai 12; 20457 Hamburg" in shown.out
    assert "iban        DE89370400440532013000" in shown.out


def test_the_address_in_parts_is_kept_for_swiss_qr_bills(loyaldesk):
    parts = ("--street", "Seeweg", "--house-no", "7", "--postcode", "8001", "--town", "Zürich")
    loyaldesk(*NAMED, "--country", "CH", *parts)
    company = json.loads(loyaldesk("company", "show", "--json").out)
    fields = ("street", "house_number", "postcode", "town")
    assert [company[field] for field in fields] == ["Seeweg", "7", "8001", "Zürich"]


def test_what_is_not_given_stays(loyaldesk):
    loyaldesk(*NAMED, "--phone", "040 1", "--iban", "DE89370400440532013000")
    loyaldesk("company", "set", "--bank", "Hansebank", "--phone", "040 2")
    company = json.loads(loyaldesk("company", "show", "--json").out)
    assert (company["name"], company["phone"]) == ("Nordlicht GmbH", "040 2")
    assert company["bank"]["name"] == "Hansebank"
    assert company["bank"]["iban"] == "DE89370400440532013000"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--country", "Germany"), "Two letters"),
        (("--country", "XX"), "No country has the code “XX”"),
        (("--iban", "DE00370400440532013000"), "not a valid IBAN"),
        (("--accent", "FFFFEE"), "too pale"),
        (("--email", "nobody"), "name@company.com"),
        (("--name", " "), "need a name"),
    ],
)
def test_what_letters_could_not_use_is_refused_and_nothing_kept(loyaldesk, wrong, said):
    ended = loyaldesk(*NAMED, *wrong)
    assert ended.code == 1
    assert said in ended.err
    assert "DRAFT" in loyaldesk("company", "show").out


def test_a_letter_from_a_company_that_was_typed_in_is_no_draft(loyaldesk, tmp_path):
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    loyaldesk("statement", "10042", "--out", before)
    loyaldesk(*NAMED, "--address", "Kai 12", "--country", "DE")
    loyaldesk("statement", "10042", "--out", after)
    assert "DRAFT" in text_of(before.read_bytes())
    assert "DRAFT" not in text_of(after.read_bytes())
    assert "Nordlicht GmbH" in text_of(after.read_bytes())
