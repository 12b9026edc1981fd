"""Whether the pay code asks a bank for exactly the amount, and appears only where it may."""

import pytest
import zxingcpp
from PIL import Image

from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused
from loyaldesk.pdf.paycode import checked_iban, make_pay_code

IBAN = "DE05 2009 9999 0004 7110 00"
SCALE = 4
QUIET = 4


def code_for(amount, **changes):
    """Return the pay code for an amount to the sample account."""
    given = {
        "name": "Nordlicht Handels GmbH",
        "iban": IBAN,
        "bic": "HNSBDEHHXXX",
        "amount": amount,
        "text": "S-2026-00318 Customer 10391",
    }
    return make_pay_code(**given | changes)


def read_back(code):
    """Return the lines that a scanner reads from the code's dark runs."""
    side = (code.size + 2 * QUIET) * SCALE
    picture = Image.new("L", (side, side), 255)
    for row, column, length in code.dark_runs():
        box = (QUIET + column, QUIET + row, QUIET + column + length, QUIET + row + 1)
        picture.paste(0, tuple(edge * SCALE for edge in box))
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text.split("\n")


def test_code_carries_service_account_amount_and_reference():
    assert read_back(code_for(Money.of("6758.50", "EUR"))) == [
        "BCD", "002", "1", "SCT", "HNSBDEHHXXX", "Nordlicht Handels GmbH",
        "DE05200999990004711000", "EUR6758.5", "", "", "S-2026-00318 Customer 10391",
    ]  # fmt: skip


def test_code_reads_the_same_with_letters_beyond_ascii():
    lines = read_back(code_for(Money.of("1", "EUR"), name="Müller & Söhne, Łódź"))
    assert lines[5] == "Müller & Söhne, Łódź"


@pytest.mark.parametrize("minor", [1, 99_999_999_999])
def test_smallest_and_largest_amount_have_a_code(minor):
    code = code_for(Money(minor, "EUR"))
    amount = Money.of(read_back(code)[7].removeprefix("EUR"), "EUR")
    assert amount == code.amount == Money(minor, "EUR")


@pytest.mark.parametrize(
    "amount",
    [Money(0, "EUR"), Money(-5, "EUR"), Money(100_000_000_000, "EUR"), Money(500, "GBP")],
)
def test_nothing_credit_too_much_and_other_currencies_have_no_code(amount):
    assert code_for(amount) is None


def test_company_without_an_iban_has_no_code():
    assert code_for(Money(500, "EUR"), iban="") is None


def test_a_line_end_in_a_name_cannot_add_a_field_of_its_own():
    lines = read_back(code_for(Money(500, "EUR"), name="Evil\nDE99\r\nEUR9", text="a\nb"))
    assert (lines[5], lines[7], lines[-1]) == ("Evil DE99 EUR9", "EUR5", "a b")


def test_long_names_and_texts_are_cut_to_what_the_code_allows():
    lines = read_back(code_for(Money(500, "EUR"), name="n" * 90, text="t" * 200))
    assert (len(lines[5]), len(lines[-1])) == (70, 140)


def test_iban_with_a_wrong_digit_is_refused():
    with pytest.raises(Refused, match=r"IBAN .* is not valid"):
        checked_iban("DE06 2009 9999 0004 7110 00")


def test_bic_of_no_bank_is_refused():
    with pytest.raises(Refused, match=r"BIC .* is not valid"):
        code_for(Money(500, "EUR"), bic="HN")
