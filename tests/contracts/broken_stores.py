"""Stores that are broken on purpose, each in one place, and the clauses that must find it out."""

# What a method should do is the port's to say; what it does instead, the class's. Some of it is to
# pass over an argument.
# ruff: noqa: ARG002, D102

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from types import TracebackType
from typing import Any, ClassVar, TypeVar, cast

import attrs

from backorders.adapters import memory
from backorders.adapters.memory import MemoryStore
from backorders.domain.allocation import WaitingLine, WaitingOrder
from backorders.domain.backlog_days import Turn
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import LostRace
from backorders.domain.events import (
    HoldReleased,
    OrderCancelled,
    OrderEvent,
    OrderPlaced,
    StockEvent,
)
from backorders.domain.explaining import Held, is_held_up
from backorders.domain.first_ask import FirstAsk
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.notices import Content, NotificationKind
from backorders.domain.order import Order, OrderStatus, Rank, Stage
from backorders.domain.settings import Settings
from backorders.domain.shortages import Shortage
from backorders.domain.stock import Movement, StockChange, StockDocument, StockLevel
from backorders.domain.summary import Backlog, Standing
from backorders.domain.users import User
from backorders.domain.values import (
    MessageId,
    OrderId,
    ReferenceId,
    SellerId,
    Sku,
    UserId,
    WarehouseId,
)
from backorders.domain.verification import LevelAudit, LineAudit
from backorders.ports.storage import Entry, NewOrder, Saved

_T = TypeVar("_T")

_MOMENT = timedelta(microseconds=1)
_LAST = datetime.max.replace(tzinfo=UTC)


@attrs.frozen
class Fault:
    """A way to be broken."""

    part: type[object]
    caught_by: frozenset[str]

    def make_store(self) -> Callable[[], MemoryStore]:
        """Return a function that makes an empty store which is broken in this way."""
        return _store_with(self.part)


FAULTS: dict[str, Fault] = {}
"""By name."""


def caught_by(*clauses: str) -> Callable[[type[_T]], type[_T]]:
    """Register a broken part of the memory store, with the clauses that must find it out."""

    def register(part: type[_T]) -> type[_T]:
        name = part.__name__
        assert name not in FAULTS, name
        FAULTS[name] = Fault(part, frozenset(f"check_{clause}" for clause in clauses))
        return part

    return register


_REPOSITORIES: Mapping[str, type[object]] = {
    "orders": memory.MemoryOrders,
    "stock": memory.MemoryStock,
    "inbounds": memory.MemoryInbounds,
    "answers": memory.MemoryAnswers,
    "journal": memory.MemoryJournal,
    "settings": memory.MemorySettings,
    "users": memory.MemoryUsers,
    "notices": memory.MemoryNotices,
    "subscribers": memory.MemorySubscribers,
}


def _store_with(part: type[object]) -> Callable[[], MemoryStore]:
    """Return a function that makes a memory store in which `part` stands for the sound one."""
    if issubclass(part, MemoryStore):
        # A class of its own: what stores of one factory share must not outlive it.
        store: type[MemoryStore] = type(part.__name__, (part,), {})
        return lambda: store(patience=0.01)

    class _Store(MemoryStore):
        @property
        def outboxes(self) -> memory.MemoryOutboxes:
            sound = super().outboxes
            return part(sound._each_seller) if issubclass(part, memory.MemoryOutboxes) else sound

        def begin(self, seller_id: str, *, read_only: bool = False) -> memory.MemoryUnitOfWork:
            uow = super().begin(seller_id, read_only=read_only)
            if issubclass(part, memory.MemoryUnitOfWork):
                return part(uow.seller_id, uow._seller, uow._release)
            if issubclass(part, memory.MemoryOutboxes):
                return uow
            # Any: a part is made of what the sound one is made of.
            made: Any = part
            if issubclass(part, memory.MemoryAudit):
                uow.audit = made(uow._seller)
                return uow
            if issubclass(part, memory.MemoryFeed):
                uow.feed = made(uow.seller_id, uow._seller, uow._undo)
                return uow
            if issubclass(part, memory.MemoryReports):
                uow.reports = made(uow._seller)
                return uow
            (name,) = (name for name, sound in _REPOSITORIES.items() if issubclass(part, sound))
            setattr(uow, name, made(uow._seller, uow._undo))
            return uow

    return lambda: _Store(patience=0.01)


# --- orders -----------------------------------------------------------------------------------


@caught_by("orders_come_back_as_stored")
class RoundsInstants(memory.MemoryOrders):
    """An instant is kept to the millisecond."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        return {
            order_id: attrs.evolve(
                order,
                placed_at=order.placed_at.replace(
                    microsecond=order.placed_at.microsecond // 1000 * 1000
                ),
            )
            for order_id, order in super().find(order_ids).items()
        }


@caught_by("orders_come_back_as_stored")
class LosesTheParent(memory.MemoryOrders):
    """The order that another was split off from is not kept."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        found = super().find(order_ids)
        return {key: attrs.evolve(order, split_from=None) for key, order in found.items()}


@caught_by("time_on_back_order_is_kept")
class ForgetsHowLongItWaited(memory.MemoryOrders):
    """The time on back order that is over is not kept."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        found = super().find(order_ids)
        return {key: attrs.evolve(order, back_order_time=None) for key, order in found.items()}


@caught_by("ids_are_compared_exactly")
class FindsByPattern(memory.MemoryOrders):
    """An underscore in an id stands for any character."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        found = dict(super().find(order_ids))
        for wanted in order_ids:
            if wanted not in found and "_" in wanted:
                for order_id, order in self._seller.orders.items():
                    if len(order_id) == len(wanted) and order_id[0] == wanted[0]:
                        found[wanted] = order
        return found


@caught_by(
    "ids_are_compared_exactly",
    "waiting_is_in_rank_order",
    "waiting_goes_on_after_a_rank",
    "back_orders_are_in_rank_order",
    "back_orders_may_be_those_of_one_sku",
    "back_orders_go_on_after_a_rank",
    "the_backlog_is_told_in_rank_order",
)
class FoldsCase(memory.MemoryOrders):
    """An id is taken when another differs from it by case alone."""

    def add(self, new: Sequence[NewOrder]) -> None:
        for each in new:
            taken = {order_id.casefold() for order_id in self._seller.orders}
            if each.order.order_id.casefold() in taken:
                raise LostRace(each.order.order_id)
            super().add([each])


@caught_by("find_returns_those_that_exist")
class FindMakesUpOrders(memory.MemoryOrders):
    """`find` asked for nothing in particular returns everything."""

    def find(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, Order]:
        return super().find(order_ids) if order_ids else self._seller.orders


@caught_by(
    "contents_are_kept_beside_the_orders",
    "leaving_without_commit_undoes_everything",
    "an_exception_undoes_everything",
)
class ForgetsContentsOnSave(memory.MemoryOrders):
    """Saving an order makes its request unknown."""

    def save(self, changed: Sequence[Saved]) -> None:
        super().save(changed)
        for stored, _ in changed:
            self._seller.contents[stored.order_id] = "0" * 64


@caught_by("adding_a_taken_id_loses_the_race")
class AddsOver(memory.MemoryOrders):
    """A new order takes the place of another with its id."""

    def add(self, new: Sequence[NewOrder]) -> None:
        for order, _ in new:
            if order.order_id in self._seller.orders:
                self._seller.replace(self._seller.orders[order.order_id], None)
        super().add(new)


@caught_by(
    "saving_writes_every_field",
    "holds_that_ran_out_are_found",
    "orders_are_listed_by_their_status",
)
class KeepsOldHolds(memory.MemoryOrders):
    """Holds are added, never taken away."""

    def save(self, changed: Sequence[Saved]) -> None:
        super().save(
            [Saved(old, attrs.evolve(new, holds=new.holds or old.holds)) for old, new in changed]
        )


@caught_by("saving_writes_every_field", "audit_shows_every_line")
class KeepsRemovedLines(memory.MemoryOrders):
    """A line that an edit has removed is still there."""

    def save(self, changed: Sequence[Saved]) -> None:
        kept = []
        for old, new in changed:
            numbers = {line.line_no for line in new.lines}
            gone = [line for line in old.lines if line.line_no not in numbers]
            lines = sorted([*new.lines, *gone], key=lambda line: line.line_no)
            kept.append(Saved(old, attrs.evolve(new, lines=lines)))
        super().save(kept)


@caught_by("saving_many_writes_each", "saving_a_stale_version_loses_the_race")
class SavesTheFirstOnly(memory.MemoryOrders):
    """Of several orders to be saved, the first is."""

    def save(self, changed: Sequence[Saved]) -> None:
        super().save(changed[:1])


@caught_by("saving_a_stale_version_loses_the_race")
class IgnoresVersions(memory.MemoryOrders):
    """The last one to save wins."""

    def save(self, changed: Sequence[Saved]) -> None:
        for stored, new in changed:
            current = self._seller.orders.get(stored.order_id)
            super().save([Saved(current or stored, new)])


@caught_by("saving_a_stale_version_loses_the_race")
class AddsWhatItCannotSave(memory.MemoryOrders):
    """An order that is not there is added."""

    def save(self, changed: Sequence[Saved]) -> None:
        for saved in changed:
            if saved.stored.order_id in self._seller.orders:
                super().save([saved])
            else:
                self.add([NewOrder(saved.order, "0" * 64)])


# --- the backlog ------------------------------------------------------------------------------


def _by_utf16(line: WaitingLine) -> tuple[object, ...]:
    rank = line.rank
    return (*rank[:2], rank.first_id.encode("utf-16-be"), rank.order_id.encode("utf-16-be"))


@caught_by("waiting_is_in_rank_order", "waiting_goes_on_after_a_rank")
class WaitsInUtf16Order(memory.MemoryOrders):
    """Ids are ordered by UTF-16 code unit."""

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        found = super().waiting(after, 10_000)
        return {sku: sorted(lines, key=_by_utf16)[:limit] for sku, lines in found.items()}


@caught_by("waiting_is_in_rank_order", "waiting_goes_on_after_a_rank")
class WaitsByOwnIdAlone(memory.MemoryOrders):
    """The id under which an order was first placed is left out of its rank."""

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        found = super().waiting(after, 10_000)
        return {
            sku: sorted(lines, key=lambda line: (*line.rank[:2], line.rank.order_id))[:limit]
            for sku, lines in found.items()
        }


@caught_by("waiting_tells_what_a_line_may_take")
class ForgetsThePin(memory.MemoryOrders):
    """A waiting line does not say to which warehouse it is pinned."""

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        found = super().waiting(after, limit)
        return {sku: [line._replace(warehouse=None) for line in f] for sku, f in found.items()}


@caught_by("waiting_goes_on_after_a_rank")
class IgnoresTheLimit(memory.MemoryOrders):
    """`waiting` returns everything at once."""

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        return super().waiting(after, limit + 1)


@caught_by("waiting_goes_on_after_a_rank")
class SharesTheLimit(memory.MemoryOrders):
    """The limit is that of all SKUs together."""

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        kept: dict[Sku, Sequence[WaitingLine]] = {}
        for sku, lines in super().waiting(after, limit).items():
            kept[sku] = lines[: limit - sum(map(len, kept.values()))]
        return kept


@caught_by("waiting_goes_on_after_a_rank")
class StartsAtTheRank(memory.MemoryOrders):
    """`waiting` names the order of the rank once more."""

    def waiting(
        self, after: Mapping[Sku, Rank | None], limit: int
    ) -> Mapping[Sku, Sequence[WaitingLine]]:
        just_before = {
            sku: None if rank is None else rank._replace(order_id=OrderId(rank.order_id[:-1]))
            for sku, rank in after.items()
        }
        return super().waiting(just_before, limit)


@caught_by(
    "waiting_follows_every_change",
    "what_is_written_is_read_back_within",
    "saving_writes_every_field",
    "leaving_without_commit_undoes_everything",
    "an_exception_undoes_everything",
)
class WaitsOnThoughServed(memory.MemoryOrders):
    """A saved order keeps the place in the queue that it had, besides the new one."""

    def save(self, changed: Sequence[Saved]) -> None:
        queues = {sku: list(queue) for sku, queue in self._seller.waiting.items()}
        super().save(changed)
        for sku, queue in queues.items():
            now = self._seller.waiting.setdefault(sku, [])
            now[:] = sorted({*now, *queue})


@caught_by("waiting_skus_are_those_somebody_lacks")
class NamesEverySku(memory.MemoryOrders):
    """`waiting_skus` names what is fully allocated, too."""

    def waiting_skus(self) -> Collection[Sku]:
        return {line.sku for order in self._seller.orders.values() for line in order.lines}


@caught_by(
    "holders_are_listed_lowest_rank_first",
    "holders_may_be_those_of_one_warehouse",
    "holders_go_on_before_a_rank",
    "holders_of_many_skus_are_found_at_once",
)
class HighestRankLosesFirst(memory.MemoryOrders):
    """Holders come highest rank first."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        found = super().holders(before, warehouse, stage, 999)
        return {sku: held[::-1][:limit] for sku, held in found.items()}


@caught_by("holders_are_listed_lowest_rank_first", "holders_follow_every_change")
class ProcessedOrdersLoseToo(memory.MemoryOrders):
    """Holders of every stage are named."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        found: dict[Sku, list[Order]] = {}
        for each in (Stage.OPEN, Stage.PROCESSED):
            for sku, held in super().holders(before, warehouse, each, 999).items():
                found.setdefault(sku, []).extend(held)
        return {
            sku: sorted(held, key=lambda order: order.rank, reverse=True)[:limit]
            for sku, held in found.items()
        }


@caught_by("holders_may_be_those_of_one_warehouse", "holders_follow_every_change")
class HoldersAreOfAnyWarehouse(memory.MemoryOrders):
    """Holders of other warehouses are named."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        return super().holders(before, None, stage, limit)


@caught_by("holders_may_be_those_of_one_warehouse")
class HoldersOfAnotherSkuThere(memory.MemoryOrders):
    """Whoever holds the SKU, and has anything in the warehouse, is named."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        found = super().holders(before, None, stage, 999)
        return {
            sku: [
                each
                for each in held
                if warehouse is None or warehouse in {name for _, name in each.holding()}
            ][:limit]
            for sku, held in found.items()
        }


@caught_by("holders_go_on_before_a_rank", "holders_of_many_skus_are_found_at_once")
class HoldersStartAgain(memory.MemoryOrders):
    """The order of the given rank is named once more."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        after = {
            sku: rank and rank._replace(order_id=OrderId(f"{rank.order_id}\0"))
            for sku, rank in before.items()
        }
        return super().holders(after, warehouse, stage, limit)


@caught_by("holders_of_many_skus_are_found_at_once")
class HoldersOfManySkusShareTheLimit(memory.MemoryOrders):
    """The limit counts for all SKUs together."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        found = super().holders(before, warehouse, stage, limit)
        left = limit
        for sku, held in found.items():
            found = {**found, sku: held[:left]}
            left -= len(found[sku])
        return found


@caught_by("holders_of_many_skus_are_found_at_once")
class HoldersOfManySkusShareAStart(memory.MemoryOrders):
    """All SKUs start from where the first of them does."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        start = next(iter(before.values()), None)
        return super().holders(dict.fromkeys(before, start), warehouse, stage, limit)


@caught_by("the_backlog_is_told_in_rank_order")
class TellsOneReading(memory.MemoryOrders):
    """`backlog` ends with the first thousand orders."""

    def backlog(self) -> Iterator[WaitingOrder]:
        return islice(super().backlog(), 1000)


@caught_by("the_backlog_tells_what_an_order_lacks")
class TellsTheLastLine(memory.MemoryOrders):
    """Of several lines of a SKU, `backlog` counts the last one."""

    def backlog(self) -> Iterator[WaitingOrder]:
        for each in super().backlog():
            order = self._seller.orders[each.rank.order_id]
            yield each._replace(lacks={o.sku: o.shortage for o in order.lines if o.shortage})


@caught_by("back_orders_are_in_rank_order", "back_orders_may_be_those_of_one_sku")
class CountsLines(memory.MemoryOrders):
    """An order is listed once for each of its lines with a shortage."""

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        found = super().on_back_order(
            sku=sku, placed_before=placed_before, after=after, limit=limit
        )
        return [
            order
            for order in found
            for line in order.lines
            if line.shortage and sku in {None, line.sku}
        ][:limit]


@caught_by("back_orders_may_be_those_of_one_sku")
class NamesWhoHasTheSku(memory.MemoryOrders):
    """An order that has the SKU, and is short of another, is listed."""

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        found = super().on_back_order(sku=None, placed_before=placed_before, after=after, limit=999)
        return [order for order in found if sku is None or sku in order.skus][:limit]


@caught_by("back_orders_may_be_those_placed_before")
class PlacedAtThatMoment(memory.MemoryOrders):
    """What was placed at that very moment counts as earlier."""

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        if placed_before is not None:
            placed_before += timedelta(microseconds=1)
        return super().on_back_order(sku=sku, placed_before=placed_before, after=after, limit=limit)


@caught_by("back_orders_go_on_after_a_rank", "back_orders_may_be_those_of_one_sku")
class NeverGoesOn(memory.MemoryOrders):
    """Each page is the first."""

    def on_back_order(
        self,
        *,
        sku: Sku | None,
        placed_before: datetime | None,
        after: Rank | None,
        limit: int,
    ) -> Sequence[Order]:
        del after
        return super().on_back_order(sku=sku, placed_before=placed_before, after=None, limit=limit)


@caught_by("holds_that_ran_out_are_found")
class HoldsRunOutLate(memory.MemoryOrders):
    """A hold runs out a moment after its time."""

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        return super().with_due_holds(now - timedelta(microseconds=1))


@caught_by("holds_that_ran_out_are_found")
class ClosedOrdersAreHeld(memory.MemoryOrders):
    """Holds of closed orders are named."""

    def with_due_holds(self, now: datetime) -> Sequence[OrderId]:
        orders = self._seller.orders.values()
        return sorted(o.order_id for o in orders if any(hold.is_due(now) for hold in o.holds))


# --- stock ------------------------------------------------------------------------------------


@caught_by("levels_come_back_as_stored", "movements_add_up")
class CountsTo32Bits(memory.MemoryStock):
    """A level has 32 bits."""

    def save(self, levels: Sequence[StockLevel]) -> None:
        if any(level.on_hand > 2**31 - 1 for level in levels):
            raise OverflowError
        super().save(levels)

    def move(self, movements: Sequence[Movement]) -> None:
        if any(movement.quantity > 2**31 - 1 for movement in movements):
            raise OverflowError
        super().move(movements)


@caught_by("levels_are_by_warehouse")
class LevelsByLanguage(memory.MemoryStock):
    """Warehouses are in a language's order."""

    def levels(self, skus: Collection[Sku]) -> Sequence[StockLevel]:
        return sorted(super().levels(skus), key=lambda level: level.warehouse.casefold())


@caught_by("levels_are_by_warehouse")
class LevelsAsAskedFor(memory.MemoryStock):
    """SKUs are in the order in which they were named."""

    def levels(self, skus: Collection[Sku]) -> Sequence[StockLevel]:
        return [level for sku in skus for level in super(LevelsAsAskedFor, self).levels([sku])]


@caught_by("levels_have_exact_keys")
class TrimsWarehouses(memory.MemoryStock):
    """A warehouse is told by its first 250 characters."""

    def save(self, levels: Sequence[StockLevel]) -> None:
        super().save(
            [attrs.evolve(level, warehouse=WarehouseId(level.warehouse[:250])) for level in levels]
        )


@caught_by("saving_a_level_replaces_it")
class AddsToLevels(memory.MemoryStock):
    """What is saved is added to what was there."""

    def save(self, levels: Sequence[StockLevel]) -> None:
        known = {(o.sku, o.warehouse): o for new in levels for o in self.levels([new.sku])}
        super().save(
            [
                attrs.evolve(level, on_hand=level.on_hand + old.on_hand)
                if (old := known.get((level.sku, level.warehouse)))
                else level
                for level in levels
            ]
        )


@caught_by("locking_returns_the_levels")
class LocksTheFirstSku(memory.MemoryStock):
    """`lock` returns the levels of the first SKU alone."""

    def lock(self, skus: Sequence[Sku], *, to_draw: bool = False) -> Sequence[StockLevel]:
        return super().lock(skus[:1], to_draw=to_draw)


@caught_by("papers_come_back_as_handed_in")
class CutsReasons(memory.MemoryStock):
    """A reason is kept to 255 characters."""

    def add_document(self, document: StockDocument) -> None:
        super().add_document(attrs.evolve(document, reason=document.reason[:255]))


@caught_by("papers_have_three_kinds_of_id")
class OneKindOfId(memory.MemoryStock):
    """Receipts, counts and adjustments share their ids."""

    def document(self, kind: StockChange, reference: ReferenceId) -> StockDocument | None:
        found = (super(OneKindOfId, self).document(each, reference) for each in StockChange)
        return next((paper for paper in found if paper is not None), None)


@caught_by("adding_a_known_paper_loses_the_race")
class PapersOverPapers(memory.MemoryStock):
    """The last paper of an id stays."""

    def add_document(self, document: StockDocument) -> None:
        self._seller.documents.pop((document.kind, document.reference), None)
        super().add_document(document)


@caught_by("movements_add_up", "audit_sums_what_moved")
class MovesOncePerPaper(memory.MemoryStock):
    """A paper moves a SKU once."""

    def move(self, movements: Sequence[Movement]) -> None:
        seen = {(m.reference, m.sku) for m in self._seller.movements}
        kept = []
        for movement in movements:
            if (movement.reference, movement.sku) not in seen:
                kept.append(movement)
                seen.add((movement.reference, movement.sku))
        super().move(kept)


# --- journal and settings ---------------------------------------------------------------------


@caught_by("events_come_back_as_told")
class AllHoldsAreDue(memory.MemoryJournal):
    """Whether a hold had run out is not kept."""

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        return [
            attrs.evolve(event, due=True) if isinstance(event, HoldReleased) else event
            for event in super().history(order_id)
        ]


@caught_by("events_come_back_as_told", "history_is_in_order")
class HistoryByHour(memory.MemoryJournal):
    """Events are in the order of their hours."""

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        return sorted(super().history(order_id), key=lambda event: event.at)


@caught_by("turns_come_order_by_order")
class TurnsByHour(memory.MemoryJournal):
    """What came first is told first, of whichever order."""

    def turns(self) -> Iterator[Turn]:
        yield from sorted(super().turns(), key=lambda turn: (type(turn).__name__, turn.order_id))


@caught_by("turns_come_order_by_order")
class ForgetsCancelling(memory.MemoryJournal):
    """An order that was cancelled waits for ever."""

    def turns(self) -> Iterator[Turn]:
        return (turn for turn in super().turns() if not isinstance(turn, OrderCancelled))


@caught_by("history_is_in_order")
class HistoryAsAppended(memory.MemoryJournal):
    """Events are in the order in which they were appended."""

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        entries = self._seller.journal.get(order_id, ())
        return [e.event for e in entries if not isinstance(e.event, StockEvent | InboundEvent)]


@caught_by("history_is_of_one_order", "events_of_deliveries_come_back_as_told")
class TellsOfPapers(memory.MemoryJournal):
    """A receipt with the id of an order is told of."""

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        entries = sorted(self._seller.journal.get(order_id, ()), key=lambda each: each.version)
        return [cast("OrderEvent", entry.event) for entry in entries]


@caught_by("history_is_of_one_order")
class TellsOfAll(memory.MemoryJournal):
    """An unknown order has the events of all."""

    def history(self, order_id: OrderId) -> Sequence[OrderEvent]:
        if order_id in self._seller.journal:
            return super().history(order_id)
        entries = [entry for of in self._seller.journal.values() for entry in of]
        return [entry.event for entry in entries if isinstance(entry.event, OrderPlaced)]


@caught_by("settings_come_back_as_put")
class SortsWarehouses(memory.MemorySettings):
    """The seller's order of warehouses is lost."""

    def put(self, settings: Settings) -> None:
        super().put(attrs.evolve(settings, warehouses=tuple(sorted(settings.warehouses))))


@caught_by("settings_come_back_as_put", "sellers_never_meet", "sellers_are_sorted")
class EverybodyHasSettings(memory.MemorySettings):
    """A seller for whom nothing was stored has settings."""

    def get(self) -> Settings | None:
        return super().get() or Settings()


# --- audit ------------------------------------------------------------------------------------


@caught_by("audit_sums_what_is_pinned")
class AuditForgetsProcessed(memory.MemoryAudit):
    """What processed orders hold is not added up."""

    def levels(self) -> Iterator[LevelAudit]:
        held = {
            key: units
            for order in self._seller.orders.values()
            if order.stage is Stage.PROCESSED
            for key, units in order.holding().items()
        }
        for level in super().levels():
            less = held.get((level.sku, level.warehouse), 0)
            yield level._replace(allocations=level.allocations - less)


@caught_by("audit_sums_what_is_pinned", "audit_sums_what_moved", "movements_add_up")
class AuditsStoredLevelsAlone(memory.MemoryAudit):
    """What is pinned or moved where no level is stored is passed over."""

    def levels(self) -> Iterator[LevelAudit]:
        for level in super().levels():
            if level.warehouse in self._seller.levels.get(level.sku, {}):
                yield level


@caught_by("audit_shows_every_line")
class AuditTrustsTheBacklog(memory.MemoryAudit):
    """Every line of an open order is said to wait."""

    def lines(self) -> Iterator[LineAudit]:
        for line in super().lines():
            yield line._replace(listed=line.stage is Stage.OPEN)


# --- reports ----------------------------------------------------------------------------------


@caught_by("standings_count_every_status")
class OverlooksHolds(memory.MemoryReports):
    """A held order is counted as ready."""

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterator[Standing]:
        for standing in super().standings(now, without=without):
            if standing.status is not OrderStatus.ON_HOLD:
                yield standing


@caught_by("first_asks_stay_as_they_were")
class AsksAgain(memory.MemoryReports):
    """What an order got at first ask is worked out from what it has now."""

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterator[Standing]:
        for standing in super().standings(now, without=without):
            orders = [
                order
                for order_id, order in self._seller.orders.items()
                if order.status is standing.status and order_id not in without
            ]
            yield standing._replace(first_ask=FirstAsk.sum(FirstAsk.of(each) for each in orders))


@caught_by("times_on_back_order_add_up")
class CutsTimesToSeconds(memory.MemoryReports):
    """Each time is cut to whole seconds before it is added up."""

    def standings(self, now: datetime, *, without: Collection[OrderId] = ()) -> Iterator[Standing]:
        for standing in super().standings(now, without=without):
            cut = standing.waited.total_microseconds // 1_000_000 * 1_000_000
            yield standing._replace(waited=attrs.evolve(standing.waited, total_microseconds=cut))


@caught_by("backlog_is_cut_by_when_it_was_placed")
class PlacedBeforeNotBy(memory.MemoryReports):
    """An order that was placed at the very instant does not count."""

    def placed_by(
        self, instants: Sequence[datetime], *, without: Collection[OrderId] = ()
    ) -> Sequence[Backlog]:
        earlier = [at - timedelta(microseconds=1) for at in instants]
        return super().placed_by(earlier, without=without)


@caught_by("reports_leave_orders_out")
class LeavesOutTheirUnitsAlone(memory.MemoryReports):
    """An order that is left out still counts among the oldest of its SKU."""

    def shortages(self, *, without: Collection[OrderId] = ()) -> Iterator[Shortage]:
        everything = {found.sku: found for found in super().shortages()}
        for found in super().shortages(without=without):
            yield found._replace(oldest=everything[found.sku].oldest)


@caught_by("first_asks_are_found_by_order")
class FirstAsksOfOthersToo(memory.MemoryReports):
    """What is not asked about is told as well."""

    def first_asks(self, order_ids: Collection[OrderId]) -> Mapping[OrderId, FirstAsk]:
        del order_ids
        return super().first_asks(self._seller.orders)


@caught_by("shortages_are_summed_by_sku")
class CountsLinesForOrders(memory.MemoryReports):
    """An order that lacks a SKU on two lines is counted twice."""

    def shortages(self, *, without: Collection[OrderId] = ()) -> Iterator[Shortage]:
        for found in super().shortages(without=without):
            lines = [w for w in self._seller.waiting[found.sku] if w.rank.order_id not in without]
            yield found._replace(orders=len(lines))


@caught_by("ahead_counts_better_ranks")
class TiesAreAhead(memory.MemoryReports):
    """An order of the same priority and instant is ahead, whatever its id."""

    def ahead(
        self, rank: Rank, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Backlog]:
        last = rank._replace(first_id=OrderId(chr(0x10FFFF)))
        return super().ahead(last, skus, without=without)


@caught_by("held_tells_what_cannot_ship")
class HoldsUpEveryBackOrder(memory.MemoryReports):
    """An order that ships what it has is held up like any other."""

    def held(
        self, skus: Collection[Sku], *, without: Collection[OrderId] = ()
    ) -> Mapping[Sku, Held]:
        found = dict(super().held(skus, without=without))
        for order in self._seller.orders.values():
            counts = order.is_on_back_order and order.order_id not in without
            if counts and not is_held_up(order):
                for sku in order.units_held.keys() & found.keys():
                    more = found[sku].held_up + order.units_held[sku]
                    found[sku] = found[sku]._replace(held_up=more)
        return found


# --- units of work ----------------------------------------------------------------------------


@caught_by(
    "adding_a_known_delivery_loses_the_race",
    "leaving_without_commit_undoes_everything",
    "an_exception_undoes_everything",
    "adding_a_taken_id_loses_the_race",
    "saving_a_stale_version_loses_the_race",
    "adding_a_known_paper_loses_the_race",
    "entries_are_used_up_once",
    "positions_and_subscribers_are_part_of_the_commit",
)
class CommitsAtTheEnd(memory.MemoryUnitOfWork):
    """Leaving commits."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.commit()
        super().__exit__(kind, error, traceback)


@caught_by("an_exception_undoes_everything")
class SwallowsExceptions(memory.MemoryUnitOfWork):
    """An exception ends with the unit of work."""

    def __exit__(  # type: ignore[override]
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        super().__exit__(kind, error, traceback)
        return not isinstance(error, LostRace | AssertionError)


@caught_by(
    "leaving_without_commit_undoes_everything",
    "an_exception_undoes_everything",
    "positions_and_subscribers_are_part_of_the_commit",
)
class JournalOutlivesRollback(memory.MemoryJournal):
    """Events are written at once, on a connection of their own."""

    def append(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._seller.journal.setdefault(entry.subject, []).append(entry)
        if entries:
            self._seller.appended.append(tuple(entries))


@caught_by(
    "commit_makes_everything_last",
    "an_exception_undoes_everything",
    "papers_come_back_as_handed_in",
    "papers_have_three_kinds_of_id",
    "adding_a_known_paper_loses_the_race",
)
class CommitForgetsPapers(memory.MemoryUnitOfWork):
    """Commit does not reach the table of papers."""

    def commit(self) -> None:
        super().commit()
        self._seller.documents.clear()


# --- stores -----------------------------------------------------------------------------------


@caught_by(
    "sellers_never_meet",
    "nothing_is_seen_before_commit",
    "levels_come_back_as_stored",
    "saving_a_level_replaces_it",
    "papers_come_back_as_handed_in",
    "papers_have_three_kinds_of_id",
    "movements_add_up",
    "audit_sums_what_moved",
)
class OneShelfForAll(MemoryStore):
    """All sellers have one shelf."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> memory.MemoryUnitOfWork:
        uow = super().begin(seller_id, read_only=read_only)
        one = self._sellers[min(self._sellers)]
        uow.stock = memory.MemoryStock(one, uow._undo)
        return uow


@caught_by("nothing_is_seen_before_commit")
class NamesNewcomersAtOnce(MemoryStore):
    """A seller is named before anything is committed."""

    def sellers(self) -> tuple[SellerId, ...]:
        super().sellers()
        return tuple(sorted(n for n, s in self._sellers.items() if s.settings is not None))


@caught_by(
    "reading_alone_sees_what_lasts",
    "leaving_without_commit_undoes_everything",
    "nothing_is_seen_before_commit",
)
class LookingMakesASeller(MemoryStore):
    """Who was looked at is known from then on."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> memory.MemoryUnitOfWork:
        uow = super().begin(seller_id, read_only=read_only)
        self._sellers[SellerId(seller_id)].is_known = True
        return uow


@caught_by("readers_do_not_wait_for_each_other")
class OneAtATime(MemoryStore):
    """Whoever reads waits for everybody else who reads."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> memory.MemoryUnitOfWork:
        return super().begin(seller_id)


@caught_by("sellers_are_sorted")
class SellersAsTheyCame(MemoryStore):
    """Sellers are in the order in which they came."""

    def sellers(self) -> tuple[SellerId, ...]:
        known = super().sellers()
        return tuple(name for name in self._sellers if name in known)


@caught_by("a_closed_store_is_unusable")
class LivesOn(MemoryStore):
    """A closed store can still be used."""

    def close(self) -> None:
        """Do nothing."""


@caught_by("stores_share_nothing")
class SellersOfEveryStore(MemoryStore):
    """Sellers of any store are known to all of them."""

    ever: ClassVar[set[SellerId]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.ever = set()

    def sellers(self) -> tuple[SellerId, ...]:
        self.ever.update(super().sellers())
        return tuple(sorted(self.ever))


# --- users and notices ------------------------------------------------------------------------


@caught_by("users_come_back_as_saved")
class OptingInIsForGood(memory.MemoryUsers):
    """What was switched on stays on."""

    def save(self, stored: User, user: User) -> None:
        super().save(stored, attrs.evolve(user, opted_in=stored.opted_in | user.opted_in))


@caught_by("users_are_by_id")
class UsersByLanguage(memory.MemoryUsers):
    """Users are in a language's order."""

    def every(self) -> Sequence[User]:
        return sorted(super().every(), key=lambda user: user.user_id.casefold())


@caught_by("a_changed_user_loses_the_race")
class SavesAnyUser(memory.MemoryUsers):
    """The last who saves a user wins."""

    def save(self, stored: User, user: User) -> None:
        known = self._seller.users.get(user.user_id)
        super().save(stored if known is None else known, user)


@caught_by("entries_come_back_as_noted")
class NotesOneProduct(memory.MemoryNotices):
    """Of what an order was short of, the first product is kept."""

    def note(self, new: Sequence[NewBackOrder]) -> None:
        super().note([attrs.evolve(each, products=each.products[:1]) for each in new])


@caught_by("entries_come_back_as_noted", "entries_are_used_up_once")
class EntriesAsNoted(memory.MemoryNotices):
    """Entries are in the order in which they were noted."""

    def noted(self, before: datetime, beyond: datetime) -> Sequence[NewBackOrder]:
        found = super().noted(before, beyond)
        return [entry for entry in self._seller.notes.values() if entry in found]


@caught_by("entries_are_found_by_their_time")
class EntriesUpToAndWith(memory.MemoryNotices):
    """What was made at midnight is of the day before."""

    def noted(self, before: datetime, beyond: datetime) -> Sequence[NewBackOrder]:
        late = before if before == _LAST else before + _MOMENT
        return super().noted(late, beyond)


@caught_by("entries_are_used_up_once")
class UsesUpWhatIsLeft(memory.MemoryNotices):
    """An entry that another digest has taken is passed over."""

    def use_up(
        self, entries: Sequence[NewBackOrder], last: LastDigest | None, digest: LastDigest
    ) -> None:
        notes = self._seller.notes
        super().use_up([e for e in entries if (e.order_id, e.version) in notes], last, digest)


@caught_by("entries_are_used_up_once")
class AnyDigestIsNext(memory.MemoryNotices):
    """A digest comes after whichever was the last."""

    def use_up(
        self, entries: Sequence[NewBackOrder], last: LastDigest | None, digest: LastDigest
    ) -> None:
        super().use_up(entries, self.last_digest(), digest)


@caught_by("notices_come_back_as_queued", "a_changed_notice_loses_the_race")
class CutsProblems(memory.MemoryNotices):
    """What went wrong is kept to 255 characters."""

    def find(self, message_ids: Collection[MessageId]) -> Mapping[MessageId, QueuedNotice]:
        return {
            message_id: attrs.evolve(queued, problem=queued.problem[:255])
            for message_id, queued in super().find(message_ids).items()
        }


@caught_by("notices_come_back_as_queued")
class RepliesToAnyNotice(memory.MemoryNotices):
    """A notice of an unknown id says what some other says."""

    def content(self, message_id: MessageId) -> Content | None:
        outbox = self._seller.outbox
        return super().content(message_id) or next((n.content for n in outbox.values()), None)


@caught_by("a_changed_notice_loses_the_race")
class SavesAnyVersion(memory.MemoryNotices):
    """The last who saves a notice wins."""

    def save(self, notice: QueuedNotice) -> None:
        stored = self._seller.outbox.get(notice.message_id)
        if stored is not None:
            version = notice.version - 1
            queued = attrs.evolve(stored.queued, version=version)
            self._seller.outbox[notice.message_id] = stored._replace(queued=queued)
        super().save(notice)


@caught_by("notices_leave_the_outbox")
class DropsEveryKind(memory.MemoryNotices):
    """Whoever switches off one kind of notice gets no other either."""

    def drop(self, user_id: UserId, kind: NotificationKind | None) -> None:
        super().drop(user_id, None)


@caught_by("due_notices_are_those_of_all_sellers")
class NoticesByTheirId(memory.MemoryOutboxes):
    """Due notices are in the order of their ids."""

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        found = super().due(now, beyond, limit)
        return sorted(found, key=lambda each: each[1])


@caught_by("due_notices_are_those_of_all_sellers")
class NoticesWithoutEnd(memory.MemoryOutboxes):
    """However many notices are due, all are named."""

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        return super().due(now, beyond, 999)


@caught_by("due_notices_are_those_of_all_sellers")
class WaitsForTheFarFuture(memory.MemoryOutboxes):
    """A notice that a wrong clock made due in the far future waits for that."""

    def due(
        self, now: datetime, beyond: datetime, limit: int
    ) -> Sequence[tuple[SellerId, MessageId]]:
        return super().due(now, _LAST, limit)


@caught_by("failed_notices_are_those_of_all_sellers")
class FindsAnyNotice(memory.MemoryOutboxes):
    """Every notice is taken for one that was set aside."""

    def seller_of_failed(self, message_id: MessageId) -> SellerId | None:
        due = {m: s for s, m in self.due(_LAST, _LAST, 99)}
        return super().seller_of_failed(message_id) or due.get(message_id)


@caught_by("sellers_with_news_have_entries", "what_is_overdue_is_told_once")
class EverybodyHasNews(memory.MemoryOutboxes):
    """Every seller is looked at for a digest."""

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        return tuple(sorted(seller_id for seller_id, _ in self._each_seller()))
