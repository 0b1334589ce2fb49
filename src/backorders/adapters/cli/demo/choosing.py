"""Which order each of the five answers suits, found by looking at what waits and what there is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from backorders.adapters.cli.northwind import Product
from backorders.domain.order import Order
from backorders.domain.values import Sku


class Help(NamedTuple):
    """What some units would do for those who wait: more released first, then more given."""

    released: int
    units: int


class Swap(NamedTuple):
    """A short product of an order, and one that could come instead."""

    order: Order
    sku: str
    by: str


def help_of(units: Mapping[str, int], waiting: Iterable[Order]) -> Help:
    """Return what units would do for the waiting orders, given in rank order."""
    left = Counter(units)
    released = given = 0
    for order in waiting:
        short = order.shortages
        taken = {sku: min(left[sku], units_short) for sku, units_short in short.items()}
        left -= Counter(taken)
        given += sum(taken.values())
        released += taken == short
    return Help(released, given)


def to_cancel(waiting: Sequence[Order]) -> Order | None:
    """Return the order of which the others would have most if it let go of what it holds."""
    holding = [order for order in waiting if order.units_held]
    return max(
        holding,
        key=lambda order: help_of(held(order), _without(waiting, order)),
        default=None,
    )


def to_shorten(
    waiting: Sequence[Order], products: Mapping[str, Product]
) -> tuple[Order, str] | None:
    """Return an order that waits for one product alone, of which no more will come, and which.

    Of several, the one whose units of it help the others most.
    """
    found: list[tuple[Help, Order, str]] = []
    for order in waiting:
        sku, *others = order.shortages
        if not others and len(order.skus) > 1 and not products[sku].on_order:
            freed = {sku: order.units_held.get(Sku(sku), 0)}
            found.append((help_of(freed, _without(waiting, order)), order, sku))
    best = max(found, key=lambda one: one[0], default=None)
    return None if best is None else best[1:]


def to_swap(
    waiting: Sequence[Order], products: Mapping[str, Product], available: Mapping[str, int]
) -> Swap | None:
    """Return the first order of which a product could be replaced by its supplier's next best.

    It waits for that product alone, no more of it is coming, and the other is there in full.
    """
    for order in waiting:
        sku, *others = order.shortages
        if others or products[sku].on_order:
            continue
        relatives = [
            product
            for product in products.values()
            if product.supplier == products[sku].supplier
            and product.sku not in order.skus
            and available[product.sku] >= order.units[Sku(sku)]
        ]
        if relatives:
            best = max(relatives, key=lambda product: available[product.sku])
            return Swap(order, sku, best.sku)
    return None


def to_send(
    waiting: Sequence[Order], products: Mapping[str, Product]
) -> tuple[str, Mapping[str, int]] | None:
    """Return the supplier whose announced units would help most, and these units."""
    by_supplier: dict[str, dict[str, int]] = {}
    for product in products.values():
        if product.on_order:
            by_supplier.setdefault(product.supplier, {})[product.sku] = product.on_order
    return max(by_supplier.items(), key=lambda one: help_of(one[1], waiting), default=None)


def to_split(waiting: Sequence[Order]) -> Order | None:
    """Return the order of which most units could ship now."""
    holding = [order for order in waiting if order.units_held]
    return max(holding, key=lambda order: sum(order.units_held.values()), default=None)


def _without(waiting: Iterable[Order], order: Order) -> list[Order]:
    return [other for other in waiting if other.order_id != order.order_id]


def held(order: Order) -> dict[str, int]:
    """Return SKU → units that the order holds."""
    return dict(order.units_held.items())
