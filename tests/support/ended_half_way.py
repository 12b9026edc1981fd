"""A program that issues a letter, or imports, and stands still just before all of it is kept."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

sys.path.insert(0, str(Path(__file__).parents[2]))

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.models import Letter
from loyaldesk.settings import ProfileLock
from loyaldesk.store.gate import Transaction
from loyaldesk.store.store import Store


def stand_still_before(name: str) -> None:
    """Let the program reach this step of a transaction and no further."""

    def stand_still(*_: object, **__: object) -> None:
        sys.stdout.write("half way\n")
        sys.stdout.flush()
        Event().wait()

    setattr(Transaction, name, stand_still)


def issue(profile: Path, key: bytes) -> None:
    """Issue the acknowledgement of the first order: stop with letter and document inserted."""
    from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
    from loyaldesk.pdf.issuing import draw, issue_letter

    store, files = Store.open(profile, key), FileStore(profile / FOLDER_NAME, key)
    with store.reader() as reader:
        composed = compose_acknowledgement(reader, order_id=1, now=datetime.now(UTC))
    insert = Transaction.insert

    def note(tx: Transaction, model: type, **values: object) -> int:
        row_id = insert(tx, model, **values)
        if model is Letter:
            stand_still_before("update")
        return row_id

    Transaction.insert = note  # type: ignore[method-assign,assignment]
    issue_letter(store, files=files, drawn=draw(composed))


def bring_in(profile: Path, key: bytes, source: str) -> None:
    """Import a source and stop when the whole of it is written and not yet committed."""
    from loyaldesk.connectors import run_import

    store = Store.open(profile, key)
    stand_still_before("close_group")
    run_import(store, Path(source), "northwind")


def main(what: str, profile: str, key: str, *more: str) -> None:
    folder = Path(profile)
    folder.mkdir(exist_ok=True)
    with ProfileLock(folder):
        if what == "issue":
            issue(folder, bytes.fromhex(key))
        else:
            bring_in(folder, bytes.fromhex(key), *more)


if __name__ == "__main__":
    main(*sys.argv[1:])
