"""The index is at every commit what making it anew would give."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loyaldesk.models import Contact, Customer, Document, OrderLine, SalesOrder
from loyaldesk.store import search_index
from loyaldesk.store.connection import connect
from loyaldesk.store.search_check import check_index
from loyaldesk.store.search_entries import KINDS
from loyaldesk.store.search_index import id_chunks
from tests.support.records import make_contact, make_customer, make_document, make_order
from tests.support.stores import KEY, content, fresh_store

# What SQLite tells an authorizer when a column is read, and what it wants to hear.
READ, ALLOW = 20, 0


def index_of(store):
    return {name: rows for name, rows in content(store).items() if name.startswith("search_")}


def rebuilt(store):
    """Make the index anew and return it; the store is left with it."""
    store.rebuild_index()
    return index_of(store)


def places(reader, index, words):
    return reader.rows(f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid", [words])


def found_ids(reader, index, words):
    return [place & ((1 << 34) - 1) for (place,) in places(reader, index, words)]


class TestKeeping:
    def test_a_new_customer_is_found_in_the_transaction_that_makes_it_known(self, store, reader):
        with store.transaction("Create customer") as tx:
            make_customer(tx, "Łódź Handel", trading_name="Bärlin", town="Kiel", email="a@b.de")
        for words in ("lodz", '"hand"*', "barlin", "baerlin", '"=kiel"', '"+b" AND "+de"'):
            assert found_ids(reader, "search_customer", words) == [1]
        assert found_ids(reader, "search_customer", "kiel") == []

    def test_the_most_recently_contacted_come_first_and_key_accounts_before(self, store, reader):
        days = [None, "2022-05-01", "2024-05-01", "2023-06-01"]
        with store.transaction("Create customers") as tx:
            for day in days:
                make_customer(tx, "Bau", last_contact_on=day, is_key_account=day == "2023-06-01")
        assert found_ids(reader, "search_customer", "bau") == [4, 3, 2, 1]

    def test_people_are_found_by_their_company_and_follow_its_name(self, store, reader):
        with store.transaction("Create customer") as tx:
            customer_id = make_customer(tx, "Müller")
            make_contact(tx, customer_id)
            make_document(tx, customer_id, "Vertrag.pdf")
        with store.transaction("Rename customer") as tx:
            tx.update(Customer, customer_id, name="Meier")
        for index in ("search_contact", "search_document"):
            assert found_ids(reader, index, '"=meier"') == [1]
            assert found_ids(reader, index, '"=muller"') == []

    def test_people_follow_the_contact_of_their_company_papers_their_own_day(self, store, reader):
        with store.transaction("Create customer") as tx:
            customer_id = make_customer(tx, "Müller")
            make_contact(tx, customer_id)
            make_document(tx, customer_id, "Vertrag.pdf")
        person, paper = (
            places(reader, "search_contact", "anna"),
            places(reader, "search_document", "vertrag"),
        )
        with store.transaction("Log call") as tx:
            tx.update(Customer, customer_id, last_contact_on="2024-11-12")
        assert places(reader, "search_contact", "anna") < person
        assert places(reader, "search_document", "vertrag") == paper

    def test_what_is_not_shown_in_the_index_costs_no_writing(self, store):
        with store.transaction("Create customer") as tx:
            customer_id = make_customer(tx, last_contact_on="2024-11-01")
        before = layout(store)
        with store.transaction("Set limit") as tx:
            tx.update(Customer, customer_id, credit_limit_minor=5, last_contact_on="2024-11-02")
        assert layout(store) == before

    def test_order_lines_leave_the_index_alone(self, store):
        with store.transaction("Create order") as tx:
            order_id = make_order(tx, make_customer(tx), "4711")
        before = layout(store)
        columns = ["order_id", "position", "description", "quantity_milli", "unit_price_micro",
                   "net_minor"]  # fmt: skip
        with store.transaction("Import") as tx:
            tx.insert_many(OrderLine, columns, ((order_id, i, "Nut", 1, 1, 1) for i in range(500)))
        assert layout(store) == before

    def test_words_nobody_bears_any_more_are_forgotten(self, store):
        empty = index_of(store)
        with store.transaction("Create customer") as tx:
            customer_id = make_customer(tx, "Geheimrat Xylander", phone="+49 40 1234567")
        with store.transaction("Purge customer") as tx:
            tx.delete(Customer, customer_id)
        assert index_of(store) == empty

    def test_a_large_range_is_indexed_in_chunks_and_like_single_rows(self, store):
        rows = [
            (str(i), f"Kunde {i % 70} Ünlü", "Łódź", f"+49 40 {10**6 + i}") for i in range(25_000)
        ]
        with store.transaction("Import") as tx:
            tx.insert_many(Customer, ["number", "name", "town", "phone"], rows)
        assert index_of(store) == rebuilt(store)


def layout(store):
    """Return how the full-text index lies on the disk: any writing shows."""
    with store.reader() as reader:
        return [
            reader.rows(f"SELECT * FROM search_{kind}_data ORDER BY id")
            for kind in ("customer", "contact", "document")
        ]


def test_overlapping_ranges_give_each_id_once_in_order():
    ranges = [range(5, 8), range(1, 3), range(2, 6), range(7, 8), range(20, 21)]
    assert list(id_chunks(ranges)) == [[1, 2, 3, 4, 5, 6, 7, 20]]
    assert [len(ids) for ids in id_chunks([range(45_000)])] == [20_000, 20_000, 5_000]


NAMES = ["Müller & Söhne", "Mueller AG", "Łódź Handel", "O’Neill", "Strauß Bau", "Müllerei", "東京"]
PHONES = ["", "+49 (0)40 1234-567", "040/7654321", "+15551234567"]
VALUES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(NAMES),
        "town": st.sampled_from(["", "Hamburg", "Gdańsk"]),
        "phone": st.sampled_from(PHONES),
        "email": st.sampled_from(["", "info@müller.de"]),
        "last_contact_on": st.sampled_from([None, "2024-11-01", "2023-02-03"]),
        "is_key_account": st.booleans(),
    }
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "edit", "person", "move", "paper", "rename", "drop", "many", "undo", "redo"]
        ),
        VALUES,
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=12,
)


def ids_in(tx, table):
    return [row_id for (row_id,) in tx.rows(f"SELECT id FROM {table} ORDER BY id")]


def act(tx, step, values, choice):
    customers = ids_in(tx, "customer")
    if step == "add" or not customers:
        make_customer(tx, **values)
    else:
        ACTIONS[step](tx, customers[choice % len(customers)], values, choice)


def edit(tx, customer_id, values, _):
    tx.update(Customer, customer_id, **values)


def add_person(tx, customer_id, values, _):
    make_contact(tx, customer_id, f"Ana {values['name']}", mobile=values["phone"])


def move_person(tx, customer_id, _, choice):
    if people := ids_in(tx, "contact"):
        tx.update(Contact, people[choice % len(people)], customer_id=customer_id)


def add_paper(tx, customer_id, values, _):
    make_document(tx, customer_id, f"PO88_{values['name']}.pdf")


def rename_paper(tx, _, values, choice):
    if papers := ids_in(tx, "document"):
        tx.update(Document, papers[choice % len(papers)], name=values["name"])


def add_many(tx, customer_id, values, choice):
    start = tx.value("SELECT max(id) FROM customer") * 1000
    rows = [(f"M{start + i}", values["name"], values["phone"]) for i in range(choice)]
    tx.insert_many(Customer, ["number", "name", "phone"], rows)


def drop_customer(tx, customer_id):
    for model in (Document, Contact):
        table = model.__tablename__
        for (row_id,) in tx.rows(f"SELECT id FROM {table} WHERE customer_id = ?", [customer_id]):
            tx.delete(model, row_id)
    tx.delete(Customer, customer_id)


ACTIONS = {
    "edit": edit,
    "person": add_person,
    "move": move_person,
    "paper": add_paper,
    "rename": rename_paper,
    "drop": lambda tx, customer_id, *_: drop_customer(tx, customer_id),
    "many": add_many,
}


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_after_any_actions_the_index_is_what_a_rebuild_makes(tmp_path_factory, steps):
    store = fresh_store(tmp_path_factory.mktemp("index"))
    for step, values, choice in steps:
        if step == "undo":
            if store.undo_label:
                store.undo()
        elif step == "redo":
            if store.redo_label and store.redo_label != "many":
                store.redo()
        else:
            with store.transaction(step) as tx:
                act(tx, step, values, choice)
    kept = index_of(store)
    with store.reader() as reader:
        assert check_index(reader) == []
    assert store.check() == []
    assert rebuilt(store) == kept
    store.close()


class TestChecking:
    @pytest.fixture
    def filled(self, store):
        with store.transaction("Create customer") as tx:
            customer_id = make_customer(tx, phone="+49 40 1234567")
            make_contact(tx, customer_id)
        return store

    def test_a_sound_index_has_no_problems(self, filled, reader):
        assert check_index(reader) == []

    @pytest.mark.parametrize(
        ("harm", "problem"),
        [
            ("UPDATE customer SET name = 'Meier'", "indexed otherwise"),
            ("DELETE FROM search_entry WHERE kind = 1", "indexed otherwise"),
            ("INSERT INTO search_entry VALUES (1, 99, 5, 'x', '')", "is no more"),
            ("DELETE FROM search_phone", "phone numbers of customer"),
            ("INSERT INTO search_phone VALUES ('999', 1, 1)", "phone numbers of customer"),
            ("DELETE FROM search_customer", "words of customer"),
            ("INSERT INTO search_customer (rowid, words) VALUES (7, 'x')", "words of customer"),
            ("UPDATE search_word SET uses = uses + 1", "words that may be misspelt"),
            ("DELETE FROM search_misspelling WHERE prefix = 'mull'", "keys of misspelt words"),
        ],
    )
    def test_every_harm_is_told_and_mended_by_a_rebuild(self, filled, reader, harm, problem):
        connection = connect(filled.path, KEY)
        connection.execute(harm)
        connection.close()
        assert any(problem in told for told in check_index(reader))
        rebuilt(filled)
        assert check_index(reader) == []


def test_order_numbers_need_no_words(store, reader):
    with store.transaction("Create order") as tx:
        make_order(tx, make_customer(tx, "Bau"), "SO-4711", "PO 88/12")
    assert Counter(name for (name,) in reader.rows("SELECT word FROM search_word")) == {}
    assert SalesOrder.derived["customer_po_key"][1]("PO 88/12") == "po8812"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_a_kind_names_every_column_of_its_table_that_its_words_are_made_of(store, kind):
    read = set()

    def note(action, table, column, *_):
        if action == READ and table == kind.table:
            read.add(column)
        return ALLOW

    store.connection.set_authorizer(note)
    store.connection.execute(f"EXPLAIN {kind.select}", ["[]"])
    store.connection.set_authorizer(None)

    assert read == kind.columns | {"id"}


def test_what_the_hub_changed_beside_the_words_asks_nothing_of_the_index(store, monkeypatch):
    with store.transaction("Create customer") as tx:
        make_customer(tx, "Müller")
    asked = []
    monkeypatch.setattr(search_index, "entries_of", lambda *_: asked.append(1) or {})
    with store.remote_transaction("Receive") as tx:
        tx.execute("UPDATE customer SET notes = 'Asks for blue ones'")
        tx.touch("customer", [1], columns=["notes"])
    assert asked == []

    monkeypatch.undo()
    with store.remote_transaction("Receive") as tx:
        tx.execute("UPDATE customer SET name = 'Meier', notes = ''")
        tx.touch("customer", [1], columns=["name", "notes"])
    with store.reader() as reader:
        assert found_ids(reader, "search_customer", "meier") == [1]
