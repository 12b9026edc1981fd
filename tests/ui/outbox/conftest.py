"""A company that sends mails over a server, and a customer with a paper on file."""

from dataclasses import replace

import pytest

from loyaldesk.documents.file_store import FileStore
from loyaldesk.mail.letters import document_mail
from loyaldesk.mail.outbox import queue_letter
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.settings import change_company
from tests.pdf.ack_letters import NORDLICHT
from tests.support.factories import do, file_content, make_contact, make_customer
from tests.support.mail import SMTP, paper_of


@pytest.fixture
def company(store):
    do(store, change_company, sender=replace(NORDLICHT, country="DE"))
    do(store, change_mail_settings, settings=SMTP)


@pytest.fixture
def customer_id(store, company):
    customer_id = make_customer(store, "Kraft AG", number="10391", language="en")
    make_contact(
        store, customer_id, "Roth", given_name="Anna", salutation="Ms", email="roth@kraft.example"
    )
    return customer_id


@pytest.fixture
def files(desk) -> FileStore:
    return desk.files()


@pytest.fixture
def document_id(store, files, customer_id):
    return file_content(
        store,
        files=files,
        content=paper_of(None),
        name="Price list 2026.pdf",
        customer_id=customer_id,
    )


@pytest.fixture
def write(store, files, document_id):
    """Put a mail into the outbox and return its id."""

    def writing(**changes):
        with store.reader() as reader:
            mail = document_mail(reader, document_id=document_id)
        return queue_letter(store, files=files, mail=replace(mail, **changes))

    return writing
