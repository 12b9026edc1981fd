"""Rows made at one desk have identities of their own, in the order of time."""

import uuid
from datetime import timedelta

from loyaldesk.store.uids import new_uid, new_uids
from tests.support.stores import MORNING


def test_an_identity_is_a_uuid_of_version_7():
    made = uuid.UUID(bytes=new_uid(MORNING))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == int(MORNING.timestamp() * 1000)


def test_later_identities_sort_after_earlier_ones():
    moments = [MORNING + timedelta(milliseconds=n) for n in range(50)]
    made = [new_uid(moment) for moment in moments]
    assert made == sorted(made)


def test_many_identities_of_one_moment_all_differ():
    assert len(set(new_uids(MORNING, 20_000))) == 20_000
