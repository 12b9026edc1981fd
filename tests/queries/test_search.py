"""The one box finds whatever a caller may say, and puts the nearest first."""

import pytest

from loyaldesk.models import Customer
from loyaldesk.queries.search import HitKind, Matched, search
from tests.support.callers import callers
from tests.support.records import make_contact, make_customer
from tests.support.stores import fresh_store


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with callers(tmp_path_factory.mktemp("search")) as opened:
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
