"""Is the pinned Qt for Python free of the defect that ends the program under Python 3.11?"""

import sys

from PySide6.QtWidgets import QLabel

CALLS = 3_000


def test_wrapped_calls_lose_no_reference_to_none(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("x")
    # PySide6 6.12.0 lost one reference per call; Python 3.12 and later count None no more.
    assert abs(sys.getrefcount(None) - before) < CALLS / 10
