"""Silence for the time of a run whose accidents would fill the log."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["hushed"]


@contextmanager
def hushed() -> Iterator[None]:
    """Let nothing be logged during the block; afterwards everything is heard as before."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
