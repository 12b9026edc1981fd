"""Whether items stand in the bucket that their days late call for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.ageing import Bucket, bucket_of, days_late, due_day_of
from tests.support.ledgers import AS_OF, invoice


@pytest.mark.parametrize(
    ("days", "bucket"),
    [
        (-1, "not_due"), (0, "not_due"), (1, "1-30"), (30, "1-30"), (31, "31-60"), (60, "31-60"),
        (61, "61-90"), (90, "61-90"), (91, "91-120"), (120, "91-120"), (121, "over_120"),
        (10_001, "over_120"),
    ],
)  # fmt: skip
def test_each_boundary_belongs_to_the_bucket_it_names(days, bucket):
    due = AS_OF - timedelta(days=days)
    assert bucket_of(days_late(due, AS_OF)) == bucket


@given(st.integers(-20_000, 20_000))
def test_buckets_never_go_back_as_an_item_gets_older(days):
    order = list(Bucket)
    assert order.index(bucket_of(days)) <= order.index(bucket_of(days + 1))


def test_due_date_of_the_document_is_taken_as_it_is():
    due = due_day_of(invoice(1, "10", date(2026, 3, 1), due=date(2026, 3, 5), terms_days=30))
    assert (due.day, due.is_assumed) == (date(2026, 3, 5), False)


def test_missing_due_date_is_document_date_plus_terms_and_marked():
    due = due_day_of(invoice(1, "10", date(2026, 3, 1), terms_days=14))
    assert (due.day, due.is_assumed) == (date(2026, 3, 15), True)


def test_missing_due_date_without_terms_is_the_document_date_and_marked():
    due = due_day_of(invoice(1, "10", date(2026, 3, 1)))
    assert (due.day, due.is_assumed) == (date(2026, 3, 1), True)
