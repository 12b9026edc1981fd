"""Are the figures and states of a customer said rightly, and does each fail alone?"""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from loyaldesk.domain.customer_figures import OpenAmount
from loyaldesk.domain.money import Money
from loyaldesk.ui.customers.brief_words import brief_lines
from loyaldesk.ui.customers.counter_words import counters_of
from loyaldesk.ui.customers.folding import folding_for
from loyaldesk.ui.customers.identity_words import freshness, state_chips
from loyaldesk.ui.customers.sales_panel import period_start
from loyaldesk.ui.customers.tile_words import tiles_of
from loyaldesk.ui.customers.wording import Wording, their_number
from loyaldesk.ui.screen_formats import ScreenFormats
from tests.support.desks import TODAY


@pytest.fixture
def say() -> Wording:
    return Wording(ScreenFormats("en-GB"), TODAY)


@pytest.fixture
def rows(page):
    return page.rows


def tile(rows, say, key):
    return next(t for t in tiles_of(rows.tile_facts, say) if t.key == key)


def test_the_brief_says_the_worst_first_in_six_lines(rows, say):
    held = replace(rows, head=replace(rows.head, credit_status="hold"))
    spoken = [line.spoken for line in brief_lines(held, say)]
    assert len(spoken) <= 6
    assert spoken[0].startswith("Credit hold")
    assert spoken[1].startswith("€2,100 overdue, oldest 15 d")
    assert spoken[2].startswith("Order 4711 is late by 5 d")


def test_the_brief_says_what_is_well(rows, say):
    calm = replace(rows, open_items=(), open_orders=(), last_contacts=())
    spoken = " ".join(line.spoken for line in brief_lines(calm, say))
    assert "Nothing overdue" in spoken
    assert "No open order" in spoken
    assert "No contact yet" in spoken


def test_credit_room_is_what_the_limit_leaves(rows, say):
    # 2150.50 open and 150.00 ordered of 25000.00
    assert any("€22,699.50 free of €25,000" in line.spoken for line in brief_lines(rows, say))


def test_more_than_the_limit_is_said_in_red(rows, say):
    poor = replace(rows, head=replace(rows.head, credit_limit=Money(100_000, "EUR")))
    assert any("€1,300.50 over" in line.spoken for line in brief_lines(poor, say))


def test_two_currencies_are_never_added(rows, say):
    dollars = replace(rows.open_items[1], open=Money(7_000, "USD"), total=Money(7_000, "USD"))
    mixed = replace(rows, open_items=(rows.open_items[0], dollars))
    counted = {c.key: c.value for c in counters_of(mixed, say)}
    assert counted["items"] == "€2,100 + US$70"


def test_one_tile_that_cannot_be_worked_out_leaves_the_others(rows, say, caplog):
    facts = replace(rows.tile_facts, years=(None,))
    with caplog.at_level(logging.WARNING, logger="loyaldesk.ui"):
        tiles = {t.key: t for t in tiles_of(facts, say)}
    assert tiles["year"].value == "–"
    assert tiles["year"].note == "not known"
    assert tiles["balance"].value == "€2,150.50"
    assert tiles["overdue"].value == "€2,100"


def test_overdue_tells_its_change_in_thirty_days(rows, say):
    assert tile(rows, say, "overdue").note == "+€2,100"


def test_a_credit_lowers_the_balance(rows, say):
    facts = replace(
        rows.tile_facts,
        open_amounts=(OpenAmount(Money(-5_000, "EUR"), TODAY, TODAY),),
    )
    assert tiles_of(facts, say)[0].value == "−€50"


def test_no_payment_yet_is_no_average(rows, say):
    assert tile(rows, say, "paying").value == "–"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "today"),
        (date(2026, 11, 19), "yesterday"),
        (date(2026, 11, 1), "1\u00a0Nov"),
        (date(2025, 11, 1), "1\u00a0Nov\u00a02025"),
    ],
)
def test_near_days_are_said_in_words(say, day, said):
    assert say.day(day) == said


@pytest.mark.parametrize(
    ("minor", "said"), [(800_000, "€8,000"), (800_050, "€8,000.50"), (0, "€0"), (-100, "−€1")]
)
def test_amounts_lose_no_cent_and_show_no_needless_zeros(say, minor, said):
    assert say.money(Money(minor, "EUR")) == said


def test_a_record_says_where_it_comes_from(rows, say):
    as_of = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
    assert freshness(rows.head, as_of, say)[0].text.endswith("Northwind MUELL")
    own = replace(rows.head, source_system=None)
    assert freshness(own, as_of, say)[0].text.endswith("this desk")


def test_a_lost_customer_says_since_when(rows, say):
    lost = replace(rows.head, status="lost", status_since=date(2026, 3, 1))
    assert state_chips(lost, say)[0].text == "Lost since 1\u00a0Mar"


@pytest.mark.parametrize(
    ("size", "drawer", "tab", "low"),
    [
        ((1440, 900), False, False, False),
        ((1366, 768), False, False, True),
        ((1200, 900), True, False, False),
        ((1000, 600), True, True, True),
    ],
)
def test_columns_give_way_as_the_window_shrinks(size, drawer, tab, low):
    folding = folding_for(*size)
    assert (folding.right_is_drawer, folding.left_is_tab, folding.is_low) == (drawer, tab, low)


@pytest.mark.parametrize(
    ("period", "first"),
    [("year", date(2025, 11, 20)), ("this", date(2026, 1, 1)), ("all", date(1900, 1, 1))],
)
def test_periods_of_the_sales_history_start_where_they_say(period, first):
    assert period_start(period, TODAY) == first


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("8812", "PO 8812"),
        ("PO 77/A-5", "PO 77/A-5"),
        ("po-8812", "po-8812"),
        ("P.O. 12", "P.O. 12"),
        ("PO77", "PO77"),
        ("Portland 3", "PO Portland 3"),
    ],
)
def test_a_number_that_says_po_says_it_once(number, said):
    assert their_number(number) == said
