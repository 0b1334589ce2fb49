"""The daily digest: when one is due, and what stands in it (law 21)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import attrs

from backorders.domain import days, limits, values
from backorders.domain.events import WentOnBackOrder
from backorders.domain.notices import Digest, DigestEntry, EntryState, ShortProduct
from backorders.domain.order import Order, Rank, Stage
from backorders.domain.values import OrderId

_AHEAD = timedelta(days=1)
"""An entry further in the future was made by a clock that was wrong: nobody waits for its day."""


@attrs.frozen
class NewBackOrder:
    """An order that newly went on back order, until a digest has listed it."""

    order_id: OrderId
    version: int
    """The version of the order in which it first was."""
    at: datetime
    products: tuple[ShortProduct, ...]
    """What it was short of, by SKU, at most `limits.DIGEST_PRODUCTS`."""
    more_products: int
    """Further products that it was short of."""

    @classmethod
    def of(cls, order: Order, event: WentOnBackOrder) -> "NewBackOrder":
        """Return the entry for an order as it is written when this is told of it."""
        return cls(order.order_id, order.version, event.at, *_short(order))


@attrs.frozen
class LastDigest:
    """How far a seller's digests have come."""

    number: int
    """How many there have been."""
    until: datetime
    """The local midnight up to which the last one went."""


@attrs.frozen
class Due:
    """What a digest that is due takes up."""

    until: datetime
    """Entries made before this midnight, which has passed."""
    beyond: datetime
    """And those made later than this, by a clock that was far ahead."""


def due(last: LastDigest | None, now: datetime, time_zone: str) -> Due | None:
    """Return what a digest takes up now, or `None` while the day of the last one is not over.

    A last digest in the future was composed when a clock was wrong, and holds nothing up.
    """
    until = days.start_of_today(now, time_zone)
    if last is not None and until <= last.until <= now:
        return None
    return Due(until, values.after(now, _AHEAD))


def digest_of(
    new: Sequence[NewBackOrder],
    orders: Iterable[Order],
    *,
    until: datetime,
    now: datetime,
    time_zone: str,
) -> Digest:
    """Return the digest of some entries, of which there is one at least, with what became of them.

    `orders` are those that the entries name, each once, as they are now. An order with several
    entries is listed once: since the first of them, with what it was short of by the last.
    """
    first: dict[OrderId, NewBackOrder] = {}
    last: dict[OrderId, NewBackOrder] = {}
    for entry in sorted(new, key=lambda entry: entry.version):
        first.setdefault(entry.order_id, entry)
        last[entry.order_id] = entry
    listed: list[tuple[Rank, DigestEntry]] = []
    units_short = 0
    for order in orders:
        listed.append((order.rank, _entry(order, first[order.order_id], last[order.order_id])))
        units_short += sum(order.lacks().values())
    listed.sort(key=lambda each: each[0])
    states = [entry.state for _, entry in listed]
    until_on = days.day_before(until, time_zone)
    return Digest(
        from_on=min(until_on, *(days.day_of(entry.at, time_zone) for entry in new)),
        until_on=until_on,
        time_zone=time_zone,
        composed_at=now,
        entries=tuple(entry for _, entry in listed[: limits.DIGEST_ORDERS]),
        orders=len(listed),
        waiting=states.count(EntryState.WAITING),
        released=states.count(EntryState.RELEASED),
        cancelled=states.count(EntryState.CANCELLED),
        units_short=units_short,
    )


def _entry(order: Order, first: NewBackOrder, last: NewBackOrder) -> DigestEntry:
    waits = order.is_on_back_order
    products, more = _short(order) if waits else (last.products, last.more_products)
    return DigestEntry(
        order.order_id,
        order.placed_at,
        first.at,
        _state(order),
        products,
        more,
        _answers(order) if waits else (),
    )


def _state(order: Order) -> EntryState:
    if order.stage is Stage.CANCELLED:
        return EntryState.CANCELLED
    return EntryState.WAITING if order.is_on_back_order else EntryState.RELEASED


def _short(order: Order) -> tuple[tuple[ShortProduct, ...], int]:
    """Return the first products that an order is short of, by SKU, and how many more there are."""
    lacks, units = order.lacks(), order.units
    named = sorted(lacks)[: limits.DIGEST_PRODUCTS]
    products = tuple(ShortProduct(sku, lacks[sku], units[sku]) for sku in named)
    return products, len(lacks) - len(named)


def _answers(order: Order) -> tuple[str, ...]:
    """Return the answers that the order itself allows; whether stock allows them is not looked at.

    Without what is short, something must be left of it; and a part that ships must hold units.
    """
    answers = ["cancel"]
    if len(order.lacks()) < len(order.units):
        answers.append("remove")
    answers += ["replace", "restock"]
    if order.units_held:
        answers.append("split")
    return tuple(answers)
