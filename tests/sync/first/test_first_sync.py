"""Whether a new desk loads what its hub has ready, and gets all the same where that fails."""

import hashlib
from contextlib import closing

import msgspec
import pytest
import zstandard

from loyaldesk.operations.demo import create_demo
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.segments import SegmentOffer
from loyaldesk.store.connection import connect_plain
from loyaldesk.store.search_check import check_index
from loyaldesk.sync.first import cutting, newest
from loyaldesk.sync.first.cutting import cut_segments
from loyaldesk.sync.first.first_sync import FirstSync
from loyaldesk.sync.reach.transport import HubAnswer
from loyaldesk.sync.reach.trouble import Cause, Unreachable
from tests.support.factories import make_customer
from tests.support.stores import fresh_store
from tests.sync.first.test_segments import TODAY


class Shelf:
    """What a hub with segments answers; `loses` counts the answers that get lost from then on."""

    def __init__(self, offered, folder):
        self.offered, self.folder = offered, folder
        self.asked = []
        self.answers_left = 1_000
        self.damage = b""
        self.refusal = None

    def ask(self, request):
        self.asked.append(request)
        self.answers_left -= 1
        if self.answers_left < 0:
            raise Unreachable(Cause.SILENT, "There is no network.")
        if self.refusal is not None:
            return HubAnswer(404, {}, msgspec.json.encode(Problem(err=self.refusal)))
        if "?" in request.path:
            return HubAnswer(200, {}, msgspec.json.encode(SegmentOffer(self.offered)))
        content = (self.folder / request.path.rpartition("/")[2]).read_bytes()
        start, _, last = request.headers["Range"].removeprefix("bytes=").partition("-")
        piece = content[int(start) : int(last) + 1]
        return HubAnswer(206, {}, self.damage + piece[len(self.damage) :])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a set of segments and their folder."""
    store = fresh_store(tmp_path_factory.mktemp("full"))
    create_demo(store, today=TODAY)
    with store.remote_transaction("Fill") as tx:
        tx.execute(
            "INSERT INTO bucket (name, seq, boot_floor, live, digest)"
            " VALUES ('acct:North', 9, 0, 8, '00000000000000aa')"
        )
    folder = tmp_path_factory.mktemp("segments")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(newest, "FIRST_ROWS", 1_500)
        patch.setattr(cutting, "USUAL_ROWS", 3_000)
        offered = cut_segments(store, folder, epoch="e1")
    store.close()
    return offered, folder


@pytest.fixture
def shelf(made):
    return Shelf(*made)


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def first(store, shelf, tmp_path):
    return FirstSync(store, shelf, tmp_path / "incoming")


def customers(store):
    with store.reader() as reader:
        return reader.value("SELECT count(*) FROM customer")


def test_all_segments_are_loaded_and_nothing_is_left_on_the_disk(first, store, shelf, tmp_path):
    told = []
    assert first.is_due()

    assert first.run(lambda *how_far: told.append(how_far)) is None

    assert customers(store) == 340
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][0] == told[-1][1]
    assert not (tmp_path / "incoming").exists()
    assert not first.is_due()


def test_a_network_that_goes_is_waited_for_and_nothing_is_fetched_twice(first, store, shelf):
    shelf.answers_left = 3
    assert first.run(lambda *_: None).err == "offline"
    assert 0 < customers(store) < 340
    assert first.is_due()

    shelf.answers_left = 1_000
    shelf.asked.clear()
    assert first.run(lambda *_: None) is None
    assert customers(store) == 340
    fetched = [request.path for request in shelf.asked if "?" not in request.path]
    assert len(fetched) == len(set(fetched)) == len(shelf.offered.segments) - 2


def test_half_a_segment_that_came_is_gone_on_with(first, store, shelf, monkeypatch):
    monkeypatch.setattr("loyaldesk.sync.first.fetching.SPAN_BYTES", 10_000)
    shelf.answers_left = 3
    assert first.run(lambda *_: None).err == "offline"
    shelf.answers_left = 1_000
    shelf.asked.clear()

    assert first.run(lambda *_: None) is None

    assert shelf.asked[1].headers["Range"].startswith("bytes=20000-")
    assert customers(store) == 340


def test_nothing_plain_lies_on_the_disk_while_the_network_is_away(first, shelf, tmp_path):
    shelf.answers_left = 3

    assert first.run(lambda *_: None).err == "offline"
    assert not (tmp_path / "incoming").exists()


def test_a_plain_part_that_a_killed_program_left_goes_when_it_starts(store, shelf, tmp_path):
    left = tmp_path / "incoming" / "segment.db"
    left.parent.mkdir()
    left.write_bytes(b"of a program that was killed")

    FirstSync(store, shelf, left.parent)

    assert not left.parent.exists()


@pytest.mark.parametrize("refusal", ["unknown", "malformed"])
def test_a_hub_that_has_nothing_ready_leaves_it_to_pages(first, store, shelf, refusal):
    shelf.refusal = refusal

    assert first.run(lambda *_: None) is None
    assert customers(store) == 0


@pytest.mark.parametrize("refusal", ["busy", "signed-out", "revoked", "wipe"])
def test_what_passes_is_waited_for(first, shelf, refusal):
    shelf.refusal = refusal

    assert first.run(lambda *_: None).err == refusal


def test_no_offer_leaves_it_to_pages(first, store, shelf):
    shelf.offered = None

    assert first.run(lambda *_: None) is None
    assert customers(store) == 0


def test_a_desk_with_rows_of_its_own_takes_pages(first, store, shelf):
    make_customer(store, "Mine")

    assert first.run(lambda *_: None) is None
    assert customers(store) == 1
    assert len(shelf.asked) == 1


def test_damage_on_the_way_is_seen_and_left_to_pages(first, store, shelf, tmp_path):
    shelf.damage = hashlib.sha256(b"noise").digest()

    assert first.run(lambda *_: None) is None

    assert customers(store) == 0
    assert not (tmp_path / "incoming").exists()


def cut_in_half(plain):
    plain.write_bytes(plain.read_bytes()[:4096] * 2)


def without_its_table(plain):
    with closing(connect_plain(plain)) as connection:
        connection.execute("DROP TABLE sales_order")


def with_contacts_of_nobody(plain):
    with closing(connect_plain(plain)) as connection:
        connection.execute("UPDATE contact SET customer_id = 9999999")


def remake(shelf, number, spoil):
    """Have the hub offer a segment that was spoiled before it was packed."""
    segments = list(shelf.offered.segments)
    plain = shelf.folder / "plain.db"
    packed = (shelf.folder / segments[number].sha256).read_bytes()
    plain.write_bytes(zstandard.ZstdDecompressor().decompress(packed))
    spoil(plain)
    offer_instead(shelf, number, zstandard.ZstdCompressor().compress(plain.read_bytes()))


def offer_instead(shelf, number, packed):
    """Have the hub offer this in the place of a segment."""
    segments = list(shelf.offered.segments)
    sha256 = hashlib.sha256(packed).hexdigest()
    (shelf.folder / sha256).write_bytes(packed)
    segments[number] = msgspec.structs.replace(segments[number], sha256=sha256, size=len(packed))
    shelf.offered = msgspec.structs.replace(shelf.offered, segments=tuple(segments))


@pytest.mark.parametrize(
    ("at", "spoil"), [("", with_contacts_of_nobody), ("sales_order", without_its_table),
                      ("sales_order", cut_in_half)],
)  # fmt: skip
def test_a_segment_that_was_made_wrongly_is_left_to_pages(first, store, shelf, at, spoil):
    segments = shelf.offered.segments
    number = next((n for n, each in enumerate(segments) if at in each.tables), 0)
    remake(shelf, number, spoil)

    assert first.run(lambda *_: None) is None

    assert (customers(store) > 0) == (number > 0)
    assert store.check() == []
    with store.reader() as reader:
        assert not reader.rows("SELECT 1 FROM sync_state WHERE key = 'segments'")
        assert check_index(reader) == []


def test_a_disk_that_is_too_full_for_a_segment_is_left_to_pages(first, store, monkeypatch):
    monkeypatch.setattr("loyaldesk.sync.first.fetching.SPARE", 1 << 40)

    assert first.run(lambda *_: None) is None
    assert customers(store) == 0


@pytest.mark.parametrize(
    "packed",
    [
        b"no such file",
        zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1 << 20)),
        zstandard.ZstdCompressor().compress(bytes(1 << 20))[:-3],
    ],
    ids=["not packed", "of unknown size", "cut short"],
)
def test_a_part_that_cannot_be_unpacked_is_left_to_pages(first, store, shelf, tmp_path, packed):
    offer_instead(shelf, 0, packed)

    assert first.run(lambda *_: None) is None
    assert customers(store) == 0
    assert not (tmp_path / "incoming").exists()


def test_an_offer_that_says_nothing_readable_is_left_to_pages(first, store, shelf):
    shelf.ask = lambda _: HubAnswer(200, {}, b"<html>Sign in to the hotel</html>")

    assert first.run(lambda *_: None) is None
    assert customers(store) == 0
