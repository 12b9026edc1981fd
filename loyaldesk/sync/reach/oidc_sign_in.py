"""How does somebody sign in with the company's account? In the browser, and the answer comes home.

Authorization code with PKCE (RFC 7636) over a loopback address (RFC 8252): the browser shows the
provider's own page, LoyalDesk never sees the password. The state shows that the answer is to our
question; the nonce binds the id token to this device, which the hub checks once more.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import webbrowser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from loyaldesk.errors import Cancelled, Refused, Unavailable
from loyaldesk.protocol import wire
from loyaldesk.sync.reach.address import HubAddress
from loyaldesk.sync.reach.connecting import device_name
from loyaldesk.sync.reach.loopback import Loopback
from loyaldesk.sync.reach.provider import ask_provider

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["OidcSignIn"]

DISCOVERY = "/.well-known/openid-configuration"
SCOPES = "openid email"
PATIENCE_S = 300.0
_TRY_AGAIN = "Nothing was changed. Try again, or ask whoever runs the hub."


class OidcSignIn:
    """A sign-in at the provider that the hub names; `show` is told the address to open.

    `open_browser` tells whether a browser opened; without one the person opens the address.
    """

    def __init__(
        self,
        *,
        show: Callable[[str], object],
        open_browser: Callable[[str], bool] = webbrowser.open,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._show, self._open_browser, self._patience_s = show, open_browser, patience_s
        self._home: Loopback | None = None
        self._is_stopped = False

    def __call__(self, hub: wire.HubInfo, key: str) -> wire.DeviceAsked:
        """Return the request that signs this device in."""
        if hub.oidc is None:
            raise Refused(
                "This hub knows no company account. Nothing was changed. Sign in with a user name "
                "and a password.",
                field="user",
            )
        salt = secrets.token_hex(16)
        token = self._id_token(hub.oidc, nonce=wire.oidc_nonce(key, salt))
        return wire.DeviceAsked(key=key, name=device_name(), id_token=token, salt=salt)

    def stop(self) -> None:
        """End waiting for the browser, from another thread."""
        self._is_stopped = True
        if self._home is not None:
            self._home.stop()

    def _id_token(self, way: wire.OidcWay, *, nonce: str) -> str:
        known = ask_provider(f"{way.issuer.rstrip('/')}{DISCOVERY}")
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        with Loopback() as home:
            self._home = home
            if self._is_stopped:
                raise Cancelled
            asked = {
                "response_type": "code",
                "client_id": way.client_id,
                "redirect_uri": home.url,
                "scope": SCOPES,
                "state": state,
                "nonce": nonce,
                "code_challenge": _challenge(verifier),
                "code_challenge_method": "S256",
            }
            self._send_there(_address(known, "authorization_endpoint"), asked)
            answer = home.wait(self._patience_s)
        if not secrets.compare_digest(answer.get("state", ""), state) or "code" not in answer:
            raise Refused(f"The company's account did not let you in. {_TRY_AGAIN}")
        made = ask_provider(
            _address(known, "token_endpoint"),
            {
                "grant_type": "authorization_code",
                "code": answer["code"],
                "redirect_uri": home.url,
                "client_id": way.client_id,
                "code_verifier": verifier,
            },
        )
        return _checked(made.get("id_token"), nonce)

    def _send_there(self, endpoint: str, asked: dict[str, str]) -> None:
        sign = "&" if "?" in endpoint else "?"
        address = f"{endpoint}{sign}{urlencode(asked)}"
        self._show(f"Sign in with your company's account in the browser: {address}")
        self._open_browser(address)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _address(known: dict[str, Any], name: str) -> str:
    """Return one of the provider's addresses; one without encryption only on this computer."""
    found = known.get(name)
    if not isinstance(found, str):
        raise Unavailable(f"The company's account cannot be reached as it should. {_TRY_AGAIN}")
    HubAddress.parse(found.partition("?")[0])
    return found


def _checked(token: object, nonce: str) -> str:
    """Return the id token if it answers our question; the hub checks who signed it."""
    if not isinstance(token, str) or token.count(".") != 2:
        raise Refused(f"The company's account gave no id token. {_TRY_AGAIN}")
    try:
        middle = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))
        is_ours = isinstance(claims, dict) and secrets.compare_digest(
            str(claims.get("nonce", "")), nonce
        )
    except ValueError:
        is_ours = False
    if not is_ours:
        raise Refused(f"The answer of the company's account is not to our question. {_TRY_AGAIN}")
    return token
