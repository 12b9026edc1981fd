"""How does a device get in? Sign-in by password or company account, and access tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.hub.accounts.devices import (
    NewDevice,
    add_device,
    find_device,
    has_device,
    is_refresh,
    see_device,
)
from loyaldesk.hub.accounts.passwords import check_new_password, hash_password, is_password
from loyaldesk.hub.accounts.tokens import Bearer
from loyaldesk.hub.accounts.users import (
    PasswordState,
    User,
    bind_subject,
    find_user,
    set_password,
    use_up_password,
)
from loyaldesk.hub.http.proofs import check_signature, use_up_nonce
from loyaldesk.hub.http.service import check_welcome, signed_out
from loyaldesk.hub.refusals import Refusal, malformed
from loyaldesk.protocol.wire import ACCESS_S, DeviceMade, Me, TokenMade, oidc_nonce

if TYPE_CHECKING:
    import sqlalchemy as sa

    from loyaldesk.hub.accounts.oidc import Person
    from loyaldesk.hub.http.exchange import Asked
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.wire import DeviceAsked, PasswordChange, TokenAsked

__all__ = ["answer_device", "answer_me", "answer_password", "answer_token"]

_Finder = Callable[["sa.Connection"], User]
_KEY = re.compile(r"[0-9a-f]{64}")
MOST_NAME = 100


def answer_device(asked: Asked) -> DeviceMade:
    """Add the device of somebody who proves who they are, and that the device key is theirs."""
    message: DeviceAsked = asked.body
    hub = asked.hub
    hub.limits.count_sign_in(message.user.casefold()[:MOST_NAME], asked.address)
    name = _device_name(message.name)
    if not _KEY.fullmatch(message.key):
        raise malformed("the key of a device has 64 hexadecimal digits")
    check_signature(asked, message.key)
    find = _by_account(asked) if message.id_token else _by_password(asked)

    def work(tx: Tx) -> DeviceMade:
        use_up_nonce(tx.connection, asked, message.key)
        user = find(tx.connection)
        new = NewDevice(user.id, message.key, name)
        device, refresh = add_device(tx.connection, new, uid=hub.store.new_uid(), now=asked.now)
        return DeviceMade(device=device.id, desk=device.desk, refresh=refresh, user=user.login)

    return hub.store.repeat("sign-in", work)


def answer_token(asked: Asked) -> TokenMade:
    """Return an access token to a device that shows its refresh id, signed with its key."""
    message: TokenAsked = asked.body

    def work(tx: Tx) -> TokenMade:
        device = find_device(tx.connection, message.device)
        if device is None:
            raise signed_out()
        check_signature(asked, device.key)
        use_up_nonce(tx.connection, asked, device.key)
        user = find_user(tx.connection, id=device.user_id)
        if user is None or not is_refresh(device, message.refresh, asked.now):
            raise signed_out()
        check_welcome(user, device)
        see_device(tx.connection, device, asked.now)
        token = asked.hub.tokens.make(Bearer(user.id, device.id), asked.now)
        return TokenMade(token=token, expires_s=ACCESS_S)

    return asked.hub.store.repeat("token", work)


def answer_me(asked: Asked) -> Me:
    """Return who is signed in, with their role and territories."""
    asker = asked.asker
    with asked.hub.store.snapshot("me") as tx:
        user = _self(tx.connection, asked)
    return Me(
        user=asker.user,
        name=asker.name,
        role=asker.role.value,
        territories=None if asker.territories is None else sorted(asker.territories),
        device=asker.device,
        desk=asker.desk,
        has_password=user.password is not None,
        must_change_password=user.password is not None
        and user.password_state is not PasswordState.OWN,
    )


def answer_password(asked: Asked) -> Me:
    """Change the asker's own password; the old one is asked for once more."""
    message: PasswordChange = asked.body
    hub = asked.hub
    hub.limits.count_sign_in(asked.asker.user, asked.address)
    try:
        check_new_password(message.new)
    except Refused as error:
        raise Refusal("refused", error.message) from None
    if message.new == message.old:
        raise Refusal("refused", "The new password is the old one. Nothing was changed.")
    with hub.store.snapshot("password") as tx:
        found = _self(tx.connection, asked)
    kept = found.password
    if not is_password(message.old, kept):
        # The same once more, because the answer was lost: it is done already.
        if found.password_state is PasswordState.OWN and is_password(message.new, kept):
            return answer_me(asked)
        raise Refusal("refused", "The old password is not right. Nothing was changed.", status=403)
    fresh = hash_password(message.new)

    def work(tx: Tx) -> None:
        user = _self(tx.connection, asked)
        if user.password != kept:
            raise Refusal("refused", "The password was changed meanwhile. Sign in again.")
        set_password(tx.connection, user, fresh, PasswordState.OWN)

    hub.store.repeat("password", work)
    return answer_me(asked)


def _by_password(asked: Asked) -> _Finder:
    message: DeviceAsked = asked.body
    with asked.hub.store.snapshot("sign-in") as tx:
        found = find_user(tx.connection, login=message.user.strip().casefold())
    # Compared in any case: how long it takes must not tell whether there is such a user.
    is_right = is_password(message.password, found.password if found else None)
    if found is None or not is_right:
        raise _wrong()
    known = found

    def find(connection: sa.Connection) -> User:
        user = find_user(connection, id=known.id)
        if user is None or user.is_disabled or user.password != known.password:
            raise _wrong()
        _check_once(connection, user, message.key)
        return user

    return find


def _check_once(connection: sa.Connection, user: User, key: str) -> None:
    """Let a handed-out password sign in one device; the same one again if its answer was lost."""
    if user.password_state is PasswordState.ONE_TIME:
        use_up_password(connection, user)
    elif user.password_state is PasswordState.USED and not has_device(connection, user.id, key):
        raise Refusal(
            "refused",
            "This password was good for one sign-in, which has taken place. Nothing was changed. "
            "Use the password that you chose then, or ask for a new one.",
            status=403,
        )


def _by_account(asked: Asked) -> _Finder:
    message: DeviceAsked = asked.body
    oidc = asked.hub.oidc
    if oidc is None or message.user or message.password:
        raise malformed("this hub takes no company account with it")
    nonce = oidc_nonce(message.key, message.salt)
    person = oidc.person(message.id_token, nonce=nonce, now=asked.now)

    def find(connection: sa.Connection) -> User:
        user = find_user(connection, subject=person.subject) or _invited(connection, person)
        if user is None or user.is_disabled:
            raise Refusal(
                "forbidden",
                "Your company's account is right, but it was not invited to this hub. Nothing was "
                "changed. Ask whoever runs the hub.",
            )
        return user

    return find


def _invited(connection: sa.Connection, person: Person) -> User | None:
    """Return the user who was invited by this address, now bound to the account."""
    user = find_user(connection, email=person.email) if person.email else None
    if user is None or user.subject is not None:
        return None
    bind_subject(connection, user, person.subject)
    return user


def _self(connection: sa.Connection, asked: Asked) -> User:
    user = find_user(connection, login=asked.asker.user)
    if user is None:
        raise signed_out()
    return user


def _device_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= MOST_NAME or any(unicodedata.category(sign)[0] == "C" for sign in name):
        raise malformed(f"the name of a device has 1 to {MOST_NAME} plain characters")
    return name


def _wrong() -> Refusal:
    return Refusal(
        "signed-out", "The name or the password is not right. Nothing was changed. Try again."
    )
