"""A program that runs statements and stands still at one point, to be killed there."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from loyaldesk.cli.main import run_command
from loyaldesk.models import Letter, Mail
from loyaldesk.runs import statement_hand_over, statement_line
from loyaldesk.store.gate import Transaction

# The letter at which it stands still, so that some are done and some are not.
THIRD = 3


def stand_still(*_: object, **__: object) -> None:
    """Say so and go no further."""
    sys.stdout.write("half way\n")
    sys.stdout.flush()
    Event().wait()


def _stop_at(owner: Any, name: str, *, before: bool) -> None:
    """Stand still before or after the third call of a function."""
    function, calls = getattr(owner, name), [0]

    def counted(*arguments: Any, **named: Any) -> Any:
        calls[0] += 1
        if before and calls[0] == THIRD:
            stand_still()
        answer = function(*arguments, **named)
        if calls[0] == THIRD:
            stand_still()
        return answer

    setattr(owner, name, counted)


def _stop_after_insert_of(model: type) -> None:
    insert, calls = Transaction.insert, [0]

    def counted(tx: Transaction, table: type, **values: object) -> int:
        row_id = insert(tx, table, **values)
        calls[0] += table is model
        if table is model and calls[0] == THIRD:
            stand_still()
        return row_id

    Transaction.insert = counted  # type: ignore[method-assign,assignment]


POINTS = {
    "drawn": lambda: _stop_at(statement_line, "record_drawn", before=True),
    "inserted": lambda: _stop_after_insert_of(Letter),
    "recorded": lambda: _stop_at(statement_line, "record_drawn", before=False),
    "written": lambda: _stop_at(statement_hand_over, "_write", before=False),
    "queued": lambda: _stop_after_insert_of(Mail),
}

if __name__ == "__main__":
    POINTS[sys.argv[1]]()
    sys.exit(run_command(sys.argv[2:]))
