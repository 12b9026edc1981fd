"""Undo gives back exactly what was there, by name, and refuses rather than guess."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import Contact, Customer, Draft, Setting
from tests.support.records import make_contact, make_customer
from tests.support.stores import content, fresh_store


def test_undo_and_redo_name_what_they_do(store):
    with store.transaction("Create customer") as tx:
        make_customer(tx)
        tx.describe("Create Müller & Söhne")
    assert (store.undo_label, store.redo_label) == ("Create Müller & Söhne", None)
    assert store.undo() == "Create Müller & Söhne"
    assert (store.undo_label, store.redo_label) == (None, "Create Müller & Söhne")
    assert store.redo() == "Create Müller & Söhne"


def test_undo_is_itself_recorded_and_says_what_it_undoes(store, reader):
    with store.transaction("Create customer") as tx:
        make_customer(tx)
    store.undo()
    assert reader.rows("SELECT id, undoes_id FROM change_group ORDER BY id") == [(1, None), (2, 1)]


def test_listeners_hear_of_an_undo(store):
    with store.transaction("Create customer") as tx:
        customer_id = make_customer(tx)
    heard: list = []
    store.on_commit(heard.append)
    store.undo()
    assert heard[0].touches_row("customer", customer_id)


def test_with_nothing_done_undo_is_refused(store):
    with pytest.raises(Refused, match="nothing to undo"):
        store.undo()
    with pytest.raises(Refused, match="nothing to redo"):
        store.redo()


def test_a_new_action_forgets_what_could_be_redone(store):
    with store.transaction("One") as tx:
        tx.insert(Setting, key="a", value="1")
    store.undo()
    with store.transaction("Two") as tx:
        tx.insert(Setting, key="b", value="1")
    assert store.redo_label is None


def test_undo_is_refused_where_a_later_change_stands(store, reader):
    with store.transaction("Create customer") as tx:
        customer_id = make_customer(tx, town="Hamburg")
    with store.transaction("Move customer") as tx:
        tx.update(Customer, customer_id, town="Bremen")
    with store.transaction("Hear from the hub", undoable=False) as tx:
        tx.update(Customer, customer_id, town="Kiel")
    with pytest.raises(Conflict, match="Nothing was undone"):
        store.undo()
    assert reader.value("SELECT town FROM customer") == "Kiel"


def test_a_new_record_that_another_changed_is_not_undone_away(store, reader):
    with store.transaction("Create customer") as tx:
        customer_id = make_customer(tx, town="Hamburg")
    with store.transaction("Hear from the hub", undoable=False) as tx:
        tx.update(Customer, customer_id, town="Kiel")
    with pytest.raises(Conflict, match="Nothing was undone"):
        store.undo()
    assert reader.value("SELECT town FROM customer") == "Kiel"


def test_undo_is_refused_where_something_newer_needs_the_record(store, reader):
    with store.transaction("Create customer") as tx:
        customer_id = make_customer(tx)
    with store.transaction("Hear from the hub", undoable=False) as tx:
        make_contact(tx, customer_id)
    with pytest.raises(Conflict, match="Nothing was undone"):
        store.undo()
    assert reader.value("SELECT count(*) FROM customer") == 1


def test_what_is_being_typed_survives_undo(store, reader):
    with store.transaction("Create customer") as tx:
        make_customer(tx)
    with store.transaction("Keep draft") as tx:
        tx.insert(Draft, key="note", content="We promi", kept_at=tx.now)
    assert store.undo() == "Create customer"
    assert reader.value("SELECT content FROM draft") == "We promi"


def test_an_import_is_undone_as_one_but_not_redone(store):
    before = content(store)
    with store.transaction("Import") as tx:
        tx.insert_many(
            Customer, ["number", "name", "phone"],
            [(str(i), f"Kunde {i}", f"+49 40 {100000 + i}") for i in range(6000)],
        )  # fmt: skip
    store.undo()
    assert content(store) == before
    with pytest.raises(Conflict, match="import it again"):
        store.redo()
    assert content(store) == before


def test_only_the_last_fifty_actions_can_be_undone(store):
    for number in range(60):
        with store.transaction(f"Set {number}") as tx:
            tx.insert(Setting, key=str(number), value="1")
    for _ in range(50):
        store.undo()
    assert store.undo_label is None


NAMES = st.sampled_from(["Müller & Söhne", "Mueller AG", "Łódź Handel", "O’Neill", "Strauß", "Bau"])
PHONES = st.sampled_from(["", "+49 (0)40 1234-567", "040/7654321", "+1 (555) 123-4567"])
DAYS = st.sampled_from([None, "2024-11-01", "2023-02-03"])
VALUES = st.fixed_dictionaries({"name": NAMES, "phone": PHONES, "last_contact_on": DAYS})
WAYS = st.sampled_from(["add", "edit", "delete", "person", "mixed"])
STEPS = st.lists(
    st.tuples(WAYS, VALUES, st.integers(0, 9)),
    min_size=1,
    max_size=8,
)  # fmt: skip


def act(tx, step, values, choice):
    ids = [row_id for (row_id,) in tx.rows("SELECT id FROM customer ORDER BY id")]
    if step == "add" or not ids:
        make_customer(tx, **values)
        return
    chosen = ids[choice % len(ids)]
    if step in {"edit", "mixed"}:
        tx.update(Customer, chosen, **values)
    if step in {"person", "mixed"}:
        make_contact(tx, chosen, f"Ana {values['name']}", phone=values["phone"])
    if step == "delete":
        people = tx.rows("SELECT id FROM contact WHERE customer_id = ?", [chosen])
        for (contact_id,) in people:
            tx.delete(Contact, contact_id)
        tx.delete(Customer, chosen)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_undoing_all_gives_back_every_state_and_redoing_repeats_it(tmp_path_factory, steps):
    store = fresh_store(tmp_path_factory.mktemp("undo"))
    states = [content(store)]
    for step, values, choice in steps:
        with store.transaction(step) as tx:
            act(tx, step, values, choice)
        if store.undo_label and len(states) == len(store._history.undo_steps):  # noqa: SLF001
            states.append(content(store))
    for state in reversed(states[:-1]):
        store.undo()
        assert content(store) == state
    for state in states[1:]:
        store.redo()
        assert content(store) == state
    store.close()
