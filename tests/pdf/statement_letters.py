"""Statements for the tests: the specimens of the design, made from dated entries."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from loyaldesk.domain.ledger import Dispute, Ledger
from loyaldesk.domain.letter import BankAccount, LetterFrame, Recipient
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.domain.statement_letter import StatementLetter
from tests.pdf.ack_letters import HAMBURG, NORDLICHT, NORDLICHT_DE, NORDLICHT_US
from tests.support.ledgers import AS_OF, credit_note, invoice, payment, set_off

STERLING = BankAccount("Hansebank London", lines=("Sort code 00-99-99", "Account 10482265"))
HARBOURSIDE = Recipient(
    name="Harbourside Chandlery Ltd",
    contact="Mr Owen Pryce, Accounts Payable",
    lines=("14 Quay Parade", "SWANSEA SA1 9CK"),
    country="United Kingdom",
    salutation="Dear Mr Pryce,",
)
SUEDERELBE = Recipient(
    name="Schiffsbedarf Süderelbe GmbH & Co. KG",
    contact="Frau Özlem Grünwald",
    lines=("Kreditorenbuchhaltung", "Am Köhlbrand 118", "21129 Hamburg"),
    salutation="Sehr geehrte Frau Grünwald,",
)
THIESSEN = Recipient(
    name="Fördeboote Thießen e. K.",
    contact="Herrn Hauke Thießen",
    lines=("Strandweg 3 b", "24960 Glücksburg (Ostsee)"),
    salutation="Sehr geehrter Herr Thießen,",
)
BLUE_HERON = Recipient(
    name="Blue Heron Marine Supply LLC",
    contact="Accounts Payable",
    lines=("88 Wharf St Ste 3", "Gloucester MA 01930-0088"),
)


def make_frame(number="S-2026-00318", customer="10391", **changes):
    """Return the frame of a British statement in a DL envelope."""
    known = {
        "number": number,
        "day": date(2026, 4, 1),
        "customer_number": customer,
        "sender": NORDLICHT,
        "recipient": HARBOURSIDE,
        "printed_at": datetime(2026, 4, 1, 8, 15, tzinfo=HAMBURG),
        "locale": "en-GB",
        "envelope": "uk-dl",
    }
    return LetterFrame(**(known | changes))


def make_letter(
    entries, allocations=(), *, frame=None, kind="open-item", start=None, currency="EUR", **facts
):
    """Return a statement letter of these entries at 31 March 2026."""
    request = StatementRequest(kind=StatementKind(kind), as_of=AS_OF, start=start)
    known = {
        "frame": frame or make_frame(),
        "pay_by": date(2026, 4, 10),
        "query_by": date(2026, 4, 15),
        "terms": "30 days net",
        "tax_id": "GB999 4711 73",
        "contact": "Petra Lindemann",
        "phone": "+49 40 66969-141",
        "email": "ar@nordlicht.example",
        "accounts": (("GBP", STERLING),),
    }
    ledger = Ledger.of(entries, allocations)
    statement = make_statement(ledger, request, home_currency=currency)
    return StatementLetter(statement=statement, **(known | facts))


def two_currencies(**changes):
    """Return the British specimen: open items in euro and sterling, one of them disputed."""
    dispute = Dispute(since=date(2026, 3, 2), reason="two cartons damaged", case="2026-0188")
    euro = [
        billed(1, "1284.00", date(2025, 12, 2), "25-11873", "HC-7702"),
        billed(2, "3940.20", date(2026, 1, 12), "26-00112", "HC-7741", dispute=dispute),
        billed(3, "2118.60", date(2026, 1, 26), "26-00198", "HC-7749"),
        billed(4, "964.75", date(2026, 1, 30), "26-00240", "HC-7755"),
        billed(5, "6075.35", date(2026, 2, 16), "26-00287", "HC-7761"),
        billed(6, "1829.90", date(2026, 3, 9), "26-00344", "HC-7780"),
        billed(7, "2543.10", date(2026, 3, 23), "26-00377", "HC-7788"),
        payment(8, "1000", date(2026, 1, 20), number="RC-26-0044"),
        payment(9, "2000", date(2026, 3, 16), number="RC-26-0190"),
        payment(10, "500", date(2026, 3, 24), number="RC-26-0207",
                note="Payment received, no reference given"),
        credit_note(11, "184.20", date(2026, 3, 26), number="CN-26-0031",
                    note="Credit note for returned goods, not yet applied"),
    ]  # fmt: skip
    pounds = [
        billed(21, "1482.50", date(2026, 1, 19), "26-00155", "HC-UK-310", currency="GBP"),
        billed(22, "836.00", date(2026, 2, 9), "26-00266", "HC-UK-316", currency="GBP"),
        billed(23, "2127.05", date(2026, 3, 1), "26-00319", "HC-UK-322", currency="GBP"),
        billed(24, "675.80", date(2026, 3, 17), "26-00361", "HC-UK-329", currency="GBP"),
        payment(25, "400", date(2026, 3, 12), number="RC-26-0177", currency="GBP"),
        credit_note(26, "45", date(2026, 3, 19), number="CN-26-0029", currency="GBP",
                    note="Credit note for freight, not yet applied"),
    ]  # fmt: skip
    allocations = [
        set_off(euro[7], euro[0], "1000"),
        set_off(euro[8], euro[4], "2000"),
        set_off(pounds[4], pounds[1], "400"),
    ]
    return make_letter([*euro, *pounds], allocations, **changes)


def billed(id_, amount, dated, number, customer_po="", **more):
    """Return an invoice due thirty days after its date."""
    due = more.pop("due", dated + timedelta(days=30))
    return invoice(id_, amount, dated, number=number, customer_po=customer_po, due=due, **more)


def german_frame(number="S-2026-00402", customer="10077", **changes):
    """Return the frame of a German statement in a DIN window envelope."""
    known = {
        "sender": NORDLICHT_DE,
        "recipient": SUEDERELBE,
        "locale": "de-DE",
        "envelope": "din-5008-b",
    }
    return make_frame(number, customer, **(known | changes))


GERMAN = {
    "terms": "30 Tage netto",
    "tax_id": "DE999300779",
    "email": "debitoren@nordlicht.example",
}


def busy_quarter(movements=64, *, kind="balance-forward", **changes):
    """Return the German specimen: a quarter of invoices, and payments that settle most of them."""
    entries, allocations = [], []
    earlier = [
        billed(i, str(3000 + 211 * i), date(2025, 12, 3 * i), f"25-1185{i}", f"SB-440{i}")
        for i in range(1, 6)
    ]
    unpaid, day = list(earlier[1:]), date(2026, 1, 2)
    for i in range(movements):
        if i % 4 == 3 and unpaid:
            settled = [unpaid.pop(0) for _ in range(min(1 + i % 3, len(unpaid)))]
            total = sum(each.amount.amount for each in settled)
            money = payment(100 + i, str(total), day, number=f"ZE-26-{31 + 5 * i:04}")
            entries.append(money)
            allocations += [set_off(money, each, str(each.amount.amount)) for each in settled]
        else:
            amount = str(119 + (i * 977) % 4800 + (i * 37 % 100) / 100)
            bill = billed(100 + i, amount, day, f"26-{12 + 6 * i:05}", f"SB-{4414 + i}",
                          order_number=f"{47000 + i}")  # fmt: skip
            entries.append(bill)
            unpaid.append(bill)
        day = min(day + timedelta(days=1 + i % 2), AS_OF)
    entries.append(payment(99, "750", AS_OF, number="ZE-26-0201"))
    facts = {"frame": german_frame(), "start": date(2026, 1, 1), "kind": kind} | GERMAN | changes
    return make_letter([*earlier, *entries], allocations, **facts)


def american(**changes):
    """Return the American specimen: one page with its stub."""
    bills = [
        billed(1, "2145.80", date(2026, 1, 20), "26-20087", "55-20268", currency="USD"),
        billed(2, "3862.15", date(2026, 2, 5), "26-20131", "55-20301", currency="USD"),
        billed(3, "950.40", date(2026, 2, 19), "26-20164", "55-20333", currency="USD"),
        billed(4, "1589.00", date(2026, 3, 4), "26-20190", "55-20350", currency="USD"),
        billed(5, "2713.65", date(2026, 3, 18), "26-20226", "55-20389", currency="USD"),
    ]
    money = payment(6, "1000", date(2026, 3, 2), number="RC-26-0099", currency="USD")
    note = credit_note(7, "127.50", date(2026, 3, 27), number="CM-26-0114", currency="USD")
    sender = replace(
        NORDLICHT_US,
        conditions="",
        remit_to=(
            "Nordlicht Trading Inc", "Accounts Receivable", "PO Box 4711", "Portland ME 04104-4711",
        ),
    )  # fmt: skip
    frame = make_frame(
        "S-2026-20061", "20118",
        sender=sender, recipient=BLUE_HERON, locale="en-US", envelope="us-10",
    )  # fmt: skip
    facts = {
        "frame": frame,
        "currency": "USD",
        "terms": "Net 30 days",
        "tax_id": "",
        "contact": "Luis Ortega",
        "phone": "(207) 555-0151",
        "email": "",
    }
    return make_letter([*bills, money, note], [set_off(money, bills[0], "1000")], **facts | changes)


def american_activity():
    """Return a longer American statement with its stub on a page of its own."""
    known = american()
    return busy_quarter(
        40, kind="activity", frame=known.frame, terms=known.terms, tax_id="", phone=known.phone
    )


def settled(**changes):
    """Return the specimen of an account on which nothing is due."""
    bill = billed(1, "4218.55", date(2026, 2, 26), "26-00305", "KYO-88140")
    money = payment(2, "4218.55", date(2026, 3, 24), number="RC-26-0219")
    recipient = Recipient(
        name="Kestrel Yacht Outfitters GmbH",
        contact="Mr Tobias Engelhardt",
        lines=("Accounts Payable", "Am Kranspeicher 14", "18055 Rostock"),
        salutation="Dear Mr Engelhardt,",
    )
    frame = make_frame("S-2026-00355", "10482", recipient=recipient, envelope="din-5008-b")
    allocations = [set_off(money, bill, "4218.55")]
    return make_letter([bill, money], allocations, **{"frame": frame} | changes)


def credit_balance(**changes):
    """Return the German specimen of a credit in the customer's favour."""
    bill = billed(1, "180.40", date(2026, 3, 16), "26-00357", "FB-119")
    note = credit_note(
        2, "412.30", date(2026, 3, 12), number="GS-26-0077",
        note="Gutschrift Rücksendung, zu 26-00188",
    )  # fmt: skip
    money = payment(
        3, "150", date(2026, 3, 25), number="ZE-26-0312", note="Überzahlung zu 26-00261"
    )
    frame = german_frame("S-2026-00361", "10655", recipient=THIESSEN)
    facts = {"frame": frame} | GERMAN | {"tax_id": ""} | changes
    return make_letter([bill, note, money], **facts)
