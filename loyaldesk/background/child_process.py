"""How is the child process started, asked, watched and ended?"""

from __future__ import annotations

import pickle
import threading
from dataclasses import is_dataclass
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from loyaldesk.background.child import ANSWERED, CRASHED, EXHAUSTED, FAILED, REPORTED, serve
from loyaldesk.errors import LoyalDeskError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

__all__ = ["DEFAULT_LIMIT_S", "MEMORY_BYTES", "ChildCrash", "ChildProcess"]

MEMORY_BYTES = 2 << 30
DEFAULT_LIMIT_S = 60.0
LARGEST_ANSWER = 512 << 20
GRACE_S = 2.0
_ENDINGS = {
    "hung": "took too long and was stopped",
    "died": "ended unexpectedly",
    EXHAUSTED: "needs more memory than it may have",
}
_PLAIN = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"),
          ("datetime", "timedelta"), ("decimal", "Decimal")}  # fmt: skip


class ChildCrash(RuntimeError):
    """A bug in a function that ran in the child; the message is the child's own traceback."""


class ChildProcess:
    """One process, started at the first call, kept warm, ended on a hang, and started again.

    `call` belongs to one thread; `interrupt` may come from any other.
    """

    def __init__(self, *, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._guard = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def call(
        self,
        path: str,
        arguments: dict[str, Any],
        *,
        limit_s: float = DEFAULT_LIMIT_S,
        progress: Callable[..., None] | None = None,
    ) -> Any:
        """Run `module:function` in the child and return its answer.

        The limit counts from the last sign of life, so work that reports progress may take longer.
        """
        pipe = self._started()
        try:
            pipe.send((path, arguments, progress is not None))
            while pipe.poll(limit_s):
                kind, content = _loads(pipe.recv_bytes(LARGEST_ANSWER))
                if kind != REPORTED or progress is None:
                    return self._result(kind, content)
                progress(*content)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._ended("died") from error
        except LoyalDeskError:
            raise
        except Exception:
            # Pickling failed, or the progress did: what is left in the pipe is not an answer.
            self._end()
            raise
        raise self._ended("hung")

    def interrupt(self) -> None:
        """Kill the child; the running call ends as if it had died."""
        with self._guard:
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Let the child end by itself, or kill it when it does not."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.join(GRACE_S)
        self._end()

    def _started(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.is_alive():
            return self._pipe
        self._end()
        # Imported here: the window starts without it, and most sessions begin without a letter.
        import multiprocessing

        context = multiprocessing.get_context("spawn")
        near, far = context.Pipe()
        process = context.Process(
            target=serve, args=(far, self._memory_bytes), name="loyaldesk-child", daemon=True
        )
        process.start()
        far.close()
        with self._guard:
            self._process, self._pipe = process, near
        return near

    def _result(self, kind: str, content: Any) -> Any:
        if kind == ANSWERED:
            return content
        if kind == FAILED and isinstance(content, LoyalDeskError):
            raise content
        if kind == CRASHED:
            raise ChildCrash(str(content))
        raise self._ended(kind)

    def _ended(self, how: str) -> Unavailable:
        self._end()
        ending = _ENDINGS.get(how, _ENDINGS["died"])
        return Unavailable(
            f"This could not be finished: the part of LoyalDesk that does it {ending}. Nothing was "
            "changed. Try again; if it happens every time, the file may be damaged or too large."
        )

    def _end(self) -> None:
        with self._guard:
            process, pipe = self._process, self._pipe
            self._process = self._pipe = None
        if process is not None:
            process.kill()
            process.join()
            process.close()
        if pipe is not None:
            pipe.close()


def _loads(content: bytes) -> Any:
    return _Answers(BytesIO(content)).load()


class _Answers(pickle.Unpickler):
    """Reads plain values and LoyalDesk's own rows only.

    The child reads files from strangers. Should one of them take it over, what it sends must not
    run code in the process that has the key.
    """

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        found = super().find_class(module_name, global_name) if self._is_ours(module_name) else None
        if (module_name, global_name) in _PLAIN:
            return super().find_class(module_name, global_name)
        is_row = isinstance(found, type) and (
            is_dataclass(found) or issubclass(found, (Enum, LoyalDeskError))
        )
        if not is_row:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is not an answer")
        return found

    def _is_ours(self, module_name: str) -> bool:
        return module_name.partition(".")[0] == "loyaldesk"
