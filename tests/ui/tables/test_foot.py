"""Does the line under a table say how many rows there are, and whether they are all?"""

from loyaldesk.ui.tables.foot import TableFoot
from tests.support.qt import nameless, too_small


def test_the_foot_names_the_filter(theme, qtbot):
    foot = TableFoot(theme)
    qtbot.addWidget(foot)
    foot.show()
    foot.show_counts("12 of 340", filter_words="overdue", sums="Overdue €8,272.05")
    assert foot.text == "12 of 340 · filter: overdue"
    assert nameless(foot) == []
    assert too_small(foot) == []


def test_without_a_filter_there_is_nothing_to_clear(theme, qtbot):
    foot = TableFoot(theme)
    qtbot.addWidget(foot)
    foot.show()
    foot.show_counts("340 customers")
    assert nameless(foot) == []
    assert foot.text == "340 customers"
