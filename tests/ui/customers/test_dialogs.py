"""Do the forms keep, check and refuse where things stand, and can all be undone by name?"""

import pytest
from PySide6.QtGui import QColor, QImage

from loyaldesk.pdf.envelopes import envelope_names
from loyaldesk.pdf.texts import texts_for
from loyaldesk.queries.drafts import read_draft
from loyaldesk.queries.record_fields import (
    read_address_fields,
    read_contact_fields,
    read_customer_fields,
)
from loyaldesk.ui.customers.address_dialog import AddressDialog
from loyaldesk.ui.customers.contact_dialog import ContactDialog
from loyaldesk.ui.customers.customer_dialog import DRAFT, CustomerDialog
from loyaldesk.ui.customers.parent_field import PAUSE_MS
from loyaldesk.ui.forms.draft_keeper import KEEP_MS
from tests.support.factories import make_contact, make_customer
from tests.support.qt import colours_in, nameless, tab_order, too_small


@pytest.fixture
def customer_form(desk, keep):
    """Return what opens the form of a customer, or of a new one."""
    return lambda customer_id=None: keep(CustomerDialog(desk, customer_id))


def customer(store, customer_id: int) -> dict:
    with store.reader() as reader:
        return dict(read_customer_fields(reader, record_id=customer_id).values)


def newest_customer(store) -> int:
    with store.reader() as reader:
        return reader.value("SELECT max(id) FROM customer")


def test_a_new_customer_is_created_and_opened(customer_form, store, heard):
    form = customer_form()
    form.grid.show_values({"name": "Fördekontor", "phone": "+49 461 1", "terms_days": 14})
    form.accept()
    made = newest_customer(store)
    assert customer(store, made)["name"] == "Fördekontor"
    assert customer(store, made)["terms_days"] == 14
    assert heard.said == [("Fördekontor created", True)]
    assert heard.wished == [("customer", made)]
    assert store.undo_label == "Create Fördekontor"


def test_letters_go_out_in_any_envelope_and_any_language_that_has_texts(customer_form):
    grid = customer_form().grid
    offered = {}
    for name in ("envelope", "language"):
        box = grid.fields[name].editor
        offered[name] = [box.itemData(i) for i in range(box.count())]
    assert offered == {"envelope": ["", *envelope_names()], "language": ["en", "de", "fr", "es"]}
    assert len({texts_for(tag)["close"] for tag in offered["language"]}) == 4


def test_a_name_is_asked_for_at_its_field(customer_form, store):
    form = customer_form()
    form.accept()
    assert "needs a name" in form.grid.fields["name"].error
    assert form.grid.fields["name"].editor.hasFocus()
    assert form.isVisible()


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        ("email", "not an address", "not an e-mail address"),
        ("number", "10042", "10042"),
        ("terms_days", "5000", "between 0 and 999"),
    ],
)
def test_what_the_rule_refuses_stands_at_its_field(customer_form, mueller, field, typed, reason):
    form = customer_form()
    form.grid.show_values({"name": "Somebody"})
    form.grid.fields[field].editor.setText(typed)
    form.accept()
    assert reason in form.grid.fields[field].error


def test_what_is_no_number_never_reaches_the_store(customer_form, desk):
    form = customer_form()
    form.grid.show_values({"name": "Somebody"})
    form.grid.fields["credit_limit_minor"].editor.setText("lots")
    desk.jobs.ran.clear()
    form.accept()
    assert "not a number" in form.grid.fields["credit_limit_minor"].error
    assert "Create customer" not in desk.jobs.ran


def test_only_what_was_changed_is_recorded(customer_form, mueller, store):
    form = customer_form(mueller.id)
    form.grid.fields["phone"].editor.setText("+49 40 99")
    form.accept()
    with store.reader() as reader:
        fields = reader.value("SELECT fields FROM change ORDER BY id DESC LIMIT 1")
    assert fields == '{"phone":["+49 40 7344 120","+49 40 99"]}'
    assert store.undo_label == "Edit Müller & Söhne GmbH"
    store.undo()
    assert customer(store, mueller.id)["phone"] == "+49 40 7344 120"


def test_the_credit_limit_is_shown_and_kept_to_the_cent(customer_form, mueller, store):
    form = customer_form(mueller.id)
    editor = form.grid.fields["credit_limit_minor"].editor
    assert editor.text() == "25000.00"
    editor.setText("1,234.56")
    form.accept()
    assert customer(store, mueller.id)["credit_limit_minor"] == 123_456


def test_a_record_of_another_system_says_so_and_may_be_changed(customer_form, mueller):
    form = customer_form(mueller.id)
    assert "From Northwind MUELL" in form.origin_words
    assert not form.grid.fields["name"].editor.isReadOnly()


def test_an_unsaved_new_customer_comes_back(customer_form, desk, qtbot):
    form = customer_form()
    form.grid.fields["name"].editor.setText("Half typed Ltd")
    qtbot.wait(KEEP_MS + 100)
    form.reject()
    again = customer_form()
    assert again.grid.fields["name"].editor.text() == "Half typed Ltd"
    again.accept()
    found: list = []
    desk.jobs.read(read_draft, then=found.append, key=DRAFT, owner=desk.ways)
    assert found == [None]


def test_a_parent_is_understood_by_its_number(customer_form, mueller, store, qtbot):
    holding = make_customer(store, "Wandersmann Holding AG", number="H1")
    form = customer_form(mueller.id)
    field = form.grid.fields["parent_id"].editor
    field.setText("H1")
    field.textEdited.emit("H1")
    qtbot.wait(PAUSE_MS + 60)
    assert field.parent_id == holding
    form.accept()
    assert customer(store, mueller.id)["parent_id"] == holding


def test_the_parent_of_an_unsaved_customer_comes_back_as_a_customer(customer_form, store):
    holding = make_customer(store, "Wandersmann Holding AG", number="H1")
    form = customer_form()
    form.grid.fields["name"].editor.setText("Half typed Ltd")
    form.grid.fields["parent_id"].editor.setText("H1")
    form.reject()
    again = customer_form()
    assert again.grid.fields["parent_id"].editor.parent_id == holding
    again.accept()
    assert customer(store, newest_customer(store))["parent_id"] == holding


def test_a_parent_is_offered_by_its_name(customer_form, mueller, store, qtbot):
    holding = make_customer(store, "Wandersmann Holding AG", number="H1")
    field = customer_form(mueller.id).grid.fields["parent_id"].editor
    field.setText("wander")
    field.textEdited.emit("wander")
    qtbot.wait(PAUSE_MS + 60)
    assert field.offered == ["H1 · Wandersmann Holding AG"]
    field.completer().activated.emit("H1 · Wandersmann Holding AG")
    qtbot.waitUntil(lambda: field.parent_id == holding)


def test_an_unknown_parent_is_refused_at_its_field(customer_form, mueller, store):
    form = customer_form(mueller.id)
    field = form.grid.fields["parent_id"]
    field.editor.setText("nobody")
    field.editor.textEdited.emit("nobody")
    form.accept()
    assert "No customer has this number" in field.error


def test_no_customer_belongs_to_itself(customer_form, mueller, qtbot):
    form = customer_form(mueller.id)
    field = form.grid.fields["parent_id"]
    field.editor.setText("10042")
    field.editor.textEdited.emit("10042")
    qtbot.wait(PAUSE_MS + 60)
    form.accept()
    assert "cannot belong to itself" in field.error


def test_a_contact_is_added_and_changed(desk, mueller, store, heard, keep):
    form = keep(ContactDialog(desk, mueller.id))
    form.grid.show_values({"given_name": "Jonas", "family_name": "Kahn", "role": "Accounts"})
    form.accept()
    with store.reader() as reader:
        made = reader.value("SELECT max(id) FROM contact")
        assert read_contact_fields(reader, record_id=made).values["role"] == "Accounts"
    again = keep(ContactDialog(desk, mueller.id, made))
    again.grid.show_values({"role": "Accounts payable"})
    again.accept()
    assert heard.said == [("Jonas Kahn saved", True), ("Jonas Kahn saved", True)]
    assert store.undo_label == "Edit contact Kahn"


def test_a_contact_without_a_family_name_is_refused(desk, mueller, keep):
    form = keep(ContactDialog(desk, mueller.id))
    form.accept()
    assert "family name" in form.grid.fields["family_name"].error


def test_an_address_is_added_and_changed(desk, mueller, store, keep):
    form = keep(AddressDialog(desk, mueller.id))
    form.grid.show_values({"use": "delivery", "street": "Kai 1", "town": "Kiel", "country": "de"})
    form.accept()
    with store.reader() as reader:
        made = reader.value("SELECT max(id) FROM address")
        values = read_address_fields(reader, record_id=made).values
    assert (values["use"], values["street"], values["country"]) == ("delivery", "Kai 1", "DE")
    again = keep(AddressDialog(desk, mueller.id, made))
    again.grid.show_values({"country": "Germany"})
    again.accept()
    assert "not a country code" in again.grid.fields["country"].error


def test_a_record_that_is_gone_says_so(desk, mueller, keep):
    form = keep(ContactDialog(desk, mueller.id, 999))
    assert "no longer exists" in form.refusal


@pytest.mark.parametrize("kind", [CustomerDialog, ContactDialog, AddressDialog])
def test_every_field_has_a_name_a_size_and_its_turn(desk, mueller, kind, keep):
    form = keep(kind(desk) if kind is CustomerDialog else kind(desk, mueller.id))
    assert nameless(form) == []
    assert too_small(form) == []
    reached = tab_order(form)
    editors = [field.editor for field in form.grid.fields.values()]
    assert [widget for widget in reached if widget in editors] == editors


def test_what_a_stranger_wrote_is_shown_letter_by_letter(
    customer_form, store, tmp_path, desk, keep
):
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    picture.save(str(tmp_path / "red.png"))
    bad = f'<img src="{(tmp_path / "red.png").as_uri()}">'
    holding = make_customer(store, bad, number="H1")
    customer_id = make_customer(store, bad, notes=bad, parent_id=holding, source_system=bad)
    form = customer_form(customer_id)
    assert QColor("red").name() not in colours_in(form.grab().toImage())
    contact = keep(
        ContactDialog(desk, customer_id, make_contact(store, customer_id, bad, notes=bad))
    )
    assert QColor("red").name() not in colours_in(contact.grab().toImage())
