"""Can the head of an order be typed over, with only what differs saved, and taken back?"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from loyaldesk.queries.order_page import read_order_page
from loyaldesk.ui.orders.change_order_dialog import ChangeOrderDialog
from tests.support.desks import TODAY
from tests.support.factories import make_contact, make_order
from tests.support.qt import nameless

NEWEST = "SELECT fields FROM change WHERE group_id = (SELECT max(group_id) FROM change)"


@pytest.fixture
def head_of(store):
    def head_of(order_id):
        with store.reader() as reader:
            return read_order_page(reader, order_id=order_id).head

    return head_of


@pytest.fixture
def open_form(desk, keep, head_of):
    return lambda order_id: keep(ChangeOrderDialog(desk, head_of(order_id)))


@pytest.fixture
def order_id(store, way):
    return make_order(store, way.customer, number="4790", requested_on=TODAY, customer_po="8812")


def test_it_opens_with_what_the_order_says(open_form, way):
    form = open_form(way.order)
    order = form.order
    assert (order.customer_po.text(), order.channel.currentText()) == ("8812", "phone")
    assert order.ordered_on.value() == TODAY - timedelta(days=14)
    assert order.contact.currentText() == "Heike Müller"


def test_a_new_order_number_is_saved_told_and_undone_by_name(
    open_form, order_id, head_of, heard, store
):
    form = open_form(order_id)
    form.order.customer_po.setText("PO 9000")
    form.accept()
    assert head_of(order_id).customer_po == "PO 9000"
    assert heard.said == [("Order 4790 changed", True)]
    assert store.undo() == "Change order 4790"
    assert head_of(order_id).customer_po == "8812"


def test_only_what_was_typed_over_is_written(open_form, order_id, store):
    form = open_form(order_id)
    form.order.ship_via.setText("DHL")
    form.accept()
    with store.reader() as reader:
        (fields,) = (json.loads(row[0]) for row in reader.rows(NEWEST))
    assert list(fields) == ["ship_via", "verified_on"]


def test_saving_what_was_not_touched_only_closes(open_form, order_id, store, heard):
    before = store.undo_label
    form = open_form(order_id)
    form.accept()
    assert (form.isVisible(), store.undo_label, heard.said) == (False, before, [])


def test_freight_and_its_tax_come_into_the_total(open_form, order_id, head_of):
    before = head_of(order_id).total.minor
    form = open_form(order_id)
    QTest.keyClicks(form.order.freight, "10")
    QTest.keyClicks(form.order.freight_tax, "19")
    form.accept()
    head = head_of(order_id)
    assert (head.freight.minor, head.freight_tax_ppm) == (1_000, 190_000)
    assert head.total.minor == before + 1_190


def test_freight_that_is_invoiced_is_refused_where_it_stands(open_form, way):
    form = open_form(way.order)
    form.order.freight.setText("10")
    form.accept()
    assert form.isVisible()
    assert "already invoiced" in form.fields["freight_minor"].error


def test_an_order_needs_the_day_it_came(open_form, order_id):
    form = open_form(order_id)
    form.order.ordered_on.clear()
    form.accept()
    assert "is needed" in form.fields["ordered_on"].error


def test_it_can_go_to_another_place_and_another_person(open_form, store, way, order_id, head_of):
    make_contact(store, way.customer, "Roth", given_name="Ida")
    form = open_form(order_id)
    form.order.contact.setCurrentText("Ida Roth")
    form.place["town"].setText("Kiel")
    form.accept()
    head = head_of(order_id)
    assert (head.contact_name, head.ship_town) == ("Ida Roth", "Kiel")


def test_every_field_has_a_name(open_form, order_id):
    assert list(nameless(open_form(order_id))) == []
