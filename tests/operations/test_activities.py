"""Are notes kept word for word, and drafts through anything?"""

from datetime import UTC, datetime

import pytest

from loyaldesk.errors import Conflict
from loyaldesk.models import ActivityKind
from loyaldesk.operations.activities import (
    delete_activity,
    drop_draft,
    edit_activity,
    keep_draft,
    write_note,
)
from loyaldesk.queries.drafts import read_draft
from loyaldesk.queries.timeline import read_timeline
from tests.support.factories import do, make_activity, make_contact, make_customer, make_order
from tests.support.refusals import refused
from tests.support.stores import fresh_store


class TestNotes:
    def test_a_short_note_is_its_own_subject(self, store, reader, customer_id):
        make_activity(store, customer_id, " Called back ", ActivityKind.NOTE)
        assert reader.row("SELECT subject, body, author FROM activity") == (
            "Called back",
            "",
            "Ana",
        )

    def test_people_and_orders_of_another_customer_are_refused(self, store, customer_id):
        other = make_customer(store, "Zum Anker")
        theirs = {"contact_id": make_contact(store, other), "order_id": make_order(store, other)}
        for name, value in theirs.items():
            known = {"customer_id": customer_id, "text": "Called", name: value}
            assert refused(store, write_note, **known).field == name

    def test_of_a_long_note_the_first_line_is_the_subject(self, store, reader, customer_id):
        make_activity(store, customer_id, "Visit\nThey want tea.", ActivityKind.VISIT)
        found = reader.row("SELECT subject, body FROM activity")
        assert found == ("Visit", "Visit\nThey want tea.")

    def test_a_long_line_is_cut_at_a_word_and_kept_whole(self, store, reader, customer_id):
        text = "word " * 60
        make_activity(store, customer_id, text)
        subject, body = reader.row("SELECT subject, body FROM activity")
        assert subject.endswith("word …")
        assert len(subject) <= 122
        assert body == text.strip()

    def test_a_line_without_a_gap_is_cut_all_the_same(self, store, reader, customer_id):
        make_activity(store, customer_id, "x" * 500)
        assert len(reader.value("SELECT subject FROM activity")) <= 122

    @pytest.mark.parametrize("text", ["", "  \n ", "x" * 100_001])
    def test_nothing_and_too_much_are_refused(self, store, customer_id, text):
        assert refused(store, write_note, customer_id=customer_id, text=text).field == "text"

    def test_a_note_about_a_customer_that_is_gone_is_refused(self, store):
        assert "kept as a draft" in refused(store, write_note, customer_id=9, text="x").message

    def test_editing_keeps_the_earlier_words_in_the_record(self, store, reader, customer_id):
        note = make_activity(store, customer_id, "Wrong", ActivityKind.NOTE)
        do(store, edit_activity, activity_id=note, text="Right")
        (entry,) = read_timeline(reader, customer_id=customer_id)
        assert entry.title == "Right"
        kept = reader.value(
            "SELECT fields FROM change WHERE kind = 'U' AND table_name = 'activity'"
        )
        assert '"Wrong"' in kept

    def test_the_last_contact_is_the_newest_that_is_no_note(self, store, reader, customer_id):
        def shown():
            return reader.value("SELECT last_contact_on FROM customer")

        early, late = (datetime(2024, 10, day, 12, tzinfo=UTC) for day in (1, 9))
        make_activity(store, customer_id, happened_at=late)
        make_activity(store, customer_id, happened_at=early, kind=ActivityKind.EMAIL)
        make_activity(store, customer_id, kind=ActivityKind.NOTE)
        assert shown() == "2024-10-09"
        do(store, delete_activity, activity_id=1)
        assert shown() == "2024-10-01"
        do(store, delete_activity, activity_id=2)
        assert shown() is None

    def test_a_note_is_deleted_once(self, store, customer_id):
        note = make_activity(store, customer_id, kind=ActivityKind.NOTE)
        do(store, delete_activity, activity_id=note)
        with pytest.raises(Conflict, match="deleted meanwhile"):
            do(store, delete_activity, activity_id=note)


class TestDrafts:
    def test_a_draft_is_kept_replaced_and_dropped(self, store, reader):
        do(store, keep_draft, key="note:1", content="Half a sen")
        do(store, keep_draft, key="note:1", content="Half a sentence")
        assert read_draft(reader, key="note:1") == "Half a sentence"
        do(store, drop_draft, key="note:1")
        assert read_draft(reader, key="note:1") is None
        do(store, drop_draft, key="note:1")

    def test_a_draft_survives_the_end_of_the_program(self, store, tmp_path):
        do(store, keep_draft, key="note:1", content="Half a sen")
        store.close()
        again = fresh_store(tmp_path)
        with again.reader() as reader:
            assert read_draft(reader, key="note:1") == "Half a sen"
        again.close()

    def test_typing_is_not_an_action_to_undo(self, store, customer_id):
        before = store.undo_label
        do(store, keep_draft, key="note:1", content="Half a sen")
        assert store.undo_label == before
