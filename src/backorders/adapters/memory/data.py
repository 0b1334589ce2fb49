"""All that is stored of one seller, and the indexes that find it."""

import attrs

from backorders.domain.answering import Answered, Answering, AnswerKey
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.happened import Happened, Subject
from backorders.domain.inbound import Inbound
from backorders.domain.order import Order
from backorders.domain.order_index import OrderIndex
from backorders.domain.settings import Settings
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.domain.users import User
from backorders.domain.values import (
    InboundId,
    MessageId,
    OrderId,
    ReferenceId,
    Sku,
    UserId,
    WarehouseId,
)
from backorders.ports.notices import NewNotice
from backorders.ports.storage import Entry


@attrs.frozen
class GivenAnswer:
    """An answer to many orders: how far it has come, whom it is for, and what came of it so far."""

    answering: Answering
    orders: tuple[OrderId, ...]
    given: tuple[Answered, ...] = ()


@attrs.define
class SellerData(OrderIndex):
    """All that is stored of one seller, and the indexes that find it."""

    contents: dict[OrderId, str] = attrs.field(factory=dict)
    as_added: dict[OrderId, Order] = attrs.field(factory=dict)
    """Each order as it was first: what it got then is told of it for good."""
    levels: dict[Sku, dict[WarehouseId, StockLevel]] = attrs.field(factory=dict)
    documents: dict[tuple[StockChange, ReferenceId], StockDocument] = attrs.field(factory=dict)
    movements: list[Movement] = attrs.field(factory=list)
    inbounds: dict[InboundId, Inbound] = attrs.field(factory=dict)
    answers: dict[AnswerKey, GivenAnswer] = attrs.field(factory=dict)
    journal: dict[str, list[Entry]] = attrs.field(factory=dict)
    appended: list[tuple[Entry, ...]] = attrs.field(factory=list)
    """What was appended to the journal since events were last given positions."""
    unnumbered: list[Happened] = attrs.field(factory=list)
    """Events that were left over then: in their order, with 0 for a position."""
    feed: list[Happened] = attrs.field(factory=list)
    """Those that have positions, by these."""
    subscribers: dict[str, Subscriber] = attrs.field(factory=dict)
    stuck: dict[tuple[str, Subject], Stuck] = attrs.field(factory=dict)
    """By the subscriber's name and the subject."""
    settings: Settings | None = None
    users: dict[UserId, User] = attrs.field(factory=dict)
    notes: dict[tuple[OrderId, int], NewBackOrder] = attrs.field(factory=dict)
    """By order and version, until a digest has used them up."""
    last_digest: LastDigest | None = None
    outbox: dict[MessageId, NewNotice] = attrs.field(factory=dict)
    is_known: bool = False
    """Whether settings have been committed: from then on the seller exists."""
