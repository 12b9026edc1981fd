"""Do chips and other controls break into lines where there is no room?"""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from loyaldesk.ui.widgets.chip_row import ChipRow
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.flow_layout import FlowLayout


class Block(QWidget):
    def sizeHint(self):
        return QSize(100, 20)

    def minimumSizeHint(self):
        return QSize(100, 20)


@pytest.fixture
def flow(qtbot):
    home = QWidget()
    qtbot.addWidget(home)
    layout = FlowLayout(home, spacing=8)
    for _ in range(3):
        layout.addWidget(Block())
    home.show()
    yield layout
    home.hide()


@pytest.mark.parametrize(("width", "height"), [(400, 20), (316, 20), (315, 48), (120, 76)])
def test_the_height_follows_the_width(flow, width, height):
    assert flow.heightForWidth(width) == height


def test_what_does_not_fit_begins_the_next_line(flow):
    flow.parentWidget().resize(220, 60)
    places = [flow.itemAt(n).geometry().topLeft().toTuple() for n in range(3)]
    assert places == [(0, 0), (108, 0), (0, 28)]


def test_a_hidden_control_takes_no_room(flow):
    flow.itemAt(0).widget().hide()
    assert flow.sizeHint() == QSize(208, 20)


def test_items_can_be_taken_out(flow):
    assert flow.takeAt(5) is None
    taken = flow.takeAt(0)
    assert flow.count() == 2
    taken.widget().deleteLater()


def test_a_row_of_chips_says_its_words_and_forgets_the_old_ones(theme, qtbot):
    row = ChipRow(theme)
    qtbot.addWidget(row)
    row.show_chips([Chip("Late"), Chip("On hold")])
    row.show_chips([Chip("Kept")])
    assert row.words == ["Kept"]
    assert row.accessibleName() == "Kept"
