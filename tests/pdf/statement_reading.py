"""How the tests of statements read them: all specimens, and their text in plain words."""

import re

import pytest

from loyaldesk.formats import MINUS, Formats
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import statement_letters as letters
from tests.pdf.reading import text_of

SPECIMENS = {
    "two currencies": letters.two_currencies,
    "busy quarter": letters.busy_quarter,
    "activity": lambda: letters.busy_quarter(20, kind="activity"),
    "detailed": lambda: letters.busy_quarter(20, kind="detailed"),
    "american": letters.american,
    "settled": letters.settled,
    "credit balance": letters.credit_balance,
    "american activity": letters.american_activity,
}
every_specimen = pytest.mark.parametrize("make", SPECIMENS.values(), ids=SPECIMENS)


def printed(letter, amount):
    """Return an amount as the letter is read: the dash of a negative one as the minus it means."""
    return Formats(letter.frame.locale).amount(amount).replace(MINUS, "-")


def flat(text):
    """Return text on one line with ordinary spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


def caught(pattern, text):
    """Return the groups of a pattern that must occur."""
    found = re.search(pattern, text)
    assert found, pattern
    return found.groups()


def words_of(letter):
    """Return all text of the drawn letter."""
    return flat(text_of(draw_statement(letter)))
