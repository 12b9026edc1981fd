"""Does the history of a record say who changed what, from this desk or from all?"""

from datetime import UTC, datetime
from typing import Any

import pytest

from loyaldesk.errors import Unavailable
from loyaldesk.models import PaperVerb
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.paper_uses import note_paper_use
from loyaldesk.queries.paper_uses import PaperUseRow
from loyaldesk.queries.record_history import FieldChanged
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.ui.sync.history_dialog import HistoryDialog
from tests.support.factories import do, make_customer, make_document
from tests.support.qt import nameless
from tests.support.teamwork import uid_of

NOON = datetime(2024, 11, 12, 12, 0, tzinfo=UTC)


@pytest.fixture
def customer_id(store):
    customer_id = make_customer(store, "Kraft", phone="040 1")
    do(store, edit_customer, customer_id=customer_id, phone="040 2", terms_days=14)
    return customer_id


@pytest.fixture
def connected(store, monkeypatch):
    """Let the profile have a hub, and return what its history is answered with."""
    with store.remote_transaction("Connect") as tx:
        write_state(tx.connection, StateKey.CLIENT, "c1")
    answer: dict[str, Any] = {}

    def fetch(_profile, _key, *, kind, uid, end_with):
        answer["asked"] = kind, uid
        if "error" in answer:
            raise answer["error"]
        return answer["changes"], answer.get("uses", [])

    monkeypatch.setattr("loyaldesk.sync.reach.history.fetch_history", fetch)
    monkeypatch.setattr("loyaldesk.credentials.database_key", lambda _: b"k" * 32)
    return answer


def spoken(dialog):
    return [entry.spoken for entry in dialog.list.entries]


def test_what_was_done_here_is_told_field_by_field(desk, keep, customer_id):
    dialog = keep(HistoryDialog(desk, "customer", customer_id))

    lines = spoken(dialog)
    assert any(line.startswith("Telephone: 040 1 → 040 2, Ana") for line in lines)
    assert any(line.startswith("Payment terms, days: 30 → 14, Ana") for line in lines)
    assert lines[-1].startswith("Made, Ana")
    assert "on this computer" in dialog.source.text()
    assert dialog.windowTitle() == "History of Kraft"


def test_what_others_did_comes_from_the_hub(desk, keep, store, customer_id, connected):
    parent = make_customer(store, "Holding", number="H-1")
    changes = [
        FieldChanged(NOON, "Ben", "edit", "parent_id", None, uid_of(store, "customer", parent)),
        FieldChanged(NOON, "Ben", "revive", "", None, None),
    ]
    connected["changes"] = changes
    dialog = keep(HistoryDialog(desk, "customer", customer_id))

    assert connected["asked"] == ("customer", uid_of(store, "customer", customer_id))
    assert spoken(dialog)[0].startswith("Belongs to: nothing → Holding · H-1, Ben")
    assert spoken(dialog)[1].startswith("Brought back, Ben")
    assert "From the hub" in dialog.source.text()


def test_a_hub_that_does_not_answer_leaves_what_is_known_here(desk, keep, customer_id, connected):
    connected["error"] = Unavailable("The hub does not answer.")
    dialog = keep(HistoryDialog(desk, "customer", customer_id))

    assert dialog.source.text().endswith("The hub does not answer.")
    assert len(spoken(dialog)) == 3


def test_who_looked_at_a_paper_is_told_with_its_changes(desk, keep, store, customer_id, connected):
    paper = make_document(store, customer_id)
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)
    connected["changes"] = []
    connected["uses"] = [
        PaperUseRow(NOON, "Ben", "mailed", "a@b.example"), PaperUseRow(NOON, "Eva", "printed", ""),
    ]  # fmt: skip
    dialog = keep(HistoryDialog(desk, "document", paper))

    assert {line.rpartition(", ")[0] for line in spoken(dialog)} == {
        "Mailed to a@b.example, Ben", "Printed, Eva",
    }  # fmt: skip


def test_a_record_that_was_imported_says_that_nothing_was_recorded(desk, keep, store, customer_id):
    with store.transaction("Forget") as tx:
        tx._connection.execute("DELETE FROM change")  # noqa: SLF001 - as after a first sync
    dialog = keep(HistoryDialog(desk, "customer", customer_id))

    assert spoken(dialog) == ["Nothing was recorded. Records that were imported are as they came."]


def test_everything_has_a_name(desk, keep, customer_id):
    assert list(nameless(keep(HistoryDialog(desk, "customer", customer_id)))) == []
