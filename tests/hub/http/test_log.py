"""Does the log stay silent about what people wrote, whatever goes wrong?"""

from __future__ import annotations

import json
import logging

import pytest

from loyaldesk.hub.http import sync_routes
from tests.support.hub_desks import customer_row, uid
from tests.support.hub_http import PASSWORD, Laptop

CANARIES = ("Canary GmbH", "DE02120300000000202051", "canary@example.com", PASSWORD)


@pytest.fixture
def log(caplog):
    caplog.set_level(logging.DEBUG)
    return caplog


def edit(**odd):
    row = customer_row(CANARIES[1], name=CANARIES[0], email=CANARIES[2], territory="North")
    return {
        "no": 1, "uuid": uid("canary"), "grp": 1, "kind": "customer", "id": uid("canary customer"),
        "op": "create", "schema": 1, "edited_at": "2026-03-02T08:00:00.000Z", "row": row, **odd,
    }  # fmt: skip


def test_no_error_path_writes_down_a_secret(http, log, monkeypatch):
    laptop = http.laptop("ann", "rep", "North")
    canary = json.dumps(CANARIES)
    Laptop(http).sign_in(CANARIES[2], CANARIES[0])
    Laptop(http).sign_in(PASSWORD, PASSWORD)
    laptop.ask("POST", "me/password", {"old": CANARIES[0], "new": "x"})
    laptop.ask("POST", "sync/push", {"muts": [edit()]})
    for odd in ({"op": CANARIES[0]}, {"user": CANARIES[0]}, {"no": CANARIES[1]}, {"kind": canary}):
        laptop.ask("POST", "sync/push", {"muts": [edit(**odd)]})
    for body in (canary.encode(), canary.encode()[:-2], b"\xff" + canary.encode()):
        laptop.ask("POST", "sync/push", body)
        laptop.ask("POST", "sync/push", body, Content_Encoding="gzip")
    laptop.ask("GET", f"history/{CANARIES[2]}/{CANARIES[1]}?before={CANARIES[1]}")
    laptop.ask("GET", f"{CANARIES[1]}?seen={CANARIES[2]}", User_Agent=CANARIES[2])
    laptop.ask("POST", "sync/pull", {"cur": {CANARIES[1]: [1, 1]}}, LD_Client=CANARIES[2])
    laptop.fetch_token(headers={"LD-Now": CANARIES[1]})
    http.ask("GET", "/v1/me", b"", {"Authorization": f"Bearer {CANARIES[1]}"})

    def fail(*_, **__):
        raise RuntimeError(f"{CANARIES} {laptop.token}")

    monkeypatch.setattr(sync_routes, "answer", fail)
    failed = laptop.ask("POST", "sync/push", {"muts": [edit()]})
    assert (failed.status, failed.err) == (500, "internal")
    secrets = (*CANARIES, laptop.token, laptop.refresh, laptop.public, http.password)
    assert log.records
    assert [word for word in secrets if word in log.text] == []
    assert [word for word in CANARIES[:3] if word in failed.body.decode()] == []


def test_failure_is_noted_with_its_place_and_the_hub_goes_on(http, log, monkeypatch):
    laptop = http.laptop("ann")

    def fail(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(sync_routes, "answer", fail)
    assert laptop.ask("POST", "sync/pull", {"cur": {}}).status == 500
    noted = [json.loads(record.message) for record in log.records if record.levelname == "ERROR"]
    assert noted[0]["error"].startswith("ZeroDivisionError at ")
    assert laptop.ask("GET", "me").status == 200


def test_every_request_has_its_line(http, log):
    laptop = http.laptop("ann")
    log.clear()
    found = laptop.ask("GET", "me")
    lines = [json.loads(record.message) for record in log.records]
    assert len(lines) == 1
    assert lines[0].keys() == {"id", "route", "status", "ms", "device"}
    assert (lines[0]["route"], lines[0]["status"]) == ("GET me", 200)
    assert (lines[0]["device"], lines[0]["id"]) == (laptop.device, found.headers["ld-request"])


def test_database_that_does_not_answer_makes_the_hub_busy(http, monkeypatch):
    from sqlalchemy.exc import OperationalError

    def fail(*_, **__):
        raise OperationalError("SELECT", {}, Exception("gone"))

    laptop = http.laptop("ann")
    monkeypatch.setattr(http.hub.store, "snapshot", fail)
    found = [laptop.ask("GET", "me"), http.ask("GET", "/v1/health/ready")]
    assert [(reply.status, reply.err) for reply in found] == [(503, "busy")] * 2
    assert all(int(reply.headers["retry-after"]) >= 1 for reply in found)
    assert http.ask("GET", "/v1/health/live").status == 200
