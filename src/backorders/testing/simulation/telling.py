"""Who was to be told what of a commit, worked out from what it changed (laws 20 to 23)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import attrs

from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.notices import (
    Content,
    Digest,
    NotificationKind,
    OverdueDelivery,
    ReleasedOrders,
    ResolvedCancellation,
)
from backorders.domain.order import Order, Stage
from backorders.domain.settings import Settings
from backorders.domain.users import User
from backorders.testing.commands import Command
from backorders.testing.simulation.books import Writes


class Told(NamedTuple):
    """Somebody is told one thing; the orders of a digest together are one."""

    user_id: str
    kind: str
    about: tuple[str, ...]


@attrs.frozen
class Committed:
    """A commit: the call that made it, and what there was before and after."""

    writes: Writes
    asked: Command
    began_at: datetime
    """When the call asked what time it is, first."""
    now: datetime
    """And last."""
    orders_before: Mapping[str, Order]
    orders: Mapping[str, Order]
    inbounds_before: Mapping[str, Inbound]
    inbounds: Mapping[str, Inbound]
    settings: Settings
    noted_before: Collection[tuple[str, int]] | None = None
    """The entries that were there when its unit of work began; `None`: none came meanwhile."""
    _changed: Sequence[tuple[Order, bool]] = attrs.field(init=False)
    """Each order that is not as it was, and whether it was on back order."""

    @_changed.default
    def _compare(self) -> Sequence[tuple[Order, bool]]:
        return [
            (order, _waited(order, self.orders_before))
            for order_id, order in self.orders.items()
            if self.orders_before.get(order_id) is not order
        ]

    @property
    def midnight(self) -> datetime:
        """When the seller's last local day ended, as the call began."""
        zone = ZoneInfo(self.settings.time_zone)
        return datetime.combine(self.today, time(0), zone).astimezone(UTC)

    @property
    def today(self) -> date:
        """The seller's local day as the call began."""
        return self.began_at.astimezone(ZoneInfo(self.settings.time_zone)).date()

    def newly_short(self) -> list[Order]:
        """Return the orders that went on back order; what was split off one that waited is not."""
        return [order for order, waited in self._changed if order.is_on_back_order and not waited]

    def released(self) -> list[Order]:
        """Return the orders that left back order and live on."""
        return [
            order
            for order, waited in self._changed
            if waited and not order.is_on_back_order and order.stage is not Stage.CANCELLED
        ]

    def resolved(self) -> list[Order]:
        """Return the orders of which the warehouse has said whether they are cancelled."""
        return [
            order
            for order_id, order in self.orders.items()
            if order_id in self.orders_before
            and self.orders_before[order_id].cancellation_requested
            and not order.cancellation_requested
        ]

    def overdue(self) -> list[str]:
        """Return the deliveries that are overdue, and of which that was not told before."""
        if self.asked.name != "compose_daily_digests":
            return []
        return [inbound_id for inbound_id, it in self.inbounds_before.items() if self._is_new(it)]

    def _is_new(self, inbound: Inbound) -> bool:
        is_past = inbound.due_on is not None and self.today > inbound.due_on
        return is_past and inbound.status is InboundStatus.ARRIVED and not inbound.overdue_told

    def assert_overdue_is_told(self) -> None:
        """Law 23: what is overdue is told of then, and not before."""
        for inbound_id, inbound in self.inbounds.items():
            before = self.inbounds_before.get(inbound_id)
            if inbound is before:
                continue
            told = inbound.overdue_told and not (before is not None and before.overdue_told)
            assert told == (inbound_id in self.overdue()), f"law 23: {inbound} on {self.today}"

    def to_tell(self, users: Iterable[User], listed: Iterable[Order] | None) -> list[Told]:
        """Return who is to be told what; `listed` are the orders of the digest, if one is made."""
        kinds = NotificationKind
        news = [(kinds.BACK_ORDER_RELEASED, _ids([order])) for order in self.released()]
        news += [(kinds.CANCELLATION_RESOLVED, _ids([order])) for order in self.resolved()]
        news += [(kinds.DELIVERY_OVERDUE, (inbound_id,)) for inbound_id in self.overdue()]
        if listed is not None:
            news.append((kinds.DAILY_NEW_BACK_ORDERS, _ids(listed)))
        return sorted(
            Told(user.user_id, kind.value, about)
            for user in users
            for kind, about in news
            if kind in user.opted_in
        )


def _waited(order: Order, before: Mapping[str, Order]) -> bool:
    """Return whether an order was on back order, or what of its parent it now is was short."""
    was = before.get(order.order_id)
    if was is None and order.split_from is not None:
        # Of what is split off, short units go first.
        return not before[order.split_from].lacks().keys().isdisjoint(order.units)
    return was is not None and was.is_on_back_order


def what_is_told(user_id: str, kind: NotificationKind, content: Content) -> list[Told]:
    """Return what a notice tells: of released orders one by one, whatever is told together."""
    about: list[tuple[str, ...]]
    match content:
        case ReleasedOrders(order_ids=order_ids):
            about = [(order_id,) for order_id in order_ids]
        case Digest(entries=entries):
            about = [tuple(entry.order_id for entry in entries)]
        case ResolvedCancellation(order_id=order_id):
            about = [(order_id,)]
        case OverdueDelivery(inbound_id=inbound_id):  # pragma: no branch - the last there is
            about = [(inbound_id,)]
    return [Told(user_id, kind.value, each) for each in about]


def _ids(orders: Iterable[Order]) -> tuple[str, ...]:
    """Return the ids of orders, each once, in rank order."""
    ranked = {order.order_id: order for order in sorted(orders, key=lambda order: order.rank)}
    return tuple(map(str, ranked))
