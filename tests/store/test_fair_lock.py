"""Is the lock given in the order of asking, and never to two at once?"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Thread

from loyaldesk.store.fair_lock import FairLock


def waits(lock, body):
    """Start a thread that wants the lock, and return once it stands in line."""
    behind = lock.waiting
    thread = Thread(target=body)
    thread.start()
    while lock.waiting == behind:
        Event().wait(0.001)
    return thread


def test_whoever_holds_it_may_take_it_again():
    lock = FairLock()
    with lock, lock:
        pass
    with lock:
        assert lock.waiting == 0


def test_it_is_handed_over_in_the_order_of_asking():
    lock, order = FairLock(), []

    def take(name):
        with lock:
            order.append(name)

    with lock:
        threads = [waits(lock, lambda name=name: take(name)) for name in "abc"]
        assert lock.waiting == 3
    for thread in threads:
        thread.join(10)
    assert order == ["a", "b", "c"]


def test_a_loop_that_takes_it_again_at_once_lets_others_in_between():
    lock, order = FairLock(), []

    def take():
        with lock:
            order.append("other")

    with lock:
        thread = waits(lock, take)
    for _ in range(3):
        with lock:
            order.append("loop")
    thread.join(10)
    assert order == ["other", "loop", "loop", "loop"]


def test_two_never_hold_it_at_once():
    lock, count = FairLock(), [0]

    def count_up(_):
        for _ in range(500):
            with lock:
                seen = count[0]
                count[0] = seen + 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, range(4)))
    assert count == [2000]


def test_an_error_inside_gives_it_back():
    lock = FairLock()
    with suppress(ZeroDivisionError), lock:
        raise ZeroDivisionError
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lock.__enter__).result(10)
