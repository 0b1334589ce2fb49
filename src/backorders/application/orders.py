"""Calls about one order or several: placing, changing, holding, handing over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.edits import Edit
from backorders.domain.events import OrderEvent
from backorders.domain.order import ClaimPolicy, HoldReason, Order, OrderStatus, ShipPolicy
from backorders.domain.request import Lines, OrderRequest
from backorders.domain.results import Page, Reprocessed
from backorders.domain.splitting import Split
from backorders.domain.values import OrderId


@attrs.frozen
class OrderCalls(Calls):
    """What can be done with orders."""

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

    def change_policies(
        self,
        order_id: str,
        *,
        ship: ShipPolicy | None = None,
        claim: ClaimPolicy | None = None,
    ) -> Order:
        """Return the open order with other policies, and reprocessed; `None` leaves one as it is.

        One that is short and is to YIELD gives back what it holds, to whoever comes next.
        """
        return self._change(
            lambda uow, now: usecases.change_policies(
                order_id, ship=ship, claim=claim, uow=uow, now=now
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

    def orders(
        self,
        *,
        status: OrderStatus | None = None,
        newest_first: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Return some of all orders, by `placed_at` and id; pass `.next` as `after` for more.

        With `status`, those that have it; with `newest_first`, from the last to the first.
        """
        return self._read(
            lambda uow, _: usecases.orders(
                status=status, newest_first=newest_first, after=after, limit=limit, uow=uow
            )
        )

    def history(self, order_id: str) -> Sequence[OrderEvent]:
        """Return what happened to an order, first to last."""
        return self._read(lambda uow, _: usecases.history(order_id, uow=uow))
