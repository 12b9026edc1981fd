"""Is a desk told at once that something moved, and of nothing that is not its own?"""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any, cast

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.http import waiting
from tests.support.hub_desks import HubDesk, customer_row, principal
from tests.support.hub_http import hub_at


@pytest.fixture
def http(tmp_path, monkeypatch):
    monkeypatch.setattr(waiting, "LOOK_S", 0.02)
    monkeypatch.setattr(waiting.wait_for_news, "__kwdefaults__", {"wait_s": 0.5})
    monkeypatch.setattr(waiting.Heads.__init__, "__kwdefaults__", {"look_s": 0.02})
    with hub_at(tmp_path / "hub") as http:
        yield http


def seen(laptop, word=""):
    return laptop.ask("GET", f"sync/wait?seen={word}").json["seen"]


def test_first_question_is_answered_at_once_and_the_next_waits(http):
    laptop = http.laptop("ann", "rep", "North")
    word = seen(laptop)
    began = time.monotonic()
    assert seen(laptop, word) == word
    assert time.monotonic() - began >= 0.45


@pytest.mark.parametrize(("territory", "is_told"), [("North", True), ("South", False)])
def test_change_ends_the_wait_of_those_who_may_see_it(territory, is_told, http):
    laptop = http.laptop("ann", "rep", "North")
    word = seen(laptop)
    office = HubDesk(http.hub.store, principal("Olga", Role.OFFICE, None))
    change = threading.Timer(
        0.1, office.create, ["customer", "a", customer_row(territory=territory)]
    )
    change.start()
    assert (seen(laptop, word) != word) == is_told
    change.join()


def test_no_more_desks_wait_than_the_hub_can_bear(http):
    laptop = http.laptop("ann")
    heads = waiting.Heads(http.hub.store)
    heads.waiting = 3

    async def wait():
        with pytest.raises(Exception, match="busy"):
            await waiting.wait_for_news(cast("Any", None), heads, most=3)

    asyncio.run(wait())
    assert heads.waiting == 3
    assert laptop.ask("GET", "me").status == 200
