"""Do kept views come back by name, and does a colleague get one as a line of text?"""

import pytest
from PySide6.QtWidgets import QApplication

from loyaldesk.ui.lists.name_dialog import NameDialog
from loyaldesk.ui.lists.plan import ListWish
from loyaldesk.ui.lists.saved_views import MARK

OWING = ListWish("number", descending=True, filters=frozenset({"overdue"}), text="acme")


def chosen(page, name):
    page.views.show_view(name)
    return page.wish


def test_a_kept_view_brings_words_filters_and_order_back(page, names):
    page.views.keep("Owing", OWING)
    assert chosen(page, "Owing") == OWING
    assert names() == ["Acme Ltd"]
    assert page.filters.box.text() == "acme"
    assert page.filters.chips["overdue"].isChecked()


def test_views_are_kept_with_the_window(page, desk, open_page):
    page.views.keep("Owing", OWING)
    assert open_page().views.names == ["Owing"]
    assert desk.state.get("customers.views")["Owing"]["filters"] == ["overdue"]


def test_a_forgotten_view_is_gone(page, heard):
    page.views.keep("Owing", OWING)
    page.views.forget("Owing")
    assert page.views.names == []
    assert heard.said[-1] == ("View “Owing” forgotten", False)


def test_the_menu_lists_the_views_and_what_can_be_done(page):
    texts = [action.text() for action in page.views.menu(page.wish).actions()]
    assert texts[0] == "No view is kept yet"
    page.views.keep("Müller & Co", OWING)
    menu = page.views.menu(page.wish)
    assert menu.actions()[0].text() == "Müller && Co"
    menu.actions()[0].trigger()
    assert page.wish == OWING


def test_a_shared_view_is_taken_from_the_clipboard(page, names):
    page.views.share(OWING)
    line = QApplication.clipboard().text()
    QApplication.clipboard().setText(f"Look at this: {line}")
    page.views.take_shared()
    assert page.wish == OWING
    assert names() == ["Acme Ltd"]


@pytest.mark.parametrize(
    "text",
    ["", "hello", MARK, f"{MARK}[1]", f"{MARK}{{", f'{MARK}{{"list": "orders", "sort": "name"}}'],
)
def test_a_clipboard_without_a_view_of_this_list_is_explained(page, heard, text):
    before = page.wish
    QApplication.clipboard().setText(text)
    page.views.take_shared()
    assert page.wish == before
    assert heard.said[-1][0].startswith("The clipboard holds no view")


@pytest.mark.parametrize(
    "kept",
    [
        {"sort": "password", "filters": ["overdue", "nonsense"], "whose": "theirs", "text": 7},
        {"sort": None, "filters": "overdue"},
        {},
    ],
)
def test_what_a_view_asks_for_that_the_list_does_not_know_is_left_out(page, kept):
    wish = page.plan.understood(kept)
    assert wish.sort == "name"
    assert wish.filters <= {"overdue"}
    assert wish.whose == ""


def test_a_view_is_kept_under_the_name_that_is_typed(page, qtbot):
    page.views.ask_name(OWING)
    (dialog,) = page.findChildren(NameDialog)
    dialog.verb_button.click()
    assert dialog.field.error == "A view needs a name."
    qtbot.keyClicks(dialog.box, "Owing")
    dialog.verb_button.click()
    assert page.views.names == ["Owing"]


def test_a_name_that_is_taken_says_that_it_replaces(theme, qtbot):
    dialog = NameDialog(theme, ["Owing"])
    qtbot.addWidget(dialog)
    dialog.box.setText("Owing")
    assert dialog.verb_button.text() == "Replace view"
    dialog.box.setText("Other")
    assert dialog.verb_button.text() == "Keep view"
