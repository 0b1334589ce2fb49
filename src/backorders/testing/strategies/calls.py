"""Calls on a seller's face, each a `Command` that can be played, printed and judged."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypeAlias

from hypothesis import strategies as st

from backorders.domain.edits import Add, Edit, Remove, Replace, SetQuantity
from backorders.domain.order import ClaimPolicy, HoldReason, ShipPolicy
from backorders.domain.request import OrderRequest
from backorders.testing.commands import Command, command
from backorders.testing.strategies.names import (
    NEW_IDS,
    WAREHOUSES,
    order_ids,
    references,
    skus,
    warehouses,
)
from backorders.testing.strategies.orders import Units, quantities, requests, unit_maps
from backorders.testing.strategies.times import START

Ids: TypeAlias = st.SearchStrategy[str]


def placing(wanted: OrderRequest) -> Command:
    """Return the call that places one order."""
    return command(
        "place_order",
        wanted.order_id,
        wanted.lines,
        placed_at=wanted.placed_at,
        priority=wanted.priority,
        ship=wanted.ship,
        claim=wanted.claim,
        warehouse=wanted.warehouse,
    )


def placings(
    request: st.SearchStrategy[OrderRequest] | None = None, *, several: bool = True
) -> st.SearchStrategy[Command]:
    """Orders being placed, one or, unless that is not wanted, several at once."""
    wanted = requests() if request is None else request
    one = wanted.map(placing)
    if not several:
        return one
    many = st.lists(wanted, min_size=1, max_size=3).map(lambda all_: command("place_orders", all_))
    return st.one_of(one, one, one, many)


def deliveries(
    units: st.SearchStrategy[Units] | None = None, reference: Ids | None = None
) -> st.SearchStrategy[Command]:
    """Receipts."""
    return _papers("book_in", unit_maps() if units is None else units, reference)


def corrections(
    sku: st.SearchStrategy[str] | None = None, reference: Ids | None = None
) -> st.SearchStrategy[Command]:
    """Counts and adjustments."""
    counts = _papers("count_stock", unit_maps(st.integers(0, 6), sku), reference)
    changes = unit_maps(st.integers(-4, 4).filter(bool), sku)
    return counts | _papers("adjust_stock", changes, reference)


def _papers(
    name: str, units: st.SearchStrategy[Units], reference: Ids | None
) -> st.SearchStrategy[Command]:
    return st.builds(
        lambda ref, lines, warehouse: command(name, ref, lines, warehouse=warehouse),
        references() if reference is None else reference,
        units,
        warehouses(),
    )


def edits(sku: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[list[Edit]]:
    """One to three edits of a call, which may name a SKU twice."""
    of = skus() if sku is None else sku
    one: st.SearchStrategy[Edit] = st.one_of(
        st.builds(Remove, of),
        st.builds(Replace, of, of, st.none() | quantities(3)),
        st.builds(Add, of, quantities(3)),
        st.builds(SetQuantity, of, quantities(6)),
    )
    # The same SKU twice is refused; as the source of two edits it need not come up often.
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda edit: edit.sku)


def editings(
    order_id: Ids | None = None, edit: st.SearchStrategy[list[Edit]] | None = None
) -> st.SearchStrategy[Command]:
    """Edits of an order."""
    ids = order_ids() if order_id is None else order_id

    def editing(order_id: str, wanted: Sequence[Edit], allow: bool) -> Command:  # noqa: FBT001
        return Command("edit_order", (order_id, *wanted), {"allow_back_order": allow})

    return st.builds(editing, ids, edits() if edit is None else edit, st.booleans())


def splittings(
    order_id: Ids | None = None,
    move: st.SearchStrategy[Units] | None = None,
    new_id: st.SearchStrategy[str | None] | None = None,
) -> st.SearchStrategy[Command]:
    """Splits, by default or as named."""
    ids = order_ids() if order_id is None else order_id
    return st.builds(
        lambda order_id, move, new_id: command(
            "split_order", order_id, move=move, new_order_id=new_id
        ),
        ids,
        st.none() | (unit_maps(quantities(3)) if move is None else move),
        st.sampled_from((None, None, *NEW_IDS)) if new_id is None else new_id,
    )


def prioritisings(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """Orders being moved in the queue, at others' cost or not."""
    ids = order_ids() if order_id is None else order_id
    return st.builds(
        lambda order_id, priority, taking: command(
            "prioritise_order", order_id, priority, reallocate=taking
        ),
        ids,
        st.integers(-1, 2),
        st.sampled_from((True, True, False)),
    )


def changes_of_policies(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """Orders being told to hold or to yield, to ship complete or as available."""
    return st.builds(
        lambda this, ship, claim: command("change_policies", this, ship=ship, claim=claim),
        order_ids() if order_id is None else order_id,
        st.none() | st.sampled_from(ShipPolicy),
        st.sampled_from((None, ClaimPolicy.HOLD, ClaimPolicy.YIELD, ClaimPolicy.YIELD)),
    )


def handlings(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """What happens to an order on its way out: holds, processing, despatch, cancelling."""
    ids = order_ids() if order_id is None else order_id
    reasons = st.sampled_from(tuple(HoldReason)[:3])
    until = st.none() | st.integers(0, 5).map(lambda days: START + timedelta(days=days))
    plain = ("process_order", "process_order", "despatch_order", "cancel_order")
    return st.one_of(
        st.builds(command, st.sampled_from(plain), ids),
        st.builds(lambda this: command("request_cancellation", this), ids),
        st.builds(
            lambda this, yes: command("resolve_cancellation", this, accepted=yes),
            ids,
            st.booleans(),
        ),
        st.builds(
            lambda this, why, at: command("hold_order", this, why, until=at),
            ids,
            reasons,
            until,
        ),
        st.builds(lambda this, why: command("release_hold", this, why), ids, reasons),
    )


def housekeepings() -> st.SearchStrategy[Command]:
    """What is done to all orders at once, and what is chosen for them."""
    return st.one_of(
        st.just(command("release_due_holds")),
        st.integers(0, 4).map(
            lambda days: command("cancel_expired", older_than=timedelta(days=days))
        ),
        st.just(command("reprocess")),
        st.lists(skus(), max_size=2).map(lambda some: command("reprocess", some)),
        order_ids().map(lambda this: command("reprocess_order", this)),
        choices(),
    )


def choices() -> st.SearchStrategy[Command]:
    """Settings: policies, the order of warehouses, an order delay."""
    return st.builds(
        lambda ship, claim, order, delay: command(
            "configure", ship=ship, claim=claim, warehouses=order, order_delay=delay
        ),
        st.none() | st.sampled_from(ShipPolicy),
        st.none() | st.sampled_from(ClaimPolicy),
        st.none() | st.permutations(WAREHOUSES).map(lambda names: tuple(names[:2])),
        st.sampled_from((None, None, timedelta(0), timedelta(days=1))),
    )


def commands() -> st.SearchStrategy[Command]:
    """Any call that may change something."""
    return st.one_of(
        placings(),
        placings(),
        deliveries(),
        deliveries(),
        corrections(),
        editings(),
        splittings(),
        prioritisings(),
        changes_of_policies(),
        handlings(),
        handlings(),
        housekeepings(),
    )


def histories(
    of: st.SearchStrategy[Command] | None = None,
    *,
    most: int = 16,
    first: st.SearchStrategy[Command] | None = None,
) -> st.SearchStrategy[list[Command]]:
    """What happened to a seller: some stock and some orders first, then at most so many calls.

    Some of the calls are refused when they are made: that is part of what happens.
    """
    some = placings() | deliveries() if first is None else first
    return st.builds(
        lambda begin, then: [*begin, *then],
        st.lists(some, min_size=2, max_size=7),
        st.lists(commands() if of is None else of, max_size=most),
    )
