"""A trial is a store: it keeps every clause, however much of what it shows is tried or stored."""

from contextlib import closing

import pytest

from backorders import Backorders, Delivered, Notice, NotificationKind
from backorders.adapters.memory import MemoryStore
from backorders.domain.errors import StoreUnusable
from backorders.domain.happened import Subject
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.domain.values import MessageId
from backorders.testing.contracts import clauses, feed, subscribers
from tests.support.clock import START, SettableClock
from tests.support.half_tried import HalfTried

OUTBOXES = {
    *(name for part in (feed, subscribers) for name in vars(part) if name.startswith("check_")),
    "check_due_notices_are_those_of_all_sellers",
    "check_failed_notices_are_those_of_all_sellers",
}
"""What a trial leaves out on purpose: nothing in it is ever due to be told."""


@pytest.mark.parametrize("clause", sorted(clauses().keys() - OUTBOXES))
def test_a_trial_keeps_the_clause_wherever_the_border_lies(clause: str) -> None:
    """What is read through from the store and what is kept over it must show as one.

    Each clause is tried with nothing stored, then with one commit stored and the rest tried, and
    so on, until all that it commits is stored. A clause asserts by itself.
    """
    check = clauses()[clause]
    commits = 0
    while True:
        made: list[HalfTried] = []

        def make_store(stored: int = commits, made: list[HalfTried] = made) -> HalfTried:
            made.append(HalfTried(stored))
            return made[-1]

        try:
            check(make_store)
        except AssertionError as error:
            error.add_note(f"with {commits} commits stored")
            raise
        for store in made:
            store.close()
        if all(store.left > 0 for store in made):
            return
        commits += 1


def test_what_is_tried_is_told_to_nobody() -> None:
    """A mail about an order that nobody cancelled could not be called back."""
    app = Backorders(MemoryStore(), clock=SettableClock())
    acme = app.seller("acme")
    acme.add_user("bob", email="bob@example.com")
    acme.opt_in("bob", NotificationKind.BACK_ORDER_RELEASED)
    acme.place_order("O1", {"TEA": 1})
    with acme.what_if() as trial:
        trial.book_in("R1", {"TEA": 1})
        assert app.deliver_notifications(_NeverAsked()) == Delivered(0, 0)
        outboxes = trial._store.outboxes
        assert outboxes.sellers_with_news() == ()
        assert outboxes.due(START, START, 9) == ()
        assert outboxes.failed(9) == ()
        assert outboxes.sellers_with_events("erp", START, START) == ()
        assert outboxes.sellers_with_failed_events("erp") == ()
        assert outboxes.seller_of_failed(MessageId("0")) is None
    assert app.deliver_notifications(_NeverAsked()) == Delivered(0, 0)


def test_no_events_come_out_of_a_trial() -> None:
    """What was only tried has not happened: nobody is told, or written down as told."""
    app = Backorders(MemoryStore(), clock=SettableClock())
    acme = app.seller("acme")
    acme.place_order("O1", {"TEA": 1})
    subject = Subject("order", "O1")
    with acme.what_if() as trial:
        trial.cancel_order("O1")
        with trial._store.begin("acme") as uow:
            assert (uow.feed.number(9), uow.feed.last()) == (0, 0)
            assert uow.feed.after(0, 9) == uow.feed.of_subject(subject, 0, 9, 9) == ()
            assert uow.subscribers.find("erp") is None
            assert uow.subscribers.stuck("erp", [subject]) == {}
            assert uow.subscribers.due("erp", START, START, 9) == ()
            assert uow.subscribers.set_aside("erp", 9) == ()
            uow.subscribers.free("erp", [subject])
            uow.subscribers.forget("erp")
            with pytest.raises(StoreUnusable, match="what-if"):
                uow.subscribers.save(Subscriber("erp", version=1))
            with pytest.raises(StoreUnusable, match="what-if"):
                uow.subscribers.put("erp", [Stuck(subject, 1, 1, START)])


class _NeverAsked:
    def send(self, notice: Notice) -> None:
        raise AssertionError(notice)


def test_a_trial_is_of_one_seller() -> None:
    """Law 25: what is tried for one seller is nothing to another."""
    with closing(HalfTried(0)) as store:
        store.begin("acme")
        trial = store._trials["acme"]
        with pytest.raises(StoreUnusable, match="'acme'"):
            trial.begin("bolt")
