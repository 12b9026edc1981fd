"""Does the window go on while a batch is composed, drawn, issued, printed and mailed behind it?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter

from loyaldesk.ui.acknowledgements import deeds
from loyaldesk.ui.acknowledgements.page import AcknowledgementsPage
from tests.support.stall_meter import StallMeter
from tests.ui.acknowledgements.conftest import SIZE

if TYPE_CHECKING:
    from loyaldesk.ui.acknowledgements.letter_run import RunReport

PATIENCE_MS = 60_000
LONGEST_STALL_S = 0.1


@pytest.fixture
def high_resolution(monkeypatch, tmp_path):
    """Let the remembered printer be one that writes files at 600 dpi."""

    def kept(_state, _kind):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "letters.pdf"))
        return printer

    monkeypatch.setattr(deeds, "kept_printer", kept)


@pytest.fixture
def page(desk, lanes, enter, keep, high_resolution) -> AcknowledgementsPage:
    """Return the queue on those lanes, with three letters to print and three to mail."""
    for number in range(6):
        enter(f"47{number:02d}", by="email" if number % 2 else "print")
    return keep(AcknowledgementsPage(replace(desk, jobs=lanes)), SIZE)


@pytest.mark.timeout(120)
def test_a_batch_never_stalls_the_window(page, qtbot, on_record):
    qtbot.waitUntil(lambda: page.queue is not None, timeout=PATIENCE_MS)
    page.mark_ready()
    qtbot.waitUntil(page.foot.checks.send.isEnabled, timeout=PATIENCE_MS)
    reports: list[RunReport] = []
    page.deeds.ended.connect(reports.append)
    with StallMeter() as meter:
        page.foot.checks.send.click()
        qtbot.waitUntil(lambda: bool(reports), timeout=PATIENCE_MS)
    assert (reports[0].printed, len(reports[0].mail_ids), reports[0].left_out) == (3, 3, {})
    assert len(on_record()) == 6
    assert meter.worst_cpu_s < LONGEST_STALL_S
    # Waiting for a lane would be seen here; a machine that others keep busy is let pass.
    assert meter.worst_s < 5 * LONGEST_STALL_S
