"""An explanation in plain sentences, for whoever answers the telephone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from backorders.domain.explaining import LineExplained, Why
from backorders.domain.order import ClaimPolicy, Order, OrderStatus, ShipPolicy
from backorders.domain.values import Sku

_FEW: Final = 5
"""SKUs that a sentence names; the rest are counted."""


def sentences(
    order: Order, lines: Sequence[LineExplained], missing: Mapping[Sku, int]
) -> Iterator[str]:
    """Yield what there is to say: of the order, of each line, of each SKU that it lacks."""
    yield _standing(order)
    if order.is_on_back_order:
        yield from _policies(order, missing)
    for line in lines:
        yield _line(line)
    told: set[Sku] = set()
    for line in lines:
        if line.shortage and line.sku not in told:
            told.add(line.sku)
            yield from _queue(line)


def _standing(order: Order) -> str:
    name = f"Order {order.order_id!r}"
    match order.status:
        case OrderStatus.CANCELLED:
            return f"{name} is cancelled: it asks for nothing and holds nothing."
        case OrderStatus.DESPATCHED:
            return f"{name} has left the building."
        case OrderStatus.PROCESSED:
            return f"{name} is with the warehouse."
        case OrderStatus.ON_HOLD:
            return f"{name} has all that it asks for, and is on hold: {_holds(order)}."
        case OrderStatus.READY:
            return f"{name} has all that it asks for, and can be processed."
        case OrderStatus.ON_BACK_ORDER:  # pragma: no branch - the last there is
            since = order.back_order_since
            long = "" if since is None else f" since {_moment(since)}"
            return f"{name} is on back order{long}: it lacks {_units(order.lacks())}."


def _policies(order: Order, missing: Mapping[Sku, int]) -> Iterator[str]:
    if order.claim is ClaimPolicy.YIELD:
        if missing:
            yield (
                "It takes all that it lacks at once, or nothing (YIELD). For that, "
                f"{_units(missing)} would have to come. Until then, later orders may pass it."
            )
    elif order.units_held:
        yield "It keeps what it has while it waits for the rest (HOLD)."
    if order.holds:
        yield f"It is on hold, too: {_holds(order)}."
    elif order.ship is ShipPolicy.AS_AVAILABLE and order.units_held:
        yield "What it has can ship now, and the rest later (AS_AVAILABLE)."
    elif order.units_held:
        yield "What it has ships only together with the rest (COMPLETE)."
    if order.warehouse is not None:
        yield f"It draws on the warehouse {order.warehouse!r} alone."


def _line(line: LineExplained) -> str:
    begin = f"Line {line.line_no}, {_plural(line.quantity, 'unit')} of {line.sku!r}:"
    if line.why is Why.CANCELLED:
        return f"{begin} cancelled."
    had = [f"{each.quantity} from {each.warehouse!r}" for each in line.allocations]
    parts = [*had, f"{line.shortage} short"] if line.shortage else had
    return f"{begin} {', '.join(parts)}."


def _queue(line: LineExplained) -> Iterator[str]:
    sku = repr(line.sku)
    if line.orders_ahead:
        stand = "stands" if line.orders_ahead == 1 else "stand"
        yield (
            f"For {sku}, {_plural(line.orders_ahead, 'order')} {stand} ahead, "
            f"short of {_plural(line.units_ahead, 'unit')}."
        )
    else:
        yield f"For {sku}, nobody stands ahead."
    if line.why is Why.BEING_SERVED:
        yield f"The queue is being served with {_plural(line.available, 'unit')} of {sku} just now."
    elif line.available:
        yield f"The shelf has {_plural(line.available, 'unit')} of {sku} for it."
    if line.elsewhere:
        yield f"Other warehouses have {_plural(line.elsewhere, 'unit')} of {sku} left."
    if line.held_by_others:
        held_up = f", {line.held_up} of them where they cannot ship yet" if line.held_up else ""
        yield f"Other orders hold {_plural(line.held_by_others, 'unit')} of {sku}{held_up}."


def _units(units: Mapping[Sku, int]) -> str:
    """Return SKU → units in words, the first few SKUs of them."""
    named = [f"{_plural(number, 'unit')} of {sku!r}" for sku, number in sorted(units.items())]
    if len(named) > _FEW:
        named[_FEW:] = [f"{len(named) - _FEW} SKUs more"]
    *first, last = named
    return f"{', '.join(first)} and {last}" if first else last


def _holds(order: Order) -> str:
    return ", ".join(
        hold.reason.name + ("" if hold.until is None else f" until {_moment(hold.until)}")
        for hold in order.holds
    )


def _moment(at: datetime) -> str:
    """Return an instant to the minute."""
    return f"{at.replace(tzinfo=None).isoformat(' ', 'minutes')} UTC"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
