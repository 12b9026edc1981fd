"""`loyaldesk hub device`: which computers are in touch with the hub, and which no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.cli.hub_context import add_data, change_hub, read_hub

if TYPE_CHECKING:
    import argparse

    import sqlalchemy as sa

    from loyaldesk.cli.context import Context
    from loyaldesk.hub.accounts.devices import Device

__all__ = ["add_parser"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("device", help="computers that signed in")
    verbs = parser.add_subparsers(dest="what", required=True, metavar="what")
    add_data(verbs.add_parser("list", help="all devices, the latest seen first")).set_defaults(
        run=_run_list
    )
    words = {
        "revoke": "shut a device out; its records stay on it",
        "wipe": "shut a device out and let it erase its records",
    }
    for name, text in words.items():
        verb = add_data(verbs.add_parser(name, help=text))
        verb.add_argument("desk", metavar="DESK", help="the desk code, such as B7")
        verb.set_defaults(run=_run_mark)


def _run_list(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.accounts.devices import list_devices

    devices = [_values(device, login) for device, login in read_hub(args, list_devices)]
    lines = [
        f"{device['desk']:<8}{device['user']:<16}{device['status']:<9}"
        f"{device['last_seen'][:16]:<18}{device['name']}"
        for device in devices
    ]
    context.show(devices, "\n".join(lines) or "No device has signed in yet.")
    return 0


def _run_mark(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.accounts.devices import DeviceStatus, device_named, mark_device

    status = {"revoke": DeviceStatus.REVOKED, "wipe": DeviceStatus.WIPE}[args.what]

    def work(connection: sa.Connection) -> Device:
        device = device_named(connection, args.desk)
        return mark_device(connection, device, status)

    device = change_hub(args, work)
    words = {
        DeviceStatus.REVOKED: "has no access any more, from the next request on",
        DeviceStatus.WIPE: "has no access any more and erases its records when it asks next",
    }
    said = f"The device {device.desk} {words[device.status]}."
    context.show({"desk": device.desk, "status": device.status}, said)
    return 0


def _values(device: Device, login: str) -> dict[str, Any]:
    return {
        "desk": device.desk,
        "user": login,
        "name": device.name,
        "status": device.status,
        "signed_in_at": device.signed_in_at,
        "last_seen": device.last_seen,
    }
