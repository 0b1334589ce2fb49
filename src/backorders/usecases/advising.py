"""What to send first: planned greedily, and tried with the planner before it is advised."""

from collections.abc import Sequence
from typing import Final

from backorders.domain import limits, values
from backorders.domain.advising import Aim, Plan, RestockAdvice, candidates, tried, within_reach
from backorders.domain.allocation import WaitingOrder
from backorders.domain.order import ClaimPolicy
from backorders.domain.shelf import Shelf
from backorders.domain.values import OrderId, Sku, WarehouseId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_of

_ROUNDS: Final = 3
"""Plans that are made at most: each knows better who takes what was meant for others."""


def restock_advice(
    *,
    units: int,
    aim: Aim = Aim.ORDERS,
    warehouse: str = values.MAIN,
    uow: UnitOfWork,
) -> RestockAdvice:
    """Return what to send to a warehouse, at most so many units, to complete most orders.

    With `Aim.UNITS`, so that the complete orders have most of the units that are short. What it
    says is completed is completed when just this is booked in now. The backlog is read once, in
    one statement; of it, those are kept who get anything of so many units.
    """
    most = values.whole_number("units", units, least=1, most=limits.QUANTITY)
    aim = values.member("aim", aim, Aim)
    where = values.warehouse(warehouse)
    shelf = Shelf(settings_of(uow).warehouses)
    skus = uow.orders.waiting_skus()
    shelf.put(skus, uow.stock.levels(skus))
    owed = shelf.offer()
    backlog = list(within_reach(uow.orders.backlog(), shelf, where, most))
    takers: set[OrderId] = set()
    best = RestockAdvice(where, {}, (), 0)
    for _ in range(_ROUNDS):  # pragma: no branch - hardly ever are all of them needed
        among = candidates(backlog, shelf, takers)
        plan = Plan.made(among, most, aim)
        if not plan.chosen:
            break
        advice, passed_by = _tried(plan, backlog, shelf, where, owed)
        if advice.lines:
            best = max(best, advice, key=lambda each: _worth(each, aim))
        if not plan.chosen - set(advice.completes) or passed_by <= takers:
            break
        takers |= passed_by
    return best


def _tried(
    plan: Plan, backlog: Sequence[WaitingOrder], shelf: Shelf, where: WarehouseId, owed: set[Sku]
) -> tuple[RestockAdvice, set[OrderId]]:
    """Return what the plan comes to, and the YIELD orders that it completes without meaning to.

    Units that nobody has taken in the end are not sent: nobody could tell the difference.
    """
    sent = {sku: units for sku, units in plan.lines.items() if units}
    after = shelf.copy()
    for sku, units in sent.items():
        after.change_on_hand(sku, where, units)
    completed = tried(backlog, after, sent.keys() | owed)
    lines = {}
    for sku, units in sent.items():
        idle = after.available(sku, where) - shelf.available(sku, where)
        if units > idle:
            lines[sku] = units - max(idle, 0)
    passed_by = {
        each.rank.order_id
        for each in completed
        if each.claim is ClaimPolicy.YIELD and each.rank.order_id not in plan.chosen
    }
    order_ids = tuple(each.rank.order_id for each in completed)
    units_completed = sum(each.units_short for each in completed)
    return RestockAdvice(where, lines, order_ids, units_completed), passed_by


def _worth(advice: RestockAdvice, aim: Aim) -> tuple[int, int, int]:
    """Return what makes one advice better than another; of equals, the one that sends less."""
    orders, units = len(advice.completes), advice.units_completed
    first, second = (orders, units) if aim is Aim.ORDERS else (units, orders)
    return first, second, -advice.units
