"""Do slow and many askers cost the hub no more than it set aside for them?"""

from __future__ import annotations

import asyncio
import logging

import pytest
from starlette.requests import Request

from loyaldesk.hub.http.bodies import read_body
from loyaldesk.hub.http.gate import Gate
from loyaldesk.hub.http.service import HubSettings
from loyaldesk.hub.refusals import Refusal
from tests.support.hub_http import hub_at


def asked(*messages):
    """Return a request whose body comes in these messages, and then no more."""
    left = list(messages)

    async def receive():
        if not left:
            await asyncio.sleep(60)
        return left.pop(0)

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


def part(body, *, more=True):
    return {"type": "http.request", "body": body, "more_body": more}


def read(request, limit=10):
    return asyncio.run(read_body(request, limit, within_s=0.1))


def test_body_in_parts_is_put_together():
    assert read(asked(part(b"ab"), part(b"cd", more=False))) == b"abcd"


def test_body_that_does_not_come_is_given_up():
    with pytest.raises(Refusal) as refused:
        read(asked(part(b"ab")))
    assert (refused.value.status, refused.value.problem.err) == (408, "malformed")


def test_body_that_is_too_long_is_not_read_to_its_end():
    request = asked(part(b"x" * 6), part(b"x" * 6), part(b"x" * 6))
    with pytest.raises(Refusal, match="too-large"):
        read(request)


def test_asker_who_goes_away_half_way_is_forgotten():
    with pytest.raises(Refusal, match="malformed"):
        read(asked(part(b"ab"), {"type": "http.disconnect"}))


def test_hub_with_no_thread_free_says_when_to_come_again(tmp_path):
    with hub_at(tmp_path / "hub", settings=HubSettings(most_waiting=0)) as http:
        refused = http.ask("GET", "/v1/hub")
        assert (refused.status, refused.err) == (503, "busy")
        assert int(refused.headers["retry-after"]) >= 1


def test_answer_that_nobody_takes_is_given_up(tmp_path, caplog):
    caplog.set_level(logging.ERROR)

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(_message):
        await asyncio.sleep(60)

    with hub_at(tmp_path / "hub") as http:
        gate = Gate(app, http.hub, send_s=0.05)
        asyncio.run(gate({"type": "http"}, None, send))  # type: ignore[arg-type]
    assert "TimeoutError" in caplog.text
