"""`loyaldesk sync`: exchange with the hub; what waits to go out, what was refused, what met."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.cli import sync_conflicts
from loyaldesk.cli.context import as_data
from loyaldesk.errors import Refused
from loyaldesk.settings import disk_trouble, write_atomically
from loyaldesk.sync.bulletin import read_sync_state
from loyaldesk.sync.state import Phase, SyncState

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.queries.sync_edits import RefusedEdit, WaitingGroup
    from loyaldesk.sync.engine.exchange import Round

__all__ = ["add_parser", "moved_words"]

# No group has this number.
EVERYTHING = -1
PHASE_WORDS = {
    Phase.ALONE: "Connected to no hub.",
    Phase.IN_STEP: "In step with the hub.",
    Phase.WAITING: "Edits wait to go out.",
    Phase.SENDING: "Sending edits.",
    Phase.RECEIVING: "Receiving changes.",
    Phase.FIRST: "Receiving the records for the first time.",
    Phase.UPDATING: "Updating the records.",
    Phase.OFFLINE: "The hub cannot be reached.",
    Phase.BY_CHOICE: "Working offline by choice.",
    Phase.SIGNED_OUT: "Signed out; sign in to send what waits.",
    Phase.REVOKED: "The hub has taken access away; edits no longer leave.",
    Phase.TROUBLE: "Something is wrong between this computer and the hub.",
}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("sync", help="exchange with the hub; what waits, what met")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="[status|waiting|conflicts]")
    run = verbs.add_parser("run", help="exchange with the hub until stopped (the usual verb)")
    run.add_argument("--once", action="store_true", help="once, then end; exit 1 if in trouble")
    run.add_argument("--online", action="store_true", help="end working offline by choice first")
    run.set_defaults(run=_run_sync)
    verbs.add_parser("status", help="how it is").set_defaults(run=_run_status)
    waiting = verbs.add_parser("waiting", help="what waits to go out, and what was refused")
    ways = waiting.add_mutually_exclusive_group()
    ways.add_argument(
        "--retry",
        metavar="GROUP",
        type=int,
        nargs="?",
        const=EVERYTHING,
        help="try all that waits now; with a group, send this refused action again",
    )
    ways.add_argument("--discard", metavar="GROUP", type=int, help="take this action back")
    ways.add_argument("--export", metavar="FILE", type=Path, help="write all of it as JSON")
    waiting.set_defaults(run=_run_waiting)
    sync_conflicts.add_parser(verbs)


def _run_sync(args: argparse.Namespace, context: Context) -> int:
    with context.hub_line(tell=None if args.once else _teller(context)) as line:
        if args.online:
            line.driver.work_offline(False)
        last = line.once() if args.once else line.run()
        state = line.driver.state
        problem = " ".join(filter(None, (state.problem, f"({state.detail})" * bool(state.detail))))
        if problem:
            context.tell(problem)
        context.show({**_round_data(last), "state": state}, _round_words(last, state))
        return int(not last.is_in_step or last.refused > 0)


def moved_words(last: Round) -> str:
    """Return how much went out and came in."""
    edits = "1 edit" if last.accepted == 1 else f"{last.accepted} edits"
    changes = "1 change" if last.received == 1 else f"{last.received} changes"
    return f"{edits} went out, {changes} came in."


def _teller(context: Context) -> Any:
    shown: list[Phase] = []

    def tell(state: SyncState) -> None:
        if shown[-1:] != [state.phase]:
            shown[:] = [state.phase]
            context.tell(f"{PHASE_WORDS[state.phase]} {state.problem}".strip())

    return tell


def _run_status(_: argparse.Namespace, context: Context) -> int:
    state = read_sync_state(context.reader(), context.hub_access())
    context.show(state, _status_words(state))
    return 0


def _run_waiting(args: argparse.Namespace, context: Context) -> int:
    if args.retry is not None:
        return _retry(context, args.retry)
    if args.discard is not None:
        return _discard(context, args.discard)
    if args.export is not None:
        return _export(context, args.export)
    from loyaldesk.queries.sync_edits import list_refused, list_waiting

    reader = context.reader()
    waiting, refused = list_waiting(reader), list_refused(reader)
    lines = [*map(_waiting_line, waiting), *map(_refused_line, refused)]
    context.show(
        {"waiting": waiting, "refused": refused}, "\n".join(lines) or "Nothing waits to go out."
    )
    return 0


def _retry(context: Context, grp: int) -> int:
    from loyaldesk.sync.engine.waiting import retry, retry_all

    with context.hub_line() as line:
        if grp == EVERYTHING:
            retry_all(line.desk)
        else:
            retry(line.desk, grp)
        last = line.once()
        context.show(_round_data(last), _round_words(last, line.driver.state))
        return int(not last.is_in_step or last.refused > 0)


def _discard(context: Context, grp: int) -> int:
    from loyaldesk.sync.engine.waiting import discard
    from loyaldesk.sync.profile_desk import profile_desk

    was_sent = discard(profile_desk(context.open_store()), grp)
    words = f"Action {grp} is taken back."
    if was_sent:
        words += " It may have reached the hub, so the opposite edit goes out after it."
    context.show({"group": grp, "was_sent": was_sent}, words)
    return 0


def _export(context: Context, path: Path) -> int:
    from loyaldesk.sync.engine.waiting import export
    from loyaldesk.sync.profile_desk import profile_desk

    if path.exists():
        raise Refused(f"“{path}” is there already. Nothing was written. Choose another name.")
    text = export(profile_desk(context.open_store()))
    with disk_trouble():
        write_atomically(path, text.encode())
    told = json.loads(text)
    counts = {name: len(told[name]) for name in ("waiting", "refused")}
    words = f"{counts['waiting']} waiting and {counts['refused']} refused edits are in {path}."
    context.show({"file": str(path), **counts}, words)
    return 0


def _round_data(last: Round) -> dict[str, Any]:
    kept = {name: value for name, value in asdict(last).items() if name != "problem"}
    return {**kept, "problem": last.problem.err if last.problem else None}


def _round_words(last: Round, state: SyncState) -> str:
    said = [PHASE_WORDS[state.phase], moved_words(last)]
    if last.refused:
        were = "1 was" if last.refused == 1 else f"{last.refused} were"
        said.append(f"{were} refused: see `loyaldesk sync waiting`.")
    return " ".join(said)


def _status_words(state: SyncState) -> str:
    data = as_data(state)
    lines = [PHASE_WORDS[state.phase]]
    lines += [
        f"{name.replace('_', ' '):<16} {data[name]}"
        for name in ("hub", "user", "desk", "waiting", "attention", "conflicts", "last_success_at")
        if data[name] not in {"", None}
    ]
    if state.phase is Phase.REVOKED:
        lines[0] = state.problem
    return "\n".join(lines if state.phase is not Phase.ALONE else lines[:1])


def _waiting_line(each: WaitingGroup) -> str:
    told = f"  {each.answer}" if each.answer else ""
    record = each.record.words or each.record.kind
    return f"{each.grp:>6}  {each.edited_at:%Y-%m-%d %H:%M}Z  {each.label}  {record}{told}"


def _refused_line(each: RefusedEdit) -> str:
    record = each.edit.record.words or each.edit.record.kind
    when = f"{each.edited_at:%Y-%m-%d %H:%M}Z"
    return f"refused {when}  {each.label}  {record}\n        {each.reason}"
