"""Who are the users of this hub, and what may they see? Read and changed on an open connection."""

from __future__ import annotations

import enum
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from loyaldesk.errors import Refused
from loyaldesk.hub.access import Role
from loyaldesk.hub.tables.accounts import GRANT, USER
from loyaldesk.hub.tables.records import BUCKET_HEAD
from loyaldesk.protocol.buckets import account_bucket

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "WHOLE_COMPANY", "NewUser", "PasswordState", "User", "add_user", "bind_subject",
    "disable_user", "find_user", "grant_territory", "granted_territories", "is_territory",
    "list_territories", "list_users", "set_password", "set_role", "use_up_password", "user_named",
    "withdraw_territory",
]  # fmt: skip

# These roles see every territory; the others see what they were granted.
WHOLE_COMPANY = frozenset({Role.ADMIN, Role.OFFICE, Role.CONNECTOR})
MOST_LOGIN, MOST_NAME, MOST_EMAIL = 100, 200, 254
CONTROL = "C"


class PasswordState(enum.StrEnum):
    """Whether the user chose the password, or it was handed out: that signs in one device only."""

    OWN = "own"
    ONE_TIME = "one-time"
    USED = "used"


@dataclass(frozen=True, slots=True)
class User:
    """A user as the hub keeps them; `password` is a hash, or None for a company account."""

    id: str
    login: str
    name: str
    role: Role
    password: str | None
    password_state: PasswordState
    email: str | None
    subject: str | None
    is_disabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Who shall become a user; `name` is the account manager they are in the records."""

    login: str
    name: str
    role: Role
    password: str | None = None
    email: str | None = None
    subject: str | None = None


def add_user(connection: sa.Connection, new: NewUser, *, uid: str, now: str) -> User:
    """Add a user; refused where the login, the address or the account is somebody's already."""
    login = _checked(new.login.strip().casefold(), "login", MOST_LOGIN)
    name = _checked(new.name.strip(), "name", MOST_NAME)
    email = _checked(new.email.casefold(), "address", MOST_EMAIL) if new.email else None
    taken = sa.or_(
        USER.c.login == login,
        sa.and_(USER.c.email == email, USER.c.email.is_not(None)),
        sa.and_(USER.c.subject == new.subject, USER.c.subject.is_not(None)),
    )
    if connection.execute(sa.select(USER.c.id).where(taken)).first():
        raise Refused(
            f"There is a user “{login}”, or one with that address, already. Nothing was changed. "
            "See them with `loyaldesk hub user list`."
        )
    values = {
        "id": uid,
        "login": login,
        "name": name,
        "role": new.role.value,
        "password": new.password,
        "password_state": PasswordState.ONE_TIME.value,
        "email": email,
        "subject": new.subject,
        "is_disabled": False,
        "made_at": now,
    }
    connection.execute(sa.insert(USER).values(values))
    return user_named(connection, login)


def find_user(connection: sa.Connection, **by: str) -> User | None:
    """Return the user with that `id`, `login`, `email` or `subject`, or None."""
    wanted = [USER.c[column] == value for column, value in by.items()]
    row = connection.execute(sa.select(USER).where(*wanted)).first()
    return None if row is None else _user(row)


def user_named(connection: sa.Connection, login: str) -> User:
    """Return the user who signs in by that name; refused where there is none."""
    found = find_user(connection, login=login.strip().casefold())
    if found is None:
        raise Refused(
            f"There is no user “{login}” at this hub. Nothing was changed. See them all with "
            "`loyaldesk hub user list`."
        )
    return found


def list_users(connection: sa.Connection) -> Sequence[User]:
    """Return all users by their login."""
    return [_user(row) for row in connection.execute(sa.select(USER).order_by(USER.c.login))]


def disable_user(connection: sa.Connection, user: User, *, is_disabled: bool = True) -> None:
    """Shut a user out from their next request on, or let them in again."""
    if is_disabled:
        _keep_one_admin(connection, user)
    _change(connection, user, is_disabled=is_disabled)


def set_password(
    connection: sa.Connection, user: User, password: str, state: PasswordState
) -> None:
    """Keep another password, given as a hash."""
    _change(connection, user, password=password, password_state=state.value)


def use_up_password(connection: sa.Connection, user: User) -> None:
    """Note that a one-time password has signed in its one device."""
    _change(connection, user, password_state=PasswordState.USED.value)


def bind_subject(connection: sa.Connection, user: User, subject: str) -> None:
    """Note which account of the sign-in provider is this user's, from its first sign-in on."""
    _change(connection, user, subject=subject)


def set_role(connection: sa.Connection, user: User, role: Role) -> None:
    """Make the user something else."""
    if role is not Role.ADMIN:
        _keep_one_admin(connection, user)
    _change(connection, user, role=role.value)


def granted_territories(connection: sa.Connection, user: User) -> frozenset[str] | None:
    """Return the territories whose customers the user may see; None is the whole company."""
    if user.role in WHOLE_COMPANY:
        return None
    rows = connection.execute(sa.select(GRANT.c.territory).where(GRANT.c.user_id == user.id))
    return frozenset(row.territory for row in rows)


def grant_territory(connection: sa.Connection, user: User, territory: str) -> None:
    """Let the user see the customers of a territory from now on."""
    territory = _checked(territory.strip(), "territory", MOST_NAME)
    if territory not in (granted_territories(connection, user) or ()):
        values = {"user_id": user.id, "territory": territory}
        connection.execute(sa.insert(GRANT).values(values))


def withdraw_territory(connection: sa.Connection, user: User, territory: str) -> None:
    """Take a territory away; the user's desks drop its customers when they are in touch next."""
    gone = connection.execute(
        sa.delete(GRANT).where(GRANT.c.user_id == user.id, GRANT.c.territory == territory.strip())
    )
    if not gone.rowcount:
        raise Refused(
            f"“{user.login}” does not have the territory “{territory}”. Nothing was changed. See "
            "them with `loyaldesk hub territory list`."
        )


def is_territory(connection: sa.Connection, territory: str) -> bool:
    """Tell whether any customer at the hub has the territory."""
    wanted = sa.select(BUCKET_HEAD.c.live).where(
        BUCKET_HEAD.c.bucket == account_bucket(territory.strip())
    )
    return bool(connection.execute(wanted).scalar())


def list_territories(connection: sa.Connection) -> dict[str, list[str]]:
    """Return who was granted which territory: logins by territory."""
    rows = connection.execute(
        sa.select(GRANT.c.territory, USER.c.login)
        .join(USER, USER.c.id == GRANT.c.user_id)
        .order_by(GRANT.c.territory, USER.c.login)
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.territory, []).append(row.login)
    return found


def _change(connection: sa.Connection, user: User, **values: object) -> None:
    connection.execute(sa.update(USER).where(USER.c.id == user.id).values(values))


def _keep_one_admin(connection: sa.Connection, user: User) -> None:
    others = sa.select(USER.c.id).where(
        USER.c.role == Role.ADMIN.value, ~USER.c.is_disabled, USER.c.id != user.id
    )
    if user.role is Role.ADMIN and not connection.execute(others).first():
        raise Refused(
            f"“{user.login}” is the only administrator of this hub. Nothing was changed. Make "
            "somebody else an administrator first."
        )


def _user(row: sa.Row[tuple[object, ...]]) -> User:
    values = row._mapping  # noqa: SLF001 - the public name of a row's columns in SQLAlchemy
    return User(
        **{name: values[name] for name in User.__slots__ if name not in {"role", "password_state"}},
        role=Role(values["role"]),
        password_state=PasswordState(values["password_state"]),
    )


def _checked(text: str, what: str, most: int) -> str:
    has_control = any(unicodedata.category(sign).startswith(CONTROL) for sign in text)
    if not text or len(text) > most or has_control:
        raise Refused(
            f"The {what} of a user has 1 to {most} characters and no control characters. "
            "Nothing was changed.",
            field=what,
        )
    return text
