"""Does a desk speak with its hub at the right moments, and say how it is?"""

import pytest

from loyaldesk.operations.customers import create_customer
from loyaldesk.protocol.messages import Problem, Pulled, Push, Pushed
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.back_off import FIRST_S, LONGEST_S, BackOff
from loyaldesk.sync.bell import Bell
from loyaldesk.sync.bulletin import Bulletin
from loyaldesk.sync.driver import Driver
from loyaldesk.sync.engine.exchange import Answer
from loyaldesk.sync.profile_desk import profile_desk
from loyaldesk.sync.reach.calls import Trouble
from loyaldesk.sync.state import Phase
from tests.support.stores import fresh_store
from tests.sync.reach.test_calls import ACCESS, NOW

OFFLINE = Problem(err="offline")
EPOCH = "e1"


class HandClock:
    """Time goes on only while somebody waits."""

    def __init__(self):
        self.seconds = 0.0

    def now(self):
        from datetime import timedelta

        return NOW + timedelta(seconds=self.seconds)

    def monotonic(self):
        return self.seconds


class HandBell(Bell):
    """Waits by turning the clock; does what the test wants at some waits."""

    def __init__(self, clock):
        self.clock, self.waits, self.plans = clock, [], {}
        self.most = 20
        self.end = lambda: None

    def ring(self):
        """Nobody waits on another thread."""

    def wait(self, seconds):
        self.waits.append(seconds)
        plan = self.plans.get(len(self.waits))
        if len(self.waits) >= self.most:
            self.end()
            return True
        if plan is not None:
            plan()
            return True
        self.clock.seconds += seconds
        return False


class Hub:
    """Answers calls: everything is accepted, or there is a problem."""

    def __init__(self):
        self.problem, self.trouble, self.calls = None, None, []

    def answer(self, call):
        self.calls.append(call.path)
        if self.problem is not None:
            self.trouble = Trouble(self.problem.err, "Our sentence.", "their words")
            return Answer(self.problem)
        if isinstance(call.body, Push):
            last = call.body.muts[-1].no
            res = [
                {"no": each.no, "uuid": each.uuid, "st": "applied", "rv": 1, "row": each.row}
                for each in call.body.muts
            ]
            import msgspec

            raw = msgspec.json.encode({"last": last, "chain": "", "res": res})
            return Answer(msgspec.json.decode(raw, type=Pushed), EPOCH, "")
        return Answer(Pulled(rows=[], cur={}, done=True), EPOCH, "")


@pytest.fixture
def store(tmp_path):
    store = fresh_store(tmp_path)
    with store.remote_transaction("Connect"):
        write_state(store.connection, StateKey.CLIENT, "c" * 32)
    yield store
    store.close()


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def told():
    return []


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def bell(clock):
    return HandBell(clock)


@pytest.fixture
def driver(store, hub, told, clock, bell):
    with store.reader() as reader:
        driver = Driver(
            profile_desk(store, clock=clock.now),
            hub,
            Bulletin(reader, ACCESS, told.append),
            clock=clock,
            chance=lambda: 0.0,
            bell=bell,
        )
        bell.end = driver.stop
        yield driver


def add(store, name="Alpha Ltd"):
    with store.transaction("Create customer") as tx:
        create_customer(tx, name=name)


def phases(told):
    return [state.phase for state in told]


def test_once_makes_both_even_and_says_so(driver, store, told):
    add(store)
    last = driver.once()
    assert (last.accepted, last.is_in_step) == (1, True)
    assert (driver.state.phase, driver.state.waiting) == (Phase.IN_STEP, 0)
    assert driver.state.last_success_at is not None
    assert Phase.SENDING in phases(told)


def test_a_hub_that_is_away_is_asked_ever_more_seldom(driver, hub, bell):
    hub.problem = OFFLINE
    driver.run()
    pauses = bell.waits[:-1]
    assert pauses == sorted(pauses)
    assert pauses[0] == FIRST_S
    assert pauses[-1] == LONGEST_S


def test_it_says_what_is_wrong_and_when_it_tries_again(driver, hub, store):
    add(store)
    hub.problem = OFFLINE
    driver.once()
    state = driver.state
    assert (state.phase, state.problem, state.detail) == (
        Phase.OFFLINE, "Our sentence.", "their words",
    )  # fmt: skip
    assert state.waiting == 1
    assert state.next_try_at > NOW


def test_edits_made_while_nobody_answers_do_not_ask_sooner(driver, hub, bell):
    hub.problem = OFFLINE
    bell.plans = {1: driver.wake}
    bell.most = 3
    driver.run()
    # The rest of the first pause is waited for, not cut short.
    assert bell.waits[1] == FIRST_S
    assert hub.calls.count("sync/pull") == 2


def test_sync_now_asks_at_once(driver, hub, bell):
    hub.problem = OFFLINE
    bell.plans = {5: driver.sync_now}
    bell.most = 6
    driver.run()
    assert len(hub.calls) == 6


def test_an_edit_goes_out_soon_when_all_is_well(driver, hub, bell, store):
    def edit():
        add(store)
        driver.wake()

    bell.plans = {1: edit}
    bell.most = 3
    driver.run()
    assert bell.waits[0] == 60
    assert bell.waits[1] < 1
    assert "sync/push" in hub.calls


def test_what_is_made_while_a_round_is_under_way_is_not_forgotten(driver, hub, bell, store):
    answer = hub.answer

    def meanwhile(call):
        if len(hub.calls) == 1:
            add(store)
            driver.wake()
        return answer(call)

    hub.answer = meanwhile
    bell.most = 2
    driver.run()
    assert hub.calls[:3] == ["sync/pull", "sync/pull", "sync/push"]
    assert sum(bell.waits[:1]) == 60


def test_who_chooses_to_work_offline_during_a_round_is_heard(driver, hub, bell):
    answer = hub.answer

    def meanwhile(call):
        driver.work_offline(True)
        return answer(call)

    hub.answer = meanwhile
    bell.most = 1
    driver.run()
    assert driver.state.phase is Phase.BY_CHOICE
    assert bell.waits == [None]


def test_who_is_signed_out_is_not_asked_again_and_again(driver, hub, bell):
    hub.problem = Problem(err="signed-out")
    bell.most = 3
    driver.run()
    assert bell.waits[0] == LONGEST_S
    assert driver.state.phase is Phase.SIGNED_OUT


def test_working_offline_leaves_the_hub_alone_until_it_is_taken_up_again(driver, hub, bell):
    bell.plans = {1: lambda: driver.work_offline(False)}
    bell.most = 2
    driver.work_offline(True)
    driver.run()
    assert bell.waits[0] is None
    assert hub.calls != []
    assert driver.state.phase is Phase.IN_STEP


def test_the_switch_is_remembered(driver, hub, store):
    driver.work_offline(True)
    driver.once()
    assert hub.calls == []
    assert driver.state.phase is Phase.BY_CHOICE
    with store.reader() as reader:
        assert Bulletin(reader, ACCESS, print).state.phase is Phase.BY_CHOICE


def test_it_ends_when_the_records_are_to_be_erased(driver, hub):
    hub.problem = Problem(err="wipe")
    assert driver.run().problem.err == "wipe"


class TestPauses:
    def test_they_differ_from_desk_to_desk(self):
        early, late = BackOff(lambda: 1.0), BackOff(lambda: 0.0)
        assert early.pause_s() < late.pause_s()

    def test_it_is_never_sooner_than_the_hub_asked(self):
        chances = iter((0.0, 0.5, 1.0) * 2)
        back_off = BackOff(lambda: next(chances))
        assert all(back_off.pause_s(30) >= 30 for _ in range(3))

    def test_a_success_begins_anew(self):
        back_off = BackOff(lambda: 0.0)
        for _ in range(5):
            back_off.pause_s()
        back_off.reset()
        assert back_off.pause_s() == FIRST_S
