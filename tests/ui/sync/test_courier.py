"""Does the open window keep in step with the hub, and say how it is?"""

from dataclasses import replace

import pytest
from shiboken6 import delete

from loyaldesk.background.jobs import Jobs
from loyaldesk.protocol.messages import Problem
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.engine.exchange import Answer
from loyaldesk.sync.first.first_sync import FirstSync
from loyaldesk.sync.reach import calls
from loyaldesk.sync.reach.access_file import HubAccess, keep_access
from loyaldesk.sync.reach.signing import DeviceKey
from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync.courier import Courier
from tests.support.stores import KEY

ACCESS = HubAccess(
    url="http://127.0.0.1:9", hub="h" * 32, hub_name="Hub", user="ann", desk="B7",
    device="d" * 32, recovery="", refresh="", key=DeviceKey.new().private_hex,
)  # fmt: skip


@pytest.fixture
def profile(store, monkeypatch):
    monkeypatch.setenv("LOYALDESK_KEY", KEY.hex())
    return store.path.parent


@pytest.fixture
def connected(store, profile):
    keep_access(profile, KEY, ACCESS)
    with store.remote_transaction("Connect"):
        write_state(store.connection, StateKey.CLIENT, "c" * 32)


@pytest.fixture
def desk(desk, store, garbage):
    """Return the desk with real lanes: whoever keeps in step never comes to an end."""

    class Lent:
        """The store, which belongs to the test."""

        def __getattr__(self, name):
            return getattr(store, name)

        def close(self):
            """Leave it open."""

    wrong: list[Exception] = []
    lanes = Jobs(Lent, failed=wrong.append, crashed=wrong.append)
    desk.news.said.connect(lambda words, _: wrong.append(RuntimeError(words)))
    yield replace(desk, jobs=lanes)
    lanes.close()
    assert wrong == []


@pytest.fixture
def heard_phases(desk):
    phases: list[Phase] = []
    desk.news.sync_changed.connect(lambda state: phases.append(state.phase))
    return phases


@pytest.fixture
def courier(desk, profile):
    made: list[Courier] = []

    def make():
        made.append(Courier(desk, profile))
        return made[0]

    yield make
    # The lanes are closed first, as when the window closes: that ends the line.
    desk.jobs.close()
    for each in made:
        delete(each)


def test_a_desk_of_its_own_asks_nobody(courier, desk, qtbot, heard_phases):
    waiting = courier()
    qtbot.waitUntil(lambda: not waiting.is_running)
    assert heard_phases == []


def test_a_connected_one_says_how_it_is(courier, connected, desk, qtbot, heard_phases):
    courier()
    qtbot.waitUntil(lambda: Phase.SIGNED_OUT in heard_phases)
    assert desk.news.sync.user == "ann"
    qtbot.waitUntil(lambda: "sign in" in desk.news.sync.problem.lower())


@pytest.mark.usefixtures("connected")
def test_after_signing_in_the_line_is_put_up_anew(courier, desk, profile, qtbot, heard_phases):
    courier()
    qtbot.waitUntil(lambda: Phase.SIGNED_OUT in heard_phases)
    keep_access(profile, KEY, replace(ACCESS, refresh="r" * 64))
    heard_phases.clear()
    desk.news.hub_changed.emit()
    # Nothing listens there, which is told as well.
    qtbot.waitUntil(lambda: Phase.OFFLINE in heard_phases, timeout=20_000)


def test_the_switch_of_working_offline_reaches_it(courier, connected, desk, qtbot, heard_phases):
    courier()
    qtbot.waitUntil(lambda: Phase.SIGNED_OUT in heard_phases)
    desk.ways.work_offline_wanted.emit(True)
    qtbot.waitUntil(lambda: desk.news.sync.phase is Phase.BY_CHOICE)


def test_erased_records_are_told(courier, connected, desk, qtbot, monkeypatch):
    wiped = Answer(Problem(err="wipe"))
    monkeypatch.setattr(calls.Caller, "answer", lambda *_: wiped)
    monkeypatch.setattr(FirstSync, "is_due", lambda _: False)
    made = courier()
    with qtbot.waitSignal(made.erased, timeout=20_000):
        pass
