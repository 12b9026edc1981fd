"""A hit says why it was found, with what answers in bold, and what was forgiven."""

import pytest

from loyaldesk.queries.search import Matched, search
from tests.support.callers import callers
from tests.support.records import make_customer
from tests.support.stores import fresh_store


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with callers(tmp_path_factory.mktemp("search")) as opened:
        yield opened


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
