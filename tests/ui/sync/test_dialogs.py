"""Do the dialogs of connecting, leaving and the log say what happens, before and after?"""

import pytest
from PySide6.QtGui import QGuiApplication

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.sync.state import Phase, Progress, SyncState
from loyaldesk.ui.sync import connect_dialog, disconnect_dialog
from loyaldesk.ui.sync.connect_dialog import ConnectDialog
from loyaldesk.ui.sync.connect_work import Ending, Joined, Wanted, connect
from loyaldesk.ui.sync.disconnect_dialog import DisconnectDialog
from loyaldesk.ui.sync.log_dialog import LogDialog
from loyaldesk.ui.sync.sync_log import SyncLog


class FakeHub:
    """Takes what is typed and lets everybody in, except that `troubles` are raised before."""

    def __init__(self) -> None:
        self.calls: list[Wanted] = []
        self.troubles: list[Exception] = []

    def connect(self, _store, *, wire, profile, wanted, ending):
        """Return which hub it is."""
        del wire, profile, ending
        self.calls.append(wanted)
        if self.troubles:
            raise self.troubles.pop()
        return Joined("Northwind")


@pytest.fixture
def asked(monkeypatch):
    """Return the hub that is asked in place of a real one."""
    hub = FakeHub()
    monkeypatch.setattr(connect_dialog, "connect", hub.connect)
    return hub


@pytest.fixture
def dialog(desk, keep):
    return keep(ConnectDialog(desk))


@pytest.fixture
def told(desk):
    changed = []
    desk.news.hub_changed.connect(lambda: changed.append("hub"))
    return changed


def fill(dialog, url="hub.example", user="ana"):
    dialog.url_edit.setText(url)
    dialog.user_edit.setText(user)
    dialog.password_edit.setText("secret")


def test_connecting_by_password_tells_the_hubs_name(dialog, asked, told, heard):
    fill(dialog)
    dialog.verb_button.click()
    assert asked.calls == [Wanted("hub.example", "ana", "secret")]
    assert told == ["hub"]
    assert heard.said == [("Connected to Northwind; records come in by themselves", False)]
    assert not dialog.isVisible()
    assert dialog.password_edit.text() == ""


def test_typing_starts_where_something_is_missing(dialog, desk, keep, tell):
    assert dialog.focusWidget() is dialog.url_edit
    tell(phase=Phase.SIGNED_OUT)
    again = keep(ConnectDialog(desk))
    assert again.focusWidget() is again.password_edit


def test_what_is_missing_is_said_at_its_field(dialog, asked):
    fill(dialog, url="", user="")
    dialog.verb_button.click()
    assert asked.calls == []
    assert dialog.url.error
    assert dialog.user.error


def test_the_companys_sign_in_needs_no_name(dialog, asked):
    fill(dialog)
    dialog.way.choose("browser")
    assert not dialog.user.isVisible()
    assert dialog.verb_button.text() == "Continue in the browser"
    dialog.verb_button.click()
    assert asked.calls == [Wanted("hub.example")]


def test_a_wrong_password_is_said_at_the_field(dialog, asked, told):
    asked.troubles.append(Refused("The hub did not take this password.", field="password"))
    fill(dialog)
    dialog.verb_button.click()
    assert dialog.password.error == "The hub did not take this password."
    assert dialog.isVisible()
    assert dialog.verb_button.isEnabled()
    assert told == []


def test_other_trouble_is_said_above_the_fields(dialog, asked):
    asked.troubles.append(Unavailable("The hub is not running. Your edits are safe."))
    fill(dialog)
    dialog.verb_button.click()
    assert dialog.refusal == "The hub is not running. Your edits are safe."


def test_an_empty_desk_shares_nothing(dialog):
    assert not dialog.shares.isVisible()
    assert "Nothing is here yet" in dialog.fate.text


def test_a_desk_with_records_asks_whether_they_may_go_to_the_hub(customer, desk, keep, asked):
    dialog = keep(ConnectDialog(desk))
    assert dialog.shares.isVisible()
    assert not dialog.shares.isChecked()
    dialog.shares.setChecked(True)
    fill(dialog)
    dialog.verb_button.click()
    assert asked.calls[0].shares


def test_signing_in_again_knows_hub_and_user(store, desk, keep, tell):
    with store.remote_transaction("Connect") as tx:
        tx.execute("INSERT INTO sync_state VALUES ('hub', 'https://hub.example')")
    tell(phase=Phase.SIGNED_OUT, hub="Northwind")
    dialog = keep(ConnectDialog(desk))
    assert (dialog.url_edit.text(), dialog.user_edit.text()) == ("https://hub.example", "ana")
    assert "Everything here stays" in dialog.fate.text


def test_closing_the_dialog_ends_the_wait_for_the_browser(dialog):
    ended = []
    dialog._ending.end_with(lambda: ended.append("wait"))  # noqa: SLF001 - the sign-in's own end
    dialog.reject()
    assert ended == ["wait"]


def test_an_end_that_was_wanted_before_acts_at_once():
    ending, ended = Ending(), []
    ending.end()
    ending.end_with(lambda: ended.append("wait"))
    assert ended == ["wait"]


def test_a_password_is_in_no_text_of_what_was_typed():
    assert "secret" not in repr(Wanted("hub.example", "ana", "secret"))


def test_an_address_without_encryption_is_refused_before_anything_is_sent(
    store, tmp_path, monkeypatch
):
    monkeypatch.setenv(KEY_VARIABLE, "ab" * 32)
    wanted = Wanted("http://hub.example", "ana", "secret")
    with pytest.raises(Refused, match="without encryption"):
        connect(store, wire=None, profile=tmp_path, wanted=wanted, ending=Ending())


@pytest.fixture
def leaving(desk, keep, tell, monkeypatch):
    """Return the dialog of a desk on which three changes wait; the hub is never asked."""
    monkeypatch.setattr(disconnect_dialog, "disconnect", lambda _store, **_: None)
    tell(waiting=3)
    return keep(DisconnectDialog(desk))


def test_leaving_tells_what_stays_and_what_waits(leaving, told, heard):
    dialog = leaving
    assert "3 changes" in dialog.accessibleDescription()
    dialog.verb_button.click()
    assert told == ["hub"]
    assert heard.said == [("Signed out; your records are still here", False)]


def test_a_desk_that_is_not_connected_says_so(desk, keep, heard, monkeypatch):
    def fail(_store, **_):
        raise Refused("This profile is connected to no hub. Nothing was changed.")

    monkeypatch.setattr(disconnect_dialog, "disconnect", fail)
    keep(DisconnectDialog(desk)).verb_button.click()
    assert heard.said == [("This profile is connected to no hub. Nothing was changed.", False)]


def test_the_log_is_copied_without_names_and_addresses(desk, keep, tell, heard):
    log = SyncLog(desk, desk.news)
    tell()
    problem = "The hub hub.example:8443 did not answer ana in time."
    tell(phase=Phase.OFFLINE, waiting=2, problem=problem)
    dialog = keep(LogDialog(desk, log))
    dialog.verb_button.click()
    copied = QGuiApplication.clipboard().text()
    assert "offline (waiting 2, refused 0, conflicts 0)" in copied
    assert "hub.example" not in copied
    assert "ana" not in copied
    assert heard.said == [("The log is copied", False)]


def test_a_log_of_a_long_download_has_one_line_for_it(desk, tell):
    log = SyncLog(desk, desk.news)
    for done in range(0, 5_000, 500):
        tell(phase=Phase.FIRST, progress=Progress(done, 5_000))
    assert len(log.lines) == 1
    desk.news.tell_sync(SyncState())
    assert "4500 of 5000" in log.text()
