"""`loyaldesk mail`: the outbox looked at, sent and sent again; how mails leave, typed in."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.cli.typed import typed_secret
from loyaldesk.domain.mail_settings import MailMethod, MailSecurity, MailSettings
from loyaldesk.errors import Refused
from loyaldesk.mail.password import MAIL_PASSWORD_VARIABLE, MailPassword
from loyaldesk.mail.sending import send_waiting
from loyaldesk.models import MailState
from loyaldesk.operations.mail import change_mail_settings, retry_mail
from loyaldesk.queries.lists import ListQuery
from loyaldesk.queries.mail import mail_settings_values, read_mail_settings
from loyaldesk.queries.outbox import list_mail_ids, read_mail_rows

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

NUMBERS = frozenset({"port"})
STATES = ("waiting", "accepted", "failed", "withdrawn", "draft")
CHOICES = {"method": MailMethod, "security": MailSecurity}


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("mail", help="the outbox, and how mails leave")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    send = verbs.add_parser("send", help="send what is due; exit 1 if anything failed")
    send.add_argument("--limit", type=int, metavar="N", help="at most so many")
    send.set_defaults(run=_run_send)
    listing = verbs.add_parser("list", help="list the outbox, newest first")
    listing.add_argument("--state", choices=STATES)
    listing.set_defaults(run=_run_list)
    retry = verbs.add_parser("retry", help="let a mail go again, with the same bytes")
    retry.add_argument("id", type=int, help="its number in the list")
    retry.set_defaults(run=_run_retry)
    verbs.add_parser("show", help="show how mails leave").set_defaults(run=_run_show)
    change = verbs.add_parser(
        "set",
        help="type in how mails leave",
        description=(
            "Such as: loyaldesk mail set method=smtp host=smtp.company.com user=office "
            "sender=office@company.com. Words: " + ", ".join(asdict(MailSettings())) + ". With "
            "--password the password is read from standard input into the system's keyring; "
            f"{MAIL_PASSWORD_VARIABLE} takes its place where there is none."
        ),
    )
    change.add_argument("words", nargs="*", metavar="NAME=VALUE")
    change.add_argument("--password", action="store_true", help="read it from standard input")
    change.set_defaults(run=_run_set)


class _Unstopped:
    """A command waits for the server as long as it takes; Ctrl+C ends the whole process."""

    def end_with(self, abort: Callable[[], None]) -> None:
        """Need no way to stop."""


def _run_send(args: argparse.Namespace, context: Context) -> int:
    store = context.open_store()
    if not read_mail_settings(context.reader()).sends:
        raise Refused(
            "Mails leave as drafts here, so there is nothing to send. Use `loyaldesk mail set "
            "method=smtp host=…` first."
        )
    sent = send_waiting(
        store,
        wire=_Unstopped(),
        files=context.files,
        profile=context.profile,
        now=datetime.now(UTC),
        is_first=True,
        limit=args.limit,
    )
    lines = [
        f"{each.mail_id:>6}  {each.state:<9}  {each.recipient}  {each.answer}" for each in sent
    ]
    context.show([asdict(each) for each in sent], "\n".join(lines) or "Nothing is due.")
    return int(any(each.state is not MailState.ACCEPTED for each in sent))


def _run_list(args: argparse.Namespace, context: Context) -> int:
    reader = context.reader()
    wanted = ListQuery("written_at", True, (args.state,) if args.state else ())
    ids = list_mail_ids(reader, wanted=wanted, today=context.today)
    rows = read_mail_rows(reader, ids=ids)
    mails = [rows[mail_id] for mail_id in ids]
    lines = [
        f"{mail.id:>6}  {mail.written_at:%Y-%m-%d %H:%M}Z  {mail.state:<9}  "
        f"{mail.customer_number:<10}  {mail.recipient}  {mail.subject}"
        + (f"\n        {mail.answer}" if mail.answer else "")
        for mail in mails
    ]
    context.show(mails, "\n".join(lines) or "No mails.")
    return 0


def _run_retry(args: argparse.Namespace, context: Context) -> int:
    with context.open_store().transaction(retry_mail.label, undoable=False) as tx:
        retry_mail(tx, mail_id=args.id)
    context.show({"id": args.id, "state": MailState.QUEUED}, f"Mail {args.id} goes again.")
    return 0


def _run_show(_: argparse.Namespace, context: Context) -> int:
    _show(context, read_mail_settings(context.reader()))
    return 0


def _run_set(args: argparse.Namespace, context: Context) -> int:
    store = context.open_store()
    changed = replace(read_mail_settings(context.reader()), **dict(map(_parsed, args.words)))
    with store.transaction(change_mail_settings.label) as tx:
        change_mail_settings(tx, settings=changed)
    if args.password:
        _keep_password(context)
    _show(context, changed)
    return 0


def _keep_password(context: Context) -> None:
    password = typed_secret()
    if not password:
        raise Refused("The settings are kept, but no password was typed; the one before stands.")
    if not MailPassword(context.profile).keep(password):
        raise Refused(
            "The settings are kept, but the system's keyring did not take the password. Start and "
            f"unlock it, or set {MAIL_PASSWORD_VARIABLE}."
        )


def _parsed(word: str) -> tuple[str, Any]:
    name, sign, value = word.partition("=")
    if not sign or name not in asdict(MailSettings()):
        raise Refused(
            f"“{word}” is not understood. Nothing was changed. Write host=smtp.company.com."
        )
    try:
        if name in NUMBERS:
            return name, int(value)
        return name, CHOICES[name](value) if name in CHOICES else value.strip()
    except ValueError:
        allowed = ", ".join(CHOICES[name]) if name in CHOICES else "a number"
        raise Refused(f"“{value}” is not {name}: {allowed}. Nothing was changed.") from None


def _show(context: Context, settings: MailSettings) -> None:
    values = mail_settings_values(settings)
    context.show(values, "\n".join(f"{name:<12}{value}" for name, value in values.items()))
