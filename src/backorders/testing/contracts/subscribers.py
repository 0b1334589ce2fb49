"""The clauses about how far subscribers have come, and of whom they are to be told."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import attrs

from backorders.domain.errors import LostRace
from backorders.domain.happened import Subject
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.domain.values import SellerId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    NOON,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)
from backorders.testing.contracts.feed import append, number, processed

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_BEYOND: Final = NOON + 9 * HOUR
_MOMENT: Final = timedelta(microseconds=1)
_ODD: Final = "\N{MATHEMATICAL SCRIPT CAPITAL X}'\"\\%_\N{SNOWMAN}" * 125
_X: Final = Subject("order", "X")


def _found(store: Store, name: str, seller_id: SellerId = ACME) -> Subscriber | None:
    with reading(store, seller_id) as uow:
        return uow.subscribers.find(name)


def _save(store: Store, subscriber: Subscriber, seller_id: SellerId = ACME) -> None:
    with writing(store, seller_id) as uow:
        uow.subscribers.save(subscriber)


def check_a_subscriber_that_was_told_meanwhile_loses_the_race(make_store: MakeStore) -> None:
    """A subscriber is written over by its next version alone, and comes back as it was saved."""
    first = Subscriber("one", 2**40, _LAST, 3, 2, _ODD, 1)
    with two_sellers(make_store) as store:
        for name in ("one", "One", "on\N{LATIN SMALL LETTER E WITH ACUTE}"):
            _save(store, attrs.evolve(first, name=name, position=7), BOLT)
        assert _found(store, "one") is None
        stale = attrs.evolve(first, version=2)
        assert_raises(LostRace, lambda: _save(store, stale), "one that is not there was changed")
        _save(store, first)
        assert _found(store, "one") == first
        assert _found(store, "One") is None
        second = attrs.evolve(first, version=2, position=1, due_at=None, problem="")
        _save(store, second)
        for version in (1, 2, 4):
            stale = attrs.evolve(second, version=version, position=9)
            assert_raises(LostRace, partial(_save, store, stale), f"{version} was written")
        assert _found(store, "one") == second
        assert _found(store, "one", BOLT) == attrs.evolve(first, position=7)


def _stuck(name: str, due_at: datetime | None = NOON, failed_at: datetime | None = None) -> Stuck:
    return Stuck(Subject("order", name), 2**40, 3, due_at, failed_at, _ODD)


def check_stuck_subjects_come_back_as_put(make_store: MakeStore) -> None:
    """`put` writes new ones and over old ones; `stuck` finds them; `free` and `forget` end them."""
    names = CONFUSABLE_IDS[:-1]
    subjects = [Subject(kind, name) for kind in ("order", "receipt") for name in names]
    with two_sellers(make_store) as store:
        for seller_id, position in ((BOLT, 5), (ACME, 7)):
            with writing(store, seller_id) as uow:
                for whose in ("erp", "Erp"):
                    made = [Stuck(subject, position, 1, NOON) for subject in subjects]
                    uow.subscribers.put(whose, made)
                    uow.subscribers.save(Subscriber(whose, 1, version=1))
        changed = Stuck(subjects[0], 2**40, 2**31 - 1, None, _FIRST, _ODD)
        with writing(store) as uow:
            uow.subscribers.put("erp", [changed])
            uow.subscribers.put("erp", [])
            uow.subscribers.free("erp", [subjects[1], Subject("count", names[2])])
        asked = [*subjects[:3], Subject("order", "unknown"), Subject("count", names[0])]
        with reading(store) as uow:
            found = uow.subscribers.stuck("erp", asked)
            assert found == {subjects[0]: changed, subjects[2]: Stuck(subjects[2], 7, 1, NOON)}
            assert uow.subscribers.stuck("erp", []) == {}
            assert uow.subscribers.stuck("ERP", asked) == {}
            every = uow.subscribers.stuck("erp", subjects)
            assert every.keys() == {*subjects} - {subjects[1]}
        with writing(store) as uow:
            uow.subscribers.forget("erp")
            uow.subscribers.forget("nobody")
        with reading(store) as uow:
            assert uow.subscribers.find("erp") is None
            assert uow.subscribers.stuck("erp", subjects) == {}
            assert len(uow.subscribers.stuck("Erp", subjects)) == len(subjects)
        with reading(store, BOLT) as uow:
            assert uow.subscribers.stuck("erp", asked)[subjects[0]].position == 5  # noqa: PLR2004
            assert uow.subscribers.find("erp") is not None


def check_stuck_subjects_are_by_time(make_store: MakeStore) -> None:
    """`due` and `set_aside` are by time, then by subject, and no longer than asked."""
    put = [
        _stuck("b"),
        _stuck("a"),
        _stuck("c", NOON - HOUR),
        _stuck("d", NOON + _MOMENT),
        _stuck("e", _BEYOND),
        _stuck("f", _LAST),
        _stuck("g", None, NOON),
        _stuck("h", None, _FIRST),
        _stuck("B", None, NOON),
    ]
    with two_sellers(make_store) as store:
        for seller_id, whose in ((BOLT, "erp"), (ACME, "web"), (ACME, "erp")):
            with writing(store, seller_id) as uow:
                uow.subscribers.put(whose, put if (seller_id, whose) == (ACME, "erp") else put[:5])
        with reading(store) as uow:

            def due(now: datetime, limit: int = 9) -> str:
                found = uow.subscribers.due("erp", now, _BEYOND, limit)
                return "".join(each.subject.id for each in found)

            assert due(NOON) == "cabf"
            assert due(NOON, 2) == "ca"
            assert due(NOON + _MOMENT) == "cabdf"
            assert due(_FIRST) == "f"
            aside = [each.subject.id for each in uow.subscribers.set_aside("erp", 9)]
            assert aside == ["h", "B", "g"]
            assert list(uow.subscribers.set_aside("erp", 1)) == [put[7]]
            assert list(uow.subscribers.due("erp", NOON, _BEYOND, 1)) == [put[2]]


def check_sellers_with_events_are_found(make_store: MakeStore) -> None:
    """`sellers_with_events` names those of whom a subscriber may have to be told something."""
    with two_sellers(make_store) as store:

        def who(now: datetime = NOON, name: str = "erp") -> tuple[str, ...]:
            return store.outboxes.sellers_with_events(name, now, _BEYOND)

        assert who() == ()
        append(store, processed("X"), processed("X", 2), seller_id=BOLT)
        assert who() == (BOLT,)
        number(store, 1, seller_id=BOLT)
        _save(store, Subscriber("erp", 1, version=1), BOLT)
        assert who() == (BOLT,), "an event has no position"
        number(store, seller_id=BOLT)
        assert who() == (BOLT,), "an event has a later position"
        _save(store, Subscriber("erp", 2, version=2), BOLT)
        assert (who(), who(name="web")) == ((), (BOLT,))
        with writing(store, BOLT) as uow:
            uow.subscribers.put("web", [_stuck("X", NOON - HOUR)])
            uow.subscribers.put("erp", [_stuck("X")])
        assert (who(NOON - _MOMENT), who(NOON)) == ((), (BOLT,))
        with writing(store, BOLT) as uow:
            uow.subscribers.put("erp", [_stuck("X", _LAST)])
        assert who() == (BOLT,), "what is due only much later was put off by a wrong clock"
        with writing(store, BOLT) as uow:
            uow.subscribers.put("erp", [_stuck("X", None, NOON)])
        assert who() == ()
        append(store, processed("X"), seller_id=ACME)
        assert who() == (ACME,)
        for version, due_at, is_due in ((1, NOON, True), (2, NOON + _MOMENT, False)):
            _save(store, Subscriber("erp", 0, due_at, version=version))
            assert who() == ((ACME,) if is_due else ())
        _save(store, Subscriber("erp", 0, _LAST, version=3))
        assert who() == (ACME,)


def check_sellers_with_failed_events_are_found(make_store: MakeStore) -> None:
    """`sellers_with_failed_events` names those of whom a subscriber has something set aside."""
    with two_sellers(make_store) as store:
        for seller_id, whose, failed_at in ((ACME, "web", NOON), (BOLT, "erp", _FIRST)):
            with writing(store, seller_id) as uow:
                uow.subscribers.put(whose, [_stuck("X", None, failed_at)])
                uow.subscribers.put("new", [_stuck("X")])
        failed = store.outboxes.sellers_with_failed_events
        assert (failed("erp"), failed("web"), failed("new")) == ((BOLT,), (ACME,), ())
        with writing(store) as uow:
            uow.subscribers.put("erp", [_stuck("X", None, NOON)])
        assert failed("erp") == (ACME, BOLT)
