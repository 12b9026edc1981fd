"""Does every role see and change what is its own, and nothing of others, at every endpoint?"""

from __future__ import annotations

import hashlib
import secrets

import msgspec
import pytest

from loyaldesk.hub.http.app import build_app
from loyaldesk.hub.http.exchange import Access, Route
from loyaldesk.hub.http.routes import ROUTES
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.parts import content_digest
from tests.support.hub_desks import customer_row, uid, wire_row
from tests.support.hub_http import dump_of, hub_at

WHOLE = ("admin", "office", "connector")
LIMITED = ("rep", "reader")
ROLES = (*WHOLE, *LIMITED)
CONTENT = {place: f"paper of {place}".encode() for place in ("own", "other")}
# What a refused edit leaves behind: its outcome, so that asking again hears the same.
OF_OUTCOMES = ("mutation_result", "applied_uuid", "client")
PLACES = {"own": "North", "other": "South", "none": "Nowhere"}


def sha256(place):
    return hashlib.sha256(CONTENT.get(place, b"never brought")).hexdigest()


def mutation(number, kind, word, op, **more):
    return {
        "no": number, "uuid": secrets.token_hex(16), "grp": number, "kind": kind,
        "id": uid(word), "op": op, "schema": SCHEMA, "edited_at": "2026-03-02T08:00:00.000Z",
        **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A hub with a customer, a document and its content here and there, and a desk of each role."""
    with hub_at(tmp_path_factory.mktemp("matrix") / "hub") as http:
        office = http.laptop("olga", "office")
        rows = []
        for place in CONTENT:
            rows.append(("customer", place, customer_row(place, territory=PLACES[place])))
            paper = wire_row(
                "document", customer_id=uid(place), file_sha256=sha256(place), file_size=14,
                replaces_id=None, source_system=None, source_key=None,
            )  # fmt: skip
            rows.append(("document", f"paper {place}", paper))
            # Each role writes to its own: what a connector wrote is its to change.
            words = [f"{place} {role}" for role in ROLES]
            rows += [
                ("customer", word, customer_row(word, territory=PLACES[place])) for word in words
            ]
        muts = [
            mutation(at, kind, word, "create", row=row) for at, (kind, word, row) in
            enumerate(rows, 1)
        ]  # fmt: skip
        made = office.ask("POST", "sync/push", {"muts": muts}).json["res"]
        assert [outcome["st"] for outcome in made] == ["applied"] * len(rows), made
        for content in CONTENT.values():
            hashed = hashlib.sha256(content)
            digest = {"Content_Digest": content_digest(hashed.digest())}
            path = f"blobs/{hashed.hexdigest()}"
            assert office.ask("PUT", path, content, **digest).status == 200
        laptops = {role: http.laptop(f"the-{role}", role, "North") for role in ROLES}
        yield http, laptops


def in_touch(world, role):
    """Return the hub and its desks; that of the role has a token that is good for now."""
    http, laptops = world
    http.wait(minutes=1)
    laptops[role].fetch_token()
    return world


def reads(role, place):
    """Return the status of reading: what is not there and what is not theirs are the same."""
    return 200 if place == "own" or (place == "other" and role in WHOLE) else 404


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ROLES)
class TestReading:
    def test_history(self, role, place, world):
        self.check(world, role, place, "GET", f"history/customer/{uid(place)}")

    def test_content(self, role, place, world):
        self.check(world, role, place, "GET", f"blobs/{sha256(place)}")

    def test_bucket(self, role, place, world):
        http, laptops = in_touch(world, role)
        message = {"bucket": f"acct:{PLACES[place]}"}
        before = dump_of(http.hub.store.engine)
        found = laptops[role].ask("POST", "sync/verify", message)
        # Who sees the whole company sees that a territory is empty.
        assert found.status == (200 if role in WHOLE else reads(role, place))
        assert dump_of(http.hub.store.engine) == before

    def test_pull(self, role, place, world):
        _, laptops = in_touch(world, role)
        rows = laptops[role].ask("POST", "sync/pull", {"cur": {}}).json["rows"]
        assert (uid(place) in {row[4] for row in rows}) == (reads(role, place) == 200)

    def check(self, world, role, place, method, path):
        http, laptops = in_touch(world, role)
        before = dump_of(http.hub.store.engine)
        found = laptops[role].ask(method, path)
        assert found.status == reads(role, place)
        assert found.err == ("" if found.status == 200 else "unknown")
        assert dump_of(http.hub.store.engine) == before


def test_unknown_and_forbidden_are_the_same_words(world):
    _, laptops = in_touch(world, "rep")
    for path in ("history/customer/{}", "blobs/{}"):
        words = [
            laptops["rep"].ask("GET", path.format(name)).json
            for name in (
                (uid("other"), uid("none")) if "history" in path else
                (sha256("other"), sha256("none"))
            )
        ]  # fmt: skip
        assert words[0] == words[1]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("op", ["edit", "delete", "create"])
def test_write(op, role, place, world):
    http, laptops = in_touch(world, role)
    laptop = laptops[role]
    laptop.client = uid(f"{op} {role} {place}")
    before = dump_of(http.hub.store.engine, but=OF_OUTCOMES)
    word = f"{place} {role}" if op != "create" else f"new {role} {place}"
    more = {
        "edit": {"ch": {"phone": {"old": "", "new": f"{role} {place}"}}},
        # It says another name than the customer has, so that it stays for the other cases.
        "delete": {"ch": {"name": {"old": "somebody else"}}},
        "create": {"row": customer_row(word, territory=PLACES[place])},
    }[op]
    reply = laptop.ask("POST", "sync/push", {"muts": [mutation(1, "customer", word, op, **more)]})
    assert reply.status == 200
    outcome = reply.json["res"][0]
    if not may_write(op, role, place):
        assert outcome["st"] == "rejected"
        assert (outcome.get("row") is not None) == (reads(role, place) == 200 and op != "create")
        assert dump_of(http.hub.store.engine, but=OF_OUTCOMES) == before
    else:
        assert outcome["st"] != "rejected", outcome


def may_write(op, role, place):
    if role == "reader" or (place == "none" and op != "create"):
        return False
    return role in WHOLE or place == "own"


def test_refused_edit_of_the_unknown_and_the_forbidden_look_alike(world):
    _, laptops = in_touch(world, "rep")
    laptop = laptops["rep"]
    found = []
    for place in ("other", "none"):
        laptop.client = uid(f"alike {place}")
        muts = [mutation(1, "customer", place, "edit", ch={"phone": {"old": "", "new": "1"}})]
        outcome = laptop.ask("POST", "sync/push", {"muts": muts}).json["res"][0]
        found.append({name: outcome.get(name) for name in ("st", "reason", "rv", "row")})
    assert found[0] == found[1]


def body_of(route: Route):
    if route.body is bytes:
        return b"x"
    return None if route.body is None else b"{}"


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.access is Access.DEVICE], ids=lambda r: r.name
)
def test_nobody_gets_anything_without_a_token(route, world):
    http, _ = world
    before = dump_of(http.hub.store.engine)
    path = "/v1/" + route.path.replace("{kind}", "customer").replace("{uid}", uid("own"))
    refused = http.ask(route.method, path, body_of(route) or b"", {"Content-Type": "text/plain"})
    assert (refused.status, refused.err) == (401, "signed-out")
    assert dump_of(http.hub.store.engine) == before


def test_open_routes_are_these_alone():
    named = {route.name for route in ROUTES if route.access is Access.OPEN}
    assert named == {
        "GET hub", "POST devices", "POST token", "GET health/live", "GET health/ready",
        "GET openapi.json",
    }  # fmt: skip


def test_every_answer_says_whose_it_is(world):
    """A captive portal answers 200 to everything, but never names the hub."""
    http, laptops = in_touch(world, "rep")
    replies = [
        http.ask("GET", "/v1/hub"), http.ask("GET", "/nothing"), http.ask("GET", "/v1/me"),
        http.ask("DELETE", "/v1/me"), laptops["rep"].ask("POST", "sync/push", b"{"),
    ]  # fmt: skip
    assert [reply.status for reply in replies] == [200, 404, 401, 405, 400]
    assert {reply.headers["ld-hub"] for reply in replies} == {http.hub.hub}
    assert {reply.headers["ld-epoch"] for reply in replies} == {http.hub.epoch}
    assert all(reply.headers["ld-now"] for reply in replies)
    assert all(reply.headers["cache-control"] == "no-store" for reply in replies)


def test_application_is_made_of_the_routes_it_is_given(world):
    http, _ = world
    assert build_app(http.hub, ROUTES[:1]) is not http.app
    assert msgspec.json.encode(http.hub.info())
