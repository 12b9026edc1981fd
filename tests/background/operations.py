"""Which operations and queries do the tests of the lanes run?"""

from __future__ import annotations

from loyaldesk.errors import Refused


class AddNote:
    """An operation as the lanes see it."""

    label = "Add note"

    def __init__(self, work=lambda tx, **arguments: arguments, *, undoable=True):
        self.work = work
        self.undoable = undoable

    def __call__(self, tx, /, **arguments):
        return self.work(tx, **arguments)


def refuse(*_, **__):
    raise Refused("No such customer.")


def crash(*_, **__):
    raise ZeroDivisionError
