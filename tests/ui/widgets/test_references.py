"""Does PySide6 keep count of None? Version 6.12.0 did not, and crashed Python 3.11."""

import sys

import pytest
from PySide6.QtWidgets import QLabel

CALLS = 1_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_none_keeps_its_references_over_a_thousand_calls(theme, qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("warm")
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
