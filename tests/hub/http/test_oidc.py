"""Does a company account let in those who were invited, and nobody by a token for others?"""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.hub.accounts.oidc import CLIENT_VARIABLE, ISSUER_VARIABLE, Oidc, oidc_from
from loyaldesk.hub.accounts.oidc_fetch import checked_address, fetch_json
from loyaldesk.protocol.wire import oidc_nonce
from tests.support.hub_http import Laptop, dump_of, hub_at
from tests.support.oidc_provider import CLIENT_ID, running_provider, signed_in_token

ANN = {"sub": "ann-1", "email": "Ann@Example.com", "email_verified": True}
EVE = {"sub": "eve-1", "email": "ann@example.com", "email_verified": False}
BOB = {"sub": "bob-1", "email": "bob@example.com", "email_verified": True}
SALT = "c" * 32


@pytest.fixture(scope="module")
def issuer():
    with running_provider(ANN, EVE, BOB) as issuer:
        yield issuer


@pytest.fixture
def http(issuer, tmp_path):
    oidc = Oidc(issuer, CLIENT_ID, clock=time.monotonic)
    with hub_at(tmp_path / "hub", oidc=oidc) as http:
        # The provider lives in the present.
        http.at = datetime.now(UTC)
        http.add_user("ann", email="ann@example.com")
        yield http


def sign_in(laptop, token, salt=SALT, **more):
    asked = {"key": laptop.public, "name": "laptop", "id_token": token, "salt": salt, **more}
    return laptop.keep(laptop.signed("devices", asked))


def token_for(laptop, issuer, subject="ann-1", **more):
    nonce = oidc_nonce(laptop.public, SALT)
    return signed_in_token(issuer, subject, nonce=nonce, **more)


def test_hub_says_where_people_sign_in(http, issuer):
    found = http.ask("GET", "/v1/hub").json["oidc"]
    assert found == {"issuer": issuer, "client_id": CLIENT_ID}


def test_invited_person_gets_in_by_the_verified_address_and_then_by_the_account(http, issuer):
    for _ in range(2):
        laptop = Laptop(http)
        made = sign_in(laptop, token_for(laptop, issuer))
        assert (made.status, made.json["user"]) == (200, "ann")
    assert laptop.ask("GET", "me").json["has_password"] is False


@pytest.mark.parametrize("subject", ["bob-1", "eve-1"])
def test_who_was_not_invited_or_whose_address_nobody_verified_stays_outside(subject, http, issuer):
    laptop = Laptop(http)
    before = dump_of(http.hub.store.engine)
    refused = sign_in(laptop, token_for(laptop, issuer, subject))
    assert (refused.status, refused.err) == (403, "forbidden")
    assert dump_of(http.hub.store.engine) == before


def test_address_that_passed_to_somebody_else_does_not_open_the_account(http, issuer):
    laptop = Laptop(http)
    sign_in(laptop, token_for(laptop, issuer))
    with http.hub.store.transaction("pass on") as tx:
        tx.run("UPDATE hub_user SET email = 'bob@example.com' WHERE login = 'ann'")
    other = Laptop(http)
    assert sign_in(other, token_for(other, issuer, "bob-1")).status == 403


def test_token_is_good_for_the_device_it_was_fetched_for(http, issuer):
    thief = Laptop(http)
    stolen = token_for(Laptop(http), issuer)
    assert sign_in(thief, stolen).err == "signed-out"
    assert sign_in(thief, token_for(thief, issuer), salt="other").err == "signed-out"


def test_token_for_another_client_is_no_good(http, issuer):
    laptop = Laptop(http)
    assert sign_in(laptop, token_for(laptop, issuer, client_id="another")).err == "signed-out"


def test_old_token_is_no_good(http, issuer):
    laptop = Laptop(http)
    token = token_for(laptop, issuer)
    http.wait(minutes=12)
    assert sign_in(laptop, token).err == "signed-out"


@pytest.mark.parametrize("odd", [{"user": "ann"}, {"password": "x"}])
def test_two_ways_at_once_are_none(odd, http, issuer):
    laptop = Laptop(http)
    assert sign_in(laptop, token_for(laptop, issuer), **odd).status == 422


def test_hub_without_a_provider_takes_no_account(tmp_path, issuer):
    with hub_at(tmp_path / "other") as http:
        laptop = Laptop(http)
        assert sign_in(laptop, token_for(laptop, issuer)).status == 422


class TestForged:
    """Tokens that the provider never made, against keys that are known here."""

    key = RSAKey.generate_key(2048, parameters={"kid": "one"})
    now = datetime(2026, 3, 2, tzinfo=UTC)

    def oidc(self, **described):
        at = {"issuer": "https://id.test", "jwks_uri": "https://id.test/keys", **described}
        keys = KeySet([self.key]).as_dict(private=False)
        pages = {
            "https://id.test/.well-known/openid-configuration": at, "https://id.test/keys": keys,
        }  # fmt: skip
        self.fetched: list[str] = []

        def fetch(address):
            self.fetched.append(address)
            return pages[address]

        return Oidc("https://id.test", CLIENT_ID, clock=lambda: self.seconds, fetch=fetch)

    seconds = 0.0

    def token(self, key=None, head=None, **odd):
        at = int(self.now.timestamp())
        claims = {
            "iss": "https://id.test", "aud": CLIENT_ID, "sub": "1", "iat": at, "exp": at + 60,
            "nonce": "n", **odd,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        head = {"alg": "RS256", "kid": "one", **(head or {})}
        return jwt.encode(head, claims, key or self.key, algorithms=[head["alg"]])

    def check(self, token, **described):
        return self.oidc(**described).person(token, nonce="n", now=self.now)

    def test_good_one_is_taken(self):
        assert self.check(self.token()).subject == "1"

    @pytest.mark.parametrize(
        "odd",
        [
            {"iss": "https://evil.test"}, {"aud": "another"}, {"aud": None}, {"exp": 1},
            {"exp": None}, {"nonce": "m"}, {"nonce": None}, {"sub": None}, {"iat": 9999999999},
            {"aud": [CLIENT_ID, "another"], "azp": "another"},
        ],
        ids=str,
    )  # fmt: skip
    def test_claims_that_do_not_fit(self, odd):
        with pytest.raises(Exception, match="signed-out"):
            self.check(self.token(**odd))

    def test_other_key_and_no_key_and_symmetric_key(self):
        other = RSAKey.generate_key(2048, parameters={"kid": "one"})
        head, body, _ = self.token().split(".")
        for token in (self.token(other), f"{head}.{body}.", "eyJhbGciOiJub25lIn0." + body + "."):
            with pytest.raises(Exception, match="signed-out"):
                self.check(token)

    def test_keys_are_fetched_once_and_anew_for_an_unknown_one_but_not_often(self):
        oidc = self.oidc()
        for _ in range(3):
            oidc.person(self.token(), nonce="n", now=self.now)
        assert len(self.fetched) == 2
        other = RSAKey.generate_key(2048, parameters={"kid": "two"})
        for seconds, times in ((1.0, 2), (61.0, 4), (62.0, 4)):
            self.seconds = seconds
            with pytest.raises(Exception, match="signed-out"):
                oidc.person(self.token(other, {"kid": "two"}), nonce="n", now=self.now)
            assert len(self.fetched) == times

    @pytest.mark.parametrize(
        "described", [{"issuer": "https://evil.test"}, {"jwks_uri": "http://id.test/keys"}]
    )
    def test_provider_that_says_odd_things_is_not_believed(self, described):
        with pytest.raises(Exception, match="busy"):
            self.check(self.token(), **described)


@pytest.mark.parametrize(
    "address", ["http://id.example.com", "ftp://x", "file:///etc/passwd", "https://", "x", ""]
)
def test_provider_is_asked_over_tls_alone(address):
    with pytest.raises(Refused, match="begins with https"):
        checked_address(address)


def test_provider_that_is_away_is_said_to_be(issuer):
    assert fetch_json(f"{issuer}/jwks")["keys"]
    for address in (f"{issuer}/nothing", "http://127.0.0.1:1/"):
        with pytest.raises(Unavailable):
            fetch_json(address)


def test_environment_names_both_or_neither():
    environ = {ISSUER_VARIABLE: "https://id.test", CLIENT_VARIABLE: "x"}
    assert oidc_from({}, clock=time.monotonic) is None
    found = oidc_from(environ, clock=time.monotonic)
    assert found is not None
    assert (found.issuer, found.client_id) == ("https://id.test", "x")
    with pytest.raises(Refused, match="go together"):
        oidc_from({ISSUER_VARIABLE: "https://id.test"}, clock=time.monotonic)
