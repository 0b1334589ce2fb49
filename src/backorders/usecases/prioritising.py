"""Moving an order in the queue, and reprocessing on request."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from backorders.domain import lifecycle, limits, values
from backorders.domain.change import Change
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.events import OrderPrioritised
from backorders.domain.results import Reprocessed
from backorders.domain.values import Sku
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import (
    order_of,
    settings_for_change,
    settings_of,
    shelf_for,
    shelf_of,
)
from backorders.usecases.reallocating import take_what_helps
from backorders.usecases.settling import settle


def prioritise_order(
    order_id: str, priority: int, *, reallocate: bool = False, uow: UnitOfWork, now: datetime
) -> Reprocessed:
    """Give the order another priority, and return what that changed.

    With `reallocate`, units are taken from lower-ranked open orders, lowest first, and only as
    many as help this one: a unit that would go to someone ahead of it is left where it is (law 14).
    """
    checked_id = values.order_id(order_id)
    priority = values.priority(priority)
    reallocate = values.flag("reallocate", reallocate)
    order = order_of(uow, checked_id)
    lifecycle.must_be_open(order, "prioritise")
    moved = attrs.evolve(order, priority=priority)
    told = [OrderPrioritised(checked_id, now, order.priority, priority)]
    change = Change.of(order, moved, *(told if moved != order else []))
    settings = settings_for_change(uow)
    shelf = shelf_of(uow, settings, [order])
    changes = {checked_id: change}
    freed: set[Sku] = set()
    if reallocate and moved.is_on_back_order:
        taking = take_what_helps(uow, shelf, change)
        shelf, changes, freed = taking.shelf, taking.changes, taking.freed()
    because = f"prioritise_order {checked_id}"
    outcome = settle(uow, shelf, changes.values(), freed=freed, because=because, now=now)
    return outcome.reprocessed()


def reprocess_order(order_id: str, *, uow: UnitOfWork, now: datetime) -> Reprocessed:
    """Reprocess the SKUs of one order, for everybody who waits for them."""
    order = order_of(uow, values.order_id(order_id))
    return _reprocess(order.skus, f"reprocess_order {order.order_id}", uow=uow, now=now)


def reprocess(skus: Iterable[str] | None = None, *, uow: UnitOfWork, now: datetime) -> Reprocessed:
    """Reprocess the SKUs named, or every SKU that anybody waits for.

    Changes nothing unless something is wrong: every other call ends in reprocessing.
    """
    if skus is None:
        return _reprocess(uow.orders.waiting_skus(), "reprocess", uow=uow, now=now)
    return _reprocess(checked_skus(skus), "reprocess", uow=uow, now=now)


def checked_skus(skus: Iterable[str]) -> set[Sku]:
    """Return the SKUs, checked, each once."""
    if isinstance(skus, str | bytes) or not isinstance(skus, Iterable):
        raise InvalidType("skus", "an iterable of SKUs", type(skus).__name__)
    checked: set[Sku] = set()
    for place, sku in enumerate(skus):
        checked.add(values.sku(sku, f"skus[{place}]"))
        if len(checked) > limits.CALL_SKUS:
            raise InvalidValue("skus", f"must name at most {limits.CALL_SKUS}")
    return checked


def _reprocess(skus: Iterable[Sku], because: str, *, uow: UnitOfWork, now: datetime) -> Reprocessed:
    shelf = shelf_for(uow, settings_of(uow), skus)
    freed = shelf.with_units(skus)
    return settle(uow, shelf, [], freed=freed, because=because, now=now).reprocessed()
