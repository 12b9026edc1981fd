"""Does every desk of a hub give numbers of its own, and a desk without one as ever?"""

from loyaldesk.models import Customer, LetterKind
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.operations.numbers import next_number, take_number
from loyaldesk.queries.letters import peek_number
from loyaldesk.sync.profile_desk import profile_desk
from tests.support.factories import do, make_customer
from tests.support.stores import fresh_store
from tests.support.twins import connect_store


def numbers_of(store, count=2, series="A"):
    with store.transaction("Number") as tx:
        return [next_number(tx, series) for _ in range(count)]


def test_without_a_hub_numbers_have_no_code(tmp_path):
    store = fresh_store(tmp_path)
    assert numbers_of(store) == ["A-2024-00001", "A-2024-00002"]
    store.close()


def test_with_a_hub_the_desks_code_stands_in_its_numbers(tmp_path):
    store = connect_store(fresh_store(tmp_path), code="B7")
    assert numbers_of(store) == ["A-2024-B7-00001", "A-2024-B7-00002"]
    store.close()


def test_a_desk_goes_on_counting_when_it_gets_a_hub(tmp_path):
    store = fresh_store(tmp_path)
    numbers_of(store)
    profile_desk(store).connect(code="B7")
    assert numbers_of(store) == ["A-2024-B7-00003", "A-2024-B7-00004"]
    store.close()


def test_the_number_a_letter_shows_beforehand_is_the_one_it_gets(tmp_path):
    store = connect_store(fresh_store(tmp_path), code="B7")
    with store.reader() as reader:
        shown = [peek_number(reader, series="A", year=2024, ahead=ahead) for ahead in (0, 1)]
    assert shown == numbers_of(store) == ["A-2024-B7-00001", "A-2024-B7-00002"]
    store.close()


def test_a_code_that_is_left_from_an_earlier_hub_counts_no_more(tmp_path):
    store = connect_store(fresh_store(tmp_path), code="B7")
    with store.remote_transaction("Disconnect") as tx:
        tx.execute("DELETE FROM sync_state WHERE key = 'client'")
    with store.reader() as reader:
        assert peek_number(reader, series="A", year=2024) == "A-2024-00001"
    assert numbers_of(store, 1) == ["A-2024-00001"]
    store.close()


def test_a_free_number_of_another_desk_is_kept_as_it_was_typed(tmp_path):
    store = connect_store(fresh_store(tmp_path), code="B7")
    with store.transaction("Number") as tx:
        assert take_number(tx, Customer, "C", "C-2024-K2-00007") == "C-2024-K2-00007"
    store.close()


def statement(customer_id, number):
    return IssuedLetter(
        kind=LetterKind.STATEMENT,
        number=number,
        revision=1,
        customer_id=customer_id,
        file_name=f"{number}.pdf",
        sha256=number.encode().ljust(32)[-32:],
        size=100,
        pages=1,
        data_sha256=b"d" * 32,
        language="de-DE",
    )


def let_counting_begin_again(store):
    with store.remote_transaction("Count") as tx:
        tx.execute("DELETE FROM number_series")


def issue_next(store, customer_id):
    with store.reader() as reader:
        shown = peek_number(reader, series="S", year=2024)
    do(store, record_letter, letter=statement(customer_id, shown))
    return shown


def test_a_number_that_a_letter_has_already_is_passed_over_and_blocks_nothing(tmp_path):
    store = connect_store(fresh_store(tmp_path), code="B7")
    customer_id = make_customer(store)
    twins = [issue_next(store, customer_id) for _ in range(2)]
    let_counting_begin_again(store)
    assert twins == ["S-2024-B7-00001", "S-2024-B7-00002"]
    assert issue_next(store, customer_id) == "S-2024-B7-00003"
    assert issue_next(store, customer_id) == "S-2024-B7-00004"
    store.close()


def test_numbers_ahead_count_only_what_is_free(tmp_path):
    store = connect_store(fresh_store(tmp_path), code="B7")
    customer_id = make_customer(store)
    for _ in range(4):
        issue_next(store, customer_id)
    with store.remote_transaction("Take away") as tx:
        number = "UPDATE letter SET number = ? WHERE number = ?"
        tx.execute(number, ["S-2024-B7-00002~2", "S-2024-B7-00002"])
        tx.execute(number, ["S-2024-K2-00001", "S-2024-B7-00001"])
    let_counting_begin_again(store)
    with store.reader() as reader:
        ahead = [peek_number(reader, series="S", year=2024, ahead=each) for each in range(4)]
    assert ahead == [f"S-2024-B7-0000{each}" for each in (1, 2, 5, 6)]
    assert [issue_next(store, customer_id) for _ in range(4)] == ahead
    store.close()
