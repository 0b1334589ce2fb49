"""The clauses about the order in which events are told to others."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from backorders.domain.events import Event, OrderProcessed, StockBookedIn
from backorders.domain.happened import Happened, Subject
from backorders.domain.inbound_events import InboundCancelled
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.domain.values import InboundId, OrderId, ReferenceId, SellerId, WarehouseId
from backorders.ports.storage import Entry, Store, UnitOfWork
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    NOON,
    TEA,
    MakeStore,
    reading,
    two_sellers,
    writing,
)
from backorders.testing.contracts.journal import every_event

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_BEYOND: Final = NOON + 9 * HOUR
_MOMENT: Final = timedelta(microseconds=1)
_ODD: Final = "\N{MATHEMATICAL SCRIPT CAPITAL X}'\"\\%_\N{SNOWMAN}" * 125
_X: Final = Subject("order", "X")


def processed(order_id: str, version: int = 1) -> Entry:
    """Return an event of an order."""
    return Entry(order_id, version, OrderProcessed(OrderId(order_id), NOON))


def append(store: Store, *entries: Entry, seller_id: SellerId = ACME) -> None:
    """Append events in a commit of their own."""
    with writing(store, seller_id) as uow:
        uow.journal.append(entries)


def number(store: Store, limit: int = 99, seller_id: SellerId = ACME) -> int:
    """Give positions to events in a commit of its own; return to how many."""
    with writing(store, seller_id) as uow:
        return uow.feed.number(limit)


def _after(store: Store, position: int = 0, limit: int = 999) -> list[Happened]:
    with reading(store) as uow:
        return list(uow.feed.after(position, limit))


def _ids(happened: list[Happened]) -> list[tuple[str, int, int]]:
    return [(each.subject, each.version, each.place) for each in happened]


def check_events_are_told_as_they_were_appended(make_store: MakeStore) -> None:
    """`after` returns events of every kind, equal in every field, with where they belong."""
    told: list[tuple[str, Event]] = every_event("X")
    with two_sellers(make_store) as store:
        append(store, processed("X"), seller_id=BOLT)
        assert number(store, seller_id=BOLT) == 1
        append(store, *(Entry("X", 1, event) for _, event in told))
        assert number(store) == len(told)
        found = _after(store)
        assert [each.position for each in found] == list(range(1, len(told) + 1))
        assert {each.seller_id for each in found} == {ACME}
        assert {(each.subject, each.version) for each in found} == {("X", 1)}
        for kind in {kind for kind, _ in told}:
            of_kind = [each for each in found if each.kind == kind]
            assert [each.event for each in of_kind] == [each for name, each in told if name == kind]
            assert [each.place for each in of_kind] == list(range(len(of_kind)))


def check_positions_are_given_once_and_in_order(make_store: MakeStore) -> None:
    """`number` gives the next positions, as many as asked; a subject's events are in order."""
    with two_sellers(make_store) as store:
        append(store, *(processed("X") for _ in range(9)), seller_id=BOLT)
        append(store, processed("B", 2), processed("B"), processed("B", 2), processed("A"))
        assert _after(store) == []
        assert number(store, 3) == 3  # noqa: PLR2004 - as many as asked for
        first = _after(store)
        assert [each.position for each in first] == [1, 2, 3]
        # What comes now stands behind, whatever it is called.
        append(store, processed("0"), processed("A", 2))
        assert (number(store, 2), number(store), number(store)) == (2, 1, 0)
        found = _after(store)
        assert found[:3] == first
        assert [each.position for each in found] == list(range(1, 7))
        of_b = [(subject, *rest) for subject, *rest in _ids(found) if subject == "B"]
        assert of_b == [("B", 1, 0), ("B", 2, 0), ("B", 2, 1)]
        assert [version for subject, version, _ in _ids(found) if subject == "A"] == [1, 2]
        assert (_after(store, 2, 3), _after(store, 6)) == (found[2:5], [])
        with reading(store) as uow:
            assert uow.feed.last() == len(found)
        with reading(store, BOLT) as uow:
            assert (uow.feed.last(), list(uow.feed.after(0, 9))) == (0, [])


def check_events_of_one_subject_are_found(make_store: MakeStore) -> None:
    """`of_subject` returns those of one kind and id, from one position to another."""
    names = CONFUSABLE_IDS[:-1]
    with two_sellers(make_store) as store:
        for seller_id in (BOLT, ACME):
            events = [processed(name, version) for version in (1, 2, 3) for name in names]
            append(store, *events, seller_id=seller_id)
            receipt = StockBookedIn(ReferenceId(names[0]), NOON, WarehouseId("M"), {TEA: 1})
            delivery = InboundCancelled(InboundId(names[0]), NOON)
            others: list[Entry] = [Entry(names[0], 1, receipt), Entry(names[0], 1, delivery)]
            append(store, *others, seller_id=seller_id)
            assert number(store, 999, seller_id) == len(events) + 2
        every = _after(store)
        with reading(store) as uow:
            for name in names:
                own = [each for each in every if each.about == ("order", name)]
                assert len(own) == 3  # noqa: PLR2004 - a version each
                subject = Subject("order", name)
                found = partial(uow.feed.of_subject, subject)
                assert list(found(1, len(every), 99)) == own
                assert list(found(own[0].position, own[2].position, 2)) == own[:2]
                assert list(found(own[0].position + 1, own[2].position - 1, 9)) == own[1:2]
            for kind in ("receipt", "inbound"):
                (only,) = uow.feed.of_subject(Subject(kind, names[0]), 1, len(every), 9)
                assert only.kind == kind
            assert list(uow.feed.of_subject(Subject("count", names[0]), 1, len(every), 9)) == []


def write_feed(uow: UnitOfWork) -> None:
    """Change something through every method that is about telling events."""
    new = uow.feed.last() + 1
    uow.journal.append([processed("X", new), processed("Y", new), processed("X", new + 1)])
    uow.feed.number(2)
    if uow.subscribers.find("erp") is None:
        uow.subscribers.save(Subscriber("erp", 2, version=1))
    uow.subscribers.put(
        "erp", [Stuck(_X, 1, 1, NOON), Stuck(Subject("order", "Y"), 1, 1, None, NOON)]
    )
    uow.subscribers.put("erp", [Stuck(_X, 1, 2, NOON)])
    uow.subscribers.free("erp", [Subject("order", "Y")])
    uow.subscribers.forget("web")


def seen_in_feed(store: Store, seller_id: SellerId = ACME) -> list[object]:
    """Return what a new unit of work shows of what `write_feed` writes."""
    with writing(store, seller_id) as uow:
        seen: list[object] = [
            uow.feed.last(),
            list(uow.feed.after(0, 99)),
            uow.subscribers.find("erp"),
            uow.subscribers.find("web"),
            uow.subscribers.stuck("erp", [_X, Subject("order", "Y")]),
            uow.subscribers.stuck("web", [_X]),
        ]
    with store.begin(seller_id) as uow:
        # How many have no position shows when they are given one; it is not committed.
        seen.append(uow.feed.number(99))
    return seen


def check_positions_and_subscribers_are_part_of_the_commit(make_store: MakeStore) -> None:
    """What was given, moved on, put, freed or forgotten is taken back, unless it is committed."""
    with two_sellers(make_store) as store:
        for seller_id in (ACME, BOLT):
            with writing(store, seller_id) as uow:
                write_feed(uow)
                uow.subscribers.save(Subscriber("web", 1, version=1))
                uow.subscribers.put("web", [Stuck(_X, 1, 1, NOON)])
        before = [seen_in_feed(store, seller_id) for seller_id in (ACME, BOLT)]
        with store.begin(ACME) as uow:
            write_feed(uow)
            erp = Subscriber("erp", 3, version=2)
            uow.subscribers.save(erp)
        assert [seen_in_feed(store, seller_id) for seller_id in (ACME, BOLT)] == before
        with writing(store) as uow:
            write_feed(uow)
            uow.subscribers.save(erp)
        assert seen_in_feed(store) != before[0]
        with reading(store) as uow:
            assert uow.subscribers.find("erp") == erp
        assert seen_in_feed(store, BOLT) == before[1]
