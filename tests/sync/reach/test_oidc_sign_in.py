"""Can somebody sign in with the company's account, and nobody in their place?"""

from __future__ import annotations

import threading
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import urllib3

from loyaldesk.errors import Cancelled, Refused, Unavailable
from loyaldesk.protocol import wire
from loyaldesk.sync.reach import oidc_sign_in
from loyaldesk.sync.reach.oidc_sign_in import OidcSignIn
from loyaldesk.sync.reach.provider import ask_provider
from tests.support.oidc_provider import CLIENT_ID, running_provider

KEY = "ab" * 32


@pytest.fixture(scope="module")
def issuer():
    with running_provider({"sub": "ann", "email": "ann@acme.example"}) as issuer:
        yield issuer


@pytest.fixture(autouse=True)
def known_to_the_provider(monkeypatch):
    """Bring a secret along: this provider knows no public clients, to whom PKCE is enough."""

    def ask(url, form=None):
        return ask_provider(url, {**form, "client_secret": "any"} if form else None)

    monkeypatch.setattr(oidc_sign_in, "ask_provider", ask)


def hub_with(issuer):
    oidc = wire.OidcWay(issuer, CLIENT_ID) if issuer else None
    return wire.HubInfo(hub="h", name="Hub", version="1", schema=1, oidc=oidc)


def agree(address):
    """Do what a person does in the browser: agree, and be sent back."""
    with urllib3.PoolManager() as pool:
        form = {"sub": "ann"}
        agreed = pool.request("POST", address, fields=form, encode_multipart=False, redirect=False)
        return pool.request("GET", agreed.headers["location"]).status


class Browser:
    """Stands in for the browser, on a thread of its own as a real one."""

    def __init__(self, visit=agree):
        self.visit, self.addresses = visit, []

    def __call__(self, address):
        self.addresses.append(address)
        threading.Thread(target=self.visit, args=(address,)).start()
        return True

    @property
    def asked(self):
        return {name: values[0] for name, values in
                parse_qs(urlsplit(self.addresses[0]).query).items()}  # fmt: skip


def came_home(address, **changes):
    """Come back as a stranger would, who made up the answer or parts of it."""
    asked = parse_qs(urlsplit(address).query)
    answer = {"code": "made-up", "state": asked["state"][0], **changes}
    with urllib3.PoolManager() as pool:
        pool.request("GET", f"{asked['redirect_uri'][0]}?{urlencode(answer)}")


def sign_in(browser, **options):
    shown: list[str] = []
    return OidcSignIn(show=shown.append, open_browser=browser, **options), shown


def test_the_answer_is_an_id_token_for_this_device_only(issuer):
    browser = Browser()
    way, shown = sign_in(browser)
    asked = way(hub_with(issuer), KEY)
    assert asked.id_token.count(".") == 2
    assert browser.asked["nonce"] == wire.oidc_nonce(KEY, asked.salt)
    assert browser.asked["code_challenge_method"] == "S256"
    assert browser.asked["redirect_uri"].startswith("http://127.0.0.1:")
    # Where no browser opens, the person can.
    assert browser.addresses[0] in shown[0]


def test_an_answer_to_another_question_is_refused(issuer):
    way, _ = sign_in(Browser(lambda address: came_home(address, state="guessed")))
    with pytest.raises(Refused, match="did not let you in"):
        way(hub_with(issuer), KEY)


def test_a_made_up_code_brings_no_token(issuer):
    way, _ = sign_in(Browser(came_home))
    with pytest.raises(Unavailable, match="did not answer as it should"):
        way(hub_with(issuer), KEY)


def test_who_does_not_know_the_path_is_not_heard(issuer):
    statuses = []

    def knock(address):
        home = parse_qs(urlsplit(address).query)["redirect_uri"][0]
        port = urlsplit(home).port
        with urllib3.PoolManager() as pool:
            statuses.append(pool.request("GET", f"http://127.0.0.1:{port}/?code=x").status)
        agree(address)

    way, _ = sign_in(Browser(knock))
    assert way(hub_with(issuer), KEY).id_token
    assert statuses == [404]


def test_nobody_comes(issuer):
    way, _ = sign_in(Browser(lambda _: None), patience_s=0.2)
    with pytest.raises(Unavailable, match="Nobody signed in"):
        way(hub_with(issuer), KEY)


def test_it_can_be_ended(issuer):
    browser = Browser()
    way, _ = sign_in(browser)
    browser.visit = lambda _: way.stop()
    with pytest.raises(Cancelled):
        way(hub_with(issuer), KEY)


def test_a_hub_without_company_accounts_says_so():
    way, _ = sign_in(Browser())
    with pytest.raises(Refused, match="knows no company account"):
        way(hub_with(""), KEY)


def test_a_provider_without_encryption_is_refused():
    way, _ = sign_in(Browser())
    with pytest.raises(Refused, match="without encryption"):
        way(hub_with("http://login.company.com"), KEY)
