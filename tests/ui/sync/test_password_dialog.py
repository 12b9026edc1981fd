"""Does the dialog of the password ask no more than it needs, and say what is wrong where it is?"""

import pytest
from PySide6.QtWidgets import QLineEdit

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync import connect_dialog, password_dialog
from loyaldesk.ui.sync.connect_dialog import ConnectDialog
from loyaldesk.ui.sync.connect_work import Joined
from loyaldesk.ui.sync.password_dialog import PasswordDialog

OLD, NEW = "abcd-efgh-jkmn-pqrs", "four plain words here"


class FakeHub:
    """Takes every password, except that `trouble` is raised before."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.trouble: Exception | None = None

    def change(self, _store, *, wire, profile, old, new):
        """Take the new password."""
        del wire, profile
        self.calls.append((old, new))
        if self.trouble is not None:
            raise self.trouble


@pytest.fixture
def asked(monkeypatch):
    """Return the hub that is asked in place of a real one."""
    hub = FakeHub()
    monkeypatch.setattr(password_dialog, "change_password", hub.change)
    return hub


@pytest.fixture
def dialog(desk, keep):
    return keep(PasswordDialog(desk))


@pytest.fixture
def wishes(desk):
    """Return how often the dialog was wished for."""
    found = []
    desk.ways.password_wanted.connect(lambda: found.append("password"))
    return found


def fill(dialog, old=OLD, new=NEW, again=NEW):
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        field.editor.setText(text)


def test_a_new_password_goes_to_the_hub_and_stays_nowhere(dialog, asked, heard):
    fill(dialog)
    dialog.verb_button.click()
    assert asked.calls == [(OLD, NEW)]
    assert heard.said == [("Your new password counts from now on", False)]
    assert not dialog.isVisible()
    assert [field.editor.text() for field in (dialog.old, dialog.new, dialog.again)] == [""] * 3


def test_nothing_that_is_typed_can_be_read_over_a_shoulder(dialog):
    hidden = QLineEdit.EchoMode.Password
    assert dialog.focusWidget() is dialog.old.editor
    assert {f.editor.echoMode() for f in (dialog.old, dialog.new, dialog.again)} == {hidden}


@pytest.mark.parametrize(
    ("typed", "blamed"),
    [({"old": ""}, "old"), ({"new": "", "again": ""}, "new"), ({"again": NEW + "!"}, "again")],
)
def test_what_is_missing_is_said_at_its_field(dialog, asked, typed, blamed):
    fill(dialog, **typed)
    dialog.verb_button.click()
    assert asked.calls == []
    wrong = [name for name in ("old", "new", "again") if getattr(dialog, name).error]
    assert wrong == [blamed]
    assert dialog.focusWidget() is getattr(dialog, blamed).editor


@pytest.mark.parametrize("blamed", ["old", "new"])
def test_what_the_hub_does_not_take_is_said_at_its_field(dialog, asked, blamed):
    asked.trouble = Refused("Not this one. Nothing was changed.", field=blamed)
    fill(dialog)
    dialog.verb_button.click()
    assert getattr(dialog, blamed).error == "Not this one. Nothing was changed."
    assert dialog.isVisible()
    assert dialog.verb_button.isEnabled()


def test_other_trouble_is_said_above_the_fields_and_can_be_tried_again(dialog, asked):
    asked.trouble = Unavailable("The hub is not running.")
    fill(dialog)
    dialog.verb_button.click()
    assert dialog.refusal == "The hub is not running."
    asked.trouble = None
    dialog.verb_button.click()
    assert asked.calls == [(OLD, NEW)] * 2
    assert not dialog.isVisible()


@pytest.mark.parametrize("must_choose", [True, False])
def test_only_a_handed_out_password_leads_from_connecting_to_here(
    desk, keep, monkeypatch, wishes, must_choose
):
    joined = Joined("Northwind", must_choose)
    monkeypatch.setattr(connect_dialog, "connect", lambda _store, **_: joined)
    dialog = keep(ConnectDialog(desk))
    dialog.url_edit.setText("hub.example")
    dialog.user_edit.setText("ana")
    dialog.verb_button.click()
    assert wishes == ["password"] * must_choose


def test_the_sync_page_leads_here_while_signed_in(open_page, tell, wishes):
    page = open_page()
    page.foot.password.click()
    assert wishes == ["password"]
    tell(phase=Phase.SIGNED_OUT)
    assert not page.foot.password.isEnabled()
