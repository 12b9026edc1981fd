"""`loyaldesk sync conflicts`: edits of several people that met in one field, listed and decided."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.operations.teamwork import resolve_conflict
from loyaldesk.operations.teamwork_choices import Choice
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.conflict_uids import conflict_uids, find_conflict
from loyaldesk.queries.sync_conflicts import FieldConflict, list_conflicts, read_conflict

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "conflicts",
        help="edits that met in one field, and which of them shall stand",
        description=(
            "--resolve UID mine keeps your edit, --resolve UID theirs the other one, and anything "
            "else is taken as the value that shall stand."
        ),
    )
    parser.add_argument("--resolve", nargs=2, metavar=("UID", "mine|theirs|VALUE"))
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    if args.resolve:
        return _resolve(context, *args.resolve)
    access = context.hub_access()
    own = (access.user, access.desk) if access else ("", "")
    reader = context.reader()
    found = [each for record in list_conflicts(reader) for each in record.conflicts]
    uids = conflict_uids(reader, ids=[each.id for each in found])
    shown = [_data(each, uids[each.id], own) for each in found]
    context.show(shown, "\n".join(map(_line, shown)) or "Nothing has to be decided.")
    return 0


def _resolve(context: Context, uid: str, word: str) -> int:
    access = context.hub_access()
    store = context.open_store()
    with store.transaction(resolve_conflict.label) as tx:
        conflict_id = find_conflict(tx, uid=uid)
        conflict = read_conflict(tx, conflict_id=conflict_id)
        own = (access.user, access.desk) if access else ("", "")
        choice = _choice(word, is_swapped=_is_swapped(conflict, own))
        value = _value(conflict, word) if choice is Choice.VALUE else None
        resolve_conflict(tx, conflict_id=conflict_id, choice=choice, value=value)
    context.show(
        {"uid": uid, "choice": word},
        "Decided. It goes to everybody with the next `loyaldesk sync --once`.",
    )
    return 0


def _is_swapped(conflict: FieldConflict, own: tuple[str, str]) -> bool:
    """Tell whether what the hub calls theirs is the edit of whoever sits at this desk."""
    user, desk = own
    return conflict.my_desk != desk and conflict.my_user != user and conflict.their_user == user


def _choice(word: str, *, is_swapped: bool) -> Choice:
    if word not in {"mine", "theirs"}:
        return Choice.VALUE
    return Choice.MINE if (word == "mine") is not is_swapped else Choice.THEIRS


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


def _data(conflict: FieldConflict, uid: str, own: tuple[str, str]) -> dict[str, Any]:
    told = asdict(conflict)
    if _is_swapped(conflict, own):
        told["mine"], told["theirs"] = told["theirs"], told["mine"]
        told["my_user"], told["their_user"] = told["their_user"], told["my_user"]
        told["my_edited_at"], told["their_edited_at"] = (
            told["their_edited_at"], told["my_edited_at"],
        )  # fmt: skip
    record = conflict.record
    return {"uid": uid, **told, "record": record.words or record.kind, "kind": record.kind}


def _line(each: dict[str, Any]) -> str:
    values = (
        f"was {_told(each['base'])} · {each['my_user']}: {_told(each['mine'])} · "
        f"{each['their_user']}: {_told(each['theirs'])} · stands {_told(each['winner'])}"
    )
    return f"{each['uid']}  {each['record']}  {each['field'] or each['rule']}\n        {values}"


def _told(value: object) -> str:
    return "–" if value is None else str(value)
