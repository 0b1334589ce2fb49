"""The clauses about the outbox: notices that wait, are tried again, are set aside, or leave it."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

import attrs

from backorders.domain import limits
from backorders.domain.delivering import QueuedNotice
from backorders.domain.errors import LostRace
from backorders.domain.notices import (
    Content,
    Digest,
    DigestEntry,
    EntryState,
    NotificationKind,
    OverdueDelivery,
    ReleasedOrders,
    ResolvedCancellation,
    ShortProduct,
)
from backorders.domain.values import InboundId, MessageId, OrderId, SellerId, UserId
from backorders.ports.notices import NewNotice
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    NOON,
    TEA,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)

_DIGEST: Final = NotificationKind.DAILY_NEW_BACK_ORDERS
_RELEASED: Final = NotificationKind.BACK_ORDER_RELEASED
_AT: Final = NOON.replace(microsecond=123_456)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)
_ODD: Final = "\N{MATHEMATICAL SCRIPT CAPITAL X}'\"\\%_\N{SNOWMAN}" * 125


def contents() -> list[Content]:
    """Return contents of each kind, with every shape of value."""
    order_id = OrderId(CONFUSABLE_IDS[-1])
    entries = [
        DigestEntry(order_id, _FIRST, _LAST, state, [ShortProduct(TEA, 1, 2)] * 2, 3, ["cancel"])
        for state in EntryState
    ]
    return [
        Digest(date.min, date.max, "Europe/London", _AT, entries, 9, 4, 3, 2, 2**40),
        Digest(date(2026, 3, 1), date(2026, 3, 1), "UTC", _AT, [], 1, 0, 1, 0, 0),
        ReleasedOrders([order_id, OrderId("O1")], 3, _AT, _ODD, "UTC"),
        ResolvedCancellation(order_id, accepted=True, at=_AT, time_zone="UTC"),
        ResolvedCancellation(order_id, accepted=False, at=_LAST, time_zone="UTC"),
        OverdueDelivery(InboundId(_ODD[:255]), date.min, _AT, date.max, "UTC"),
    ]


def _queued(
    message_id: str,
    user_id: str = "bob",
    kind: NotificationKind = _DIGEST,
    *,
    due_at: datetime | None = NOON,
    failed_at: datetime | None = None,
) -> QueuedNotice:
    return QueuedNotice(
        MessageId(message_id), UserId(user_id), kind, _AT, due_at=due_at, failed_at=failed_at
    )


def _queue(store: Store, *notices: QueuedNotice, seller_id: SellerId = ACME) -> None:
    with writing(store, seller_id) as uow:
        uow.notices.queue([NewNotice(notice, contents()[-1]) for notice in notices])


def _found(store: Store, *message_ids: str, seller_id: SellerId = ACME) -> list[QueuedNotice]:
    """Return those of the notices that are in the outbox, in the order asked for."""
    wanted = [MessageId(each) for each in message_ids]
    with reading(store, seller_id) as uow:
        found = uow.notices.find(wanted)
    return [found[each] for each in wanted if each in found]


def check_notices_come_back_as_queued(make_store: MakeStore) -> None:
    """`find` and `content` return notices of every kind, equal in every field; an id is taken."""
    queued = [
        NewNotice(_queued(f"{place:032x}", CONFUSABLE_IDS[-place], kind), content)
        for place, (kind, content) in enumerate(
            [(kind, content) for kind in NotificationKind for content in contents()], start=1
        )
    ]
    aside = attrs.evolve(
        _queued("aside", due_at=None, failed_at=_LAST),
        attempts=limits.DELIVERY_ATTEMPTS,
        problem=_ODD[: limits.REASON_LENGTH],
        version=2**31 - 1,
    )
    queued.append(NewNotice(aside, contents()[0]))
    ids = [notice.queued.message_id for notice in queued]
    with two_sellers(make_store) as store:
        _queue(store, *(_queued(each, "else") for each in ids), seller_id=BOLT)
        with writing(store) as uow:
            uow.notices.queue(queued)
            uow.notices.queue([])
        assert _found(store, *ids, "unknown") == [notice.queued for notice in queued]
        assert _found(store) == []
        with reading(store) as uow:
            for notice in queued:
                assert uow.notices.content(notice.queued.message_id) == notice.content
            assert uow.notices.content(MessageId("unknown")) is None
        again = _queued(ids[0])
        assert_raises(LostRace, lambda: _queue(store, again), "a notice was queued twice")


def check_a_changed_notice_loses_the_race(make_store: MakeStore) -> None:
    """A notice is written over by its next version alone, and changes in nothing but its way."""
    stored, other = _queued("one"), _queued("two")
    with two_sellers(make_store) as store:
        for seller_id in (BOLT, ACME):
            _queue(store, stored, other, seller_id=seller_id)

        def save(notice: QueuedNotice) -> None:
            with writing(store) as uow:
                uow.notices.save(notice)

        for after in (
            stored.claimed(_AT),
            stored.claimed(_AT).postponed(_ODD[:1000], now=_AT, jitter=0.5),
            stored.claimed(_AT).set_aside("no", now=_AT),
            stored.claimed(_AT).set_aside("no", now=_AT).retried(_AT),
        ):
            now = _found(store, "one")[0]
            saved = attrs.evolve(after, version=now.version + 1)
            save(saved)
            assert _found(store, "one", "two") == [saved, other]
            for version in (saved.version, saved.version - 1, saved.version + 2):
                stale = attrs.evolve(saved, version=version, attempts=99)
                assert_raises(LostRace, partial(save, stale), f"{version} was written")
        unknown = _queued("unknown").claimed(_AT)
        assert_raises(LostRace, lambda: save(unknown), "a notice that is not there was written")
        assert _found(store, "one", "two", seller_id=BOLT) == [stored, other]
        with reading(store) as uow:
            assert uow.notices.content(stored.message_id) == contents()[-1]


def check_notices_leave_the_outbox(make_store: MakeStore) -> None:
    """`remove` takes one notice; `drop` those of one user, of one kind or of all."""
    notices = [
        _queued(f"{user_id}-{kind.value[:5]}", user_id, kind)
        for user_id in ("bob", "Bob", "bob ", "eve")
        for kind in NotificationKind
    ]
    ids = [notice.message_id for notice in notices]
    with two_sellers(make_store) as store:
        for seller_id in (BOLT, ACME):
            _queue(store, *notices, seller_id=seller_id)
        with writing(store) as uow:
            uow.notices.remove(ids[-1])
            uow.notices.remove(MessageId("unknown"))
        assert _found(store, *ids) == notices[:-1]
        with writing(store) as uow:
            uow.notices.drop(UserId("bob"), _RELEASED)
            uow.notices.drop(UserId("nobody"), None)
        left = [each for each in notices[:-1] if (each.user_id, each.kind) != ("bob", _RELEASED)]
        assert _found(store, *ids) == left
        with writing(store) as uow:
            uow.notices.drop(UserId("bob"), None)
        assert _found(store, *ids) == [each for each in left if each.user_id != "bob"]
        assert _found(store, *ids, seller_id=BOLT) == notices


def _due(store: Store, now: datetime, limit: int = 99) -> list[tuple[str, str]]:
    due = store.outboxes.due(now, NOON + 9 * HOUR, limit)
    return [(seller_id, message_id) for seller_id, message_id in due]


def check_due_notices_are_those_of_all_sellers(make_store: MakeStore) -> None:
    """`due` is by the time that they were due, then by id, and no longer than asked."""
    moment, beyond = timedelta(microseconds=1), NOON + 9 * HOUR
    with two_sellers(make_store) as store:
        _queue(store, _queued("b", due_at=NOON), _queued("f", due_at=NOON + moment))
        _queue(store, _queued("c", due_at=NOON), _queued("g", due_at=beyond), seller_id=BOLT)
        _queue(store, _queued("a", due_at=NOON), _queued("d", due_at=NOON - HOUR), seller_id=BOLT)
        _queue(store, _queued("e", due_at=None, failed_at=NOON - HOUR))
        due = [(BOLT, "d"), (BOLT, "a"), (ACME, "b"), (BOLT, "c")]
        assert _due(store, NOON) == due
        assert _due(store, NOON, 3) == due[:3]
        assert _due(store, NOON + moment) == [*due, (ACME, "f")]
        assert _due(store, NOON - HOUR - moment) == []
        _queue(store, _queued("h", due_at=_LAST), _queued("i", due_at=beyond + moment))
        late = [(ACME, "i"), (ACME, "h")]
        assert _due(store, NOON) == [*due, *late]
        assert _due(store, NOON, 5) == [*due, *late[:1]]
        assert _due(store, NOON, 4) == due


def check_failed_notices_are_those_of_all_sellers(make_store: MakeStore) -> None:
    """`failed` is by the time that they were set aside, then by id; each has its seller."""
    with two_sellers(make_store) as store:
        _queue(store, _queued("b", due_at=None, failed_at=NOON), _queued("due"))
        _queue(
            store,
            _queued("a", due_at=None, failed_at=NOON),
            _queued("c", due_at=None, failed_at=_FIRST),
            seller_id=BOLT,
        )
        failed = [(BOLT, "c"), (BOLT, "a"), (ACME, "b")]
        assert [tuple(each) for each in store.outboxes.failed(99)] == failed
        assert [tuple(each) for each in store.outboxes.failed(2)] == failed[:2]
        for seller_id, message_id in failed:
            assert store.outboxes.seller_of_failed(MessageId(message_id)) == seller_id
        for message_id in ("due", "unknown"):
            assert store.outboxes.seller_of_failed(MessageId(message_id)) is None
