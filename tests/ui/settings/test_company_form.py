"""Is the company kept as it is typed, checked where it is typed, and never lost in part?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog

from loyaldesk.domain.letter import BankAccount, Sender
from loyaldesk.operations.settings import change_company
from loyaldesk.queries.company import read_company
from loyaldesk.ui.settings.company_check import company_problems
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


def test_what_has_no_field_stays(form, store):
    type_into(form, "signature_name", "Ana")
    kept = company(store)
    assert (kept.remit_to, kept.bank.lines) == (("Lockbox 7",), ("Routing 1",))


def test_a_new_address_makes_a_new_line_for_the_window(form, store):
    form.fields["address"].editor.setPlainText("Neuer Weg 1\n\n 20095 Hamburg \nGermany")
    form.save()
    kept = company(store)
    assert kept.address == ("Neuer Weg 1", "20095 Hamburg", "Germany")
    assert kept.return_line == "Nordlicht GmbH · Neuer Weg 1 · 20095 Hamburg"


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


def test_a_wrong_field_says_so_and_nothing_is_kept(form, store):
    type_into(form, "email", "oops")
    assert "name@company.com" in form.fields["email"].error
    assert company(store) == KEPT
    type_into(form, "email", "a@b.example")
    assert form.fields["email"].error == ""
    assert company(store).email == "a@b.example"


def test_a_wrong_iban_is_refused_below_its_field(form, store):
    type_into(form, "iban", "DE89370400440532013001")
    assert "not a valid IBAN" in form.fields["iban"].error
    assert company(store) == KEPT


def test_the_letter_hears_every_letter_typed(form):
    heard: list[Sender] = []
    form.company_changed.connect(heard.append)
    form.fields["name"].editor.setText("N")
    assert [sender.name for sender in heard] == ["N"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"country": "Germany"}, "country"),
        ({"email": "a@b"}, "email"),
        ({"accent": "FFEE99"}, "accent"),
        ({"accent": "blue"}, "accent"),
        ({"bank": BankAccount(bic="SHORT")}, "bic"),
    ],
)
def test_what_letters_could_not_use_is_found(dressed, changes, field):
    assert list(company_problems(replace(KEPT, **changes))) == [field]


def test_a_sound_company_has_no_problem(dressed):
    assert company_problems(replace(KEPT, bank=BankAccount(bic="HNSB DE HH XXX"))) == {}


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
