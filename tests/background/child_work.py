"""What do the tests let the child process do?"""

from __future__ import annotations

import gc
import os
import sys
import threading
from datetime import UTC, date, datetime
from decimal import Decimal

from loyaldesk.documents.shapes import ViewKind
from loyaldesk.domain.money import Money
from loyaldesk.errors import Refused

FOREVER_S = 600.0


def process_id() -> int:
    return os.getpid()


def many_kinds(*, text: str, content: bytes) -> object:
    return (
        text,
        content,
        Money(1234, "EUR"),
        date(2026, 3, 1),
        datetime(2026, 3, 1, tzinfo=UTC),
        Decimal("1.5"),
        {"a": [1, None]},
    )


def refuse() -> None:
    raise Refused("This page can't be shown.", field="page")


def crash() -> None:
    raise ZeroDivisionError("canary")


def hang() -> None:
    threading.Event().wait(FOREVER_S)


def die() -> None:
    os._exit(7)


def use_memory(*, size: int) -> int:
    return len(bytearray(size))


def count(*, up_to: int, pause_s: float, progress) -> int:
    for number in range(1, up_to + 1):
        threading.Event().wait(pause_s)
        progress(number, up_to)
    return up_to


class Hijacked:
    """What a child taken over by a file might send instead of an answer."""

    def __init__(self, marker):
        self._marker = marker

    def __reduce__(self):
        return os.mkdir, (self._marker,)


def hijack(*, marker: str) -> Hijacked:
    return Hijacked(marker)


class OldMember:
    """Is pickled as the first releases of Python 3.11 pickle the member of an Enum."""

    def __init__(self, kind, name):
        self._way = (getattr, (kind, name))

    def __reduce__(self):
        return self._way


def old_member(*, member: str) -> OldMember:
    return OldMember(ViewKind, member)


def attribute_of_a_row(*, attribute: str) -> OldMember:
    return OldMember(Money, attribute)


def imported() -> list[str]:
    return list(sys.modules)


def environment() -> list[str]:
    return list(os.environ)


def frozen_objects() -> int:
    return gc.get_freeze_count()


def slow_process_id(*, pause_s: float) -> int:
    threading.Event().wait(pause_s)
    return os.getpid()
