"""Whether a statement finds the right words when something is missing or balances out."""

from dataclasses import replace
from datetime import date

import pytest

from loyaldesk.domain.ageing import AgeingBasis
from loyaldesk.domain.ledger import Dispute, Ledger
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from tests.pdf import statement_letters as letters
from tests.pdf.statement_reading import words_of
from tests.support.ledgers import AS_OF, credit_note, payment, set_off

LATE = letters.billed(1, "50", date(2025, 10, 1), "26-1")


@pytest.mark.parametrize(
    ("reason", "case", "printed"),
    [
        ("wrong goods", "2026-7", "In dispute since 2 Mar 2026: wrong goods, case 2026-7"),
        ("wrong goods", "", "In dispute since 2 Mar 2026: wrong goods"),
        ("", "2026-7", "In dispute since 2 Mar 2026: case 2026-7"),
        ("", "", "In dispute since 2 Mar 2026"),
    ],
)
def test_dispute_says_what_is_known_of_it(reason, case, printed):
    dispute = Dispute(since=date(2026, 3, 2), reason=reason, case=case)
    assert printed in words_of(letters.make_letter([replace(LATE, dispute=dispute)]))


@pytest.mark.parametrize(
    ("phone", "email", "printed"),
    [
        ("+1 555", "a@b.example", "Please write to a@b.example or call +1 555 by 15 April 2026."),
        ("+1 555", "", "Please call +1 555 by 15 April 2026."),
        ("", "a@b.example", "Please write to a@b.example by 15 April 2026."),
        ("", "", "Please tell us by 15 April 2026."),
    ],
)
def test_question_names_the_ways_there_are(phone, email, printed):
    assert printed in words_of(letters.make_letter([LATE], phone=phone, email=email))


def test_final_tone_without_a_contact_asks_to_call_us():
    assert "or call us, so that we can agree" in words_of(letters.make_letter([LATE], contact=""))


def test_balance_that_credits_even_out_asks_for_nothing():
    text = words_of(letters.make_letter([LATE, payment(2, "50", AS_OF)]))
    assert "There is nothing to pay now." in text
    assert "Balance, EUR – nothing to pay 0.00" in text


def test_unapplied_credit_without_open_items_is_listed_and_kept():
    text = words_of(letters.make_letter([credit_note(2, "50", AS_OF)]))
    assert "Credit note, not yet applied -50.00" in text
    assert "credit in your favour of EUR 50.00" in text


def test_credit_note_names_the_invoice_it_is_for():
    note = credit_note(2, "50", AS_OF, number="CN-9")
    letter = letters.make_letter([LATE, note], [set_off(note, LATE, "50")], kind="activity")
    assert "Credit note CN-9 for 26-1 -50.00 0.00" in words_of(letter)


def test_ageing_by_document_date_says_so():
    request = StatementRequest(
        kind=StatementKind.OPEN_ITEM, as_of=AS_OF, basis=AgeingBasis.DOCUMENT_DATE
    )
    statement = make_statement(Ledger.of([LATE]), request, home_currency="EUR")
    letter = replace(letters.make_letter([LATE]), statement=statement)
    assert "Aged by document date at 31 March 2026, EUR" in words_of(letter)


def test_period_without_movements_shows_its_opening_and_closing_balance():
    letter = letters.make_letter([LATE], kind="balance-forward", start=date(2026, 3, 1))
    text = words_of(letter)
    assert "Balance brought forward at 28 February 2026 50.00" in text
    assert "Totals of the period 0.00 0.00 50.00" in text


def test_detailed_statement_of_a_settled_account_ends_with_its_balance():
    money = payment(2, "50", date(2026, 3, 9), number="RC-9")
    letter = letters.make_letter(
        [LATE, money], [set_off(money, LATE, "50")], kind="detailed", start=date(2026, 3, 1)
    )
    text = words_of(letter)
    assert "9 Mar 2026 Payment RC-9 Invoice 26-1 50.00" in text
    assert "Balance at 31 March 2026, euros (EUR) 0.00" in text


def test_period_without_a_first_day_begins_with_the_first_entry():
    letter = letters.make_letter([LATE], kind="activity")
    assert "Movements from 1 October 2025 to 31 March 2026" in words_of(letter)
