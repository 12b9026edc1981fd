"""`loyaldesk sync conflicts`: edits of several people that met in one field, listed and decided."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.operations.teamwork import dismiss_conflicts, resolve_conflict
from loyaldesk.operations.teamwork_choices import Choice
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.conflict_sides import typed_by
from loyaldesk.queries.conflict_uids import conflict_uids, find_conflict
from loyaldesk.queries.sync_conflicts import FieldConflict, list_conflicts, read_conflict
from loyaldesk.sync.bulletin import read_sync_state

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.sync.state import SyncState

__all__ = ["add_parser"]


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "conflicts",
        help="edits that met in one field, and which of them shall stand",
        description=(
            "--resolve UID mine keeps what you typed, --resolve UID theirs what the other one "
            "did, --resolve UID stands leaves it as it is. Anything else is taken as the value "
            "that shall stand; of a whole record that is keep or delete."
        ),
    )
    parser.add_argument("--resolve", nargs=2, metavar=("UID", "mine|theirs|stands|VALUE"))
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    if args.resolve:
        return _resolve(context, *args.resolve)
    reader = context.reader()
    state = read_sync_state(reader, context.hub_access())
    found = [each for record in list_conflicts(reader) for each in record.conflicts]
    uids = conflict_uids(reader, ids=[each.id for each in found])
    shown = [_data(each, uids[each.id], _own_side(each, state)) for each in found]
    context.show(shown, "\n".join(map(_line, shown)) or "Nothing has to be decided.")
    return 0


def _resolve(context: Context, uid: str, word: str) -> int:
    state = read_sync_state(context.reader(), context.hub_access())
    store = context.open_store()
    with store.transaction(resolve_conflict.label) as tx:
        conflict_id = find_conflict(tx, uid=uid)
        if word == "stands":
            dismiss_conflicts(tx, conflict_ids=[conflict_id])
        else:
            conflict = read_conflict(tx, conflict_id=conflict_id)
            choice = _choice(conflict, word, _own_side(conflict, state))
            value = _value(conflict, word) if choice is Choice.VALUE else None
            resolve_conflict(tx, conflict_id=conflict_id, choice=choice, value=value)
    context.show(
        {"uid": uid, "choice": word},
        "Decided. It goes to everybody with the next `loyaldesk sync --once`.",
    )
    return 0


def _own_side(conflict: FieldConflict, state: SyncState) -> Choice | None:
    """Return which value this user typed; of two, the one from this computer, else the first."""
    name = state.name or state.user
    is_first, is_second = typed_by(conflict, name=name, desk=state.desk)
    if is_first and (not is_second or conflict.my_desk == state.desk):
        return Choice.MINE
    return Choice.THEIRS if is_second else None


def _choice(conflict: FieldConflict, word: str, own: Choice | None) -> Choice:
    if not conflict.field and word in {"keep", "delete"}:
        is_mine = (conflict.mine is None) is (word == "delete")
        return Choice.MINE if is_mine else Choice.THEIRS
    if word not in {"mine", "theirs"}:
        return Choice.VALUE
    if own is None:
        raise Refused(
            f"Neither value is yours: {conflict.my_user} and {conflict.their_user or 'the hub'} "
            "met here. Nothing was changed. Give the value that shall stand, or `stands`.",
            field="value",
        )
    is_first = (own is Choice.MINE) is (word == "mine")
    return Choice.MINE if is_first else Choice.THEIRS


def _value(conflict: FieldConflict, word: str) -> Any:
    kind = KINDS.get(conflict.record.kind)
    field = kind.fields.get(conflict.field) if kind else None
    if field is None or field.type in {"text", "day", "instant"}:
        return word
    try:
        return json.loads(word)
    except ValueError:
        raise Refused(
            f"“{word}” is no value for {conflict.field}. Nothing was changed.", field="value"
        ) from None


def _data(conflict: FieldConflict, uid: str, own: Choice | None) -> dict[str, Any]:
    told = asdict(conflict)
    if own is Choice.THEIRS:
        told["mine"], told["theirs"] = told["theirs"], told["mine"]
        told["my_user"], told["their_user"] = told["their_user"], told["my_user"]
        told["my_edited_at"], told["their_edited_at"] = (
            told["their_edited_at"], told["my_edited_at"],
        )  # fmt: skip
    record = conflict.record
    told |= {"record": record.words or record.kind, "kind": record.kind, "is_own": own is not None}
    return {"uid": uid, **told}


def _line(each: dict[str, Any]) -> str:
    you = " (you)" * each["is_own"]
    values = (
        f"was {_told(each['base'])} · {each['my_user']}{you}: {_told(each['mine'])} · "
        f"{each['their_user'] or 'the hub'}: {_told(each['theirs'])} · "
        f"stands {_told(each['winner'])}"
    )
    return f"{each['uid']}  {each['record']}  {each['field'] or each['rule']}\n        {values}"


def _told(value: object) -> str:
    return "–" if value is None else str(value)
