"""Events are told to subscribers in order per order, and none is missed, whoever commits when."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from backorders import Backorders, Happened, usecases
from backorders.ports.storage import Store
from tests.support.clock import START
from tests.support.stores import STORES

_SERVERS = [name for name in STORES if name not in {"memory", "sqlite"}]
"""Only these have several writers of one seller at a time."""


@pytest.mark.parametrize("name", _SERVERS)
def test_what_is_committed_late_is_told_late(name: str, tmp_path: Path) -> None:
    """Events of a transaction that began first, and ended last, must not be passed over."""
    with closing(STORES[name](tmp_path)) as store:
        told: list[Happened] = []
        app = Backorders(store)
        app.subscribe(told.append, name="erp")
        acme = app.seller("acme")
        acme.place_order("FIRST", {"A": 1})
        with store.begin("acme") as slow:
            usecases.place_order("LATE", {"B": 1}, uow=slow, now=START)
            # What is read of it has been written.
            assert "B" in slow.orders.waiting_skus()
            assert len(slow.journal.history(acme.order("FIRST").order_id)) == 2
            acme.place_order("SOON", {"C": 1})
            assert app.deliver_events().told == 4
            assert {each.subject for each in told} == {"FIRST", "SOON"}
            slow.commit()
        assert app.deliver_events().told == 2
        assert {each.subject for each in told[4:]} == {"LATE"}
        assert [each.position for each in told] == list(range(1, 7))


def _work(store: Store, number: int) -> None:
    """Place, book in and cancel at random."""
    chance = random.Random(number)
    acme = Backorders(store).seller("acme")
    for step in range(6):
        acme.place_order(f"O{number}-{step}", {chance.choice("ABC"): 1})
        acme.book_in(f"R{number}-{step}", {chance.choice("ABC"): 1})
        if chance.random() < 0.5:
            acme.cancel_order(f"O{number}-{step}")


@pytest.mark.parametrize("name", STORES)
def test_many_at_once_are_told_once_and_in_order(name: str, tmp_path: Path) -> None:
    """Writers and deliverers side by side: as long as nobody fails, each event is told once."""
    with closing(STORES[name](tmp_path)) as store:
        heard: dict[str, list[Happened]] = {"erp": [], "shop": [], "web": []}
        lock = threading.Lock()
        done = threading.Event()

        def deliver(subscriber: str) -> None:
            def hear(happened: Happened) -> None:
                with lock:
                    heard[subscriber].append(happened)

            app = Backorders(store)
            app.subscribe(hear, name=subscriber)
            while True:
                was_done = done.is_set()
                if not app.deliver_events().told and was_done:
                    return

        with ThreadPoolExecutor(8) as pool:
            # Two of one name, who take turns; and others, who give positions at the same time.
            deliverers = [pool.submit(deliver, name) for name in ("erp", "erp", "shop", "web")]
            for written in [pool.submit(_work, store, number) for number in range(4)]:
                written.result()
            done.set()
            for delivered in deliverers:
                delivered.result()
        with store.begin("acme", read_only=True) as uow:
            every = list(uow.feed.after(0, 9_999))
        assert [each.position for each in every] == list(range(1, len(every) + 1))
        acme = Backorders(store).seller("acme")
        order_ids = {each.subject for each in every if each.kind == "order"}
        histories = {order_id: list(acme.history(order_id)) for order_id in order_ids}
        for told in heard.values():
            assert Counter(each.event_id for each in told) == Counter(
                each.event_id for each in every
            )
            for order_id, history in histories.items():
                of_order = [each.event for each in told if each.about == ("order", order_id)]
                assert of_order == history
