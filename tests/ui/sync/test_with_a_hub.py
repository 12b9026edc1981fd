"""Does what two people decide in their windows reach the other one, over a real hub?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.operations.customers import create_customer, edit_customer
from loyaldesk.store.reader import open_reader
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync.connect_dialog import ConnectDialog
from loyaldesk.ui.sync.page import SyncPage
from tests.support.desks import desk_of
from tests.support.factories import do
from tests.support.stores import KEY
from tests.support.team import Member, Team, running_team

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loyaldesk.ui.desk import Desk


@pytest.fixture
def team(tmp_path, monkeypatch) -> Iterator[Team]:
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    with running_team(tmp_path / "hub") as team:
        monkeypatch.setenv(KEY_VARIABLE, KEY.hex())
        yield team


@pytest.fixture
def claire(team, tmp_path) -> Member:
    """Return a desk that brought a customer to the hub."""
    desk = Member(tmp_path / "claire")
    with desk.open() as store:
        do(store, create_customer, name="Blondel et Fils", terms_days=30)
    desk.connect(team.url, "claire", team.invite("claire"), share=True)
    assert desk.sync().is_in_step
    return desk


@pytest.fixture
def ana(tmp_path) -> Member:
    """Return the folder of a desk that is connected to nothing yet."""
    return Member(tmp_path / "ana")


@pytest.fixture
def window_of(theme, tmp_path) -> Callable[..., Desk]:
    """Return what makes a window's desk over an open store of that folder."""

    def making(member: Member, store: Any) -> Desk:
        desk = desk_of(theme, store, tmp_path / "window", opened=[])
        return replace(desk, temporary=member.profile / "temporary" / "this-run")

    return making


def terms(member: Member) -> int:
    with open_reader(member.profile / FILE_NAME, KEY) as reader:
        return int(reader.value("SELECT terms_days FROM customer"))


def change_terms(member: Member, days: int) -> None:
    with member.open() as store:
        do(store, edit_customer, customer_id=1, terms_days=days)


def exchange(member: Member, store: Any, desk: Desk) -> None:
    """Exchange once, and tell the window how it ended."""
    with member.line(store, tell=desk.news.tell_sync) as line:
        assert line.once().is_in_step


def test_a_desk_connects_and_decides_a_conflict_for_both(team, claire, ana, window_of, keep):
    password = team.invite("ana")
    with ana.open() as store:
        desk = window_of(ana, store)
        dialog = keep(ConnectDialog(desk))
        dialog.url_edit.setText(team.url)
        dialog.user_edit.setText("ana")
        dialog.password_edit.setText(password)
        dialog.verb_button.click()
        assert dialog.refusal == ""
        assert store.link is not None
        exchange(ana, store, desk)
        assert desk.news.sync.phase is Phase.IN_STEP
        do(store, edit_customer, customer_id=1, terms_days=10)
        change_terms(claire, 45)
        assert claire.sync().is_in_step
        exchange(ana, store, desk)
        page = keep(SyncPage(desk), (1200, 700))
        QApplication.processEvents()
        row = page.panes.pane.rows[0]
        assert [card.value for card in row.cards] == ["10", "45"]
        assert row.cards[0].caption.startswith("Yours")
        row.cards[0].click()
        page.panes.pane.keep.click()
        exchange(ana, store, desk)
        assert desk.news.sync.conflicts == 0
    assert claire.sync().is_in_step
    assert [terms(ana), terms(claire)] == [10, 10]


def test_records_on_both_sides_are_never_mixed(team, claire, ana, window_of, keep):
    del claire
    password = team.invite("ana")
    with ana.open() as store:
        do(store, create_customer, name="Alpha Ltd")
        dialog = keep(ConnectDialog(window_of(ana, store)))
        dialog.url_edit.setText(team.url)
        dialog.user_edit.setText("ana")
        dialog.password_edit.setText(password)
        dialog.shares.setChecked(True)
        dialog.verb_button.click()
        assert "Nothing was changed" in dialog.refusal
        assert store.link is None


def test_an_empty_hub_gets_records_only_when_told(team, ana, window_of, keep):
    password = team.invite("ana")
    with ana.open() as store:
        do(store, create_customer, name="Alpha Ltd")
        dialog = keep(ConnectDialog(window_of(ana, store)))
        dialog.url_edit.setText(team.url)
        dialog.user_edit.setText("ana")
        dialog.password_edit.setText(password)
        dialog.verb_button.click()
        assert "Tick below" in dialog.refusal
        assert store.link is None
