"""Do many desks that push at once, and one that reads all the while, ever miss a row?"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.protocol.digest import digest_of
from loyaldesk.protocol.messages import Change, Push, Pushed
from tests.hub.conftest import new_hub
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import row_of

WRITERS, PUSHES, CUSTOMERS = 16, 12, 8
TERRITORIES = ("North", "South", "East", "West")


@pytest.fixture
def postgres_hub(postgres_database):
    hub = new_hub(postgres_database)
    yield hub
    hub.close()


@pytest.fixture
def file_hub(tmp_path):
    hub = new_hub(f"sqlite:///{tmp_path / 'hub.db'}")
    yield hub
    hub.close()


@pytest.fixture(params=["sqlite", "postgres"])
def shared_hub(request):
    return request.getfixturevalue(
        "file_hub" if request.param == "sqlite" else "postgres_hub"
    )  # fmt: skip


def company(hub):
    """Make the customers that everybody writes about, each with a letter to be copied."""
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    for number in range(CUSTOMERS):
        word = f"c{number}"
        row = customer_row(word, territory=TERRITORIES[number % len(TERRITORIES)])
        office.create("customer", word, row)
        office.create("document", f"d{number}", wire_row("document", customer_id=uid(word)))
        letter = wire_row(
            "letter", customer_id=uid(word), document_id=uid(f"d{number}"), order_id=None,
            number=word, copies=0,
        )  # fmt: skip
        office.create("letter", f"l{number}", letter)
    return office


def write(hub, writer):
    """Push edits that cross buckets in an order of its own; return the last reply's number."""
    chance = random.Random(writer)
    desk = HubDesk(hub, principal(f"W{writer}", Role.OFFICE, None))
    for push in range(PUSHES):
        numbers = chance.sample(range(CUSTOMERS), 3)
        edits = [
            desk.mutation("edit", "letter", f"l{number}", ch={"copies": Change(inc=1)})
            for number in numbers
        ]
        word = f"{writer}-{push}"
        row = wire_row("activity", customer_id=uid(f"c{numbers[0]}"), subject=word)
        edits.append(desk.mutation("create", "activity", word, row=row | {"contact_id": None}))
        if push % 4 == 3:
            moved = f"c{chance.randrange(CUSTOMERS)}"
            here = row_of(hub, "customer", moved)["territory"]
            edits.append(
                desk.edit_of("customer", moved, territory=(here, chance.choice(TERRITORIES)))
            )
        push_through(desk, edits)
    return desk.number


def push_through(desk, edits):
    """Send until the hub is not busy."""
    for _ in range(50):
        outcome = desk.ask("sync/push", Push(edits))
        if isinstance(outcome, Pushed):
            assert {each.st for each in outcome.res} <= {"applied", "merged", "conflict"}
            return
        assert outcome.err == "busy"
    raise AssertionError("the hub is always busy")


def read_all_the_while(hub, is_over):
    """Read pages of a few rows until everybody is done; say how often all was there, and agreed."""
    desk = HubDesk(hub, principal("Reader", Role.OFFICE, None))
    held: dict[str, dict[tuple[str, str], int]] = {}
    agreed = 0
    while True:
        is_last = is_over.is_set()
        page = desk.page(limit=7)
        for each in page.rows:
            bucket = held.setdefault(each.bucket, {})
            if each.op == "P":
                bucket[each.kind, each.id] = each.rv
            else:
                bucket.pop((each.kind, each.id), None)
        for name, head in page.heads.items():
            rows = [(*key, rv) for key, rv in held.get(name, {}).items()]
            assert head[1:] == (len(rows), digest_of(rows)), name
        agreed += page.done
        if page.done and is_last:
            return agreed


def test_sixteen_writers_and_a_reader_miss_nothing(shared_hub):
    company(shared_hub)
    is_over = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(read_all_the_while, shared_hub, is_over)
        try:
            writers = [pool.submit(write, shared_hub, number) for number in range(WRITERS)]
            pushed = sum(each.result(timeout=120) for each in writers)
        finally:
            is_over.set()
        assert reader.result(timeout=60) > 1

    copies = sum(row_of(shared_hub, "letter", f"l{each}")["copies"] for each in range(CUSTOMERS))
    assert copies == WRITERS * PUSHES * 3
    with shared_hub.snapshot("count") as tx:
        assert tx.row("SELECT count(*) FROM applied_uuid")[0] == pushed + 3 * CUSTOMERS


def test_numbers_have_no_gaps(shared_hub):
    office = company(shared_hub)
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda number: write_only_new(shared_hub, number), range(WRITERS)))
    with shared_hub.snapshot("count") as tx:
        for bucket in TERRITORIES:
            seqs = [
                seq
                for (seq,) in tx.rows(
                    "SELECT seq FROM bucket_entry WHERE bucket = ? ORDER BY seq",
                    (f"acct:{bucket}",),
                )
            ]
            assert seqs == list(range(1, len(seqs) + 1))
    assert len(office.pull()) == 3 * CUSTOMERS + WRITERS * PUSHES


def write_only_new(hub, writer):
    """Push rows that were never there: each number given is still in the index at the end."""
    desk = HubDesk(hub, principal(f"W{writer}", Role.OFFICE, None))
    for push in range(PUSHES):
        row = wire_row("activity", customer_id=uid(f"c{(writer + push) % CUSTOMERS}"))
        word = f"{writer}-{push}"
        push_through(desk, [desk.mutation("create", "activity", word, row=row)])


def test_twins_that_push_the_same_edit_at_once_make_it_once(shared_hub):
    office = company(shared_hub)
    edit = office.mutation("edit", "letter", "l0", ch={"copies": Change(inc=1)})
    edit.no = 1
    barrier = threading.Barrier(6)

    def push(number):
        twin = HubDesk(shared_hub, office.who, client=f"twin-{number}")
        barrier.wait(timeout=30)
        push_through(twin, [edit])

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(push, range(6)))

    assert row_of(shared_hub, "letter", "l0")["copies"] == 1


def test_records_made_at_once_with_one_number_are_told_apart(shared_hub):
    def create(number):
        desk = HubDesk(shared_hub, principal(f"W{number}"))
        row = customer_row("K-1")
        push_through(desk, [desk.mutation("create", "customer", f"n{number}", row=row)])

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(create, range(WRITERS)))

    numbers = {row_of(shared_hub, "customer", f"n{each}")["number"] for each in range(WRITERS)}
    assert numbers == {"K-1", *(f"K-1~{each}" for each in range(2, WRITERS + 1))}


def test_a_push_that_arrives_doubled_is_made_once(shared_hub):
    office = company(shared_hub)
    edits = [
        office.mutation("edit", "letter", "l0", ch={"copies": Change(inc=1)}) for _ in range(3)
    ]
    barrier = threading.Barrier(4)

    def push(_):
        barrier.wait(timeout=30)
        push_through(office, edits)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(push, range(4)))

    assert row_of(shared_hub, "letter", "l0")["copies"] == 3
