"""Letters for the tests: the three specimens of the design, and smaller ones made from them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from loyaldesk.domain.acknowledgement import AcknowledgedLine, AcknowledgementLetter, Credit
from loyaldesk.domain.letter import BankAccount, LetterFrame, Recipient, Sender
from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.next_steps import TimeFrames, next_steps
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.domain.working_days import WorkingDays

NORDLICHT = Sender(
    name="Nordlicht Handels GmbH",
    address=("Nordlichtkai 12", "20457 Hamburg", "Germany"),
    phone="+49 40 66969-0",
    fax="+49 40 66969-199",
    email="kontakt@nordlicht.example",
    website="www.nordlicht.example",
    tax_ids=("VAT id DE999047110", "Registered office: Hamburg"),
    register=("Managing director: Dr. Imke Petersen", "Hamburg Local Court, HRB 999421"),
    bank=BankAccount("Hansebank Hamburg AG", "DE05200999990004711000", "HNSBDEHHXXX"),
    conditions="Conditions of sale 01/2026",
)
NORDLICHT_DE = replace(
    NORDLICHT,
    address=("Nordlichtkai 12", "20457 Hamburg", "Deutschland"),
    tax_ids=("USt-IdNr. DE999047110", "Sitz der Gesellschaft: Hamburg"),
    register=("Geschäftsführung: Dr. Imke Petersen", "Amtsgericht Hamburg, HRB 999421"),
    conditions="Verkaufsbedingungen 01/2026",
)
NORDLICHT_US = Sender(
    name="Nordlicht Trading Inc.",
    address=("1200 Northlight Way", "Portland, ME 04101"),
    phone="(207) 555-0140",
    email="hello@nordlicht.example",
    register=("a Delaware corporation",),
    tax_ids=("Federal EIN 00-4711000",),
    bank=BankAccount(
        "First Harbor Bank",
        lines=("ABA 011990044", "Account 004711 0082", "SWIFT FHBKUS3PXXX"),
    ),
    conditions="Terms of sale 01/2026",
)
KESTREL = Recipient(
    name="Kestrel Yacht Outfitters GmbH",
    contact="Ms Hannah Whitfield",
    lines=("Purchasing", "Am Kranspeicher 14", "18055 Rostock"),
    salutation="Dear Ms Whitfield,",
)
HAMBURG = ZoneInfo("Europe/Berlin")
CALENDAR = WorkingDays(holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))


def make_line(position=1, price="10.00", quantity=1, currency="EUR", **facts):
    """Return a line whose net amount is right."""
    micro = round(float(price) * 1_000_000)
    milli = round(quantity * 1000)
    net = line_net(micro, milli, facts.get("discount_ppm", 0), exponent=exponent_of(currency))
    known: dict[str, Any] = {
        "item": f"10-{4400 + position}",
        "description": f"Item {position}",
        "unit": "pcs",
        "tax_ppm": 190_000,
        "requested_on": date(2026, 3, 24),
        "promised_on": date(2026, 3, 24),
    }
    return AcknowledgedLine(
        position=position,
        quantity_milli=milli,
        unit_price_micro=micro,
        net_minor=net,
        **(known | facts),
    )


def make_letter(lines=None, *, frame=None, **facts):
    """Return a letter whose total is that of its lines, freight and tax."""
    lines = tuple(lines if lines is not None else [make_line()])
    total = order_totals(
        [(line.net_minor, line.tax_ppm) for line in lines],
        freight_minor=facts.get("freight_minor", 0),
        freight_tax_ppm=facts.get("freight_tax_ppm", 0),
    ).total_minor
    known: dict[str, Any] = {
        "order_number": "4711",
        "ordered_on": date(2026, 3, 9),
        "currency": "EUR",
        "customer_po": "KYO-88213",
        "customer_po_on": date(2026, 3, 9),
        "contact_name": "Friederike Carstens",
        "contact_role": "Customer Service",
        "contact_phone": "+49 40 66969-124",
        "contact_email": "f.carstens@nordlicht.example",
        "query_by": date(2026, 3, 17),
        "payment": ("30 days net from invoice date",),
        "total_minor": total,
    }
    return AcknowledgementLetter(frame=frame or make_frame(), lines=lines, **(known | facts))


def make_frame(**facts):
    known: dict[str, Any] = {
        "number": "A-2026-00421",
        "day": date(2026, 3, 12),
        "customer_number": "10482",
        "sender": NORDLICHT,
        "recipient": KESTREL,
        "printed_at": datetime(2026, 3, 12, 9, 42, tzinfo=HAMBURG),
        "revision": 1,
    }
    return LetterFrame(**(known | facts))


def steps_for(lines, confirmed_on, **frames):
    return next_steps(
        confirmed_on=confirmed_on,
        promised={line.position: line.promised_on for line in lines},
        frames=TimeFrames(**frames),
        calendar=CALENDAR,
    )


def kestrel():
    """Return specimen 01: one page, four differences, revision 2, deposit, two VAT rates."""
    lines = (
        make_line(1, "84.50", 24, item="10-4410", customer_item="LN-220", discount_ppm=50_000,
                  description="Deck lantern LED, brass, 12 V", note="IP 67, with bracket"),
        make_line(2, "129.00", 12, item="10-4415", customer_item="LN-231", discount_ppm=50_000,
                  unit="sets", description="Navigation lights, pair, 2 nm",
                  note="port and starboard", promised_on=date(2026, 3, 31), is_changed=True,
                  reason="maker delivers on 26 March"),
        make_line(3, "61.20", 30, item="22-0815", customer_item="RP-1040", is_changed=True,
                  description="Mooring line, 16 mm × 20 m", note="polyester, eye spliced, navy",
                  asked_quantity_milli=32_000, reason="sold in packs of 6"),
        make_line(4, "34.90", 10, item="31-2026", customer_item="BK-0031", unit="copies",
                  description="Nautical Almanac 2026", note="printed edition, English",
                  tax_ppm=70_000, asked_item="31-2025",
                  reason="2025 is out of print"),
        make_line(5, "18.75", 40, item="40-1190", customer_item="SH-77", unit="packs",
                  discount_ppm=50_000, description="Bow shackle D 10 mm, A4",
                  note="pack of 10, tested", asked_price_micro=18_250_000,
                  reason="list of 1 March 2026"),
    )  # fmt: skip
    return make_letter(
        lines,
        frame=make_frame(revision=2),
        received="by e-mail",
        received_on=date(2026, 3, 9),
        customer_tax_id="DE999163255",
        freight_minor=4800,
        freight_tax_ppm=190_000,
        credits=(Credit(date(2026, 3, 11), 100_000),),
        deliver_to=("Kestrel Yacht Outfitters GmbH", "Lager Nord, Tor 3",
                    "Werftallee 2, 18119 Rostock"),
        delivery=("DAP Rostock, Incoterms 2020", "by Elbkurier, with tracking"),
        payment=("30 days net from invoice date;", "2% discount within 10 days"),
        replaces_on=date(2026, 3, 10),
        next_steps=steps_for(lines, date(2026, 3, 12)),
    )  # fmt: skip


GERMAN_LINES = """
10-4410|KM 1001|Decklaterne LED, Messing, 12 V|IP 67, mit Halter|12|Stk|84.50|5|19
10-4415|KM 1002|Positionslaternen, Paar, 2 sm|Backbord und Steuerbord|6|Satz|129.00|5|19
10-4432|KM 1007|Ankerlicht LED, Masttop|10–30 V|8|Stk|71.40|5|19
10-4471|KM 1011|Handscheinwerfer, 1.200 lm|schwimmfähig|10|Stk|58.90|0|19
22-0815|KM 2040|Festmacher, 16 mm × 20 m|Polyester, gespleißt, navy|18|Stk|61.20|0|19
22-0820|KM 2041|Festmacher, 20 mm × 25 m|Polyester, gespleißt, navy|12|Stk|92.60|0|19
22-0902|KM 2055|Ankerleine mit Bleifaden, 14 mm|50 m, mit Kausch|4|Stk|148.00|0|19
22-0977|KM 2062|Wurfleine, schwimmend, 30 m|signalorange|15|Stk|23.75|0|19
31-2026|KM 3001|Nautisches Jahrbuch 2026|gedruckte Ausgabe|20|Expl.|34.90|0|7
31-2044|KM 3006|Hafenhandbuch Ostsee, Band 2|gedruckte Ausgabe|12|Expl.|46.50|0|7
31-2051|KM 3010|Seekarten-Satz Öresund|14 Blatt, gefalzt|6|Satz|78.00|0|7
40-1190|KM 4077|Schäkel, geschweift, D 10 mm|10er-Pack, A4, geprüft|25|Pack|18.75|5|19
40-1195|KM 4079|Schäkel, gerade, D 12 mm|10er-Pack, A4, geprüft|20|Pack|24.30|5|19
40-1240|KM 4090|Wirbel, Auge–Gabel, 8 mm|A4, geschmiedet|16|Stk|14.85|5|19
40-1266|KM 4102|Karabiner mit Sicherung, 80 mm|A4|40|Stk|6.95|5|19
51-3300|KM 5015|Rettungsweste 150 N, Automatik|ISO 12402-3|10|Stk|119.00|0|19
51-3305|KM 5016|Wartungssatz zu 51-3300|Patrone und Tablette|20|Satz|27.40|0|19
51-3340|KM 5022|Lifebelt, zweifach, elastisch|ISO 12401|8|Stk|64.20|0|19
51-3402|KM 5030|Feuerlöscher, Schaum, 2 l|DIN EN 3, mit Halter|6|Stk|72.50|0|19
51-3420|KM 5034|Löschdecke, 1,20 × 1,80 m|DIN EN 1869|6|Stk|31.90|0|19
60-0110|KM 6001|Bilgepumpe, 12 V, 45 l/min|mit Schwimmerschalter|5|Stk|96.30|0|19
60-0128|KM 6004|Schlauchschelle A4, 20–32 mm|50er-Pack|8|Pack|42.00|5|19
60-0215|KM 6012|Impeller-Satz, Größe 2|mit Dichtung|14|Satz|21.60|0|19
70-0701|KM 7003|Hafenkaffee, gemahlen, 1 kg|für die Bordküche|24|Pack|17.80|0|7
70-0712|KM 7009|Schiffszwieback, 5-kg-Kiste|mindestens 24 Monate haltbar|6|Kiste|29.50|0|7
"""


def kuestenkontor():
    """Return specimen 02: 25 lines on two pages, German, `ł ś ø ß`."""
    later = {7: "Ware trifft am 27.03. ein", 16: "Prüfung der neuen Charge"}
    later[17] = later[16]
    lines = []
    for i, text in enumerate(GERMAN_LINES.strip().splitlines(), start=1):
        item, own, name, note, quantity, unit, price, discount, tax = text.split("|")
        promised = date(2026, 3, 31 if i in later else 24)
        lines.append(
            make_line(i, price, int(quantity), item=item, customer_item=own, description=name,
                      note=note, unit=unit, discount_ppm=int(discount) * 10_000,
                      tax_ppm=int(tax) * 10_000, promised_on=promised, reason=later.get(i, ""))
        )  # fmt: skip
    recipient = Recipient(
        name="Küstenkontor Jørgensen & Möller OHG",
        contact="Frau Łucja Wiśniewska",
        lines=("Einkauf", "Große Holzbrücke 7", "23552 Lübeck"),
        salutation="Sehr geehrte Frau Wiśniewska,",
    )
    frame = make_frame(
        number="A-2026-00433", day=date(2026, 3, 17), customer_number="10517", locale="de-DE",
        sender=NORDLICHT_DE, recipient=recipient,
        printed_at=datetime(2026, 3, 17, 11, 5, tzinfo=HAMBURG),
    )  # fmt: skip
    return make_letter(
        lines,
        frame=frame,
        order_number="4728",
        ordered_on=date(2026, 3, 16),
        customer_po="2026/0317-KM",
        customer_po_on=date(2026, 3, 13),
        received="per E-Mail",
        received_on=date(2026, 3, 16),
        customer_tax_id="DE999200518",
        contact_name="Jonas Harmsen",
        contact_role="Kundenbetreuung",
        contact_phone="+49 40 66969-127",
        contact_email="j.harmsen@nordlicht.example",
        freight_minor=8500,
        freight_tax_ppm=190_000,
        deliver_to=("Küstenkontor, Lager Travemünde", "Skandinavienkai, Halle 4",
                    "23570 Lübeck"),
        delivery=("DAP Lübeck, Incoterms 2020", "mit Elbkurier, Sendungsnummer folgt"),
        payment=("30 Tage netto,", "2\u00a0% Skonto in 10 Tagen,", "ab Rechnungsdatum"),
        query_by=date(2026, 3, 20),
        next_steps=steps_for(lines, date(2026, 3, 17)),
    )  # fmt: skip


def blue_heron():
    """Return specimen 03: Letter paper, #10 window, American spelling, exempt lines."""
    asked = {"requested_on": date(2026, 3, 30), "promised_on": date(2026, 3, 30), "unit": "ea"}
    lines = (
        make_line(1, "92.50", 48, item="10-4410", customer_item="BH-L220", tax_ppm=0,
                  discount_ppm=50_000, description="Deck lantern LED, brass, 12 V",
                  note="IP67, with bracket", **asked),
        make_line(2, "78.90", 24, item="10-4432", customer_item="BH-L407", tax_ppm=0,
                  discount_ppm=50_000, description="Anchor light LED, masthead",
                  note="10–30 V", **asked),
        make_line(3, "66.75", 60, item="22-0816", customer_item="BH-R058", tax_ppm=0,
                  description="Dock line, 5/8 in × 50 ft",
                  reason="mill is late with the second lot", back_ordered_milli=20_000,
                  **asked | {"promised_on": date(2026, 4, 13)}),
        make_line(4, "88.40", 4, item="51-3402", tax_ppm=62_500,
                  description="Fire extinguisher, foam, 2 L",
                  note="for your own shop, taxable", **asked),
        make_line(5, "104.50", 18, item="60-0110", customer_item="BH-P010", tax_ppm=0,
                  description="Bilge pump, 12 V, 700 gph", note="with float switch", **asked),
    )  # fmt: skip
    recipient = Recipient(
        name="Blue Heron Marine Supply LLC",
        contact="Carolyn Dubois, Purchasing",
        lines=("88 Wharf St Ste 3", "Gloucester MA 01930-0088"),
        salutation="Dear Ms. Dubois:",
    )
    frame = make_frame(
        number="A-2026-10087", day=date(2026, 3, 18), customer_number="20118", locale="en-US",
        envelope="us-10", sender=NORDLICHT_US, recipient=recipient,
        printed_at=datetime(2026, 3, 18, 9, 15, tzinfo=ZoneInfo("America/New_York")),
    )  # fmt: skip
    return make_letter(
        lines,
        frame=frame,
        currency="USD",
        order_number="20419",
        ordered_on=date(2026, 3, 17),
        customer_po="55-20417",
        customer_po_on=date(2026, 3, 16),
        salesperson="Marcus Webb",
        contact_name="Dana Whitcomb",
        contact_phone="(207) 555-0147",
        contact_email="dwhitcomb@nordlicht.example",
        freight_minor=16500,
        deliver_to=("Blue Heron Marine Supply LLC", "Receiving, 12 Pier Rd",
                    "Gloucester MA 01930"),
        delivery=("FOB Portland, ME", "Casco Freight, prepaid"),
        payment=("Net 30 days from invoice date;", "1% discount within 10 days"),
        query_by=date(2026, 3, 23),
        next_steps=steps_for(lines, date(2026, 3, 18)),
    )  # fmt: skip
