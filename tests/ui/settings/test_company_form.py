"""Is the company kept as it is typed, checked where it is typed, and never lost in part?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.operations.settings import change_company
from loyaldesk.queries.company import read_company
from loyaldesk.ui.forms.typed import typed_in
from loyaldesk.ui.settings.company_form import CompanyForm
from tests.support.factories import do
from tests.support.paper import picture

KEPT = Sender(
    name="Nordlicht GmbH",
    address=("Kai 12", "20457 Hamburg", "Germany"),
    country="DE",
    email="kontakt@nordlicht.example",
    bank=BankAccount(name="Hansebank", iban="DE89370400440532013000", lines=("Routing 1",)),
    remit_to=("Lockbox 7",),
    return_line="Nordlicht · Kai 12",
)


@pytest.fixture
def form(desk, store, tmp_path, qtbot):
    do(store, change_company, sender=KEPT)
    form = CompanyForm(desk, tmp_path)
    qtbot.addWidget(form)
    form.show()
    return form


def company(store):
    return read_company(store.reader())


def type_into(form, field, text):
    """Type and leave the field."""
    form.fields[field].editor.setText(text)
    form.fields[field].editor.editingFinished.emit()


def test_what_is_kept_is_shown(form):
    assert form.typed() == KEPT


def test_the_address_is_asked_for_in_parts_only_where_qr_bills_are_made(form, store):
    parts = [form.fields[name] for name in ("street", "house_number", "postcode", "town")]
    assert not any(field.isVisible() for field in parts)
    type_into(form, "country", "ch")
    assert all(field.isVisible() for field in parts)
    type_into(form, "town", "Zürich")
    assert (company(store).country, company(store).town) == ("CH", "Zürich")


def test_leaving_a_field_unchanged_writes_nothing(form, store):
    before = store.undo_label
    form.fields["name"].editor.editingFinished.emit()
    form.save()
    assert store.undo_label == before
    assert company(store) == KEPT


def test_a_change_acts_at_once_and_can_be_undone(form, heard, store):
    type_into(form, "phone", "+49 40 1")
    assert company(store) == replace(KEPT, phone="+49 40 1")
    assert heard.said == [("Company changed", True)]
    store.undo()
    assert form.fields["phone"].editor.text() == ""


def test_an_account_without_iban_and_where_cheques_go_have_fields(form, store):
    assert form.fields["bank_lines"].editor.toPlainText() == "Routing 1"
    form.fields["bank_lines"].editor.setPlainText("Routing 026009593\nAccount 55 12")
    form.fields["remit_to"].editor.setPlainText("Lockbox 8\nNewark, NJ")
    form.save()
    kept = company(store)
    assert kept.bank.lines == ("Routing 026009593", "Account 55 12")
    assert kept.remit_to == ("Lockbox 8", "Newark, NJ")


def test_a_line_for_the_window_stays_as_typed_and_empty_it_is_made(form, store):
    form.fields["address"].editor.setPlainText("Neuer Weg 1\n\n 20095 Hamburg \nGermany")
    form.save()
    kept = company(store)
    assert kept.address == ("Neuer Weg 1", "20095 Hamburg", "Germany")
    assert kept.return_line == "Nordlicht · Kai 12"
    type_into(form, "return_line", "")
    assert company(store).return_line == ""


def test_a_line_that_was_made_of_the_address_follows_it(desk, store, tmp_path, qtbot):
    made = "Nordlicht GmbH · Kai 12 · 20457 Hamburg"
    do(store, change_company, sender=replace(KEPT, return_line=made))
    form = CompanyForm(desk, tmp_path)
    qtbot.addWidget(form)
    assert typed_in(form.fields["return_line"].editor) == ""
    type_into(form, "phone", "1")
    assert company(store).return_line == ""


def test_several_lines_are_kept_when_the_field_is_left(form, store, qtbot):
    area = form.fields["tax_ids"].editor
    area.setFocus()
    area.setPlainText("VAT DE1")
    form.fields["name"].editor.setFocus()
    qtbot.waitUntil(lambda: company(store).tax_ids == ("VAT DE1",))


def test_leaving_the_page_keeps_what_is_typed(form, store):
    form.fields["website"].editor.setText("nordlicht.example")
    form.hide()
    assert company(store).website == "nordlicht.example"


WRONG_IBAN = "DE89370400440532013001"


def test_a_wrong_field_says_so_and_stays_as_it_was(form, store):
    type_into(form, "email", "oops")
    assert "name@company.com" in form.fields["email"].error
    assert "not saved" in form.fields["email"].error
    assert company(store) == KEPT
    type_into(form, "email", "a@b.example")
    assert form.fields["email"].error == ""
    assert company(store).email == "a@b.example"


def test_a_wrong_iban_keeps_no_other_field_from_being_saved(form, store):
    type_into(form, "iban", WRONG_IBAN)
    type_into(form, "phone", "+49 40 1")
    type_into(form, "website", "nordlicht.example")
    assert company(store) == replace(KEPT, phone="+49 40 1", website="nordlicht.example")
    assert "not a valid IBAN" in form.fields["iban"].error
    assert form.fields["iban"].editor.text() == WRONG_IBAN


def test_several_wrong_fields_are_said_at_once(form, store):
    type_into(form, "email", "oops")
    type_into(form, "country", "XX")
    type_into(form, "accent", "FFEE99")
    type_into(form, "iban", WRONG_IBAN)
    wrong = {name for name, field in form.fields.items() if field.error}
    assert wrong == {"email", "country", "accent", "iban"}
    assert company(store) == KEPT


def test_a_wrong_field_is_said_once_and_writes_nothing(form, store, heard):
    before = store.undo_label
    type_into(form, "iban", WRONG_IBAN)
    assert (store.undo_label, heard.said) == (before, [])


def test_undo_leaves_what_is_wrong_to_be_put_right(form, store):
    type_into(form, "phone", "+49 40 1")
    type_into(form, "iban", WRONG_IBAN)
    store.undo()
    assert form.fields["phone"].editor.text() == ""
    assert form.fields["iban"].editor.text() == WRONG_IBAN


def test_without_a_name_there_is_no_company_and_the_name_says_so(desk, store, tmp_path, qtbot):
    form = CompanyForm(desk, tmp_path)
    qtbot.addWidget(form)
    type_into(form, "phone", "1")
    assert "need a name" in form.fields["name"].error
    assert company(store) is None
    type_into(form, "name", "Kontor")
    assert (company(store).name, company(store).phone) == ("Kontor", "1")


def test_the_letter_beside_it_shows_what_is_kept(form):
    heard: list[Sender] = []
    form.company_changed.connect(heard.append)
    type_into(form, "iban", WRONG_IBAN)
    type_into(form, "phone", "+49 40 1")
    assert {sender.bank.iban for sender in heard} == {KEPT.bank.iban}
    assert heard[-1].phone == "+49 40 1"


class TestLogo:
    def choose(self, form, path, monkeypatch):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        form.logo.choose.click()

    def test_a_logo_is_copied_so_that_it_cannot_go_missing(
        self, form, store, tmp_path, monkeypatch
    ):
        path = tmp_path / "brand.png"
        path.write_bytes(picture())
        self.choose(form, path, monkeypatch)
        path.unlink()
        kept = company(store).logo
        assert kept.parent == tmp_path
        assert kept.read_bytes() == picture()

    def test_what_is_no_picture_is_refused(self, form, store, tmp_path, monkeypatch):
        path = tmp_path / "brand.png"
        path.write_bytes(b"<svg>")
        self.choose(form, path, monkeypatch)
        assert "neither a PNG nor a JPEG" in form.logo.error
        assert company(store).logo is None

    def test_a_file_that_is_gone_says_so(self, form, tmp_path, monkeypatch):
        self.choose(form, tmp_path / "gone.png", monkeypatch)
        assert "could not be copied" in form.logo.error

    def test_it_can_be_taken_away(self, form, store, tmp_path, monkeypatch):
        path = tmp_path / "brand.png"
        path.write_bytes(picture())
        self.choose(form, path, monkeypatch)
        form.logo.remove.click()
        assert company(store).logo is None
