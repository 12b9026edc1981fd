"""Is every order looked at before it is accepted, a first one more strictly, each with a reason?"""

from dataclasses import replace
from datetime import date

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.domain.verification import (
    Check,
    FirstOrder,
    Grade,
    OrderFacts,
    PricedLine,
    Verification,
    verify_facts,
)

DAY = date(2026, 12, 1)
SOUND = OrderFacts(
    customer_name="Kraft AG",
    missing=(),
    customer_po="8812",
    duplicates=(),
    lines=(PricedLine(1, 5_000_000, 5_000_000, DAY), PricedLine(2, 7_000_000, None, DAY)),
    terms_days=30,
    usual_terms_days=30,
    credit_status="good",
    is_above_limit=False,
    hold_reason="",
)
KNOWN = FirstOrder(
    tax_id="", needs_tax_id=False, has_limit=True, pays_before=False, can_be_reached=True
)
CHEAPER = PricedLine(2, 4_000_000, 5_000_000, DAY)
UNDATED = PricedLine(3, 5_000_000, 5_000_000, None)


def graded(facts, grade):
    return [finding.check for finding in verify_facts(facts) if finding.grade is grade]


def found(facts, check):
    return next(finding for finding in verify_facts(facts) if finding.check is check)


def test_a_sound_order_has_nothing_to_look_at():
    assert {finding.grade for finding in verify_facts(SOUND)} == {Grade.OK}
    assert len(verify_facts(SOUND)) == 8


@pytest.mark.parametrize(
    ("changes", "check", "grade", "says"),
    [
        ({"missing": ("street", "town")}, Check.ADDRESS, Grade.STOP, "lacks: street, town"),
        ({"customer_po": ""}, Check.PO, Grade.LOOK, "Ask for it"),
        ({"duplicates": ("4711", "4712")}, Check.DUPLICATE, Grade.LOOK, "order 4711, 4712"),
        ({"lines": (CHEAPER,)}, Check.PRICES, Grade.LOOK, "Line 2: the price"),
        ({"lines": (UNDATED,)}, Check.DATES, Grade.LOOK, "Line 3: no day"),
        ({"today": date(2026, 12, 2)}, Check.DATES, Grade.STOP, "Lines 1, 2: the promised day has"),
        ({"terms_days": 60}, Check.TERMS, Grade.LOOK, "60 days, the customer's are 30"),
        ({"credit_status": "hold"}, Check.CREDIT, Grade.STOP, "on hold"),
        ({"credit_status": "watch"}, Check.CREDIT, Grade.LOOK, "on watch"),
        ({"is_above_limit": True}, Check.CREDIT, Grade.LOOK, "above the credit limit"),
        ({"hold_reason": "sample first"}, Check.HOLD, Grade.STOP, "sample first"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(changes, check, grade, says):
    facts = replace(SOUND, **changes)
    finding = found(facts, check)
    assert (finding.grade, says in finding.words) == (grade, True)
    assert graded(facts, grade) == [check]


def test_a_first_order_always_needs_a_look():
    assert graded(replace(SOUND, first=KNOWN), Grade.LOOK) == [Check.ADDRESS]


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"needs_tax_id": True}, Check.TAX_ID),
        ({"has_limit": False}, Check.LIMIT),
        ({"can_be_reached": False}, Check.CONTACT),
    ],
)
def test_a_first_order_is_looked_at_more_strictly(changes, check):
    first = replace(KNOWN, **changes)
    assert graded(replace(SOUND, first=first), Grade.LOOK) == [Check.ADDRESS, check]


@pytest.mark.parametrize(
    "changes",
    [{"needs_tax_id": True, "tax_id": "AT1"}, {"has_limit": False, "pays_before": True}],
)
def test_what_a_first_order_has_is_in_order(changes):
    first = replace(KNOWN, **changes)
    assert graded(replace(SOUND, first=first), Grade.LOOK) == [Check.ADDRESS]


def test_many_lines_are_named_briefly():
    lines = tuple(replace(UNDATED, position=at) for at in range(1, 10))
    finding = found(replace(SOUND, lines=lines), Check.DATES)
    assert finding.words.startswith("Lines 1, 2, 3, 4, 5, 6…: no day")
    assert finding.about == tuple(range(1, 10))


def verification(facts, stance=Stance.ACCEPTANCE, **fields):
    return Verification(1, verify_facts(facts), stance, **fields)


TO_LOOK_AT = replace(SOUND, customer_po="")
STOPPED = replace(TO_LOOK_AT, credit_status="hold")


def test_what_is_to_be_looked_at_keeps_an_order_until_somebody_ticks_it_off():
    assert verification(SOUND).can_be_accepted
    waiting = verification(TO_LOOK_AT)
    assert (waiting.can_be_accepted, waiting.is_ready) == (False, False)
    assert waiting.words == found(TO_LOOK_AT, Check.PO).words
    assert verification(TO_LOOK_AT, verified_on=DAY).is_ready


def test_no_tick_settles_a_stop():
    ticked = verification(STOPPED, verified_on=DAY)
    assert not ticked.can_be_accepted
    assert ticked.words == found(STOPPED, Check.CREDIT).words


@pytest.mark.parametrize("stance", [Stance.RECEIPT, Stance.ON_HOLD])
def test_a_letter_that_accepts_nothing_waits_for_nobody(stance):
    held_back = verification(STOPPED, stance)
    assert (held_back.is_ready, held_back.can_be_accepted) == (True, False)
