"""Random histories: calls on the face of one seller, with few ids and units, so that they meet."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import attrs
from hypothesis import strategies as st

from backorders import (
    Add,
    Backorders,
    ClaimPolicy,
    HoldReason,
    OrderRequest,
    Remove,
    Replace,
    SetQuantity,
    ShipPolicy,
)
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.errors import Refused, UnknownInbound, UnknownOrder
from tests.support.clock import START, SettableClock
from tests.support.state import NEW_IDS, ORDER_IDS, SKUS

WAREHOUSES = ("EAST", "MAIN", "WEST")
PLACED = tuple(START - timedelta(days=days) for days in (3, 2, 1))


@attrs.frozen
class Call:
    """One call on the face, which a failing test prints as it would be written."""

    name: str
    args: tuple[object, ...] = ()
    options: tuple[tuple[str, object], ...] = ()

    def __repr__(self) -> str:
        given = [*map(repr, self.args), *(f"{name}={value!r}" for name, value in self.options)]
        return f"{self.name}({', '.join(given)})"

    def on(self, seller: Seller) -> object:
        """Make the call; return what it returns, or the error by which it was refused."""
        method: Callable[..., object] = getattr(seller, self.name)
        try:
            return method(*self.args, **dict(self.options))
        except (Refused, UnknownInbound, UnknownOrder) as refused:
            return refused


def call(name: str, *args: object, **options: object) -> Call:
    """Return a call, written like one."""
    return Call(name, args, tuple(options.items()))


def new_seller(store: MemoryStore | None = None) -> Seller:
    """Return a seller over an empty store in memory, on whose clock it is always `START`."""
    return Backorders(store or MemoryStore(), clock=SettableClock()).seller("acme")


def play(calls: Iterable[Call], seller: Seller | None = None) -> Seller:
    """Make the calls, refused ones included, and return the seller."""
    seller = seller or new_seller()
    for one in calls:
        one.on(seller)
    return seller


skus = st.sampled_from(SKUS)
units = st.integers(1, 6)
warehouses = st.sampled_from(WAREHOUSES)
order_ids = st.sampled_from([*ORDER_IDS, "O1-2", "O2-2", NEW_IDS[0]])
claims = st.sampled_from(ClaimPolicy)
pins = st.sampled_from([None, None, None, *WAREHOUSES])
unit_maps = st.dictionaries(skus, units, min_size=1, max_size=3)
order_lines = st.lists(st.tuples(skus, units), min_size=1, max_size=4)
edits = st.lists(
    st.builds(Remove, skus)
    | st.builds(Replace, skus, skus, st.none() | units)
    | st.builds(Add, skus, units)
    | st.builds(SetQuantity, skus, units),
    min_size=1,
    max_size=3,
).filter(lambda found: len(set(_named(found))) == len(_named(found)))


def _named(found: Iterable[Remove | Replace | Add | SetQuantity]) -> list[str]:
    return [sku for e in found for sku in ([e.sku, e.by] if isinstance(e, Replace) else [e.sku])]


@st.composite
def placings(
    draw: st.DrawFn,
    claim: st.SearchStrategy[ClaimPolicy] = claims,
    pin: st.SearchStrategy[str | None] = pins,
    lines: st.SearchStrategy[list[tuple[str, int]]] = order_lines,
) -> Call:
    """Return the placing of an order."""
    return call(
        "place_order",
        draw(st.sampled_from(ORDER_IDS)),
        draw(lines),
        placed_at=draw(st.sampled_from(PLACED)),
        priority=draw(st.integers(0, 2)),
        ship=draw(st.sampled_from(ShipPolicy)),
        claim=draw(claim),
        warehouse=draw(pin),
    )


def as_request(placing: Call) -> OrderRequest:
    """Return the placing of an order as a request, to be placed with others."""
    make: Callable[..., OrderRequest] = OrderRequest
    return make(*placing.args, **dict(placing.options))


@st.composite
def supplies(draw: st.DrawFn) -> Call:
    """Return a receipt, a count or an adjustment."""
    name = draw(st.sampled_from(["book_in", "book_in", "count_stock", "adjust_stock"]))
    lines: dict[str, int] = draw(unit_maps)
    if name == "count_stock":
        lines = {sku: count - 1 for sku, count in lines.items()}
    elif name == "adjust_stock" and draw(st.booleans()):
        lines = {sku: -count for sku, count in lines.items()}
    return call(name, f"R{draw(st.integers(1, 40))}", lines, warehouse=draw(warehouses))


@st.composite
def splits(draw: st.DrawFn) -> Call:
    """Return a split, by default or as named."""
    return call(
        "split_order",
        draw(order_ids),
        move=draw(st.none() | st.dictionaries(skus, units, min_size=1, max_size=2)),
        new_order_id=draw(st.sampled_from([None, *NEW_IDS])),
    )


def _edit(order_id: str, named: list[object], *, allow: bool) -> Call:
    return Call("edit_order", (order_id, *named), (("allow_back_order", allow),))


edit_calls = st.builds(_edit, order_ids, edits, allow=st.booleans())
prioritisings = st.builds(
    lambda order_id, priority, reallocate: call(
        "prioritise_order", order_id, priority, reallocate=reallocate
    ),
    order_ids,
    st.integers(-1, 4),
    st.booleans(),
)
policies = st.builds(
    lambda order_id, ship, claim: call("change_policies", order_id, ship=ship, claim=claim),
    order_ids,
    st.none() | st.sampled_from(ShipPolicy),
    claims,
)
cancellings = st.builds(lambda order_id: call("cancel_order", order_id), order_ids)
_reasons = st.sampled_from(HoldReason)
_others = st.one_of(
    st.builds(lambda order_id, why: call("hold_order", order_id, why), order_ids, _reasons),
    st.builds(lambda order_id, why: call("release_hold", order_id, why), order_ids, _reasons),
    st.builds(
        call,
        st.sampled_from(
            ["process_order", "process_order", "despatch_order", "request_cancellation"]
        ),
        order_ids,
    ),
    st.builds(
        lambda order_id, accepted: call("resolve_cancellation", order_id, accepted=accepted),
        order_ids,
        st.booleans(),
    ),
    st.builds(lambda days: call("cancel_expired", older_than=timedelta(days=days)), st.just(2)),
    st.just(call("reprocess")),
    st.builds(
        lambda found: call("place_orders", found),
        st.lists(
            st.builds(
                lambda order_id, lines, claim: OrderRequest(
                    order_id, lines, placed_at=PLACED[1], claim=claim
                ),
                st.sampled_from(ORDER_IDS),
                order_lines,
                claims,
            ),
            max_size=3,
        ),
    ),
)
calls = st.one_of(
    placings(),
    placings(),
    placings(),
    supplies(),
    supplies(),
    supplies(),
    edit_calls,
    edit_calls,
    cancellings,
    splits(),
    prioritisings,
    policies,
    _others,
    _others,
)
"""Any call that changes something."""


def histories(
    of: st.SearchStrategy[Call] = calls, *, most: int = 16
) -> st.SearchStrategy[list[Call]]:
    """Return what happened to a seller so far: some stock and some orders, then anything."""
    start = st.lists(placings() | supplies(), min_size=2, max_size=7)
    then = st.lists(of, max_size=most)
    return st.builds(lambda first, rest: [*first, *rest], start, then)
