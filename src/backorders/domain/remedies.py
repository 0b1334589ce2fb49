"""The five answers to a back order, each as it would turn out if it were given now."""

from collections.abc import Mapping

import attrs

from backorders.domain.edits import Edit, Remove, Replace
from backorders.domain.order import Order, OrderStatus
from backorders.domain.promises import Promise
from backorders.domain.values import OrderId, Sku, WarehouseId


@attrs.frozen(kw_only=True)
class Answer:
    """What an answer would come to now."""

    possible: bool
    reason: str
    """Why not; or, where it is possible, what it would do. A plain sentence."""
    preview: Order | None = None
    """The order as it would be afterwards; `None`: it is not possible."""


@attrs.frozen(kw_only=True)
class Cancel(Answer):
    """Cancel the order: `cancel_order(order_id)`."""

    released: tuple[OrderId, ...] = ()
    """Orders that would leave back order with what this one holds, in rank order."""
    gained: tuple[OrderId, ...] = ()
    """Orders that would get units of it and still be short, in rank order."""


@attrs.frozen(kw_only=True)
class RemoveProducts(Answer):
    """Take off what cannot ship: `edit_order(order_id, *edits)`."""

    products: tuple[Sku, ...] = ()
    """The SKUs that would be taken off, with all their units."""
    ships: Mapping[Sku, int] = attrs.field(factory=dict)
    """SKU → units that could ship then."""

    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits that do it."""
        return tuple(Remove(sku) for sku in self.products)


@attrs.frozen(kw_only=True)
class Substitution(Answer):
    """One product instead of another: `edit_order(order_id, Replace(sku, by))`."""

    sku: Sku
    """The product that cannot ship."""
    by: Sku
    quantity: int
    """Units that would be wanted of it."""
    available: int
    """Units of it on the shelf that nobody has, where the order may draw on them."""


@attrs.frozen(kw_only=True)
class ReplaceProducts(Answer):
    """Replace what cannot ship by what is in stock: `edit_order(order_id, *edits)`."""

    options: tuple[Substitution, ...] = ()
    """Each substitute alone: by the product that cannot ship, then as they were named."""
    edits: tuple[Replace, ...] = ()
    """For each of these products the first substitute that is possible with the others."""


@attrs.frozen(kw_only=True)
class SendStock(Answer):
    """Send what is missing: `book_in(receipt_id, units, warehouse=warehouse)`."""

    units: Mapping[Sku, int] = attrs.field(factory=dict)
    """SKU → units which, booked in now, would release the order: those ahead get theirs first."""
    warehouse: WarehouseId | None = None
    promise: Promise
    """When it can be released with what is announced already."""


@attrs.frozen(kw_only=True)
class SplitOrder(Answer):
    """Ship what is there now, and let the rest wait: `split_order(order_id)`."""

    created: Order | None = None
    """The order that would be split off."""
    ships: Mapping[Sku, int] = attrs.field(factory=dict)
    """SKU → units that stay with the order, and could ship now."""
    waits: Mapping[Sku, int] = attrs.field(factory=dict)
    """SKU → units that would wait in the new order."""


@attrs.frozen
class Remedies:
    """The five answers to a back order."""

    order_id: OrderId
    status: OrderStatus
    cancel: Cancel
    remove: RemoveProducts
    replace: ReplaceProducts
    restock: SendStock
    split: SplitOrder
