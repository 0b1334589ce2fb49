"""Changing what an order does while it waits, and when it ships."""

from datetime import datetime

import attrs

from backorders.domain import lifecycle, values
from backorders.domain.change import Change
from backorders.domain.events import PoliciesChanged
from backorders.domain.giving_up import lose_all
from backorders.domain.order import ClaimPolicy, Order, ShipPolicy
from backorders.domain.shelf import Shelf
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import order_of, settings_for_change, shelf_of
from backorders.usecases.settling import settle


def change_policies(
    order_id: str,
    *,
    ship: ShipPolicy | None = None,
    claim: ClaimPolicy | None = None,
    uow: UnitOfWork,
    now: datetime,
) -> Order:
    """Return the order with other policies, and reprocessed; `None` leaves one as it is.

    It keeps its rank. One that is short and is to YIELD from now on gives back what it holds: it
    takes all that it lacks at once, or nothing (law 10). One that is to HOLD takes what there is.
    What it has already is a no-op. Raises `ActionRefused` unless the order is open.
    """
    checked_id = values.order_id(order_id)
    ship = None if ship is None else values.member("ship", ship, ShipPolicy)
    claim = None if claim is None else values.member("claim", claim, ClaimPolicy)
    order = order_of(uow, checked_id)
    changed = lifecycle.with_policies(order, ship, claim)
    if changed is order:
        return order
    shelf = shelf_of(uow, settings_for_change(uow), [order])
    yields = changed.claim is not order.claim and changed.claim is ClaimPolicy.YIELD
    given_back = order.units_held if yields and order.is_on_back_order else {}
    asked = as_yielding(changed, shelf) if given_back else changed
    told = PoliciesChanged(checked_id, now, asked.ship, asked.claim, given_back)
    because = f"change_policies {checked_id}"
    changes = [Change.of(order, asked, told)]
    return settle(uow, shelf, changes, freed=given_back.keys(), because=because, now=now).orders[
        checked_id
    ]


def as_yielding(order: Order, shelf: Shelf) -> Order:
    """Return an order that is short as it is once it yields, with what it held on the shelf."""
    return lose_all(attrs.evolve(order, claim=ClaimPolicy.YIELD), shelf)
