"""How an edit is kept as text, and read back.

Apart from `store.outbox`, because msgspec has no place on the start path of the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.protocol.kinds import Row
from loyaldesk.protocol.messages import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Body", "decode_body", "decode_row", "encode_body", "encode_row"]


class Body(msgspec.Struct, omit_defaults=True):
    """What an edit did: the whole row of a create, the changed fields of everything else."""

    row: Row | None = None
    ch: dict[str, Change] = {}


_BODY: msgspec.json.Decoder[Body] = msgspec.json.Decoder(Body)
_ROW: msgspec.json.Decoder[dict[str, Any]] = msgspec.json.Decoder(dict[str, Any])


def encode_body(row: Row | None, changes: Mapping[str, Change]) -> str:
    """Return the edit as JSON text."""
    return msgspec.json.encode(Body(row, dict(changes))).decode()


def decode_body(text: str) -> Body:
    """Return the edit that was kept."""
    return _BODY.decode(text)


def encode_row(row: Row) -> str:
    """Return the row as JSON text."""
    return msgspec.json.encode(row).decode()


def decode_row(text: str | msgspec.Raw) -> Row:
    """Return the row that was kept."""
    return _ROW.decode(text)
