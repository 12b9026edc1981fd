"""What happens inside the child process?

It runs the functions it is asked for, one after another, and has no key, no store and no Qt.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
import sys
import traceback
from typing import TYPE_CHECKING, Any

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.errors import LoyalDeskError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["ANSWERED", "CRASHED", "EXHAUSTED", "FAILED", "REPORTED", "serve"]

WARM_AFTER = 3
ANSWERED, FAILED, CRASHED, EXHAUSTED, REPORTED = "answered", "failed", "crashed", "full", "at"


def serve(pipe: Connection, memory_bytes: int) -> None:
    """Answer requests until the other end of the pipe is closed or the parent is gone."""
    # Ctrl+C in a terminal reaches the whole group; the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # It reads files from strangers, so it does not keep what opens the store either.
    os.environ.pop(KEY_VARIABLE, None)
    _limit_memory(memory_bytes)
    answers = 0
    while True:
        try:
            request = pipe.recv()
        except EOFError:
            return
        _send(pipe, *_answer(pipe, *request))
        answers += 1
        if answers == WARM_AFTER:
            # What was imported and read once is no garbage: looking at it costs each letter 5 %.
            gc.collect()
            gc.freeze()


def _answer(
    pipe: Connection, path: str, arguments: dict[str, Any], reports: bool
) -> tuple[str, Any]:
    module, _, name = path.partition(":")
    try:
        if reports:
            arguments["progress"] = lambda done, total=None: _send(pipe, REPORTED, (done, total))
        return ANSWERED, getattr(importlib.import_module(module), name)(**arguments)
    except MemoryError:
        return EXHAUSTED, None
    except LoyalDeskError as error:
        return FAILED, error
    except Exception:
        return CRASHED, traceback.format_exc()


def _send(pipe: Connection, kind: str, content: Any) -> None:
    pipe.send_bytes(pickle.dumps((kind, content), protocol=5))


def _limit_memory(memory_bytes: int) -> None:
    # Windows has no such limit; macOS has the call but refuses some values.
    if sys.platform != "win32":
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
        except (ValueError, OSError):
            return
