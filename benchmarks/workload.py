"""One seeded workload: orders over SKUs of uneven popularity, what is on hand, and receipts."""

import itertools
import math
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta

import attrs

START = datetime(2026, 1, 1, tzinfo=UTC)


@attrs.frozen
class Placing:
    """An order to be placed."""

    order_id: str
    placed_at: datetime
    lines: tuple[tuple[str, int], ...]
    """(SKU, quantity), each SKU once."""


@attrs.frozen
class Workload:
    """What comes in: stock first, then the orders, then the receipts."""

    orders: list[Placing]
    on_hand: dict[str, int]
    receipts: list[tuple[str, int]]
    """(SKU, units), one after the other."""


def mixed(orders: int, *, seed: int = 20260101, skus: int = 1000, short: bool = True) -> Workload:
    """Return orders of one to four lines, about a fifth of them short.

    Popularity falls as 1 / rank ** 0.8. A quarter of the SKUs have 20 to 90 % of what is asked for,
    unless `short` is off; receipts bring half of each shortage.
    """
    chance = random.Random(seed)
    names = [f"SKU{number:04d}" for number in range(skus)]
    weights = list(itertools.accumulate(1 / (place + 1) ** 0.8 for place in range(skus)))
    placings = []
    demand: dict[str, int] = defaultdict(int)
    for number in range(orders):
        count = chance.choices([1, 2, 3, 4], [35, 35, 20, 10])[0]
        chosen: list[str] = []
        while len(chosen) < count:
            name = chance.choices(names, cum_weights=weights)[0]
            if name not in chosen:
                chosen.append(name)
        lines = tuple((name, chance.randint(1, 5)) for name in chosen)
        for name, units in lines:
            demand[name] += units
        placings.append(Placing(f"O{number:06d}", START + timedelta(seconds=number), lines))
    on_hand = {}
    for name in names:
        cover = 1.0 if chance.random() < 0.75 else chance.uniform(0.2, 0.9)  # noqa: PLR2004
        on_hand[name] = math.floor(cover * demand[name]) if short else demand[name]
    receipts = [(name, math.ceil(units * 0.5)) for name, units in _short(placings, on_hand)]
    chance.shuffle(receipts)
    return Workload(placings, on_hand, receipts)


def spread(orders: int, *, skus: int = 1000, receipts: int = 100) -> Workload:
    """Return orders that all wait, and receipts of half of what the most wanted SKUs lack."""
    made = mixed(orders, seed=7, skus=skus, short=False)
    wanted = sorted(made.on_hand, key=lambda name: (-made.on_hand[name], name))[:receipts]
    coming = [(name, math.ceil(made.on_hand[name] / 2)) for name in wanted]
    return Workload(made.orders, dict.fromkeys(made.on_hand, 0), coming)


def hot(orders: int, *, receipts: int = 20) -> Workload:
    """Return one-line orders that all wait for one SKU, and receipts for ten of them each."""
    chance = random.Random(11)
    placings = [
        Placing(
            f"O{number:06d}", START + timedelta(seconds=number), (("HOT", chance.randint(1, 5)),)
        )
        for number in range(orders)
    ]
    tens = [placings[first : first + 10] for first in range(0, receipts * 10, 10)]
    coming = [("HOT", sum(units for each in ten for _, units in each.lines)) for ten in tens]
    return Workload(placings, {"HOT": 0}, coming)


def _short(placings: list[Placing], on_hand: dict[str, int]) -> list[tuple[str, int]]:
    """Return (SKU, units short) when each line gets all or nothing."""
    left = dict(on_hand)
    short: dict[str, int] = defaultdict(int)
    for placing in placings:
        for name, units in placing.lines:
            if left[name] >= units:
                left[name] -= units
            else:
                short[name] += units
    return [(name, short[name]) for name in on_hand if short[name]]
