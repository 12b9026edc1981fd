"""Do the key sheet and About say what there is?"""

from loyaldesk import __version__
from loyaldesk.ui.shell.about import AboutDialog
from loyaldesk.ui.shell.key_sheet import KeySheet
from loyaldesk.ui.shell.menus import MENUS
from loyaldesk.ui.widgets.fields import TextArea
from tests.support.qt import nameless


def test_the_key_sheet_lists_every_command_that_has_a_key(desk, qtbot):
    sheet = KeySheet(desk)
    qtbot.addWidget(sheet)
    sheet.show()
    listed = [c for _, commands in MENUS for c in commands if c is not None]
    with_key = {c.key for c in listed if c.shortcut or c.in_list}
    assert {entry.key for entry in sheet.list.entries} == with_key
    assert nameless(sheet) == []


def test_about_names_the_version_and_the_licences_of_others(desk, qtbot):
    about = AboutDialog(desk)
    qtbot.addWidget(about)
    assert __version__ in about.windowTitle()
    (licences,) = about.findChildren(TextArea)
    assert "pyside6" in licences.toPlainText().casefold()
    assert licences.isReadOnly()
