"""Bank test: while writers move units about, a reader adds everything up, as of one moment."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count, pairwise
from typing import Final

import attrs

from backorders import (
    Add,
    ClaimPolicy,
    Order,
    Remove,
    Replace,
    SetQuantity,
    ShipPolicy,
    usecases,
)
from backorders.application import Seller
from backorders.domain.errors import Refused, UnknownOrder
from backorders.domain.stock import StockLevel
from backorders.domain.values import SellerId, Sku
from backorders.ports.storage import Store, UnitOfWork
from backorders.testing.laws import assert_levels_are_sound, assert_nothing_idles
from tests.stress.crew import Failed, Start, at_work
from tests.stress.opening import opened
from tests.stress.report import Report

SELLER: Final = SellerId("acme")
SKUS: Final = tuple(f"S{number:02}" for number in range(20))
WAREHOUSES: Final = ("MAIN", "WEST")
_PAGE: Final = 1000


@attrs.frozen
class Writer:
    """One of the processes that move units about."""

    url: str
    number: int
    writers: int
    seed: str
    operations: int


@attrs.frozen
class Told:
    """What one writer has done."""

    done: Counter[str]
    """Call → how often it was done."""
    refused: int
    """Calls that the rules forbade."""
    repeated: int
    """Attempts in which somebody else was faster."""


def run(url: str, *, seed: int, processes: int, operations: int, kills: int = 0) -> Report:
    """Return what the reader found while the writers did `operations` calls, in an empty store.

    Besides those writers there is one who is killed after a read, and replaced, as long as they are
    at work and it has not happened `kills` times. They must not notice.
    """
    chance = random.Random(seed)
    report = Report()
    with opened(url) as (app, store):
        app.seller(SELLER).book_in("R0", dict.fromkeys(SKUS, 20))
        share, rest = divmod(operations, processes)
        jobs = [
            Writer(url, number, processes, f"{seed}/{number}", share + (number < rest))
            for number in range(processes)
        ]
        with at_work(write, jobs) as crew:
            while crew.is_at_work:
                if report.counts["killed"] == kills:
                    read(store, report)
                    continue
                number = processes + report.counts["killed"]
                victim = Writer(url, number, processes, f"{seed}/{number}", operations)
                with at_work(write, [victim]) as victims:
                    read(store, report)
                    victims.wait(chance.uniform(0, 0.3))
                report.counts["killed"] += 1
            told = crew.told()
        read(store, report)
    report.violations += [each.why for each in told if isinstance(each, Failed)]
    for end in told:
        if isinstance(end, Told):
            report.counts["operations"] += end.done.total() + end.refused
            report.counts += end.done
            report.counts["refused"] += end.refused
            report.counts["repeated"] += end.repeated
    return report


def write(writer: Writer, start: Start) -> Told:
    """Do what a writer does; any error but a refusal by the rules ends it."""
    done: Counter[str] = Counter()
    refused = repeated = 0
    with opened(writer.url) as (app, store):
        acme = app.seller(SELLER)
        start()
        calls = Calls(acme, writer)
        for name, call in calls.some(writer.operations):
            begun = store.begun
            try:
                call()
            except (Refused, UnknownOrder):
                refused += 1
            else:
                done[name] += 1
            repeated += max(0, store.begun - begun - 1)
        return Told(done, refused, repeated)


class Calls:
    """The calls that a writer makes: on orders and deliveries of its own, and on others' orders."""

    def __init__(self, acme: Seller, writer: Writer) -> None:
        self._acme = acme
        self._writer = writer
        self._chance = random.Random(writer.seed)
        self._numbers = count(1)
        self._placed = 0
        self._processed: list[str] = []

    def some(self, operations: int) -> Iterator[tuple[str, Callable[[], object]]]:
        """Yield so many calls, with their names."""
        weights: dict[Callable[[], object], int] = {
            self.place: 28,
            self.cancel: 7,
            self.edit: 12,
            self.split: 8,
            self.book_in: 17,
            self.count: 6,
            self.process: 14,
            self.despatch: 8,
        }
        for call in self._chance.choices([*weights], [*weights.values()], k=operations):
            yield call.__name__, call

    def place(self) -> object:
        """Place an order."""
        self._placed += 1
        return self._acme.place_order(
            f"W{self._writer.number}-{self._placed}",
            self._lines(3),
            priority=self._chance.choice((0, 0, 0, 1)),
            claim=self._chance.choice((*ClaimPolicy, ClaimPolicy.HOLD)),
            ship=self._chance.choice(tuple(ShipPolicy)),
            warehouse=self._chance.choice((None, None, *WAREHOUSES)),
        )

    def cancel(self) -> object:
        """Cancel an order."""
        return self._acme.cancel_order(self._some_order())

    def edit(self) -> object:
        """Edit an order."""
        order = self._acme.order(self._some_order())
        sku, units = self._chance.choice(order.lines).sku, self._chance.randint(1, 4)
        by = self._chance.choice([each for each in SKUS if each != sku])
        edit = self._chance.choice(
            (Remove(sku), Add(by, units), SetQuantity(sku, units), Replace(sku, by))
        )
        allow = self._chance.random() < 0.5
        return self._acme.edit_order(order.order_id, edit, allow_back_order=allow)

    def split(self) -> object:
        """Split an order by what can ship now, or off it goes one unit."""
        order = self._acme.order(self._some_order())
        move = self._chance.choice((None, {str(self._chance.choice(order.lines).sku): 1}))
        return self._acme.split_order(order.order_id, move=move)

    def book_in(self) -> object:
        """Book in a delivery."""
        return self._acme.book_in(self._id("R"), self._lines(9), warehouse=self._warehouse())

    def count(self) -> object:
        """Count a few SKUs: now and then some of it is gone."""
        lines = {sku: self._chance.randint(0, 6) for sku in self._lines(1)}
        return self._acme.count_stock(self._id("C"), lines, warehouse=self._warehouse())

    def process(self) -> object:
        """Hand an order over to the warehouse."""
        order = self._acme.process_order(self._some_order())
        self._processed.append(order.order_id)
        return order

    def despatch(self) -> object:
        """Let an order leave the building."""
        if not self._processed:
            return self._acme.despatch_order(self._some_order())
        return self._acme.despatch_order(self._processed.pop())

    def _id(self, kind: str) -> str:
        return f"{kind}{self._writer.number}-{next(self._numbers)}"

    def _lines(self, most: int) -> dict[str, int]:
        skus = self._chance.sample(SKUS, self._chance.choice((1, 1, 2, 3)))
        return {sku: self._chance.randint(1, most) for sku in skus}

    def _warehouse(self) -> str:
        return self._chance.choice(WAREHOUSES)

    def _some_order(self) -> str:
        """Return the id of a recent order that may be there, of this writer or of another."""
        number = self._chance.randint(max(1, self._placed - 15), max(1, self._placed))
        return f"W{self._chance.randrange(self._writer.writers)}-{number}"


def read(store: Store, report: Report) -> None:
    """Add everything up as of one moment, and note what is wrong."""
    report.counts["reads"] += 1
    with store.begin(SELLER, read_only=True) as uow:
        found = [*judge(uow)]
    report.violations += [f"read {report.counts['reads']}: {violation}" for violation in found]


def judge(uow: UnitOfWork) -> Iterator[str]:
    """Yield what is wrong with what a unit of work sees.

    The sums are made twice: by the store, from its rows, and here, from orders and levels.
    """
    yield from map(str, usecases.verify(uow=uow))
    orders = list(uow.orders.find({line.order_id for line in uow.audit.lines()}).values())
    levels: dict[tuple[str, str], StockLevel] = {
        (level.sku, level.warehouse): level
        for level in uow.stock.levels([Sku(sku) for sku in SKUS])
    }
    for law in (assert_levels_are_sound, assert_nothing_idles):
        try:
            law(orders, levels)
        except AssertionError as broken:
            yield str(broken)
    waiting = sorted((order for order in orders if order.is_on_back_order), key=_rank)
    backlog = _backlog(uow)
    if [order.order_id for order in backlog] != [order.order_id for order in waiting]:
        yield f"the backlog lists {len(backlog)} orders, {len(waiting)} wait"
    if not all(ahead.rank < behind.rank for ahead, behind in pairwise(backlog)):
        yield "the backlog is not in rank order"


def _backlog(uow: UnitOfWork) -> Sequence[Order]:
    found: list[Order] = []
    while True:
        after = found[-1].rank if found else None
        more = uow.orders.on_back_order(sku=None, placed_before=None, after=after, limit=_PAGE)
        found += more
        if len(more) < _PAGE:
            return found


def _rank(order: Order) -> tuple[object, ...]:
    return order.rank
