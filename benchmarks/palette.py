"""From a key to the painted list: everything the palette does for one letter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from benchmarks.clock import cpu_ms, percentile, quiet
from benchmarks.inline_desk import application, make_desk, settle
from benchmarks.rows import Row
from benchmarks.search import sample_words
from loyaldesk.ui.shell.palette import Palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.data import Data
    from loyaldesk.ui.shell.main_window import MainWindow

__all__ = ["measure"]

_LIMIT_MS = 16.0
_WORDS, _QUICK_WORDS = 40, 12
_LONGEST = 8


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield the one row, over all beginnings of some words of names."""
    application()
    reader = data.reader()
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    palette = Palette(make_desk(reader), cast("MainWindow", window), {})
    palette.open_with("")
    settle()
    words = sample_words(reader, data.customers, _QUICK_WORDS if is_quick else _WORDS)
    times: list[float] = []
    with quiet():
        for word in words:
            palette.query.clear()
            settle()
            times += [cpu_ms(partial(_type, palette, letter)) for letter in word[:_LONGEST]]
    palette.close()
    window.close()
    reader.close()
    yield Row(
        name="key to painted list, p95, against 16 ms", unit="ms CPU",
        ours=percentile(times, 0.95), raw=_LIMIT_MS, target=1.0,
    )  # fmt: skip


def _type(palette: Palette, letter: str) -> None:
    palette.query.insert(letter)
    settle()
