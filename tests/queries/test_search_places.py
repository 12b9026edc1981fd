"""A search reads a screenful and no more, and finds what asking for everything would find."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.models import Customer
from loyaldesk.queries.book import sql_of
from loyaldesk.queries.search import search
from loyaldesk.queries.search_hits import WORD_KINDS, HitKind
from loyaldesk.queries.search_places import NOTHING, SHARE_OF_ROOM, SHARES, Questions, find_places
from loyaldesk.queries.search_words import questions_to_find
from loyaldesk.store.search_entries import CONTACTS, CUSTOMERS, DOCUMENTS, ID_MASK
from tests.support.callers import callers
from tests.support.records import make_contact, make_customer, make_document
from tests.support.stores import fresh_store

KINDS = {HitKind.CONTACT: CONTACTS, HitKind.DOCUMENT: DOCUMENTS, HitKind.CUSTOMER: CUSTOMERS}
WORDS = ("an", "ana", "anker", "be", "ben", "berg")
NAMES = [f"{one} {two}" for one in WORDS for two in WORDS]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    with callers(tmp_path_factory.mktemp("search")) as opened:
        yield opened


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Return a reader of many customers, people and papers with hardly any words among them."""
    store = fresh_store(tmp_path_factory.mktemp("crowd"))
    with store.transaction("Fill") as tx:
        for number, name in enumerate(NAMES):
            customer = make_customer(
                tx, name, number=str(number), town=WORDS[number % 5], email=f"ben@{name[:2]}.eu"
            )
            make_contact(tx, customer, NAMES[number * 7 % 36], email=f"{name[-2:]}@x.eu")
            make_document(tx, customer, NAMES[number * 5 % 36])
    with store.reader() as opened:
        yield opened
    store.close()


def everything(reader, kind, question):
    index = KINDS[kind].index
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid"
    return [place & ID_MASK for (place,) in reader.rows(sql, [question])]


def one_by_one(reader, questions, shares, limit):
    """Return what asking for everything and then choosing finds, as (kind, id, step)."""
    found: list[tuple] = []
    for step, field in enumerate(("whole", "names", "around")):
        for kind in KINDS:
            earlier = {record_id for of, record_id, _ in found if of == kind}
            if step:
                earlier |= set(everything(reader, kind, questions[kind].whole))
            if step == 2:
                earlier |= set(everything(reader, kind, questions[kind].names))
            ids = everything(reader, kind, getattr(questions[kind], field))
            new = [record_id for record_id in ids if record_id not in earlier]
            found += [(kind, record_id, step) for record_id in new[: shares[kind]]]
    return found[:limit]


def slowly(reader, questions, limit):
    shares = {kind: round(limit * share + 0.5) for kind, share in SHARES.items()}
    found = one_by_one(reader, questions, shares, limit)
    room = round(limit * SHARE_OF_ROOM)
    if len(found) < room:
        found = one_by_one(reader, questions, {k: max(room, n) for k, n in shares.items()}, limit)
    return found


@settings(max_examples=150)
@given(
    typed=st.lists(st.sampled_from([*WORDS, "a", "b", "x"]), min_size=1, max_size=3),
    limit=st.sampled_from([4, 10, 20, 50, 200]),
    is_email=st.booleans(),
)
def test_nothing_is_lost_by_stopping_at_a_screenful(crowd, typed, limit, is_email):
    questions = questions_to_find(tuple((word,) for word in typed), {}, is_email=is_email)
    found = find_places(crowd, questions, kinds=WORD_KINDS, limit=limit)
    assert [tuple(place) for place in found] == slowly(crowd, questions, limit)


def test_names_beyond_the_share_of_people_do_not_come_back_as_what_surrounds(crowd):
    asking = Questions('"an"', '"an"*', '"an"* OR "ben"*', repeats_names=True)
    nothing = Questions(NOTHING, NOTHING, NOTHING)
    questions = {HitKind.CONTACT: asking, HitKind.CUSTOMER: nothing, HitKind.DOCUMENT: nothing}
    found = find_places(crowd, questions, kinds=WORD_KINDS, limit=4)
    assert [tuple(place) for place in found] == slowly(crowd, questions, 4)
    assert {place.found_as for place in found} == {0, 1, 2}


@pytest.mark.parametrize(
    "typed",
    ["m", "müller", "müller söhne", "10042", "040 1234", "müller 4711", "mulelr",
     "strassenbau gros", "piestrzenievicz kowalsky", "xylophon", "info@mueller-soehne.de"],
)  # fmt: skip
def test_no_search_runs_more_than_eight_statements(reader, typed):
    before = reader.statements_run
    search(reader, typed)
    assert reader.statements_run - before <= 8


def test_no_more_than_a_screenful_is_read_of_a_common_word(tmp_path):
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
def test_no_statement_scans_a_table(reader, name):
    sql = sql_of(name)
    wanted = dict.fromkeys(["keys", "limit", "customers", "contacts", "documents"], "[]")
    plan = [row[3] for row in reader.rows(f"EXPLAIN QUERY PLAN {sql}", wanted)]
    tables = ("customer", "contact", "sales_order", "invoice", "document", "search_")
    assert [step for step in plan if step.startswith("SCAN") and step[5:].startswith(tables)] == []
