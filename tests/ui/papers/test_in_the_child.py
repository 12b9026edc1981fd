"""Are papers from strangers opened in a process of their own, and only there?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor

from loyaldesk.ui.papers.reader import PaperReader
from tests.support.factories import make_customer
from tests.support.paper import file_paper, picture
from tests.support.qt import colours_in

PATIENCE_MS = 30_000


@pytest.mark.timeout(90)
def test_a_sealed_picture_is_drawn_and_its_bytes_never_pass_through_here(
    desk, store, lanes, qtbot, monkeypatch
):
    file_paper(store, desk, make_customer(store), picture(), name="Photo.png")
    sha256 = store.reader().value("SELECT sha256 FROM stored_file")
    sealed = desk.files().sealed(sha256)

    def refuse(_self: object) -> bytes:
        raise AssertionError("read in the window's own process")

    monkeypatch.setattr(type(sealed), "read", refuse)
    reader = PaperReader(replace(desk, jobs=lanes), name="Pages")
    qtbot.addWidget(reader)
    reader.resize(400, 300)
    reader.show()
    reader.show_source(sealed)
    red = QColor("red").name()
    qtbot.waitUntil(
        lambda: red in colours_in(reader.paper.viewport().grab().toImage()), timeout=PATIENCE_MS
    )
