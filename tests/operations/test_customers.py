"""Which customers, people and places are taken, and which are refused with which field?"""

from datetime import date

import pytest

from loyaldesk.errors import Conflict
from loyaldesk.models import AddressUse, Customer
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.customers import (
    add_address,
    add_contact,
    create_customer,
    delete_address,
    delete_contact,
    edit_address,
    edit_contact,
    edit_customer,
)
from tests.support.factories import do, make_address, make_contact, make_customer, make_order
from tests.support.refusals import refused


class TestCustomer:
    def test_numbers_follow_one_another_by_year(self, store, reader):
        make_customer(store, "A")
        make_customer(store, "B")
        numbers = reader.rows("SELECT number FROM customer ORDER BY id")
        assert numbers == [("C-2024-00001",), ("C-2024-00002",)]

    def test_a_number_typed_by_hand_is_passed_over_by_the_series(self, store, reader):
        make_customer(store, "A", number="C-2024-00001")
        second = make_customer(store, "B")
        assert reader.value("SELECT number FROM customer WHERE id = ?", [second]) == "C-2024-00002"

    def test_spaces_around_what_is_typed_are_not_kept(self, store, reader):
        make_customer(store, "  Kraft AG ", number=" K-1 ", country="de", currency="chf")
        found = reader.row("SELECT name, number, country, currency, customer_since FROM customer")
        assert found == ("Kraft AG", "K-1", "DE", "CHF", "2024-11-12")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "   "),
            ("name", "x" * 401),
            ("name", "a\x00b"),
            ("notes", "x" * 20_001),
            ("email", "anna"),
            ("email", "anna@kraft"),
            ("email", "anna roth@kraft.de"),
            ("country", "Germany"),
            ("country", "D1"),
            ("language", "german"),
            ("language", "de-de"),
            ("currency", "EURO"),
            ("currency", ""),
            ("terms_days", -1),
            ("terms_days", 1000),
            ("credit_limit_minor", -1),
        ],
    )
    def test_a_field_that_cannot_be_is_refused_where_it_stands(self, store, field, value):
        refusal = refused(store, create_customer, **{"name": "Kraft AG", field: value})
        assert refusal.field == field

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("email", ""),
            ("email", "anna.roth+x@kraft.co.uk"),
            ("language", "de-CH"),
            ("currency", "KWD"),
            ("terms_days", 0),
            ("terms_days", 999),
            ("credit_limit_minor", None),
            ("credit_limit_minor", 0),
            ("notes", "x" * 20_000),
        ],
    )
    def test_a_field_at_its_limit_is_taken(self, store, reader, field, value):
        make_customer(store, **{field: value})
        assert reader.value(f"SELECT {field} FROM customer") == value

    def test_an_unknown_state_is_no_customer_state(self, store):
        with pytest.raises(ValueError, match="CreditStatus"):
            make_customer(store, credit_status="great")

    def test_a_taken_number_is_refused(self, store):
        make_customer(store, number="K-1")
        refusal = refused(store, create_customer, name="Other", number="K-1")
        assert refusal.field == "number"
        assert "“K-1” is already taken" in refusal.message

    def test_a_number_cannot_be_changed_to_a_taken_one_or_to_none(self, store, customer_id):
        make_customer(store, number="K-1")
        assert refused(store, edit_customer, customer_id=customer_id, number="K-1").field == (
            "number"
        )
        assert refused(store, edit_customer, customer_id=customer_id, number=" ").field == "number"

    def test_keeping_its_own_number_is_no_conflict(self, store, customer_id, reader):
        number = reader.value("SELECT number FROM customer")
        do(store, edit_customer, customer_id=customer_id, number=number, name="New")
        assert reader.value("SELECT name FROM customer") == "New"

    def test_an_edit_that_changes_nothing_is_not_an_action(self, store, customer_id, reader):
        before = reader.value("SELECT count(*) FROM change_group")
        do(store, edit_customer, customer_id=customer_id, name="Müller & Söhne GmbH")
        assert reader.value("SELECT count(*) FROM change_group") == before

    def test_editing_a_customer_that_is_gone_is_refused(self, store):
        assert "no longer exists" in refused(store, edit_customer, customer_id=9, name="X").message


class TestParents:
    def test_a_customer_cannot_belong_to_itself(self, store, customer_id):
        refusal = refused(store, edit_customer, customer_id=customer_id, parent_id=customer_id)
        assert refusal.field == "parent_id"

    def test_a_circle_through_others_is_refused(self, store, customer_id):
        child = make_customer(store, "Child", parent_id=customer_id)
        grandchild = make_customer(store, "Grandchild", parent_id=child)
        refusal = refused(store, edit_customer, customer_id=customer_id, parent_id=grandchild)
        assert refusal.field == "parent_id"

    def test_a_parent_is_set_and_taken_away(self, store, customer_id, reader):
        child = make_customer(store, "Child", parent_id=customer_id)
        do(store, edit_customer, customer_id=child, parent_id=None)
        assert reader.value("SELECT parent_id FROM customer WHERE id = ?", [child]) is None

    def test_an_old_circle_from_elsewhere_does_not_hang_the_edit(self, store, customer_id):
        other = make_customer(store, "Other", parent_id=customer_id)
        with store.transaction("Import") as tx:
            tx.update(Customer, customer_id, parent_id=other)
        third = make_customer(store, "Third")
        refused(store, edit_customer, customer_id=third, parent_id=other)


class TestContacts:
    def test_the_first_person_is_the_primary_one(self, store, customer_id, reader):
        make_contact(store, customer_id, "Roth")
        make_contact(store, customer_id, "Weiß")
        found = reader.rows("SELECT family_name, is_primary FROM contact ORDER BY id")
        assert found == [("Roth", 1), ("Weiß", 0)]

    def test_there_is_one_primary_person(self, store, customer_id, reader):
        make_contact(store, customer_id, "Roth")
        second = make_contact(store, customer_id, "Weiß")
        do(store, edit_contact, contact_id=second, is_primary=True)
        assert reader.rows("SELECT family_name FROM contact WHERE is_primary = 1") == [("Weiß",)]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("family_name", " "),
            ("email", "roth@"),
            ("language", "deutsch"),
            ("birthday", date(1899, 12, 31)),
            ("phone", "\x00"),
        ],
    )
    def test_a_field_that_cannot_be_is_refused(self, store, customer_id, field, value):
        known = {"family_name": "Roth", field: value}
        assert refused(store, add_contact, customer_id=customer_id, **known).field == field

    def test_a_person_leaves_and_orders_and_notes_stay(self, store, customer_id, reader):
        person = make_contact(store, customer_id)
        make_order(store, customer_id, contact_id=person)
        do(store, write_note, customer_id=customer_id, text="Called", contact_id=person)
        do(store, delete_contact, contact_id=person)
        assert reader.value("SELECT count(*) FROM contact") == 0
        assert reader.row("SELECT contact_id FROM sales_order") == (None,)
        assert reader.row("SELECT contact_id, subject FROM activity") == (None, "Called")

    def test_editing_or_deleting_a_person_who_is_gone_says_so(self, store):
        assert "no longer exists" in refused(store, edit_contact, contact_id=9, role="x").message
        with pytest.raises(Conflict, match="deleted meanwhile"):
            do(store, delete_contact, contact_id=9)


class TestAddresses:
    def test_the_billing_address_gives_the_customer_its_town(self, store, customer_id, reader):
        make_address(store, customer_id, AddressUse.DELIVERY, town="Kiel")
        assert reader.row("SELECT town, country FROM customer") == ("Kiel", "DE")
        billing = make_address(store, customer_id, town="Wien", country="at")
        assert reader.row("SELECT town, country FROM customer") == ("Wien", "AT")
        do(store, edit_address, address_id=billing, town="Graz")
        assert reader.value("SELECT town FROM customer") == "Graz"
        do(store, delete_address, address_id=billing)
        assert reader.value("SELECT town FROM customer") == "Kiel"

    def test_there_is_one_default_per_use(self, store, customer_id, reader):
        make_address(store, customer_id, town="A")
        make_address(store, customer_id, town="B", is_default=True)
        make_address(store, customer_id, AddressUse.DELIVERY, town="C")
        found = reader.rows("SELECT town FROM address WHERE is_default = 1 ORDER BY id")
        assert found == [("B",), ("C",)]

    def test_moving_a_default_to_the_other_use_leaves_one_default_there(
        self, store, customer_id, reader
    ):
        make_address(store, customer_id, AddressUse.DELIVERY, town="C")
        billing = make_address(store, customer_id, town="A")
        do(store, edit_address, address_id=billing, use=AddressUse.DELIVERY, is_default=True)
        assert reader.rows("SELECT town FROM address WHERE is_default = 1") == [("A",)]

    @pytest.mark.parametrize("fields", [{}, {"street": " ", "town": ""}, {"postcode": "20095"}])
    def test_an_address_without_street_and_town_is_refused(self, store, customer_id, fields):
        known = {"use": AddressUse.BILLING, **fields}
        assert refused(store, add_address, customer_id=customer_id, **known).field == "town"

    def test_a_street_may_be_emptied_while_the_town_stands(self, store, customer_id, reader):
        place = make_address(store, customer_id)
        do(store, edit_address, address_id=place, street="")
        assert reader.row("SELECT street, town FROM address") == ("", "Hamburg")
        assert refused(store, edit_address, address_id=place, town="").field == "town"

    def test_a_country_is_a_code(self, store, customer_id):
        known = {"use": AddressUse.BILLING, "town": "Wien", "country": "Austria"}
        assert refused(store, add_address, customer_id=customer_id, **known).field == "country"

    def test_an_order_keeps_where_it_went_when_the_address_goes(self, store, customer_id, reader):
        place = make_address(store, customer_id, AddressUse.DELIVERY, town="Kiel")
        make_order(store, customer_id)
        do(store, delete_address, address_id=place)
        assert reader.row("SELECT ship_town, ship_recipient FROM sales_order") == (
            "Kiel",
            "Müller & Söhne GmbH",
        )

    def test_editing_an_address_that_is_gone_is_refused(self, store):
        assert "no longer exists" in refused(store, edit_address, address_id=9, town="X").message


def test_letters_go_by_mail_to_an_address_a_server_understands(store, reader, customer_id):
    fields = {
        "letters_by": "email",
        "letters_email": " bills@kraft.example ",
        "wants_statements": False,
        "statement_scope": "parent",
    }
    do(store, edit_customer, customer_id=customer_id, **fields)
    sql = "SELECT letters_by, letters_email, wants_statements, statement_scope FROM customer"
    assert reader.row(sql) == ("email", "bills@kraft.example", 0, "parent")
    wrong = {"customer_id": customer_id, "letters_email": "bills@kraft,example"}
    assert refused(store, edit_customer, **wrong).field == "letters_email"
