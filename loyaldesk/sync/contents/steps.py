"""What do the steps about contents ask of the hub, and what do they stand on?

A step is a generator: it yields a `BlobCall`, is resumed with what came back, and reads no clock
but the desk's. Whatever ends it, the next one goes on from the tables and from what is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeVar

from loyaldesk.protocol.blobs import BlobPlace
from loyaldesk.protocol.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "BlobAnswer", "BlobCall", "BlobFiles", "BlobPiece", "BlobSteps", "Pieces", "Stopped", "Told",
    "ask", "tell_nobody",
]  # fmt: skip

T = TypeVar("T")
# Who hears that something moved about a content.
Told = Callable[[bytes], object]
# What is not about one content, but about this desk, its user or the network: nothing more is
# asked in this round.
_STOPS = frozenset({
    "offline", "busy", "signed-out", "revoked", "wipe", "outdated", "clock", "epoch", "internal",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class BlobCall:
    """One request about a content; `span` asks for a piece of it only, `to` excluded."""

    method: str
    path: str
    body: bytes = field(default=b"", repr=False)
    digest: bytes | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class BlobPiece:
    """Bytes of a content from `start` on, which has `total` bytes."""

    start: int
    total: int
    content: bytes = field(repr=False)


BlobAnswer = BlobPlace | BlobPiece | Problem
BlobSteps = Generator[BlobCall, BlobAnswer, T]


class Stopped(Exception):  # noqa: N818 - it ends a round, which is no error
    """The hub is away, or wants something that a round cannot give."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.err)
        self.problem = problem


class Pieces(Protocol):
    """Pieces of contents on their way in (`documents.arriving`)."""

    def keep(self, sha256: bytes, number: int, content: bytes) -> None:
        """Keep one piece."""

    def numbers(self, sha256: bytes) -> list[int]:
        """Return which pieces are here, in order."""

    def chunks(self, sha256: bytes, count: int) -> Iterator[bytes]:
        """Yield the content that the pieces make."""

    def forget(self, sha256: bytes) -> None:
        """Remove the pieces of a content."""


class BlobFiles(Protocol):
    """The contents on this disk, as the steps use them (`documents.file_store`)."""

    @property
    def arriving(self) -> Pieces:
        """What is on its way in."""

    def has(self, sha256: bytes) -> bool:
        """Tell whether the content is here."""

    def size_of(self, sha256: bytes) -> int | None:
        """Return how many bytes the content has here, or None."""

    def used_at(self, sha256: bytes) -> float | None:
        """Return when the content was last used, in seconds of Unix time, or None."""

    def span(self, sha256: bytes, start: int, stop: int) -> bytes:
        """Return some of the content; raises Unavailable where it is damaged."""

    def add(self, source: BinaryIO, *, expected: bytes | None = None) -> object:
        """Store a content; raises Unavailable where it is not the expected one."""

    def remove(self, sha256: bytes) -> bool:
        """Take the content off this disk."""


def tell_nobody(_sha256: bytes) -> None:
    """Let it be asked for."""


def ask(call: BlobCall) -> BlobSteps[BlobAnswer]:
    """Yield the call and return the answer; raises Stopped when no other would fare better."""
    answer = yield call
    if isinstance(answer, Problem) and answer.err in _STOPS:
        raise Stopped(answer)
    return answer
