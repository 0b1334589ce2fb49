"""The face: opens the unit of work, repeats a lost race, keeps to one seller.

No rule lives here.
"""

import random
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar, cast

import attrs

from backorders import usecases
from backorders.domain import values
from backorders.domain.edits import Edit
from backorders.domain.errors import LostRace, RetriesExhausted
from backorders.domain.events import OrderEvent
from backorders.domain.order import ClaimPolicy, HoldReason, Order, ShipPolicy
from backorders.domain.request import Lines, OrderRequest
from backorders.domain.results import BookedIn, Page, Reprocessed
from backorders.domain.settings import Settings
from backorders.domain.splitting import Split
from backorders.domain.stock import StockLevel
from backorders.domain.values import MAIN, OrderId, SellerId, Sku
from backorders.domain.verification import Discrepancy
from backorders.ports.clock import Clock, utc_now
from backorders.ports.storage import Store, UnitOfWork

_T = TypeVar("_T")

_ATTEMPTS = 12
"""How often a call is tried that somebody else is faster than."""
_SHORTEST_PAUSE = 0.001
_LONGEST_PAUSE = 0.5
"""Seconds; pauses double from one to the other, each cut by chance so that rivals part."""


class Backorders:
    """The library over a store.

    `clock` returns an aware datetime and is asked once for each call.
    """

    def __init__(self, store: Store, *, clock: Clock = utc_now) -> None:
        self._store = store
        self._clock = clock

    def seller(self, seller_id: str) -> "Seller":
        """Return the face of one seller, who need not exist yet; nothing crosses to another."""
        return Seller(self._store, values.seller_id(seller_id), self._clock)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        return self._store.sellers()

    def release_due_holds(self) -> tuple[tuple[SellerId, OrderId], ...]:
        """Clear away all holds that have run out; return (seller, order) for each order, sorted."""
        return self._for_each(lambda seller: seller.release_due_holds())

    def cancel_expired(self, *, older_than: timedelta) -> tuple[tuple[SellerId, OrderId], ...]:
        """Cancel all back orders placed longer ago than that; return (seller, order) for each.

        By seller, then in rank order. One commit for each seller.
        """
        values.span("older_than", older_than)
        return self._for_each(lambda seller: seller.cancel_expired(older_than=older_than))

    def _for_each(
        self, call: Callable[["Seller"], Iterable[OrderId]]
    ) -> tuple[tuple[SellerId, OrderId], ...]:
        return tuple(
            (seller_id, order_id)
            for seller_id in self._store.sellers()
            for order_id in call(Seller(self._store, seller_id, self._clock))
        )


@attrs.frozen
class Seller:
    """Everything that can be done for one seller. Each call is one transaction."""

    _store: Store
    seller_id: SellerId
    _clock: Clock

    # Orders

    def place_order(
        self,
        order_id: str,
        lines: Lines,
        *,
        placed_at: datetime | None = None,
        priority: int = 0,
        ship: ShipPolicy | None = None,
        claim: ClaimPolicy | None = None,
        warehouse: str | None = None,
    ) -> Order:
        """Return the placed order with what it got; the same request again returns the first one.

        `lines` is a mapping SKU → quantity, or (SKU, quantity) pairs. `placed_at` defaults to now.
        `warehouse` pins the order to one; `None` lets it draw on every warehouse in the seller's
        order. Policies default to the seller's. Raises `ContentDiffers` for a known id with other
        content.
        """
        request = OrderRequest(
            order_id,
            lines,
            placed_at=placed_at,
            priority=priority,
            ship=ship,
            claim=claim,
            warehouse=warehouse,
        )
        return self.place_orders([request])[0]

    def place_orders(self, requests: Iterable[OrderRequest]) -> tuple[Order, ...]:
        """Return the placed orders, in one transaction, as if placed one after the other."""
        checked = usecases.checked_requests(requests)
        return self._change(lambda uow, now: usecases.place_orders(checked, uow=uow, now=now))

    def order(self, order_id: str) -> Order:
        """Return the order as it is now, or raise `UnknownOrder`."""
        return self._read(lambda uow, _: usecases.order(order_id, uow=uow))

    def cancel_order(self, order_id: str, *, reason: str = "") -> Order:
        """Cancel an open order and give what it held to whoever waits longest; again: a no-op."""
        return self._change(
            lambda uow, now: usecases.cancel_order(order_id, reason=reason, uow=uow, now=now)
        )

    def request_cancellation(self, order_id: str) -> Order:
        """Ask the warehouse whether a processed order can still be cancelled; again: a no-op."""
        return self._change(
            lambda uow, now: usecases.request_cancellation(order_id, uow=uow, now=now)
        )

    def resolve_cancellation(self, order_id: str, *, accepted: bool) -> Order:
        """Record the warehouse's answer: cancelled with its units returned, or as before."""
        return self._change(
            lambda uow, now: usecases.resolve_cancellation(
                order_id, accepted=accepted, uow=uow, now=now
            )
        )

    def edit_order(self, order_id: str, *edits: Edit, allow_back_order: bool = False) -> Order:
        """Return the order with all edits applied together, and reprocessed.

        Edits are `Remove`, `Replace`, `Add` and `SetQuantity`. `allow_back_order` lifts the
        in-stock check of `Replace`.
        """
        return self._change(
            lambda uow, now: usecases.edit_order(
                order_id, *edits, allow_back_order=allow_back_order, uow=uow, now=now
            )
        )

    def split_order(
        self,
        order_id: str,
        *,
        move: Mapping[str, int] | None = None,
        new_order_id: str | None = None,
    ) -> Split:
        """Return the order and the new one, which gets what `move` names: SKU → quantity.

        Short units go first. `None` moves all that cannot ship now. The default new id is
        `<order_id>-2`, then `-3`, and so on.
        """
        return self._change(
            lambda uow, now: usecases.split_order(
                order_id, move=move, new_order_id=new_order_id, uow=uow, now=now
            )
        )

    def prioritise_order(
        self, order_id: str, priority: int, *, reallocate: bool = False
    ) -> Reprocessed:
        """Give the order another priority; higher goes first.

        With `reallocate`, take units from lower-ranked open orders, as many as help this one.
        """
        return self._change(
            lambda uow, now: usecases.prioritise_order(
                order_id, priority, reallocate=reallocate, uow=uow, now=now
            )
        )

    def hold_order(
        self, order_id: str, reason: HoldReason, *, until: datetime | None = None
    ) -> Order:
        """Return the order with a hold; the same reason again replaces its `until`."""
        return self._change(
            lambda uow, now: usecases.hold_order(order_id, reason, until=until, uow=uow, now=now)
        )

    def release_hold(self, order_id: str, reason: HoldReason) -> Order:
        """Return the order without the hold of this reason; one that does not stand: a no-op."""
        return self._change(
            lambda uow, now: usecases.release_hold(order_id, reason, uow=uow, now=now)
        )

    def process_order(self, order_id: str) -> Order:
        """Return the order as handed to the warehouse; again: a no-op.

        An AS_AVAILABLE order with a shortage is split first: what can ship now goes under this id,
        the rest stays open under a new one.
        """
        return self._change(lambda uow, now: usecases.process_order(order_id, uow=uow, now=now))

    def despatch_order(self, order_id: str) -> Order:
        """Return the processed order as having left the building; again: a no-op."""
        return self._change(lambda uow, now: usecases.despatch_order(order_id, uow=uow, now=now))

    def release_due_holds(self) -> tuple[OrderId, ...]:
        """Clear away the holds that have run out; return their orders, by id."""
        return self._change(lambda uow, now: usecases.release_due_holds(uow=uow, now=now))

    def cancel_expired(self, *, older_than: timedelta) -> tuple[OrderId, ...]:
        """Cancel the back orders placed longer ago than that; return them in rank order."""
        return self._change(
            lambda uow, now: usecases.cancel_expired(older_than=older_than, uow=uow, now=now)
        )

    # Stock

    def book_in(
        self, receipt_id: str, lines: Mapping[str, int], *, warehouse: str = MAIN
    ) -> BookedIn:
        """Count a delivery, SKU → quantity, onto the shelf; return which orders that released."""
        return self._change(
            lambda uow, now: usecases.book_in(
                receipt_id, lines, warehouse=warehouse, uow=uow, now=now
            )
        )

    def count_stock(
        self, count_id: str, lines: Mapping[str, int], *, warehouse: str = MAIN, reason: str = ""
    ) -> Reprocessed:
        """Set what is on hand, SKU → units found; return what that changed for waiting orders."""
        return self._change(
            lambda uow, now: usecases.count_stock(
                count_id, lines, warehouse=warehouse, reason=reason, uow=uow, now=now
            )
        )

    def adjust_stock(
        self,
        adjustment_id: str,
        lines: Mapping[str, int],
        *,
        warehouse: str = MAIN,
        reason: str = "",
    ) -> Reprocessed:
        """Change what is on hand, SKU → units up or down; return what that changed."""
        return self._change(
            lambda uow, now: usecases.adjust_stock(
                adjustment_id, lines, warehouse=warehouse, reason=reason, uow=uow, now=now
            )
        )

    def stock(self, sku: str) -> tuple[StockLevel, ...]:
        """Return the levels of a SKU, by warehouse."""
        return self._read(lambda uow, _: usecases.stock(sku, uow=uow))

    # The backlog

    def reprocess_order(self, order_id: str) -> Reprocessed:
        """Reprocess the SKUs of one order, for everybody who waits for them."""
        return self._change(lambda uow, now: usecases.reprocess_order(order_id, uow=uow, now=now))

    def reprocess(self, skus: Iterable[str] | None = None) -> Reprocessed:
        """Reprocess the SKUs named, or every SKU that anybody waits for."""
        checked = None if skus is None else usecases.checked_skus(skus)
        return self._change(lambda uow, now: usecases.reprocess(checked, uow=uow, now=now))

    def back_orders(
        self,
        *,
        sku: str | None = None,
        older_than: timedelta | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Return some orders on back order, in rank order; pass `.next` as `after` for more."""
        return self._read(
            lambda uow, now: usecases.back_orders(
                sku=sku, older_than=older_than, after=after, limit=limit, uow=uow, now=now
            )
        )

    def history(self, order_id: str) -> Sequence[OrderEvent]:
        """Return what happened to an order, first to last."""
        return self._read(lambda uow, _: usecases.history(order_id, uow=uow))

    # Settings, and proof

    def configure(
        self,
        *,
        time_zone: str | None = None,
        ship: ShipPolicy | None = None,
        claim: ClaimPolicy | None = None,
        warehouses: Sequence[str] | None = None,
        order_delay: timedelta | None = None,
    ) -> Settings:
        """Return the settings after the change; `None` leaves one as it is.

        `warehouses` are drawn from first to last, any other after them by name. `order_delay` puts
        each new order on hold for that long; `timedelta(0)` switches it off.
        """
        return self._change(
            lambda uow, _: usecases.configure(
                time_zone=time_zone,
                ship=ship,
                claim=claim,
                warehouses=warehouses,
                order_delay=order_delay,
                uow=uow,
            )
        )

    def settings(self) -> Settings:
        """Return what the seller has chosen; a new seller has UTC, COMPLETE, HOLD and no delay."""
        return self._read(lambda uow, _: usecases.settings(uow=uow))

    def verify(self) -> tuple[Discrepancy, ...]:
        """Return what breaks laws 1, 2 or 4 in the stored rows; nothing when all is sound."""
        return self._read(lambda uow, _: usecases.verify(uow=uow))

    def _read(self, call: Callable[[UnitOfWork, datetime], _T]) -> _T:
        now = self._now()
        with self._store.begin(self.seller_id, read_only=True) as uow:
            return call(uow, now)

    def _change(self, call: Callable[[UnitOfWork, datetime], _T]) -> _T:
        """Run a use case and commit it; what it left to further commits follows at once."""
        now = self._now()
        result, unsettled = self._attempt(call, now)
        while unsettled:
            more, unsettled = self._attempt(partial(_go_on, unsettled), now)
            # cast: what is returned is of the class of what is given.
            result = cast("_T", self._with(result, more))
        return result

    def _with(self, result: object, more: Reprocessed) -> object:
        """Return a call's result after more was reprocessed than in its own commit."""
        match result:
            case Reprocessed() | BookedIn():
                return result.then(more)
            case Order():
                return self.order(result.order_id)
            case Split():
                return Split(
                    self.order(result.original.order_id), self.order(result.created.order_id)
                )
            case tuple():
                return tuple(self._with(each, more) for each in result)
            case _:
                return result

    def _attempt(
        self, call: Callable[[UnitOfWork, datetime], _T], now: datetime
    ) -> tuple[_T, Collection[Sku]]:
        """Run a use case and commit it; repeat it whole when somebody else was faster."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                longest = min(_SHORTEST_PAUSE * 2**attempt, _LONGEST_PAUSE)
                time.sleep(random.uniform(0, longest))  # noqa: S311 - parts rivals, hides nothing
            with suppress(LostRace), self._store.begin(self.seller_id) as uow:
                result = call(uow, now)
                uow.commit()
                return result, uow.unsettled
        raise RetriesExhausted(_ATTEMPTS)

    def _now(self) -> datetime:
        return values.instant("clock", self._clock())


def _go_on(skus: Collection[Sku], uow: UnitOfWork, now: datetime) -> Reprocessed:
    return usecases.reprocess(skus, uow=uow, now=now)
