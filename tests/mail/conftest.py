"""A company that sends mails, a customer with an issued letter, and the mail that carries it."""

from dataclasses import replace

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.mail.letters import letter_mail
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.settings import change_company
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.pdf.issuing import draw, issue_letter
from tests.pdf.ack_letters import NORDLICHT
from tests.support.factories import do, make_address, make_contact, make_customer, make_order
from tests.support.mail import SMTP
from tests.support.stores import KEY, MORNING, Clock, fresh_store


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    opened = fresh_store(tmp_path, clock=clock)
    do(opened, change_company, sender=replace(NORDLICHT, country="DE"))
    do(opened, change_mail_settings, settings=SMTP)
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / FOLDER_NAME, KEY)


@pytest.fixture
def reader(store):
    with store.reader() as opened:
        yield opened


@pytest.fixture
def customer_id(store):
    customer_id = make_customer(store, "Kraft AG", number="10391", language="en")
    make_address(store, customer_id)
    make_contact(
        store, customer_id, "Roth", given_name="Anna", salutation="Ms", email="roth@kraft.example"
    )
    return customer_id


@pytest.fixture
def letter_id(store, files, customer_id):
    order_id = make_order(store, customer_id, number="10248", customer_po="PO 88-12")
    with store.reader() as reader:
        composed = compose_acknowledgement(
            reader, order_id=order_id, now=MORNING, stance=Stance.RECEIPT
        )
    return issue_letter(store, files=files, drawn=draw(composed))


@pytest.fixture
def mail(reader, letter_id):
    return letter_mail(reader, letter_id=letter_id)
