"""Are an order's totals and promised day those of its lines?"""

from loyaldesk.protocol.derive import derive
from loyaldesk.protocol.kinds import KINDS
from tests.support.hub_desks import customer_row, order_line, wire_row

ORDER = KINDS["sales_order"]


def test_totals_are_those_of_lines_freight_and_tax():
    lines = [order_line(1, tax_ppm=200_000), order_line(2)]
    row = derive(ORDER, wire_row("sales_order", lines=lines, freight_minor=300))

    assert (row["net_minor"], row["tax_minor"], row["total_minor"]) == (2000, 200, 2500)


def test_an_order_is_promised_for_when_its_last_line_is():
    lines = [
        order_line(1, promised_on="2026-04-02"),
        order_line(2),
        order_line(3, promised_on="2026-03-09"),
    ]

    assert derive(ORDER, wire_row("sales_order", lines=lines))["promised_on"] == "2026-04-02"


def test_an_order_without_promises_has_no_promised_day():
    assert derive(ORDER, wire_row("sales_order", promised_on="2026-01-01"))["promised_on"] is None


def test_a_customers_town_is_left_as_its_desk_says():
    row = customer_row(town="York")

    assert derive(KINDS["customer"], row) == row
