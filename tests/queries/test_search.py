"""The one box finds whatever a caller may say, says why, and puts the nearest first."""

import pytest

from loyaldesk.models import Customer
from loyaldesk.queries.book import sql_of
from loyaldesk.queries.search import HitKind, Matched, search
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


def fill(tx):
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


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    store = fresh_store(folder)
    with store.transaction("Fill") as tx:
        fill(tx)
    store.close()
    with open_reader(folder / FILE_NAME, KEY) as opened:
        yield opened


def first(reader, text, **options):
    hits = search(reader, text, **options).hits
    return (hits[0].title, hits[0].why) if hits else None


@pytest.mark.parametrize(
    ("typed", "title", "why"),
    [
        # Names, in any case, with or without accents, in any order, unfinished.
        ("Müller", "Müller & Söhne GmbH", Matched.NAME),
        ("muller", "Müller & Söhne GmbH", Matched.NAME),
        ("MUELLER SOEHNE", "Müller & Söhne GmbH", Matched.NAME),
        ("söh mül", "Müller & Söhne GmbH", Matched.NAME),
        ("Müller&Söhne", "Müller & Söhne GmbH", Matched.NAME),
        ("zolc lodz", "Żółć Łódź Sp. z o.o.", Matched.NAME),
        ("Lodz", "Żółć Łódź Sp. z o.o.", Matched.NAME),
        ("strassenbau", "Straßenbau Groß KG", Matched.NAME),
        ("STRAẞEN gross", "Straßenbau Groß KG", Matched.NAME),
        ("oneill", "O’Neill Brothers Ltd", Matched.NAME),
        ("O'Neill", "O’Neill Brothers Ltd", Matched.NAME),
        ("o’nei bro", "O’Neill Brothers Ltd", Matched.NAME),
        ("darcy", "D'Arcy & Fils", Matched.NAME),
        ("arcy fils", "D'Arcy & Fils", Matched.NAME),
        ("cocacola", "Coca-Cola Beverages", Matched.NAME),
        ("商事", "東京商事株式会社", Matched.NAME),
        ("müsö", "Müller & Söhne GmbH", Matched.TRADING_NAME),
        # What surrounds the name.
        ("besanc", "D'Arcy & Fils", Matched.TOWN),
        ("muller hamburg", "Müller & Söhne GmbH", Matched.TOWN),
        ("mueller kiel", "Mueller Metallbau", Matched.TOWN),
        ("info@mueller-soehne.de", "Müller & Söhne GmbH", Matched.EMAIL),
        ("a.kowalski@muel", "Anna Kowalski", Matched.EMAIL),
        # People, also by their company.
        ("kowalski", "Anna Kowalski", Matched.NAME),
        ("anna müller", "Anna Kowalski", Matched.CUSTOMER),
        ("anna einkauf", "Anna Kowalski", Matched.ROLE),
        ("kloss", "Horst Kloß", Matched.NAME),
        ("siobhan", "Siobhán Ní Bhriain", Matched.NAME),
        # Numbers: ours, theirs, whole and unfinished.
        ("10042", "Müller & Söhne GmbH", Matched.NUMBER),
        ("quick", "QUICK-Stop", Matched.NUMBER),
        ("4711", "4711", Matched.NUMBER),
        ("#4711", "4711", Matched.NUMBER),
        ("Auftrag 4711", "4711", Matched.NUMBER),
        ("müller 4711", "4711", Matched.NUMBER),
        ("PO 88/12", "4711", Matched.CUSTOMER_PO),
        ("po8812", "4711", Matched.CUSTOMER_PO),
        ("88-12", "4711", Matched.CUSTOMER_PO),
        ("88/13", "10248", Matched.CUSTOMER_PO),
        ("re-2024-08", "RE-2024-0815", Matched.NUMBER),
        # Phones in any format, and while they are typed.
        ("+49 40 1234567", "Müller & Söhne GmbH", Matched.PHONE),
        ("0049401234567", "Müller & Söhne GmbH", Matched.PHONE),
        ("040/1234", "Müller & Söhne GmbH", Matched.PHONE),
        ("(0421) 1234567", "Hamburger Hof", Matched.PHONE),
        ("0171-98", "Anna Kowalski", Matched.PHONE),
        ("+49 171 9876543", "Anna Kowalski", Matched.PHONE),
        ("+33 3 81 82 83 84", "D'Arcy & Fils", Matched.PHONE),
        ("021 427", "O’Neill Brothers Ltd", Matched.PHONE),
        # Papers.
        ("rahmenv", "Rahmenvertrag_2024.pdf", Matched.NAME),
        ("vertrag 2024", None, None),
        ("zeichnung 8812", "PO8812 Zeichnung.pdf", Matched.NAME),
        # One slip.
        ("mulelr", "Müller & Söhne GmbH", Matched.NAME),
        ("strasenbau", "Straßenbau Groß KG", Matched.NAME),
        ("kowalsky", "Anna Kowalski", Matched.NAME),
        ("piestrzenievicz", "Zbyszek Piestrzeniewicz", Matched.NAME),
        ("bevergaes", "Coca-Cola Beverages", Matched.NAME),
        ("bevreag", "Coca-Cola Beverages", Matched.NAME),
        # Nothing, or nothing that can be sought.
        ("xylophon", None, None),
        ("!?&", None, None),
        ("", None, None),
        ("#", None, None),
    ],
)  # fmt: skip
def test_whatever_a_caller_says_is_found_first(reader, typed, title, why):
    assert first(reader, typed) == (None if title is None else (title, why))


class TestRanking:
    def test_an_exact_number_comes_before_numbers_that_go_on(self, reader):
        titles = [hit.title for hit in search(reader, "4711").hits]
        assert titles == ["4711", "47110"]

    def test_a_customers_number_comes_before_an_order_that_begins_so(self, reader):
        hits = search(reader, "10042").hits
        assert [hit.kind for hit in hits] == [HitKind.CUSTOMER, HitKind.ORDER]

    def test_whole_words_come_before_beginnings_before_towns(self, reader):
        titles = [hit.title for hit in search(reader, "hamburg").hits]
        assert titles == ["Hamburger Hof", "Müller & Söhne GmbH"]

    def test_the_recently_contacted_come_first(self, reader):
        titles = [hit.title for hit in search(reader, "mueller", kinds=[HitKind.CUSTOMER]).hits]
        assert titles == ["Müller & Söhne GmbH", "Mueller Metallbau"]

    def test_mine_come_before_others(self, tmp_path):
        store = fresh_store(tmp_path)
        with store.transaction("Create customers") as tx:
            make_customer(tx, "Bau Nord", last_contact_on="2024-10-01", account_manager="Ben")
            make_customer(tx, "Bau Süd", last_contact_on="2024-09-01", account_manager="Ana")
        with store.reader() as reader:
            titles = [[hit.title for hit in search(reader, "bau", mine=who).hits]
                      for who in ("", "Ana")]  # fmt: skip
        store.close()
        assert titles == [["Bau Nord", "Bau Süd"], ["Bau Süd", "Bau Nord"]]

    def test_no_record_is_shown_twice(self, reader):
        hits = search(reader, "quick").hits
        assert len({(hit.kind, hit.record_id) for hit in hits}) == len(hits)

    def test_people_and_papers_have_room_beside_many_customers(self, tmp_path):
        store = fresh_store(tmp_path)
        with store.transaction("Create customers") as tx:
            rows = [(str(i), f"Bauer {i}") for i in range(200)]
            tx.insert_many(Customer, ["number", "name"], rows)
            for name in ("Max Bauer", "Eva Bauer"):
                make_contact(tx, 1, name)
        with store.reader() as reader:
            result = search(reader, "bauer")
        store.close()
        assert len(result.hits) == 50
        assert sum(hit.kind is HitKind.CONTACT for hit in result.hits) == 2


class TestKinds:
    def test_a_hash_keeps_orders_and_an_at_keeps_people(self, reader):
        assert {hit.kind for hit in search(reader, "#10042").hits} == {HitKind.ORDER}
        assert {hit.kind for hit in search(reader, "@kowalski").hits} == {HitKind.CONTACT}

    def test_only_the_kinds_asked_for_are_found(self, reader):
        hits = search(reader, "müller", kinds=[HitKind.CUSTOMER]).hits
        assert {hit.kind for hit in hits} == {HitKind.CUSTOMER}
        assert search(reader, "4711", kinds=[HitKind.INVOICE]).hits == ()

    def test_a_sigil_that_contradicts_the_kinds_finds_nothing(self, reader):
        assert search(reader, "@kowalski", kinds=[HitKind.CUSTOMER]).hits == ()


class TestWhy:
    def bold(self, reader, text):
        hit = search(reader, text).hits[0]
        parts = [hit.title[a:b] for a, b in hit.title_marks]
        return parts + [hit.second_line[a:b] for a, b in hit.second_marks]

    @pytest.mark.parametrize(
        ("typed", "parts"),
        [
            ("söh mül", ["Mül", "Söh"]),
            ("strassen", ["Straßen"]),
            ("besan", ["Besan"]),
            ("anna müller", ["Anna", "Müller"]),
            ("10042", ["10042"]),
            ("88/12", ["PO 88/12"]),
            ("müller 4711", ["4711", "Müller"]),
            ("040 1234", ["40 1234"]),
            ("+49 40 1234567", ["49 (0)40 1234-567"]),
            ("mulelr", ["Müller"]),
            ("info@mueller-soehne.de", ["Müller", "Söhne", "info", "mueller", "soehne", "de"]),
        ],
    )
    def test_the_part_that_answers_is_marked(self, reader, typed, parts):
        assert self.bold(reader, typed) == parts

    def test_the_second_line_tells_number_and_town(self, reader):
        (hit, *_) = search(reader, "Straßenbau").hits
        assert (hit.number, hit.second_line) == ("10044", "10044 · Gießen")

    def test_an_order_tells_its_customer_day_and_status(self, reader):
        hit = search(reader, "4711").hits[0]
        assert hit.second_line == "Müller & Söhne GmbH · PO 88/12 · Hamburg"
        assert (str(hit.day), hit.status) == ("2024-11-04", "submitted")

    def test_a_person_tells_the_company(self, reader):
        hit = search(reader, "kowalski").hits[0]
        assert hit.second_line == "Müller & Söhne GmbH · Einkauf · 10042"

    def test_what_was_forgiven_is_said(self, reader):
        assert search(reader, "mulelr sohne").forgiven == "muller sohne"
        assert search(reader, "müller").forgiven is None
        assert search(reader, "xylophon").forgiven is None

    @pytest.mark.parametrize("typed", ["Berlin", "besançon", "Lodz"])
    def test_a_town_that_is_spelt_as_typed_is_not_said_to_be_forgiven(self, tmp_path, typed):
        store = fresh_store(tmp_path)
        with store.transaction("Create customers") as tx:
            for number, town in enumerate(["Berlin", "Merlin", "Besançon", "Łódź"]):
                make_customer(tx, "Alpha Kontor", number=f"C{number}", town=town)
        with store.reader() as reader:
            result = search(reader, typed)
            respelt = search(reader, "alpha berlni").forgiven
        store.close()
        assert (result.hits[0].why, result.forgiven) == (Matched.TOWN, None)
        assert respelt == "alpha berlin"


class TestCost:
    @pytest.mark.parametrize(
        "typed",
        ["m", "müller", "müller söhne", "10042", "040 1234", "müller 4711", "mulelr",
         "strassenbau gros", "piestrzenievicz kowalsky", "xylophon", "info@mueller-soehne.de"],
    )  # fmt: skip
    def test_no_search_runs_more_than_eight_statements(self, reader, typed):
        before = reader.statements_run
        search(reader, typed)
        assert reader.statements_run - before <= 8

    def test_no_more_than_a_screenful_is_read_of_a_common_word(self, tmp_path):
        store = fresh_store(tmp_path)
        with store.transaction("Create customers") as tx:
            rows = [(str(i), f"Bauer {i}") for i in range(3000)]
            tx.insert_many(Customer, ["number", "name"], rows)
        with store.reader() as reader:
            result = search(reader, "bauer", limit=20)
            assert reader.rows_read <= 3 * 20
        store.close()
        assert (len(result.hits), result.total_at_least) == (20, 20)

    @pytest.mark.parametrize("name", ["search.numbers", "search.phones", "search.misspelt",
                                      "search.words", "search.rows"])  # fmt: skip
    def test_no_statement_scans_a_table(self, reader, name):
        sql = sql_of(name)
        wanted = dict.fromkeys(["keys", "limit", "customers", "contacts", "documents"], "[]")
        plan = [row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql}", wanted)]
        tables = ("customer", "contact", "sales_order", "invoice", "document", "search_")
        assert [
            step for step in plan if step.startswith("SCAN") and step[5:].startswith(tables)
        ] == []


def test_what_a_caller_types_is_never_taken_for_the_language_of_the_index(reader):
    for typed in [
        '"',
        "müller OR",
        "NOT müller",
        "a*b",
        "col:x",
        "(",
        "müller NEAR",
        "-x",
        "^a",
        "=x",
    ]:
        search(reader, typed)
    assert first(reader, '"müller"') == ("Müller & Söhne GmbH", Matched.NAME)


def test_a_very_long_text_is_cut_not_refused(reader):
    assert search(reader, "müller " * 5000).hits[0].title == "Müller & Söhne GmbH"
