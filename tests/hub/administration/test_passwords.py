"""Are passwords kept so that a stolen database does not give them away?"""

from __future__ import annotations

import re
import statistics
import time

import pytest

from loyaldesk.errors import Refused
from loyaldesk.hub.accounts.passwords import (
    check_new_password,
    hash_password,
    is_password,
    one_time_password,
)
from loyaldesk.hub.http.limits import Allowance, Limits, TokenBuckets
from loyaldesk.hub.refusals import Refusal


def test_password_is_kept_as_argon2id_with_salt():
    kept = {hash_password("correct horse") for _ in range(2)}
    assert len(kept) == 2
    for word in kept:
        memory = re.match(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=\d+\$", word)
        assert memory
        assert int(memory[1]) >= 19 * 1024
        assert is_password("correct horse", word)
        assert not is_password("correct horsf", word)


@pytest.mark.parametrize("kept", [None, "", "junk", "$argon2id$v=19$m=65536"])
def test_nothing_is_the_password_of_nobody(kept):
    assert not is_password("", kept)
    assert not is_password("x", kept)


def test_unknown_users_take_as_long_as_known_ones():
    kept = hash_password("correct horse")
    is_password("warm", None)

    def seconds(word):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            is_password("wrong", word)
            times.append(time.perf_counter() - began)
        return statistics.median(times)

    assert 1 / 3 < seconds(kept) / seconds(None) < 3


def test_one_time_passwords_are_long_plain_and_never_the_same():
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", word) for word in made)
    assert not set("".join(made)) & set("01ilo")


@pytest.mark.parametrize("word", ["", "short", "x" * 9, "x" * 201])
def test_own_password_has_a_length(word):
    with pytest.raises(Refused, match="10 to 200"):
        check_new_password(word)
    check_new_password("x" * 10)


def test_bucket_gives_its_burst_and_then_its_rate():
    now = [0.0]
    buckets = TokenBuckets(Allowance(burst=3, per_second=0.5), lambda: now[0])
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2.0]
    assert buckets.take("b") == 0
    now[0] = 2.0
    assert [buckets.take("a"), buckets.take("a")] == [0, 2.0]
    now[0] = 1e9
    assert [buckets.take("a") for _ in range(4)][:3] == [0, 0, 0]


def test_bucket_forgets_those_heard_of_longest_ago():
    buckets = TokenBuckets(Allowance(burst=1, per_second=1), lambda: 0.0)
    for at in range(60_000):
        buckets.take(str(at))
    assert len(buckets._buckets) == 50_000  # noqa: SLF001 - what it keeps in memory


def test_one_address_cannot_try_many_users_and_many_cannot_try_one():
    limits = Limits(lambda: 0.0)
    for at in range(30):
        limits.count_sign_in(f"user {at}", "192.0.2.1")
    with pytest.raises(Refusal, match="busy"):
        limits.count_sign_in("another", "192.0.2.1")
    for at in range(50):
        limits.count_sign_in("ann", f"198.51.100.{at}")
    with pytest.raises(Refusal, match="busy"):
        limits.count_sign_in("ann", "203.0.113.1")
