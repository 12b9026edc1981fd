"""Which computers may speak for a user, under which desk code, and are they still welcome?"""

from __future__ import annotations

import enum
import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from loyaldesk.errors import Refused
from loyaldesk.hub.tables.accounts import DEVICE, IDENTITY, NONCE, USER
from loyaldesk.protocol.wire import CLOCK_S

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = [
    "CODE_LETTERS", "REFRESH_DAYS", "Device", "DeviceStatus", "NewDevice", "add_device",
    "device_named", "find_device", "has_device", "is_refresh", "list_devices", "mark_device",
    "see_device", "use_nonce",
]  # fmt: skip

# Letters and digits of a desk code; none is taken for another, and a code begins with a letter.
CODE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
CODE_SIGNS = CODE_LETTERS + "2346789"
REFRESH_DAYS = 90
TRIES = 40
MOST_SIGNS = 7


class DeviceStatus(enum.StrEnum):
    """Whether a device is welcome, shut out, or shut out and asked to erase its records."""

    ACTIVE = "active"
    REVOKED = "revoked"
    WIPE = "wipe"


@dataclass(frozen=True, slots=True)
class Device:
    """A computer that somebody signed in from."""

    id: str
    user_id: str
    key: str
    name: str
    desk: str
    status: DeviceStatus
    refresh: str
    refresh_until: str
    signed_in_at: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A device that signs in: whose it is, its public key in hexadecimal, and its name."""

    user_id: str
    key: str
    name: str


def add_device(
    connection: sa.Connection, new: NewDevice, *, uid: str, now: datetime
) -> tuple[Device, str]:
    """Add a device and return it with its refresh id, which the hub itself cannot tell again."""
    refresh = secrets.token_hex(32)
    values = {
        "id": uid,
        "user_id": new.user_id,
        "key": new.key,
        "name": new.name,
        "desk": _free_code(connection),
        "status": DeviceStatus.ACTIVE.value,
        "refresh": _digest(refresh),
        "refresh_until": _refresh_end(now),
        "signed_in_at": now.isoformat(),
        "last_seen": now.isoformat(),
    }
    connection.execute(sa.insert(DEVICE).values(values))
    return _device(values), refresh


def find_device(connection: sa.Connection, uid: str) -> Device | None:
    """Return the device of that id, or None."""
    row = connection.execute(sa.select(DEVICE).where(DEVICE.c.id == uid)).mappings().first()
    return None if row is None else _device(dict(row))


def device_named(connection: sa.Connection, desk: str) -> Device:
    """Return the device of that desk code; refused where there is none."""
    wanted = sa.select(DEVICE).where(DEVICE.c.desk == desk.strip().upper())
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise Refused(
            f"There is no device “{desk}” at this hub. Nothing was changed. See them all with "
            "`loyaldesk hub device list`."
        )
    return _device(dict(row))


def has_device(connection: sa.Connection, user_id: str, key: str) -> bool:
    """Tell whether the user signed in with that device key before."""
    wanted = sa.select(DEVICE.c.id).where(DEVICE.c.user_id == user_id, DEVICE.c.key == key)
    return connection.execute(wanted).first() is not None


def list_devices(connection: sa.Connection) -> Sequence[tuple[Device, str]]:
    """Return all devices, the latest seen first, each with its user's login."""
    wanted = (
        sa.select(DEVICE, USER.c.login)
        .join(USER, USER.c.id == DEVICE.c.user_id)
        .order_by(DEVICE.c.last_seen.desc(), DEVICE.c.desk)
    )
    rows = connection.execute(wanted).mappings()
    return [(_device(dict(row)), row["login"]) for row in rows]


def is_refresh(device: Device, refresh: str, now: datetime) -> bool:
    """Tell whether that is the refresh id of the device, and it was in touch in 90 days."""
    is_right = secrets.compare_digest(device.refresh, _digest(refresh))
    return is_right and now < datetime.fromisoformat(device.refresh_until)


def see_device(connection: sa.Connection, device: Device, now: datetime) -> None:
    """Note that the device was in touch, which gives it another 90 days."""
    values = {"last_seen": now.isoformat(), "refresh_until": _refresh_end(now)}
    connection.execute(sa.update(DEVICE).where(DEVICE.c.id == device.id).values(values))


def mark_device(connection: sa.Connection, device: Device, status: DeviceStatus) -> Device:
    """Shut the device out, or ask it to erase its records; a wish to erase is not taken back."""
    if device.status is DeviceStatus.WIPE:
        status = DeviceStatus.WIPE
    change = sa.update(DEVICE).where(DEVICE.c.id == device.id).values(status=status.value)
    connection.execute(change)
    return replace(device, status=status)


def use_nonce(connection: sa.Connection, key: str, nonce: str, now: datetime) -> bool:
    """Tell whether the device key uses this nonce for the first time, and remember it."""
    connection.execute(sa.delete(NONCE).where(NONCE.c.until < now.isoformat()))
    until = (now + timedelta(seconds=2 * CLOCK_S)).isoformat()
    used = sa.select(NONCE.c.until).where(NONCE.c.device_key == key, NONCE.c.nonce == nonce)
    if connection.execute(used).first():
        return False
    values = {"device_key": key, "nonce": nonce, "until": until}
    connection.execute(sa.insert(NONCE).values(values))
    return True


def _free_code(connection: sa.Connection) -> str:
    taken = set(connection.execute(sa.select(DEVICE.c.desk)).scalars())
    generation = connection.execute(sa.select(IDENTITY.c.generation)).scalar_one()
    for tried in range(TRIES):
        # Two signs, longer ones when those become rare. A restored hub has forgotten codes that
        # were given meanwhile, so it gives only longer ones than before.
        signs = min(MOST_SIGNS, generation + tried // 10)
        code = secrets.choice(CODE_LETTERS)
        code += "".join(secrets.choice(CODE_SIGNS) for _ in range(signs))
        if code not in taken:
            return code
    raise Refused("The hub has no free desk code left. Nothing was changed.")


def _refresh_end(now: datetime) -> str:
    return (now + timedelta(days=REFRESH_DAYS)).isoformat()


def _digest(refresh: str) -> str:
    return hashlib.sha256(refresh.encode()).hexdigest()


def _device(values: Mapping[str, object]) -> Device:
    kept = {name: values[name] for name in Device.__slots__}
    return Device(**{**kept, "status": DeviceStatus(str(values["status"]))})  # type: ignore[arg-type]
