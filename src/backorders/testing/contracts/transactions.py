"""The clauses about units of work: what lasts, what is undone, who sees what."""

from contextlib import closing

import attrs

from backorders.domain.allocation import WaitingLine
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import StoreUnusable
from backorders.domain.events import OrderEvent, OrderPlaced
from backorders.domain.notices import NotificationKind, ReleasedOrders
from backorders.domain.order import Hold, HoldReason, Order, Stage
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, MovementKind, StockChange, StockDocument, StockLevel
from backorders.domain.users import User
from backorders.domain.values import (
    MessageId,
    OrderId,
    ReferenceId,
    SellerId,
    UserId,
    WarehouseId,
)
from backorders.ports.notices import NewNotice
from backorders.ports.storage import Entry, NewOrder, Saved, Store, UnitOfWork
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    HOUR,
    IDS_IN_ORDER,
    NOON,
    TEA,
    MakeStore,
    assert_raises,
    content,
    line,
    order,
    reading,
    two_sellers,
    writing,
)

_MAIN = WarehouseId("MAIN")
_NOTICES = (MessageId("first"), MessageId("second"), MessageId("third"))
_OLD = order("O1", line(TEA, 9, MAIN=1), holds=(Hold(HoldReason.OTHER, NOON),))


@attrs.frozen
class _Seen:
    """All that a unit of work shows of a seller who uses the ids of these clauses."""

    orders: dict[OrderId, Order]
    contents: dict[OrderId, str]
    waiting: list[WaitingLine]
    waiting_skus: list[str]
    holders: list[Order]
    on_back_order: list[Order]
    due: list[OrderId]
    levels: list[StockLevel]
    document: StockDocument | None
    history: list[OrderEvent]
    settings: Settings | None
    users: list[User]
    noted: list[NewBackOrder]
    last_digest: LastDigest | None
    notices: dict[MessageId, QueuedNotice]
    level_audits: list[tuple[object, ...]]
    line_audits: list[tuple[object, ...]]


def _seen(uow: UnitOfWork) -> _Seen:
    both = [OrderId("O1"), OrderId("O2")]
    return _Seen(
        orders=dict(uow.orders.find(both)),
        contents=dict(uow.orders.contents(both)),
        waiting=list(uow.orders.waiting({TEA: None}, 99).get(TEA, ())),
        waiting_skus=sorted(uow.orders.waiting_skus()),
        holders=list(uow.orders.holders(TEA, None, Stage.OPEN, None, 99)),
        on_back_order=list(
            uow.orders.on_back_order(sku=None, placed_before=None, after=None, limit=99)
        ),
        due=list(uow.orders.with_due_holds(NOON)),
        levels=list(uow.stock.levels([TEA])),
        document=uow.stock.document(StockChange.RECEIPT, ReferenceId("R1")),
        history=list(uow.journal.history(OrderId("O1"))),
        settings=uow.settings.get(),
        users=list(uow.users.every()),
        noted=list(uow.notices.noted(NOON + HOUR, NOON + HOUR)),
        last_digest=uow.notices.last_digest(),
        notices=dict(uow.notices.find(list(_NOTICES))),
        level_audits=sorted(tuple(level) for level in uow.audit.levels()),
        line_audits=sorted((each.order_id, each.line_no) for each in uow.audit.lines()),
    )


def _seen_of(store: Store, seller_id: SellerId = ACME) -> _Seen:
    with reading(store, seller_id) as uow:
        return _seen(uow)


def _write_everything(uow: UnitOfWork) -> None:
    """Change something through every method that writes."""
    seller_id = uow.seller_id
    stored = uow.orders.find([OrderId("O1")]).get(OrderId("O1"))
    second = attrs.evolve(order("O2", line(TEA, 5, MAIN=2)), seller_id=seller_id)
    uow.settings.put(Settings(warehouses=(_MAIN,)))
    uow.orders.add([NewOrder(second, content(second))])
    if stored is not None:
        uow.orders.save([Saved(stored, attrs.evolve(stored, priority=7, version=2))])
    uow.stock.lock([TEA])
    uow.stock.save([StockLevel(_MAIN, TEA, 5, 2), StockLevel(WarehouseId("NEW"), TEA, 1)])
    this = ReferenceId("R1")
    uow.stock.add_document(StockDocument(StockChange.RECEIPT, this, _MAIN, {TEA: 5}, NOON))
    uow.stock.move([Movement(MovementKind.RECEIPT, this, _MAIN, TEA, 5, NOON)])
    uow.journal.append([Entry("O1", 2, OrderPlaced(OrderId("O1"), NOON, {TEA: 9}, {TEA: 1}))])

    _write_notices(uow)


def _write_notices(uow: UnitOfWork) -> None:
    """Change something through every method that writes about users and notices."""
    user = User(UserId("bob"), "bob@example.com")
    first, second, third = (
        QueuedNotice(message_id, user.user_id, kind, NOON, NOON)
        for message_id, kind in zip(_NOTICES, NotificationKind, strict=False)
    )
    content = ReleasedOrders([OrderId("O1")], 1, NOON, "", "UTC")
    entry = NewBackOrder(OrderId("O1"), 2, NOON, (), 0)
    uow.users.add(user)
    uow.users.save(user, user.with_kind(NotificationKind.BACK_ORDER_RELEASED))
    uow.users.add(User(UserId("eve"), "eve@example.com"))
    uow.users.remove(UserId("eve"))
    uow.notices.note([entry, attrs.evolve(entry, version=3)])
    uow.notices.use_up([entry], None, LastDigest(1, NOON))
    uow.notices.queue([NewNotice(each, content) for each in (first, second, third)])
    uow.notices.save(first.claimed(NOON))
    uow.notices.remove(second.message_id)
    uow.notices.drop(user.user_id, third.kind)


def check_leaving_without_commit_undoes_everything(make_store: MakeStore) -> None:
    """Whatever was written, through whichever method, is gone unless it was committed."""
    with two_sellers(make_store, _OLD) as store:
        for seller_id in (ACME, BOLT, SellerId("newcomer")):
            before = _seen_of(store, seller_id)
            with store.begin(seller_id) as uow:
                _write_everything(uow)
                assert _seen(uow) != before
            assert _seen_of(store, seller_id) == before
        assert store.sellers() == (ACME, BOLT)


def check_an_exception_undoes_everything(make_store: MakeStore) -> None:
    """An exception that passes through undoes everything, and goes on to the caller."""

    class _PassesThroughError(Exception):
        pass

    def fail(store: Store) -> None:
        with store.begin(ACME) as uow:
            _write_everything(uow)
            raise _PassesThroughError

    with two_sellers(make_store, _OLD) as store:
        before = _seen_of(store)
        assert_raises(_PassesThroughError, lambda: fail(store), "an exception was swallowed")
        assert _seen_of(store) == before
        with writing(store) as uow:
            _write_everything(uow)
            after = _seen(uow)
        assert _seen_of(store) == after != before


def check_commit_makes_everything_last(make_store: MakeStore) -> None:
    """What was committed is what every later unit of work of the seller sees."""
    with two_sellers(make_store, _OLD) as store:
        with store.begin(ACME) as uow:
            _write_everything(uow)
            within = _seen(uow)
            uow.commit()
        assert _seen_of(store) == within
        with store.begin(ACME) as uow:
            assert _seen(uow) == within


def check_sellers_never_meet(make_store: MakeStore) -> None:
    """What one seller writes, under whatever ids, changes nothing that another sees."""
    with two_sellers(make_store, _OLD) as store:
        theirs = _seen_of(store, BOLT)
        nobody = _seen_of(store, SellerId("ACME"))
        with writing(store) as uow:
            assert uow.seller_id == ACME
            _write_everything(uow)
        mine = _seen_of(store)
        assert _seen_of(store, BOLT) == theirs
        assert _seen_of(store, SellerId("ACME")) == nobody
        assert nobody == _Seen(
            *({}, {}, [], [], [], [], [], [], None, [], None, [], [], None, {}, [], [])
        )
        with writing(store, BOLT) as uow:
            assert uow.seller_id == BOLT
            _write_everything(uow)
        assert _seen_of(store) == mine
        assert _seen_of(store, BOLT).orders[OrderId("O2")].seller_id == BOLT


def check_nothing_is_seen_before_commit(make_store: MakeStore) -> None:
    """Until it is committed, others see nothing of a unit of work, not even a new seller."""
    newcomer = SellerId("newcomer")
    with two_sellers(make_store, _OLD) as store:
        theirs = _seen_of(store, BOLT)
        with store.begin(newcomer) as uow:
            _write_everything(uow)
            assert store.sellers() == (ACME, BOLT)
            assert _seen_of(store, BOLT) == theirs
            uow.commit()
        assert store.sellers() == (ACME, BOLT, newcomer)


def check_reading_alone_sees_what_lasts(make_store: MakeStore) -> None:
    """A unit of work that only reads sees everything, and leaves nothing behind."""
    with two_sellers(make_store, _OLD) as store:
        with writing(store) as uow:
            _write_everything(uow)
        for seller_id in (ACME, BOLT, SellerId("newcomer")):
            with store.begin(seller_id) as uow:
                expected = _seen(uow)
            with store.begin(seller_id, read_only=True) as uow:
                assert _seen(uow) == expected
                assert _seen(uow) == expected
        assert store.sellers() == (ACME, BOLT)


def check_readers_do_not_wait_for_each_other(make_store: MakeStore) -> None:
    """Units of work that only read can be open side by side: a what-if is one, and lasts."""
    with two_sellers(make_store, _OLD) as store, reading(store) as uow:
        before = _seen(uow)
        with reading(store) as other:
            assert _seen(other) == before
            with reading(store) as third:
                assert _seen(third) == before
        assert _seen(uow) == before


def check_sellers_are_sorted(make_store: MakeStore) -> None:
    """`sellers` names, by code point, whoever something was stored for, and nobody else."""
    with closing(make_store()) as store:
        assert store.sellers() == ()
        for name in (*IDS_IN_ORDER[::-1], "A" * 255, "a" * 255):
            with writing(store, SellerId(name)) as uow:
                uow.settings.put(Settings())
            with writing(store, SellerId(f"{name[:200]} only looked around")) as uow:
                assert uow.settings.get() is None
        assert store.sellers() == tuple(sorted([*IDS_IN_ORDER, "A" * 255, "a" * 255]))


def check_a_closed_store_is_unusable(make_store: MakeStore) -> None:
    """Closing twice is a no-op; whatever is asked of a closed store raises `StoreUnusable`."""
    store = make_store()
    with writing(store) as uow:
        uow.settings.put(Settings())
    store.close()
    store.close()
    assert_raises(StoreUnusable, store.sellers, "a closed store named its sellers")
    for read_only in (False, True):

        def look(*, read_only: bool = read_only) -> None:
            with store.begin(ACME, read_only=read_only) as uow:
                uow.settings.get()

        assert_raises(StoreUnusable, look, "a closed store gave a unit of work")


def check_stores_share_nothing(make_store: MakeStore) -> None:
    """Each store that the factory makes is empty, whatever was stored in another."""
    with closing(make_store()) as first:
        with writing(first) as uow:
            _write_everything(uow)
        assert first.sellers() == (ACME,)
        with closing(make_store()) as second:
            assert second.sellers() == ()
            assert _seen_of(second).orders == {}
