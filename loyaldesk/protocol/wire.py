"""How a desk reaches its hub: paths, headers, the messages of signing in, what a device signs.

Every path lies below `/v1/`. A desk signs in once (`POST devices`), keeps its device key and the
refresh id, and fetches an access token for ten minutes with them (`POST token`); all other
requests carry `Authorization: Bearer TOKEN`. The requests to `devices` and `token` are signed by
the device key: `LD-Nonce` is a fresh random word, `LD-Now` the desk's clock, `LD-Signature` the
Ed25519 signature, in hexadecimal, over `signed_words`; their bodies are not compressed. An answer
to either with `err` = `clock` carries the hub's clock in `LD-Now`: sign anew with that time and
another nonce. A nonce counts once, so the same bytes sent twice are answered `clock` too.

Bodies are JSON. `Content-Encoding` may be zstd or gzip both ways; the hub compresses only for
those who say `Accept-Encoding`. Every refusal is a `messages.Problem`. A reply without `LD-Hub` is
not from a hub (a hotel's sign-in page answers 200 too): treat it as offline.

`GET hub` HubInfo · `POST devices` DeviceAsked → DeviceMade · `POST token` TokenAsked → TokenMade ·
`GET me` Me · `POST me/password` PasswordChange → Me · `POST sync/push|pull|known|verify` as in
`messages` · `GET sync/wait?seen=WORD` Waited · `GET history/KIND/UID?before=ID` History ·
`GET health/live|ready` Health · `GET openapi.json`.
"""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec import Struct

__all__ = [
    "ACCESS_S", "CLIENT_HEADER", "CLOCK_S", "EPOCH_HEADER", "HUB_HEADER", "LONGEST_PASSWORD",
    "NONCE_HEADER", "NOW_HEADER", "PREFIX", "PROTOCOL", "PROTOCOL_HEADER", "PUSH_BYTES",
    "SCHEMA_HEADER", "SHORTEST_PASSWORD", "SIGNATURE_HEADER", "WAIT_S", "DeviceAsked",
    "DeviceMade", "Health", "History", "HistoryEntry", "HubInfo", "Me", "OidcWay", "PaperUsed",
    "PasswordChange", "TokenAsked", "TokenMade", "Waited", "oidc_nonce", "signed_words",
]  # fmt: skip

PREFIX = "/v1/"
PROTOCOL = 1

PROTOCOL_HEADER = "LD-Protocol"
CLIENT_HEADER = "LD-Client"
EPOCH_HEADER = "LD-Epoch"
SCHEMA_HEADER = "LD-Schema"
NOW_HEADER = "LD-Now"
HUB_HEADER = "LD-Hub"
NONCE_HEADER = "LD-Nonce"
SIGNATURE_HEADER = "LD-Signature"

# An access token is good for so long; a signed request may be off the hub's clock by so much.
ACCESS_S = 600
CLOCK_S = 300
# The hub answers `sync/wait` after so long at most, moved or not.
WAIT_S = 25
# The usual limit of a push as it travels; `too-large` means: send fewer mutations.
PUSH_BYTES = 1 << 20
# How many characters a password has that somebody chooses.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200


class OidcWay(Struct, frozen=True):
    """Where people sign in with their company's account, and as which client of it."""

    issuer: str
    client_id: str


class HubInfo(Struct, kw_only=True, frozen=True):
    """What anybody may know of a hub before signing in; `oidc` is None where there is none.

    `recovery` is the public key for what a desk seals before it erases its records.
    """

    hub: str
    name: str
    version: str
    schema: int
    oidc: OidcWay | None = None
    recovery: str = ""


class DeviceAsked(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A sign-in from this device, by user and password or by the id token of an OIDC provider.

    `key` is the device's public Ed25519 key in hexadecimal, `name` what the user calls the
    machine. The id token's nonce must be `oidc_nonce(key, salt)`, so that it is good for nobody
    else's device.
    """

    key: str
    name: str
    user: str = ""
    password: str = ""
    id_token: str = ""
    salt: str = ""


class DeviceMade(Struct, kw_only=True, frozen=True):
    """The device as the hub knows it: its id, the desk code for numbers, the refresh id to keep."""

    device: str
    desk: str
    refresh: str
    user: str


class TokenAsked(Struct, kw_only=True, forbid_unknown_fields=True):
    """Who wants an access token; proven by the signature of the device's key."""

    device: str
    refresh: str


class TokenMade(Struct, kw_only=True, frozen=True):
    """An access token and for how many seconds it is good."""

    token: str
    expires_s: int


class Me(Struct, kw_only=True, frozen=True):
    """Who is signed in; `territories` is None for the whole company, `name` the account manager.

    With `must_change_password` the password was handed out and signs in no second device.
    """

    user: str
    name: str
    role: str
    territories: list[str] | None
    device: str
    desk: str
    has_password: bool
    must_change_password: bool = False


class PasswordChange(Struct, kw_only=True, forbid_unknown_fields=True):
    """The password there is and the one that takes its place."""

    old: str
    new: str


class Waited(Struct, frozen=True):
    """What the heads of the asker's buckets add up to; another `seen` than before means: pull."""

    seen: str


class HistoryEntry(Struct, kw_only=True, frozen=True):
    """One change of one field: who, when (hub's clock), from what to what; `id` orders them."""

    id: str
    at: str
    actor: str
    op: str
    field: str
    old: Any
    new: Any


class PaperUsed(Struct, kw_only=True, frozen=True):
    """What somebody did with a document: viewed, exported, opened, printed or mailed it."""

    at: str
    actor: str
    verb: str
    recipient: str = ""


class History(Struct, frozen=True):
    """Changes of a record, newest first; `before` asks for the page after this one, None ends.

    The first page of a document brings the newest uses of it as well.
    """

    entries: list[HistoryEntry]
    before: str | None = None
    uses: list[PaperUsed] = []


class Health(Struct, frozen=True):
    """Whether the process lives, or can serve."""

    status: str


def signed_words(method: str, path: str, *, now: str, nonce: str, body: bytes) -> bytes:
    """Return what the device key signs: the request with the path from `/v1/`, its time and body.

    `now` and `nonce` are the values of the headers `LD-Now` and `LD-Nonce`.
    """
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join(("LD1", method, path, now, nonce, digest)).encode()


def oidc_nonce(key: str, salt: str) -> str:
    """Return the nonce that binds an id token to a device: a hash of its public key and a salt."""
    return hashlib.sha256(f"loyaldesk {key} {salt}".encode()).hexdigest()
