"""Does the mail that carries a letter say so in the customer's language, and nothing unfilled?"""

import string
from datetime import UTC, datetime

import pytest

from loyaldesk.domain.letter import Sender
from loyaldesk.domain.letter_texts import EDITABLE_TEXTS, fields_of
from loyaldesk.errors import Refused
from loyaldesk.mail.letters import document_mail, letter_mail
from loyaldesk.mail.sample import sample_mail
from loyaldesk.mail.texts import fill, mail_texts
from loyaldesk.models import Contact, Customer, Letter, LetterKind, Setting
from tests.support.factories import file_content, make_customer
from tests.support.mail import paper_of

LANGUAGES = ("en-GB", "en-US", "de-DE", "fr-FR", "es-ES")


@pytest.fixture
def change(store, letter_id):
    """Change fields of the letter, as if it had been issued so."""

    def changing(**values):
        with store.transaction("Change letter") as tx:
            tx.update(Letter, letter_id, **values)

    return changing


def test_the_subject_names_the_letter_and_the_customers_order(mail):
    assert mail.subject == "Order acknowledgement A-2024-00001, your order PO 88-12"
    assert mail.body.startswith("Dear Ms Roth,\n\nPlease find attached acknowledgement")
    assert mail.recipient == "roth@kraft.example"
    assert mail.file_name.endswith(".pdf")


def test_a_personal_sentence_stands_before_the_rest(reader, letter_id):
    body = letter_mail(reader, letter_id=letter_id, personal=" It was good to meet you. ").body
    assert body.startswith("Dear Ms Roth,\n\nIt was good to meet you.\n\nPlease find")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_kind_of_letter_is_whole_in_every_language(reader, change, letter_id, kind, language):
    change(kind=kind, language=language, as_of="2024-11-12", level=2)
    mail = letter_mail(reader, letter_id=letter_id)
    assert "{" not in mail.subject + mail.body
    assert "A-2024-00001" in mail.subject


@pytest.mark.parametrize("level", [1, 2, 3, 9])
def test_the_subject_of_a_reminder_never_tells_its_level(reader, change, letter_id, level):
    change(kind=LetterKind.REMINDER, level=level)
    assert letter_mail(reader, letter_id=letter_id).subject == "Payment reminder A-2024-00001"


@pytest.mark.parametrize(
    "addresses",
    [
        ("bills@kraft.example", "roth@kraft.example", "post@kraft.example", "bills@kraft.example"),
        ("", "roth@kraft.example", "post@kraft.example", "roth@kraft.example"),
        ("", "", "post@kraft.example", "post@kraft.example"),
        ("", "", "", ""),
    ],
)
def test_the_best_known_address_is_used(store, letter_id, addresses):
    letters, contact, own, used = addresses
    with store.transaction("Set addresses") as tx:
        tx.update(Customer, 1, letters_email=letters, email=own)
        tx.update(Contact, 1, email=contact)
    with store.reader() as reader:
        assert letter_mail(reader, letter_id=letter_id).recipient == used


def test_before_there_is_a_company_its_place_stays_visible(store, letter_id):
    with store.transaction("Forget company") as tx:
        tx.delete(Setting, tx.value("SELECT id FROM setting WHERE key = 'company'"))
    with store.reader() as reader:
        assert "{company}" in letter_mail(reader, letter_id=letter_id).body


def test_a_document_is_mailed_under_its_name_without_its_ending(store, files, customer_id):
    paper = file_content(
        store, files=files, content=paper_of(None), name="Preise März.pdf", customer_id=customer_id
    )
    with store.reader() as reader:
        mail = document_mail(reader, document_id=paper)
    assert (mail.subject, mail.file_name, mail.letter_id) == (
        "Preise März", "Preise März.pdf", None,
    )  # fmt: skip


def test_a_document_that_is_a_letter_is_mailed_as_one(reader, mail):
    assert document_mail(reader, document_id=mail.document_id) == mail


def test_a_customer_without_people_is_greeted_politely(store, files):
    nobody = make_customer(store, "Ohne Namen GmbH", language="de")
    paper = file_content(
        store, files=files, content=paper_of(None), name="Brief.pdf", customer_id=nobody
    )
    with store.reader() as reader:
        assert document_mail(reader, document_id=paper).body.startswith("Sehr geehrte Damen")


def test_a_value_is_never_read_as_a_place():
    assert fill("{number} of {day}", number="{day}", day="today") == "{day} of today"


@pytest.mark.parametrize("tag", ["../secrets", "", "xx", "en/../de"])
def test_a_tag_never_leaves_the_folder_of_texts(tag):
    assert mail_texts(tag)["close"] == "Yours sincerely,"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_all_languages_have_places_for_the_same_values(language):
    def places(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english, other = mail_texts("en-GB"), mail_texts(language)
    names = [name for name in english if name.startswith("mail.")]
    assert {name for name in names if places(other[name]) != places(english[name])} == set()


NAMES = [name for _, group in EDITABLE_TEXTS for name in group if name.startswith("mail.")]
COMPANY = Sender(name="Nordlicht GmbH", phone="+49 40 1")


@pytest.mark.parametrize("name", NAMES)
def test_own_words_of_a_mail_appear_in_the_sample_that_is_chosen_for_them(name):
    fields = " ".join(f"{{{field}}}" for field in fields_of(mail_texts("en-GB")[name]))
    own = ((name, f"Zebra **crossing** {fields}"),)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    said = sample_mail(
        sender=COMPANY, locale="en-GB", printed_at=now, own_texts=own, shows=name
    ).decode()
    assert "Zebra crossing" in said
    assert not {"{", "*"} & set(said)


def test_own_words_with_a_field_that_nothing_fills_stop_the_mail():
    with pytest.raises(Refused, match=r"no field \{person\}"):
        mail_texts("en-GB", (("mail.statement", "Dear {person}"),))
