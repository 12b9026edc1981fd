"""`loyaldesk hub`: the shared store of a team, started, backed up and put back."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli import hub_devices, hub_recovery, hub_segments, hub_territories, hub_users
from loyaldesk.cli.hub_context import add_data, place_of
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.cli.context import Context
    from loyaldesk.hub.http.serve import Binding
    from loyaldesk.hub.http.service import Hub
    from loyaldesk.hub.opening import HubPlace

__all__ = ["add_parser"]

USUAL_NAME = "LoyalDesk hub"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("hub", help="the shared store of a team, and its users")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    serve = add_data(verbs.add_parser("serve", help="serve desks until Ctrl+C"))
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where to listen")
    serve.add_argument("--port", default=8443, type=_port, metavar="N", help="8443 unless given")
    serve.add_argument("--name", default=USUAL_NAME, help="the new hub's name, as desks show it")
    serve.add_argument("--certificate", metavar="FILE", type=Path, help="PEM, with its chain")
    serve.add_argument("--private-key", metavar="FILE", type=Path, help="PEM, without password")
    serve.add_argument(
        "--behind-proxy",
        metavar="ADDRESS",
        action="append",
        default=[],
        help="a proxy at this address does TLS; only what it passes on is answered",
    )
    serve.set_defaults(run=_run_serve)
    backup = add_data(verbs.add_parser("backup", help="copy the database while it is in use"))
    backup.add_argument("file", metavar="FILE", type=Path)
    backup.set_defaults(run=_run_backup)
    restored = verbs.add_parser("restore-finished", help="put a restored copy into service")
    add_data(restored).set_defaults(run=_run_restored)
    for part in (hub_users, hub_devices, hub_territories, hub_segments, hub_recovery):
        part.add_parser(verbs)


def _run_serve(args: argparse.Namespace, context: Context) -> int:
    place = place_of(args)
    from loyaldesk.hub.accounts.oidc import oidc_from
    from loyaldesk.hub.contents.store import open_contents
    from loyaldesk.hub.http.chores import usual_chores
    from loyaldesk.hub.http.serve import serve_hub
    from loyaldesk.hub.http.service import Hub
    from loyaldesk.hub.opening import start_store

    binding = _binding(args)
    binding.check()
    # What may be refused comes before a new hub is made, whose password is told once.
    oidc, contents = oidc_from(clock=time.monotonic), open_contents(place.folder)
    _log_to_stderr()
    with _sole_server(place):
        opened = start_store(place, args.name)
        try:
            hub = Hub(store=opened.store, identity=opened.identity, contents=contents, oidc=oidc)
            serve_hub(
                hub,
                binding,
                chores=[*usual_chores(place, hub), hub_segments.chore(place, hub)],
                ready=partial(_say_ready, context, hub, opened.password),
            )
        finally:
            opened.store.close()
    return 0


def _run_backup(args: argparse.Namespace, context: Context) -> int:
    place = place_of(args)
    from loyaldesk.hub.backup import back_up

    made = back_up(place, args.file)
    context.show(
        {
            "file": str(made.file),
            "contents_file": str(made.contents_file),
            "contents": made.contents,
            "contents_bytes": made.contents_bytes,
        },
        f"The database is in {made.file}. It relies on {made.contents:,} contents "
        f"({made.contents_bytes:,} bytes), listed in {made.contents_file}: copy their folder or "
        "bucket now, after the database.",
    )
    return 0


def _run_restored(args: argparse.Namespace, context: Context) -> int:
    place = place_of(args)
    from loyaldesk.hub.opening import put_back

    with _sole_server(place):
        epoch = put_back(place)
    context.show(
        {"epoch": epoch},
        "The restored hub may serve. When desks are in touch next they send again what it does "
        "not know, and compare all their records.",
    )
    return 0


def _binding(args: argparse.Namespace) -> Binding:
    from loyaldesk.hub.http.serve import Binding

    if (args.certificate is None) != (args.private_key is None):
        raise Refused(
            "--certificate and --private-key go together, and one is missing. The hub was not "
            "started."
        )
    return Binding(
        host=args.host,
        port=args.port,
        certificate=args.certificate,
        private_key=args.private_key,
        proxies=args.behind_proxy,
    )


def _say_ready(context: Context, hub: Hub, password: str | None, url: str) -> None:
    lines = [f"The hub “{hub.identity.name}” serves at {url}. Stop it with Ctrl+C."]
    lines.append(f"A desk connects with: loyaldesk connect {url}")
    if password is not None:
        lines += [
            "",
            "This hub is new. Its administrator signs in once with",
            "    name      admin",
            f"    password  {password}",
            "and then chooses another password. It is not shown again.",
        ]
    data = {"url": url, "hub": hub.hub, "name": hub.identity.name, "administrator": password}
    context.show(data, "\n".join(lines))
    sys.stdout.flush()


@contextmanager
def _sole_server(place: HubPlace) -> Iterator[None]:
    """Hold the data folder of a file; on PostgreSQL several processes may share one."""
    from loyaldesk.settings import ProfileLock

    if not place.is_file:
        yield
        return
    with ProfileLock(place.folder):
        yield


def _log_to_stderr() -> None:
    log = logging.getLogger("loyaldesk.hub")
    log.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.handlers = [handler]


def _port(word: str) -> int:
    if not word.isdecimal() or int(word) > 65535:
        raise argparse.ArgumentTypeError(f"{word!r} is no port: 0 to 65535")
    return int(word)
