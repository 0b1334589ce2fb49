"""All that a unit of work shows of a seller, and a change through every method that writes."""

import attrs

from backorders.domain.allocation import WaitingLine
from backorders.domain.answering import Answered, Answering, AnswerKey, AnswerOutcome
from backorders.domain.backlog_days import Turn
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.events import OrderEvent, OrderPlaced
from backorders.domain.inbound import Inbound
from backorders.domain.inbound_events import InboundCancelled, InboundEvent
from backorders.domain.notices import NotificationKind, ReleasedOrders
from backorders.domain.order import Hold, HoldReason, Order
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, MovementKind, StockChange, StockDocument, StockLevel
from backorders.domain.users import User
from backorders.domain.values import (
    InboundId,
    MessageId,
    OrderId,
    ReferenceId,
    SellerId,
    Sku,
    UserId,
    WarehouseId,
)
from backorders.ports.inbounds import Coming
from backorders.ports.notices import NewNotice
from backorders.ports.storage import Entry, NewOrder, Saved, Store, UnitOfWork
from backorders.testing.contracts.bench import (
    ACME,
    HOUR,
    NOON,
    TEA,
    content,
    holders_of,
    line,
    order,
    reading,
)

_MAIN = WarehouseId("MAIN")
_NOTICES = (MessageId("first"), MessageId("second"), MessageId("third"))
_DELIVERY = InboundId("D1")
_ANSWER = AnswerKey("K1")
OLD = order("O1", line(TEA, 9, MAIN=1), holds=(Hold(HoldReason.OTHER, NOON),))


@attrs.frozen
class Seen:
    """All that a unit of work shows of a seller who uses the ids of these clauses."""

    orders: dict[OrderId, Order]
    contents: dict[OrderId, str]
    waiting: list[WaitingLine]
    waiting_skus: list[str]
    holders: list[Order]
    on_back_order: list[Order]
    all_orders: list[Order]
    due: list[OrderId]
    all_levels: list[StockLevel]
    levels: list[StockLevel]
    document: StockDocument | None
    inbounds: dict[InboundId, Inbound]
    listed: list[Inbound]
    coming: list[Coming]
    outstanding: dict[Sku, int]
    history: list[OrderEvent]
    turns: list[Turn]
    inbound_history: list[InboundEvent]
    answering: Answering | None
    given: list[Answered]
    settings: Settings | None
    users: list[User]
    noted: list[NewBackOrder]
    last_digest: LastDigest | None
    notices: dict[MessageId, QueuedNotice]
    level_audits: list[tuple[object, ...]]
    line_audits: list[tuple[object, ...]]


def seen(uow: UnitOfWork) -> Seen:
    """Return what a unit of work shows of its seller."""
    both = [OrderId("O1"), OrderId("O2")]
    return Seen(
        orders=dict(uow.orders.find(both)),
        contents=dict(uow.orders.contents(both)),
        waiting=list(uow.orders.waiting({TEA: None}, 99).get(TEA, ())),
        waiting_skus=sorted(uow.orders.waiting_skus()),
        holders=holders_of(uow, TEA),
        on_back_order=list(
            uow.orders.on_back_order(sku=None, placed_before=None, after=None, limit=99)
        ),
        all_orders=list(uow.orders.listed(status=None, newest_first=False, after=None, limit=99)),
        due=list(uow.orders.with_due_holds(NOON)),
        all_levels=list(uow.stock.listed(after=None, limit=99)),
        levels=list(uow.stock.levels([TEA])),
        document=uow.stock.document(StockChange.RECEIPT, ReferenceId("R1")),
        inbounds=dict(uow.inbounds.find([InboundId("D1"), InboundId("D2")])),
        listed=list(
            uow.inbounds.listed(status=None, overdue=None, today=NOON.date(), after=None, limit=99)
        ),
        coming=list(uow.inbounds.coming(None)),
        outstanding=dict(uow.inbounds.outstanding()),
        history=list(uow.journal.history(OrderId("O1"))),
        turns=sorted(uow.journal.turns(), key=lambda turn: turn.order_id),
        inbound_history=list(uow.journal.inbound_history(InboundId("D1"))),
        answering=uow.answers.find(_ANSWER),
        given=list(uow.answers.given(_ANSWER)),
        settings=uow.settings.get(),
        users=list(uow.users.every()),
        noted=list(uow.notices.noted(NOON + HOUR, NOON + HOUR)),
        last_digest=uow.notices.last_digest(),
        notices=dict(uow.notices.find(list(_NOTICES))),
        level_audits=sorted(tuple(level) for level in uow.audit.levels()),
        line_audits=sorted((each.order_id, each.line_no) for each in uow.audit.lines()),
    )


def seen_of(store: Store, seller_id: SellerId = ACME) -> Seen:
    """Return what a new unit of work shows of a seller."""
    with reading(store, seller_id) as uow:
        return seen(uow)


def write_everything(uow: UnitOfWork) -> None:
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
    known = uow.inbounds.find([_DELIVERY]).get(_DELIVERY)
    if known is None:
        uow.inbounds.add(Inbound(seller_id, _DELIVERY, _MAIN, {TEA: 5}, NOON.date()))
    else:
        uow.inbounds.save(known, attrs.evolve(known, booked_in={TEA: 1}, version=known.version + 1))
    uow.inbounds.add(Inbound(seller_id, InboundId("D2"), _MAIN, {TEA: 2}, NOON.date()))
    uow.journal.append([Entry("O1", 2, OrderPlaced(OrderId("O1"), NOON, {TEA: 9}, {TEA: 1}))])
    uow.journal.append([Entry(_DELIVERY, 1, InboundCancelled(_DELIVERY, NOON))])

    _write_answers(uow)
    _write_notices(uow)


def _write_answers(uow: UnitOfWork) -> None:
    """Change something through every method that writes about answers to many orders."""
    known = uow.answers.find(_ANSWER)
    if known is None:
        known = Answering(_ANSWER, "0" * 64, 9)
        uow.answers.add(known, [OrderId(f"O{number}") for number in range(9)])
    uow.answers.save(known, [Answered(OrderId(f"O{known.answered}"), AnswerOutcome.UNCHANGED)])


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
