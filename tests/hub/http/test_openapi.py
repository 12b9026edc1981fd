"""Does the OpenAPI document say what is there, and does the hub keep to it, whatever is sent?"""

from __future__ import annotations

import json
import re
import warnings

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from loyaldesk.hub.http.openapi import openapi_document
from loyaldesk.hub.http.routes import ROUTES
from tests.support.hub_http import dump_of, hub_at

# What the answers to edits leave behind, and the tokens that are fetched here all the time.
OF_OUTCOMES = ("mutation_result", "applied_uuid", "client", "hub_device", "hub_nonce")
EXAMPLES = 25


@pytest.fixture(scope="module")
def schema():
    """The document as schemathesis reads it; it is imported here because it warns of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis

        return schemathesis.openapi.from_dict(openapi_document(ROUTES))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with hub_at(tmp_path_factory.mktemp("openapi") / "hub") as http:
        yield http.laptop("ann", "rep", "North")


def test_document_names_every_route_once_and_is_what_the_hub_sends(desk):
    document = desk.http.ask("GET", "/v1/openapi.json").json
    named = [
        operation["operationId"]
        for path in document["paths"].values()
        for operation in path.values()
    ]
    assert sorted(named) == sorted(route.name for route in ROUTES)
    assert document == json.loads(json.dumps(openapi_document(ROUTES)))


def test_every_reference_leads_somewhere():
    text = json.dumps(openapi_document(ROUTES))
    named = set(re.findall(r'"#/components/schemas/(\w+)"', text))
    assert named == set(openapi_document(ROUTES)["components"]["schemas"])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_hub_keeps_to_its_document(route, schema, desk):
    """Schemathesis makes requests of the document; each answer must be one that it names."""
    path = "/v1/" + re.sub(r"\{(\w+)(?::\w+)?\}", r"{\1}", route.path)
    operation = schema[path][route.method]
    before = dump_of(desk.http.hub.store.engine, but=OF_OUTCOMES)

    @seed(20261122)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases(route, operation))
    def check(case):
        desk.http.wait(minutes=1)
        assert desk.fetch_token().status == 200
        headers = {k: v for k, v in (case.headers or {}).items() if is_header(k, v)}
        body = b"" if is_unset(case.body) else encoded(case.body)
        target = case.formatted_path + query(case.query)
        sent = {**desk.headers, **(headers if route.path in {"devices", "token"} else {})}
        reply = desk.http.ask(route.method, target, body, sent)
        assert str(reply.status) in operation.definition.raw["responses"], reply.body
        if reply.status >= 400:
            assert reply.json["err"]
            assert reply.json["sentence"]
        if route.path not in {"sync/push", "token"} and reply.status >= 300:
            assert dump_of(desk.http.hub.store.engine, but=OF_OUTCOMES) == before

    check()


def cases(route, operation):
    """Return cases as the document has them, and with a body of some other JSON."""
    if route.body in {None, bytes}:
        return operation.as_strategy()
    leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
    json_values = st.recursive(
        leaves, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=8), inner)
    )
    other = st.builds(
        lambda body: operation.Case(body=body, media_type="application/json"), json_values
    )
    return st.one_of(operation.as_strategy(), other)


def is_unset(body):
    return type(body).__name__ == "NotSet"


def is_header(name, value):
    return re.fullmatch(r"[A-Za-z-]+", name) and isinstance(value, str) and value.isascii()


def encoded(body):
    return body if isinstance(body, bytes) else json.dumps(body, default=str).encode()


def query(values):
    from urllib.parse import urlencode

    return "?" + urlencode(values) if values else ""
