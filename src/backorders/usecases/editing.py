"""Editing what is on an order (laws 5, 6, 15, 16)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from backorders.domain import edits as editing
from backorders.domain import lifecycle, values
from backorders.domain.change import Change
from backorders.domain.edits import Edit, Replace
from backorders.domain.errors import EditRefused, ReplacementOutOfStock
from backorders.domain.events import OrderEdited
from backorders.domain.order import Order
from backorders.domain.shelf import Shelf
from backorders.domain.values import Sku
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of, settings_for_change, shelf_of
from backorders.usecases.settling import settle, walk


def edit_order(
    order_id: str, *edits: Edit, allow_back_order: bool = False, uow: UnitOfWork, now: datetime
) -> Order:
    """Return the order with all edits applied together, and reprocessed.

    It keeps its rank and the units that it still needs. A replacement must be in stock for its
    whole quantity, unless `allow_back_order`. Raises `ActionRefused` unless the order is open, and
    `EditRefused` when the edits do not fit it.
    """
    checked_id = values.order_id(order_id)
    checked = editing.checked(edits)
    allow_back_order = values.flag("allow_back_order", allow_back_order)
    order = order_of(uow, checked_id)
    lifecycle.must_be_open(order, "edit")
    if not checked:
        raise EditRefused(checked_id, "no edit is named", "name at least one")
    shelf = shelf_of(uow, settings_for_change(uow), [order], editing.skus_named(checked))
    edited = editing.apply(order, checked, shelf)
    told = OrderEdited(checked_id, now, editing.difference(order, edited))
    change = Change.of(order, edited, told)
    kept = edited.holding()
    freed = {
        sku for (sku, name), units in order.holding().items() if kept.get((sku, name)) != units
    }
    if not allow_back_order:
        _must_be_in_stock(checked, change, freed, shelf, uow=uow)
    because = f"edit_order {checked_id}"
    return settle(uow, shelf, [change], freed=freed, because=because, now=now).orders[checked_id]


def _must_be_in_stock(
    edits: Sequence[Edit], change: Change, freed: Collection[Sku], shelf: Shelf, *, uow: UnitOfWork
) -> None:
    """Refuse replacements that the planner would not give the order, before anything is written.

    A YIELD order that is short of something else is not given them, but could have them.
    """
    replacements = [edit for edit in edits if isinstance(edit, Replace)]
    if not replacements:
        return
    order_id = change.asked.order_id
    tried = shelf.copy()
    own = {order_id: change}
    for _ in walk(uow, tried, own, {*freed, *tried.offer()}):
        pass
    short = own[order_id].settled.lacks()
    for edit in replacements:
        by = Sku(edit.by)
        missing = short.get(by, 0) - tried.available(by, change.asked.warehouse)
        if missing > 0:
            wanted = editing.quantity_wanted(change.stored or change.asked, edit)
            raise ReplacementOutOfStock(order_id, by, wanted, max(wanted - missing, 0))
