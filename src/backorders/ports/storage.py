"""What the use cases need from a store.

A unit of work is a transaction for one seller: nothing in it can name another. Within it, what has
been written is read back; outside it, nothing is seen before `commit`. A store may send what is
written later, when it is read or by `commit` at the latest: what a write raises may come then.
Whatever returns many states its order. Ids and SKUs compare by code point.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.backlog_days import Turn
from backorders.domain.events import Event, OrderEvent
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.order import Order, OrderStatus, Rank, Stage
from backorders.domain.paging import Placed
from backorders.domain.settings import Settings
from backorders.domain.values import InboundId, OrderId, SellerId, Sku, WarehouseId
from backorders.domain.verification import LevelAudit, LineAudit
from backorders.ports.answers import Answers
from backorders.ports.feed import Feed, Subscribers
from backorders.ports.inbounds import Inbounds
from backorders.ports.notices import Notices, Outboxes, Users
from backorders.ports.reports import Reports
from backorders.ports.stock import Stock


class NewOrder(NamedTuple):
    """An order to be added, and the digest by which its request is known again."""

    order: Order
    content: str


class Saved(NamedTuple):
    """An order as it is stored, and as it is to be."""

    stored: Order
    order: Order


class Entry(NamedTuple):
    """An event with its place in the journal: a subject's events are ordered by version.

    Several events of one version are in the order in which they are appended.
    """

    subject: str
    """The order, receipt, count, adjustment or delivery that it tells of."""
    version: int
    """The version of the order or delivery that it led to; 1 for anything else."""
    event: Event


class Orders(Protocol):
    """The seller's orders."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        """Return those of the orders that exist."""
        ...

    def contents(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, str]:
        """Return the content digests of those of the orders that exist."""
        ...

    def add(self, new: Sequence[NewOrder]) -> None:
        """Store new orders, and for good what each got at first ask: `FirstAsk.of`.

        Raises `LostRace` when an id has been taken meanwhile.
        """
        ...

    def save(self, changed: Sequence[Saved]) -> None:
        """Write over stored orders. Raises `LostRace` unless each has the version stored."""
        ...

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        """Return the next waiting lines of each SKU: those of open orders with a shortage.

        For each SKU at most `limit`, and fewer only when there are no more, in rank order, of
        orders strictly after the given rank (`None`: from the first). When the limit falls between
        two lines of one order, the order has been named by the first of them.
        """
        ...

    def backlog(self) -> Iterator[WaitingOrder]:
        """Yield every order on back order, in rank order, reading on while it is consumed.

        So that it can be longer than memory is large. Until it ends or is closed, nothing else is
        asked of the unit of work.
        """
        ...

    def waiting_skus(self) -> Collection[Sku]:
        """Return every SKU that an open order is short of."""
        ...

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        """Return the next orders in a stage that hold units of each SKU, *lowest* rank first.

        For each SKU at most `limit`, and fewer only when there are no more, strictly ahead of the
        given rank (`None`: from the last). With `warehouse`, only units there count.
        """
        ...

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        """Return the next orders on back order, at most `limit`, in rank order, after a rank.

        With `sku`, those that are short of it; with `placed_before`, placed earlier.
        """
        ...

    def listed(
        self,
        *,
        status: OrderStatus | None,
        newest_first: bool,
        after: Placed | None,
        limit: int,
    ) -> Sequence[Order]:
        """Return the next of all orders, at most `limit`, by `placed_at` and id, after a place.

        With `status`, those that have it; with `newest_first`, from the last to the first.
        """
        ...

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        """Return the open orders that have a hold which has run out, by id."""
        ...


class Journal(Protocol):
    """What happened."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Store events."""
        ...

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        """Return an order's events, first to last."""
        ...

    def turns(self) -> Iterator[Turn]:
        """Return what begins or ends any order's time on back order.

        Order by order, in no order of theirs; those of one order first to last.
        """
        ...

    def inbound_history(self, inbound_id: InboundId) -> Sequence[InboundEvent]:
        """Return the events of an announced delivery, first to last."""
        ...


class SellerSettings(Protocol):
    """What the seller has chosen."""

    def get(self) -> Settings | None:
        """Return the settings, or `None` when nothing was ever stored for the seller."""
        ...

    def put(self, settings: Settings) -> None:
        """Store the settings; with this the seller exists, and the rest can be written."""
        ...


class Audit(Protocol):
    """Sums over the stored rows, against which what is stored as a figure is proven."""

    def levels(self) -> Iterator[LevelAudit]:
        """Return every level, and wherever else units are pinned or moved, in no order."""
        ...

    def lines(self) -> Iterator[LineAudit]:
        """Return every line with what its allocations come to, in no order."""
        ...


class UnitOfWork(Protocol):
    """A transaction for one seller. Leaving it without `commit` undoes everything."""

    @property
    def seller_id(self) -> SellerId:
        """The only seller that this can see."""
        ...

    @property
    def orders_per_commit(self) -> int | None:
        """How many orders reprocessing may change before the rest is left to another commit.

        `None`: as many as there are; so it is when the commit is not the unit of work's own.
        """
        ...

    @property
    def unsettled(self) -> set[Sku]:
        """The SKUs whose reprocessing was left to another commit; empty at first."""
        ...

    @property
    def wanted(self) -> Collection[Sku]:
        """The SKUs that it has asked to be locked, got or not; what is locked anyway is left out.

        Whoever lost a race locks them ahead in the next attempt, all at once and so in order.
        """
        ...

    @property
    def orders(self) -> Orders: ...  # noqa: D102 - the class says it
    @property
    def stock(self) -> Stock: ...  # noqa: D102 - the class says it
    @property
    def inbounds(self) -> Inbounds: ...  # noqa: D102 - the class says it
    @property
    def journal(self) -> Journal: ...  # noqa: D102 - the class says it
    @property
    def settings(self) -> SellerSettings: ...  # noqa: D102 - the class says it
    @property
    def audit(self) -> Audit: ...  # noqa: D102 - the class says it
    @property
    def users(self) -> Users: ...  # noqa: D102 - the class says it
    @property
    def notices(self) -> Notices: ...  # noqa: D102 - the class says it
    @property
    def reports(self) -> Reports: ...  # noqa: D102 - the class says it
    @property
    def answers(self) -> Answers: ...  # noqa: D102 - the class says it
    @property
    def feed(self) -> Feed: ...  # noqa: D102 - the class says it
    @property
    def subscribers(self) -> Subscribers: ...  # noqa: D102 - the class says it

    def commit(self) -> None:
        """Make everything written here last, all at once."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the transaction; what was not committed is undone."""
        ...


class Store(Protocol):
    """Where everything is kept."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work for a seller, who need not exist yet.

        With `read_only`, everything is read as of one moment, and nothing may be written.
        """
        ...

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        ...

    @property
    def outboxes(self) -> Outboxes:
        """What is to be told, of all sellers; asked outside of any unit of work."""
        ...

    def close(self) -> None:
        """Give everything back; the store cannot be used any more. Closing twice is a no-op."""
        ...
