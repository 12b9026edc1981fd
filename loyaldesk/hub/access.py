"""Who asks, and may they? The one place where that is decided, before every read and write."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.protocol.buckets import ALL, account_bucket, own_bucket

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["UNKNOWN", "Principal", "Role", "Verb", "authorise", "buckets_granted"]

# What everybody hears of a record that is not there for them, whether there is one or not.
UNKNOWN = (
    "The hub knows no such record, or it is not yours to change. What you entered is kept here;"
    " ask the office if you should have access."
)


class Role(enum.StrEnum):
    """What sort of user somebody is."""

    ADMIN = "admin"
    OFFICE = "office"
    REP = "rep"
    READER = "reader"
    CONNECTOR = "connector"


class Verb(enum.StrEnum):
    """What somebody wants to do; `transfer` moves a row to where they cannot see it."""

    READ = "read"
    WRITE = "write"
    DELETE = "delete"
    RESOLVE = "resolve"
    TRANSFER = "transfer"
    ADMINISTER = "administer"


_VERBS = {
    Role.ADMIN: frozenset(Verb),
    Role.OFFICE: frozenset(Verb) - {Verb.ADMINISTER},
    Role.REP: frozenset({Verb.READ, Verb.WRITE, Verb.DELETE, Verb.RESOLVE}),
    Role.READER: frozenset({Verb.READ}),
    Role.CONNECTOR: frozenset({Verb.READ, Verb.WRITE, Verb.DELETE, Verb.TRANSFER}),
}
# Who may change what the whole company shares.
_OFFICE = frozenset({Role.ADMIN, Role.OFFICE, Role.CONNECTOR})


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in user at a known device; `territories` is None for the whole company."""

    user: str
    name: str
    device: str
    desk: str
    role: Role
    territories: frozenset[str] | None


def authorise(principal: Principal, verb: Verb, buckets: Iterable[str] | None = None) -> bool:
    """Say whether they may do that to a row that lies in these buckets.

    Without buckets (None) the question is whether their role may do it at all.
    """
    if verb not in _VERBS[principal.role]:
        return False
    return buckets is None or any(_reaches(principal, verb, bucket) for bucket in buckets)


def buckets_granted(principal: Principal, existing: Iterable[str]) -> list[str]:
    """Return the buckets that they read, sorted; `existing` are those the hub has."""
    if principal.territories is None:
        accounts = [bucket for bucket in existing if bucket.startswith(account_bucket(""))]
    else:
        accounts = [account_bucket(territory) for territory in principal.territories]
    return sorted({ALL, own_bucket(principal.name), *accounts})


def _reaches(principal: Principal, verb: Verb, bucket: str) -> bool:
    if bucket == ALL:
        return verb is Verb.READ or principal.role in _OFFICE
    if bucket == own_bucket(principal.name):
        return True
    if not bucket.startswith(account_bucket("")):
        return principal.territories is None
    territory = bucket.removeprefix(account_bucket(""))
    return principal.territories is None or territory in principal.territories
