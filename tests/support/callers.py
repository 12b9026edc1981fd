"""The company whose customers call in the tests of search."""

from __future__ import annotations

from contextlib import contextmanager

from loyaldesk.store.reader import open_reader
from loyaldesk.store.schema import FILE_NAME
from tests.support.records import (
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
)
from tests.support.stores import KEY, fresh_store

MULLER = {"number": "10042", "trading_name": "MüSö", "town": "Hamburg", "country": "DE",
          "phone": "+49 (0)40 1234-567", "email": "info@mueller-soehne.de"}  # fmt: skip


def _fill(tx):
    muller = make_customer(tx, "Müller & Söhne GmbH", **MULLER, last_contact_on="2024-10-31")
    lodz = make_customer(
        tx, "Żółć Łódź Sp. z o.o.", number="10043", town="Łódź", phone="+48 42 636 00 00"
    )
    street = make_customer(tx, "Straßenbau Groß KG", number="10044", town="Gießen")
    irish = make_customer(
        tx, "O’Neill Brothers Ltd", number="10045", town="Cork", phone="+353 21 427 3123"
    )
    french = make_customer(
        tx, "D'Arcy & Fils", number="10046", town="Besançon", phone="03 81 82 83 84"
    )
    quick = make_customer(tx, "QUICK-Stop", number="QUICK", town="Cunewalde", phone="0372-035188")
    make_customer(
        tx, "Mueller Metallbau", number="10047", town="Kiel", last_contact_on="2023-01-05"
    )
    make_customer(tx, "Hamburger Hof", number="10048", town="Bremen", phone="+494211234567")
    make_customer(tx, "Coca-Cola Beverages", number="10049", town="Berlin")
    make_customer(tx, "東京商事株式会社", number="10050", town="東京")
    make_contact(
        tx,
        muller,
        "Anna Kowalski",
        email="a.kowalski@mueller-soehne.de",
        mobile="0171 9876543",
        role="Einkauf",
    )
    make_contact(tx, quick, "Horst Kloß", phone="0372-035199")
    make_contact(tx, irish, "Siobhán Ní Bhriain")
    make_contact(tx, lodz, "Zbyszek Piestrzeniewicz")
    make_order(tx, muller, "4711", "PO 88/12")
    make_order(tx, muller, "47110", "B-2024-77")
    make_order(tx, quick, "10248", "88/13")
    make_order(tx, french, "10042-A", "")
    make_invoice(tx, muller, "RE-2024-0815")
    make_document(tx, muller, "Rahmenvertrag_2024.pdf")
    make_document(tx, street, "PO8812 Zeichnung.pdf")


@contextmanager
def callers(folder):
    """Yield a reader of that company's store."""
    store = fresh_store(folder)
    with store.transaction("Fill") as tx:
        _fill(tx)
    store.close()
    with open_reader(folder / FILE_NAME, KEY) as opened:
        yield opened
