"""What if the database breaks while edits wait? They are in a small file of their own as well.

Edits that the hub has not answered are the only records that exist on this computer alone, so they
are written twice. The file is only ever added to, or replaced as a whole: a head of 36 bytes, then
blocks of a length and a sealed list of entries. Each block is bound to the hash of all before it,
so that none can be changed, left out or moved unseen; a block that was cut off ends the reading.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from loyaldesk.settings import disk_trouble, write_atomically
from loyaldesk.sync.reach.sealed import DamagedSeal, derived_key, sealed, unsealed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["SIDE_NAME", "Entry", "SideFile"]

SIDE_NAME = "unsent.edits"
PURPOSE = "unsent edits"
MAGIC = b"LDU1"
START_BYTES = 32
HEAD_BYTES = len(MAGIC) + START_BYTES
LENGTH_BYTES = 4
BLOCK_ENTRIES = 500
LARGEST_BLOCK = 64 << 20

# `table` is outbox or attention, the rest are the columns of its row.
Entry = dict[str, Any]


class SideFile:
    """The file of one profile; only the holder of the profile's lock writes it."""

    def __init__(self, profile: Path, database_key: bytes) -> None:
        self._path = profile / SIDE_NAME
        self._database_key = database_key
        self._derived = b""
        self._chain = b""

    @property
    def size(self) -> int:
        """The bytes that it takes; 0 if it is not there."""
        return self._path.stat().st_size if self._path.exists() else 0

    def append(self, entries: Iterable[Entry]) -> None:
        """Add entries and wait until they are on the disk."""
        with disk_trouble():
            if not self._chain:
                self._find_end()
            with self._path.open("ab") as file:
                for block in self._blocks(entries):
                    file.write(block)
                file.flush()
                os.fsync(file.fileno())

    def replace(self, entries: Iterable[Entry]) -> None:
        """Let the file hold just these entries; a crash leaves the old file or the new one."""
        start = secrets.token_bytes(START_BYTES)
        self._chain = start
        content = b"".join([MAGIC, start, *self._blocks(entries)])
        try:
            with disk_trouble():
                write_atomically(self._path, content)
        except BaseException:
            self._chain = b""
            raise

    def read(self) -> list[Entry]:
        """Return what can be read, from the beginning to the first block that is damaged."""
        with disk_trouble():
            if not self._path.exists():
                return []
            with self._path.open("rb") as file:
                return [entry for entries, _ in self._sound(file) for entry in entries]

    def forget(self) -> None:
        """Delete the file; a second time is harmless."""
        self._chain = b""
        with disk_trouble():
            self._path.unlink(missing_ok=True)

    def _find_end(self) -> None:
        """Read to the end of the sound blocks, and cut off what a power cut left half written."""
        if not self._path.exists():
            self.replace(())
            return
        with self._path.open("r+b") as file:
            ends = [(chain, file.tell()) for _, chain in self._sound(file)]
            if not ends:
                self._start_anew(file)
                return
            self._chain, end = ends[-1]
            file.truncate(end)

    def _start_anew(self, file: BinaryIO) -> None:
        start = secrets.token_bytes(START_BYTES)
        file.seek(0)
        file.truncate()
        file.write(MAGIC + start)
        self._chain = start

    def _blocks(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        for some in _in_blocks(entries):
            plain = zlib.compress(json.dumps(some, ensure_ascii=False).encode(), 1)
            raw = sealed(self._key, plain, bound=self._chain)
            self._chain = _next(self._chain, raw)
            yield len(raw).to_bytes(LENGTH_BYTES, "big") + raw

    def _sound(self, file: BinaryIO) -> Iterator[tuple[list[Entry], bytes]]:
        """Yield the entries of each sound block with the hash after it; the first has none."""
        head = file.read(HEAD_BYTES)
        if len(head) < HEAD_BYTES or not head.startswith(MAGIC):
            return
        chain = head.removeprefix(MAGIC)
        yield [], chain
        while raw := _block(file):
            try:
                plain = zlib.decompress(unsealed(self._key, raw, bound=chain))
            except (DamagedSeal, zlib.error):
                return
            chain = _next(chain, raw)
            yield json.loads(plain), chain

    @property
    def _key(self) -> bytes:
        # Derived when first used: to open a store does not need the library for it.
        if not self._derived:
            self._derived = derived_key(self._database_key, PURPOSE)
        return self._derived


def _block(file: BinaryIO) -> bytes:
    """Return the next block, or nothing where it is cut off."""
    length = int.from_bytes(file.read(LENGTH_BYTES), "big")
    if not 0 < length <= LARGEST_BLOCK:
        return b""
    raw = file.read(length)
    return raw if len(raw) == length else b""


def _in_blocks(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    some: list[Entry] = []
    for entry in entries:
        some.append(entry)
        if len(some) == BLOCK_ENTRIES:
            yield some
            some = []
    if some:
        yield some


def _next(chain: bytes, raw: bytes) -> bytes:
    return hashlib.sha256(chain + raw).digest()
