"""Are papers from strangers opened in a process of their own, and only there?"""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from loyaldesk.background.garbage import GarbageTimer
from loyaldesk.background.jobs import Jobs
from loyaldesk.ui.papers.reader import PaperReader
from tests.support.factories import make_customer
from tests.support.paper import file_paper, picture
from tests.support.qt import colours_in

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_MS = 30_000


@pytest.fixture
def jobs(store, qapp) -> Iterator[Jobs]:
    # Widgets of earlier tests must not be collected on a lane: Qt would crash.
    gc.collect()
    garbage = GarbageTimer()

    def fail(error: Exception) -> None:
        raise error

    class Lent:
        """The store, which belongs to the test."""

        transaction, reader = store.transaction, store.reader

        def close(self) -> None:
            return None

    jobs = Jobs(Lent, failed=fail, crashed=fail)
    yield jobs
    jobs.close()
    garbage.stop()


@pytest.mark.timeout(90)
def test_a_sealed_picture_is_drawn_and_its_bytes_never_pass_through_here(
    desk, store, jobs, qtbot, monkeypatch
):
    file_paper(store, desk, make_customer(store), picture(), name="Photo.png")
    sha256 = store.reader().value("SELECT sha256 FROM stored_file")
    sealed = desk.files().sealed(sha256)

    def refuse(_self: object) -> bytes:
        raise AssertionError("read in the window's own process")

    monkeypatch.setattr(type(sealed), "read", refuse)
    reader = PaperReader(replace(desk, jobs=jobs), name="Pages")
    qtbot.addWidget(reader)
    reader.resize(400, 300)
    reader.show()
    reader.show_source(sealed)
    red = QColor("red").name()
    qtbot.waitUntil(
        lambda: red in colours_in(reader.paper.viewport().grab().toImage()), timeout=PATIENCE_MS
    )
