"""Does every letter have room for the words of every language, on every side of the window?"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.pdf.acknowledgement import draw_acknowledgement
from loyaldesk.pdf.statement import draw_statement
from tests.pdf import ack_letters, statement_letters
from tests.pdf.reading import lines_of, page_count

LANGUAGES = ("de-DE", "es-ES", "fr-FR", "en-GB")
ENVELOPES = ("din-5008-b", "french", "swiss-right")
TOUCH = 0.25


def held():
    return replace(ack_letters.make_letter(), stance=Stance.ON_HOLD, answer_by=date(2026, 9, 30))


LETTERS: dict[str, tuple[Any, Any]] = {
    "differences": (ack_letters.kestrel, draw_acknowledgement),
    "many lines": (ack_letters.kuestenkontor, draw_acknowledgement),
    "on hold": (held, draw_acknowledgement),
    "open items": (statement_letters.two_currencies, draw_statement),
    "balance forward": (lambda: statement_letters.busy_quarter(30), draw_statement),
    "detailed": (lambda: statement_letters.busy_quarter(12, kind="detailed"), draw_statement),
    "settled": (statement_letters.settled, draw_statement),
    "credit": (statement_letters.credit_balance, draw_statement),
}


def touching(lines):
    """Return pairs of texts on one page that lie over one another."""
    return [
        (one.text, other.text)
        for i, one in enumerate(lines)
        for other in lines[i + 1 :]
        if min(one.right, other.right) - max(one.left, other.left) > TOUCH
        and min(one.bottom, other.bottom) - max(one.top, other.top) > TOUCH
    ]


@pytest.mark.parametrize("name", ENVELOPES)
@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("kind", LETTERS)
def test_no_two_texts_lie_over_one_another_and_none_beyond_the_margin(kind, tag, name):
    make, draw = LETTERS[kind]
    letter = make()
    frame = replace(letter.frame, locale=tag, envelope=name, overprint=letter.frame.overprint)
    pdf = draw(replace(letter, frame=frame))
    for page in range(page_count(pdf)):
        lines = [line for line in lines_of(pdf, page) if line.bottom - line.top < 20]
        assert touching(lines) == []
        assert max(line.right for line in lines if line.top > 100) <= 190 + 0.6
