"""How does somebody choose a password of their own at the hub?

A password that is handed out signs in one device; until its user chooses another it opens nothing
more. Changing it twice is harmless, for an answer may be lost on its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from loyaldesk.errors import LoyalDeskError, Refused
from loyaldesk.protocol.wire import LONGEST_PASSWORD, SHORTEST_PASSWORD, Me, PasswordChange
from loyaldesk.sync.reach.one_call import end_never, hub_caller
from loyaldesk.sync.reach.refusals import HubRefusal, problem_in
from loyaldesk.sync.reach.session import decoded
from loyaldesk.sync.reach.transport import HubRequest
from loyaldesk.sync.reach.trouble import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["change_password", "must_choose_password"]

WRONG = 403
_OLD_IS_WRONG = (
    "The hub did not take the old password. Nothing was changed. Type it again, or ask whoever "
    "runs the hub for a new one. With a company account there is no password here."
)
_AGAIN = (
    "The old password may still count: choose the new one again once the hub answers; twice is "
    "harmless."
)
_TOO_OFTEN = (
    "The hub was asked too often. Nothing was changed. Wait a few minutes, then choose the "
    "password again."
)


def change_password(
    profile: Path,
    database_key: bytes,
    *,
    old: str,
    new: str,
    end_with: Callable[[Callable[[], None]], object] = end_never,
) -> None:
    """Let `new` be the password of the user of this profile in place of `old`.

    `end_with` is given what stops the waiting from another thread. Raises Refused, with the field
    `old` or `new` if one is to blame, or Unreachable.
    """
    request = _request(old, new)
    try:
        with hub_caller(profile, database_key, end_with) as caller:
            answer = caller.ask(request)
            if answer.status == WRONG and problem_in(answer).err == "refused":
                raise Refused(_OLD_IS_WRONG, field="old")
            decoded(answer, Me)
    except Unreachable as error:
        raise Unreachable(error.cause, f"{error.sentence} {_AGAIN}", error.detail) from error
    except HubRefusal as refusal:
        if refusal.problem.err != "busy":
            raise
        raise Refused(_TOO_OFTEN) from refusal


def must_choose_password(profile: Path, database_key: bytes) -> bool:
    """Tell whether the user's password was handed out; False where the hub does not say now."""
    try:
        with hub_caller(profile, database_key, end_never) as caller:
            found: Me = caller.read("me", Me)
    except LoyalDeskError:
        return False
    return found.must_change_password


def _request(old: str, new: str) -> HubRequest:
    if not SHORTEST_PASSWORD <= len(new) <= LONGEST_PASSWORD:
        raise Refused(
            f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters. Nothing was "
            "changed. A few words in a row are easy to remember and hard to guess.",
            field="new",
        )
    if new == old:
        raise Refused(
            "The new password is the old one. Nothing was changed. Choose another.", field="new"
        )
    try:
        body = msgspec.json.encode(PasswordChange(old=old, new=new))
    except UnicodeEncodeError as error:
        raise Refused("What was typed cannot be sent. Nothing was changed.", field="new") from error
    return HubRequest(
        "POST", "me/password", body=body, headers={"Content-Type": "application/json"}
    )
