"""Does every action of a connected desk become the edits that say what it did, and nothing else?"""

import pytest
from msgspec import UNSET

from loyaldesk.models import (
    Activity,
    ActivityKind,
    Contact,
    Customer,
    Dispatch,
    Invoice,
    InvoiceLine,
    OrderLine,
    SalesOrder,
)
from loyaldesk.store.capture import queue_everything
from tests.support.records import (
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
)
from tests.support.stores import fresh_store
from tests.support.twins import (
    assert_hub_was_told,
    connect_store,
    kept_edits,
    put_all,
    told_rows,
    wire_rows,
)
from tests.support.wire_rows import WORLD, uid_of


@pytest.fixture
def store(tmp_path):
    opened = connect_store(fresh_store(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def customer_id(store):
    return act(store, make_customer)


def act(store, action, *given, **named):
    with store.transaction("Act") as tx:
        return action(tx, *given, **named)


def edits_of(store, action):
    """Return what one action told the hub: kind and what was done, with what."""
    before = len(kept_edits(store))
    act(store, action)
    return [(kind, op, body) for kind, _, op, body in kept_edits(store)[before:]]


def changes(body):
    return {name: (each.old, each.new) for name, each in body.ch.items()}


class TestOneRow:
    def test_a_new_row_is_told_whole(self, store):
        ((kind, op, body),) = edits_of(store, make_customer)
        assert (kind, op, body.ch) == ("customer", "create", {})
        assert body.row in wire_rows(store).values()

    def test_an_edit_tells_what_differs_in_the_end(self, store, customer_id):
        def edit(tx):
            tx.update(Customer, customer_id, phone="1", town="Kiel")
            tx.update(Customer, customer_id, phone="2", town="")

        ((_, op, body),) = edits_of(store, edit)
        assert (op, changes(body)) == ("edit", {"phone": ("", "2")})

    def test_an_edit_that_ends_where_it_began_is_none(self, store, customer_id):
        def edit(tx):
            tx.update(Customer, customer_id, phone="1")
            tx.update(Customer, customer_id, phone="")

        assert edits_of(store, edit) == []

    def test_money_that_others_use_up_too_is_told_as_what_was_taken(self, store, customer_id):
        invoice_id = act(store, make_invoice, customer_id, "I-1")
        ((_, _, body),) = edits_of(store, lambda tx: tx.update(Invoice, invoice_id, open_minor=30))
        assert (body.ch["open_minor"].inc, body.ch["open_minor"].new) == (-70, UNSET)

    def test_a_reference_is_told_by_uid(self, store, customer_id):
        parent = act(store, make_customer)
        ((_, _, body),) = edits_of(
            store, lambda tx: tx.update(Customer, customer_id, parent_id=parent)
        )
        with store.reader() as reader:
            uid = reader.value("SELECT lower(hex(uid)) FROM customer WHERE id = ?", [parent])
        assert changes(body) == {"parent_id": (None, uid)}

    def test_a_delete_tells_what_its_author_saw(self, store, customer_id):
        contact_id = act(store, make_contact, customer_id)
        (before,) = [row for (kind, _), row in wire_rows(store).items() if kind == "contact"]
        ((_, op, body),) = edits_of(store, lambda tx: tx.delete(Contact, contact_id))
        assert (op, {name: old for name, (old, _) in changes(body).items()}) == ("delete", before)

    def test_what_comes_and_goes_in_one_action_is_not_told(self, store, customer_id):
        assert edits_of(store, lambda tx: tx.delete(Contact, make_contact(tx, customer_id))) == []

    def test_what_only_this_desk_knows_is_not_told(self, store):
        put_all(store, WORLD)

        def note_batch(tx):
            tx.update(Dispatch, 1, position=7)

        assert edits_of(store, note_batch) == []

    def test_what_a_person_names_instead_of_a_record_that_is_not_here(self, store):
        far = uid_of("far away")
        customer = {
            ("customer", uid_of("customer world")): WORLD["customer", uid_of("customer world")]
            | {"parent_id": far}
        }
        put_all(store, customer)
        parent = act(store, make_customer)
        ((_, _, body),) = edits_of(store, lambda tx: tx.update(Customer, 1, parent_id=parent))
        assert body.ch["parent_id"].old == far
        with store.reader() as reader:
            assert reader.rows("SELECT * FROM loose_reference") == []


class TestSeveralRows:
    def test_what_is_new_comes_first_and_what_goes_last(self, store, customer_id):
        contact_id = act(store, make_contact, customer_id)

        def swap(tx):
            tx.delete(Contact, contact_id)
            tx.update(Customer, customer_id, phone="1")
            make_contact(tx, customer_id)

        assert [(kind, op) for kind, op, _ in edits_of(store, swap)] == [
            ("contact", "create"), ("customer", "edit"), ("contact", "delete"),
        ]  # fmt: skip

    def test_a_row_that_takes_the_id_of_one_that_went_is_another(self, store, customer_id):
        contact_id = act(store, make_contact, customer_id)

        def swap(tx):
            tx.delete(Contact, contact_id)
            assert make_contact(tx, customer_id, "Eva Roth") == contact_id

        assert [op for _, op, _ in edits_of(store, swap)] == ["create", "delete"]
        assert_hub_was_told(store)

    def test_a_row_that_goes_with_what_it_named_still_names_it(self, store, customer_id):
        contact_id = act(store, make_contact, customer_id)
        act(store, add_call, customer_id, contact_id)

        def clear(tx):
            tx.delete(Activity, 1)
            tx.delete(Contact, contact_id)

        (_, contact), (_, activity) = [
            (kind, changes(body)) for kind, _, body in sorted(edits_of(store, clear), reverse=True)
        ]
        assert activity["contact_id"][0] is not None
        assert contact["customer_id"] == activity["customer_id"]


def add_call(tx, customer_id, contact_id):
    return tx.insert(
        Activity,
        customer_id=customer_id,
        contact_id=contact_id,
        kind=ActivityKind.CALL,
        happened_at=tx.now,
        subject="Called",
    )


def units(lines):
    return {line["position"]: line["unit"] for line in lines}


def add_line(tx, order_id, position, **values):
    return tx.insert(OrderLine, order_id=order_id, position=position, description="Tea",
                     quantity_milli=1, unit_price_micro=1, net_minor=0, **values)  # fmt: skip


class TestLines:
    @pytest.fixture
    def order_id(self, store, customer_id):
        def order(tx):
            order_id = make_order(tx, customer_id, "O-1")
            for position in (1, 2, 3):
                add_line(tx, order_id, position)
            return order_id

        return act(store, order)

    def test_an_order_is_told_with_its_lines(self, store, order_id):
        (row,) = [row for (kind, _), row in told_rows(store).items() if kind == "sales_order"]
        assert [line["position"] for line in row["lines"]] == [1, 2, 3]

    def test_an_edit_of_lines_is_one_of_their_order(self, store, order_id):
        def edit(tx):
            tx.update(OrderLine, 1, unit="kg")
            tx.delete(OrderLine, 2)
            add_line(tx, order_id, 4)

        ((kind, op, body),) = edits_of(store, edit)
        old, new = changes(body)["lines"]
        assert (kind, op, list(body.ch)) == ("sales_order", "edit", ["lines"])
        assert units(old) == {1: "pcs", 2: "pcs", 3: "pcs"}
        assert units(new) == {1: "kg", 3: "pcs", 4: "pcs"}

    def test_an_order_that_goes_is_told_with_the_lines_it_had(self, store, order_id):
        def clear(tx):
            for line_id in (1, 2, 3):
                tx.delete(OrderLine, line_id)
            tx.delete(SalesOrder, order_id)

        ((_, op, body),) = edits_of(store, clear)
        assert op == "delete"
        assert [line["position"] for line in changes(body)["lines"][0]] == [1, 2, 3]

    def test_a_line_of_an_invoice_names_the_position_in_its_order(
        self, store, customer_id, order_id
    ):
        def bill(tx):
            invoice_id = make_invoice(tx, customer_id, "I-1")
            tx.update(Invoice, invoice_id, order_id=order_id)
            tx.insert(
                InvoiceLine,
                invoice_id=invoice_id,
                position=1,
                order_line_id=2,
                description="Tea",
                quantity_milli=1,
                unit_price_micro=1,
                net_minor=0,
            )

        ((_, _, body),) = edits_of(store, bill)
        assert [line["order_line"] for line in body.row["lines"]] == [2]

    def test_lines_that_come_as_a_range_belong_to_an_order_that_was_there(self, store, order_id):
        columns = (
            "order_id",
            "position",
            "description",
            "quantity_milli",
            "unit_price_micro",
            "net_minor",
        )
        ((_, op, body),) = edits_of(store, lambda tx: tx.insert_many(
            OrderLine, columns, [(order_id, 4, "Tea", 1, 1, 0), (order_id, 5, "Tea", 1, 1, 0)]
        ))  # fmt: skip
        old, new = changes(body)["lines"]
        assert (op, len(old), len(new)) == ("edit", 3, 5)


class TestRanges:
    def test_every_row_of_a_range_is_a_create(self, store):
        rows = [(str(number), "Name") for number in range(5_000)]
        edits = edits_of(store, lambda tx: tx.insert_many(Customer, ("number", "name"), rows))
        assert [(kind, op) for kind, op, _ in edits] == [("customer", "create")] * 5_000
        assert_hub_was_told(store)

    def test_a_range_that_is_taken_back_is_told_row_by_row(self, store, customer_id):
        rows = [(str(number), "Name") for number in range(50)]
        act(store, lambda tx: tx.insert_many(Customer, ("number", "name"), rows))
        store.undo()
        assert [op for _, _, op, _ in kept_edits(store)[-50:]] == ["delete"] * 50
        assert_hub_was_told(store)

    def test_changes_of_rows_that_just_came_in_are_part_of_their_create(self, store):
        def bring(tx):
            (row_id,) = tx.insert_many(Customer, ("number", "name"), [("1", "Name")])
            tx.update(Customer, row_id, phone="1")

        ((_, op, body),) = edits_of(store, bring)
        assert (op, body.row["phone"]) == ("create", "1")


class TestUndo:
    def test_undo_and_redo_are_edits_like_any_other(self, store, customer_id):
        contact_id = act(store, make_contact, customer_id)
        act(store, lambda tx: tx.delete(Contact, contact_id))
        store.undo()
        store.redo()
        assert [op for kind, _, op, _ in kept_edits(store) if kind == "contact"] == [
            "create", "delete", "create", "delete",
        ]  # fmt: skip
        assert_hub_was_told(store)


class TestUnconnected:
    def test_a_desk_without_a_hub_runs_no_statement_for_one(self, tmp_path):
        store = fresh_store(tmp_path)
        statements: list[str] = []
        store.connection.set_trace_callback(statements.append)
        customer_id = act(store, make_customer)
        act(store, make_document, customer_id, "a.pdf")
        store.undo()
        store.connection.set_trace_callback(None)
        ours = ("sync_", "outbox", "loose_reference", "FROM change WHERE group_id")
        asked = [text for text in statements if any(word in text for word in ours)]
        # Undo itself reads what it takes back.
        assert [text for text in asked if "DESC" not in text] == []
        assert kept_edits(store) == []
        store.close()

    def test_all_that_a_desk_had_before_is_told_to_an_empty_hub(self, tmp_path):
        store = fresh_store(tmp_path)
        put_all(store, WORLD)
        connect_store(store, code="B7")
        with store.remote_transaction("Fill the hub") as tx:
            queue_everything(tx, actor="Ana", label="Fill the hub")
        assert told_rows(store) == wire_rows(store)
        kinds = [kind for kind, *_ in kept_edits(store)]
        assert kinds == list(dict.fromkeys(kind for kind, _ in WORLD))
        store.close()


def test_mails_that_waited_before_there_was_a_hub_stay_this_desks_to_send(tmp_path):
    store = fresh_store(tmp_path)
    mail = ("mail", uid_of("mail world"))
    put_all(store, {key: row for key, row in WORLD.items() if key != mail})
    put_all(store, {mail: WORLD[mail] | {"desk": ""}})
    connect_store(store, code="B7")
    with store.remote_transaction("Fill the hub") as tx:
        queue_everything(tx, actor="Ana", label="Fill the hub")
    assert told_rows(store)[mail]["desk"] == "B7"
    assert wire_rows(store)[mail]["desk"] == "B7"
    store.close()


def test_an_action_that_fails_tells_nothing(store, customer_id):
    def fail(tx):
        tx.update(Customer, customer_id, phone="1")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act(store, fail)
    assert len(kept_edits(store)) == 1
