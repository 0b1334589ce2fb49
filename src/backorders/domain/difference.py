"""What is different after some calls: order by order, net over all of them."""

from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from backorders.domain.events import Event, UnitsAllocated, UnitsTaken
from backorders.domain.order import Order, Stage
from backorders.domain.values import OrderId, Sku


def _in_order(orders: Iterable["OrderDifference"]) -> tuple["OrderDifference", ...]:
    return tuple(sorted(orders, key=lambda each: each.after.rank))


def _without_zeros(units: Mapping[Sku, int]) -> Mapping[str, int]:
    return {sku: count for sku, count in sorted(units.items()) if count}


@attrs.frozen
class OrderDifference:
    """An order before and after."""

    before: Order | None
    """`None`: it is new."""
    after: Order
    gained: Mapping[str, int] = attrs.field(converter=_without_zeros)
    """SKU → units that the queue gave it. What it was placed or split off with is not among them,
    nor is what it gave up itself, by an edit or by being cancelled, among those it lost."""
    lost: Mapping[str, int] = attrs.field(converter=_without_zeros)
    """SKU → units that were taken from it."""

    @property
    def order_id(self) -> OrderId:
        """The order's id."""
        return self.after.order_id

    @property
    def was_on_back_order(self) -> bool:
        """Whether it was on back order before."""
        return self.before is not None and self.before.is_on_back_order

    @property
    def units_short(self) -> Mapping[str, int]:
        """SKU → units short more than before, or, negative, fewer; without zeros."""
        change = Counter(self.after.lacks())
        change.subtract({} if self.before is None else self.before.lacks())
        return _without_zeros(change)


@attrs.frozen
class Difference:
    """Now, compared with what was: the orders that differ, in rank order; each list likewise."""

    orders: tuple[OrderDifference, ...] = attrs.field(default=(), converter=_in_order)

    @property
    def released(self) -> tuple[OrderId, ...]:
        """Orders that were on back order and are not any more, without having been cancelled."""
        return tuple(
            each.order_id
            for each in self.orders
            if each.was_on_back_order
            and not each.after.is_on_back_order
            and each.after.stage is not Stage.CANCELLED
        )

    @property
    def gained(self) -> tuple[OrderId, ...]:
        """Orders that were and still are on back order, and got units from the queue."""
        return tuple(
            each.order_id
            for each in self.orders
            if each.gained and each.was_on_back_order and each.after.is_on_back_order
        )

    @property
    def lost(self) -> tuple[OrderId, ...]:
        """Orders from which units were taken."""
        return tuple(each.order_id for each in self.orders if each.lost)

    @property
    def newly_short(self) -> tuple[OrderId, ...]:
        """Orders that are on back order and were not, or were not there at all."""
        return tuple(
            each.order_id
            for each in self.orders
            if each.after.is_on_back_order and not each.was_on_back_order
        )

    @property
    def units_short(self) -> Mapping[str, int]:
        """SKU → units short more than before, over all orders, or, negative, fewer; no zeros."""
        change: Counter[str] = Counter()
        for each in self.orders:
            change.update(each.units_short)
        return {sku: units for sku, units in sorted(change.items()) if units}


def difference(
    before: Mapping[OrderId, Order], after: Iterable[Order], events: Iterable[Event]
) -> Difference:
    """Return what is different about the orders of `after`, which the events have led to.

    An order that came out as it was before is not named.
    """
    moved: dict[OrderId, Counter[Sku]] = {}
    for event in events:
        if isinstance(event, UnitsAllocated):
            moved.setdefault(event.order_id, Counter()).update(event.units)
        elif isinstance(event, UnitsTaken):
            moved.setdefault(event.order_id, Counter()).subtract(event.units)
    found = []
    for order in after:
        was = before.get(order.order_id)
        if was is None or attrs.evolve(order, version=was.version) != was:
            units = moved.get(order.order_id, Counter())
            found.append(OrderDifference(was, order, +units, -units))
    return Difference(found)
