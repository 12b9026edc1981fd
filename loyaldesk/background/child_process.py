"""How is the child process started, asked, watched and ended?"""

from __future__ import annotations

import pickle
import threading
from dataclasses import is_dataclass
from enum import Enum, EnumType
from io import BytesIO
from typing import TYPE_CHECKING, Any

from loyaldesk.background.child import ANSWERED, CRASHED, EXHAUSTED, FAILED, REPORTED, serve
from loyaldesk.errors import Cancelled, LoyalDeskError, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

__all__ = ["ChildError", "ChildProcess"]

LARGEST_ANSWER = 512 << 20
GRACE_S = 2.0
HUNG, DIED = "hung", "died"
_ENDINGS = {
    HUNG: "took too long and was stopped",
    DIED: "ended unexpectedly",
    EXHAUSTED: "needs more memory than it may have",
}
_PLAIN = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"),
          ("datetime", "timedelta"), ("decimal", "Decimal")}  # fmt: skip


class ChildError(RuntimeError):
    """A bug in a function that ran in the child; the message is the child's own traceback."""


class ChildProcess:
    """One process, started at the first call, kept warm, ended on a hang, and started again.

    `call` belongs to one thread; `interrupt` may come from any other.
    """

    def __init__(self, *, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._guard = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def call(
        self,
        path: str,
        arguments: dict[str, Any],
        *,
        limit_s: float,
        progress: Callable[..., None] | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Any:
        """Run `module:function` in the child and return its answer.

        The limit counts from the last sign of life, so work that reports progress may take longer.
        """
        pipe = self._started()
        # While the child started there was nothing yet that `interrupt` could have killed.
        if not is_wanted():
            raise Cancelled
        try:
            pipe.send((path, arguments, progress is not None))
            kind, content = _next_result(pipe, limit_s, progress)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._ended(DIED) from error
        except BaseException:
            # What is left in the pipe would be taken for the answer of the next call.
            self._end()
            raise
        return self._value(kind, content)

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

    def _value(self, kind: str, content: Any) -> Any:
        if kind == ANSWERED:
            return content
        if kind == FAILED and isinstance(content, LoyalDeskError):
            raise content
        if kind == CRASHED:
            raise ChildError(str(content))
        raise self._ended(kind)

    def _ended(self, how: str) -> Unavailable:
        self._end()
        ending = _ENDINGS.get(how, _ENDINGS[DIED])
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


def _next_result(
    pipe: Connection, limit_s: float, progress: Callable[..., None] | None
) -> tuple[str, Any]:
    while pipe.poll(limit_s):
        kind, content = _Answers(BytesIO(pipe.recv_bytes(LARGEST_ANSWER))).load()
        if kind != REPORTED or progress is None:
            return kind, content
        progress(*content)
    return HUNG, None


class _Answers(pickle.Unpickler):  # noqa: S301 - made for just this: see find_class
    """Reads plain values and LoyalDesk's own rows only.

    The child reads files from strangers. Should one of them take it over, what it sends must not
    run code in the process that has the key.
    """

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if (module_name, global_name) in _PLAIN:
            return super().find_class(module_name, global_name)
        if (module_name, global_name) == ("builtins", "getattr"):
            return _enum_member
        if module_name.startswith("loyaldesk."):
            found = super().find_class(module_name, global_name)
            if isinstance(found, type) and _is_row(found):
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not an answer")


def _enum_member(kind: object, name: str) -> Enum:
    # WORKAROUND: the first releases of Python 3.11 (Debian 12 has 3.11.2) pickle the member of an
    # Enum as getattr(kind, name); later ones by its value. Nothing else is looked up here.
    if not isinstance(kind, EnumType):
        raise pickle.UnpicklingError("only a member of an Enum is an answer")
    member: Enum = kind[name]
    return member


def _is_row(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, (Enum, LoyalDeskError))
