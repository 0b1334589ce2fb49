"""How a use case gets at the seller's settings, an order, and the shelf that it locks."""

from collections.abc import Collection, Iterable, Sequence

from backorders.domain.errors import LostRace, UnknownOrder
from backorders.domain.order import Order
from backorders.domain.settings import Settings
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku
from backorders.ports.storage import UnitOfWork


def settings_of(uow: UnitOfWork) -> Settings:
    """Return the seller's settings: a new seller's, when nothing was ever stored."""
    return uow.settings.get() or Settings()


def settings_for_change(uow: UnitOfWork) -> Settings:
    """Return the seller's settings, and see to it that the seller exists."""
    settings = uow.settings.get()
    if settings is None:
        settings = Settings()
        uow.settings.put(settings)
    return settings


def order_of(uow: UnitOfWork, order_id: OrderId) -> Order:
    """Return the order, or raise `UnknownOrder`."""
    order = uow.orders.find([order_id]).get(order_id)
    if order is None:
        raise UnknownOrder(order_id)
    return order


def lock(uow: UnitOfWork, shelf: Shelf, skus: Iterable[Sku], *, to_draw: bool = False) -> Shelf:
    """Put on the shelf whatever it does not have of `skus`, locked in one fixed order.

    With `to_draw`, nothing is done with them but to draw what is available.
    """
    missing = shelf.missing(skus)
    if missing:
        shelf.put(missing, uow.stock.lock(missing, to_draw=to_draw))
    return shelf


def lock_ahead(uow: UnitOfWork, skus: Collection[Sku]) -> None:
    """Lock what a call has turned out to need, all at once, before it looks at anything.

    A seller who does not exist has nothing to lock yet.
    """
    if skus and uow.settings.get() is not None:
        uow.stock.lock(sorted(skus))


def shelf_for(
    uow: UnitOfWork, settings: Settings, skus: Iterable[Sku], *, to_draw: bool = False
) -> Shelf:
    """Return the shelf of `skus`, locked until the unit of work ends, as `lock` does."""
    return lock(uow, Shelf(settings.warehouses), skus, to_draw=to_draw)


def shelf_of(
    uow: UnitOfWork, settings: Settings, orders: Sequence[Order], skus: Iterable[Sku] = ()
) -> Shelf:
    """Return the shelf of what stands on some orders, and of `skus`, locked as above.

    Whoever changes what an order holds has its SKUs locked, but which these are is known only from
    the order. So it is read again: if it was changed in between, this raises `LostRace`. What it
    held then must not be put back on a shelf of now.
    """
    shelf = shelf_for(uow, settings, {*skus, *(sku for order in orders for sku in order.skus)})
    found = uow.orders.find([order.order_id for order in orders])
    if any(found.get(order.order_id) != order for order in orders):
        raise LostRace("an order has been changed meanwhile")
    return shelf
