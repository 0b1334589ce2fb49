"""What is measured: each line of the table, the floor beside the library."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from backorders.adapters.memory import MemoryStore
from backorders.domain.allocation import serve
from backorders.domain.order import ClaimPolicy, Order, OrderLine, ShipPolicy
from backorders.domain.shelf import Shelf
from backorders.domain.stock import StockLevel
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId
from benchmarks import workload
from benchmarks.databases import Databases, desk, floor
from benchmarks.desk import Desk
from benchmarks.flash_sale import flash_sale
from benchmarks.floors import Loop, Sql
from benchmarks.measuring import Case, Pair, Round, Watch
from benchmarks.workload import Workload

RECEIPTS = 10
"""Receipts in a round."""


def cases(sqlite: Databases, postgresql: Databases, *, rounds: int, scale: float) -> Sequence[Case]:
    """Return every case, with `scale` times the orders of the targets."""

    def orders(number: int) -> int:
        return max(int(number * scale), 10 * RECEIPTS * (rounds + 1))

    both = (sqlite, postgresql)
    receipts = RECEIPTS * (rounds + 1)
    found = [
        Case("planner alone", "orders", 8, partial(_planner, orders(100_000))),
        Case("`place_orders` by 1,000, memory", "orders", 20, partial(_memory, orders(20_000))),
    ]
    for store, most in ((sqlite, 3), (postgresql, 2)):
        name = f"`place_order` one by one, {store.name}"
        found.append(Case(name, "orders", most, partial(_one_by_one, store, orders(1_000))))
    for store in both:
        name = f"`place_orders` by 1,000, {store.name}"
        found.append(Case(name, "orders", 8, partial(_batches, store, orders(10_000))))
    few, many = orders(1_000), orders(100_000)
    for store in both:
        load = workload.hot(many, receipts=receipts)
        name = f"`book_in` for 10 orders of {many:,} waiting, {store.name}"
        found.append(Case(name, "receipts", 3, partial(_book_in, store, load)))
    for store in both:
        loads = workload.hot(few, receipts=receipts), workload.hot(many, receipts=receipts)
        name = f"the same, {many:,} waiting against {few:,}, {store.name}"
        found.append(Case(name, "receipts", 1.3, partial(_growth, store, *loads)))
    for store in both:
        load = workload.spread(many, receipts=receipts)
        name = f"`book_in` for half of {many:,} waiting, {store.name}"
        found.append(Case(name, "orders served", 4, partial(_book_in, store, load, served=True)))
    sale = partial(_flash_sale, postgresql, max(int(250 * scale), 20))
    found.append(Case("flash sale, 8 processes, PostgreSQL", "attempts", 2, sale))
    return found


@contextmanager
def _planner(orders: int) -> Iterator[Pair]:
    load = workload.mixed(orders)
    queue = [
        Order(
            seller_id=SellerId("acme"),
            order_id=OrderId(placing.order_id),
            placed_at=placing.placed_at,
            priority=0,
            ship=ShipPolicy.COMPLETE,
            claim=ClaimPolicy.HOLD,
            warehouse=None,
            lines=[OrderLine(no, Sku(sku), n) for no, (sku, n) in enumerate(placing.lines, 1)],
            first_id=OrderId(placing.order_id),
        )
        for placing in load.orders
    ]
    main = WarehouseId("MAIN")
    levels = [StockLevel(main, Sku(sku), units, 0) for sku, units in load.on_hand.items()]

    def serve_all(_number: int, watch: Watch) -> int:
        shelf = Shelf()
        shelf.put([level.sku for level in levels], levels)
        with watch.running():
            for _served in serve(queue, shelf):
                pass
        return orders

    yield Pair(_loop(load), serve_all)


@contextmanager
def _memory(orders: int) -> Iterator[Pair]:
    load = workload.mixed(orders)

    def place(_number: int, watch: Watch) -> int:
        made = Desk(MemoryStore(), load)
        with watch.running():
            made.place_in_batches()
        return orders

    yield Pair(_loop(load), place)


def _loop(load: Workload) -> Round:
    def place(_number: int, watch: Watch) -> int:
        loop = Loop(load)
        with watch.running():
            loop.place()
        return len(load.orders)

    return place


@contextmanager
def _one_by_one(databases: Databases, orders: int) -> Iterator[Pair]:
    load = workload.mixed(orders)

    def raw(_number: int, watch: Watch) -> int:
        with floor(databases, load) as made, watch.running():
            made.place()
        return orders

    def ours(_number: int, watch: Watch) -> int:
        with desk(databases, load) as made, watch.running():
            made.place_one_by_one()
        return orders

    yield Pair(raw, ours)


@contextmanager
def _batches(databases: Databases, orders: int) -> Iterator[Pair]:
    """Yield the placing by sets; the floor's lines are in its table before the watch runs."""
    load = workload.mixed(orders)

    def raw(_number: int, watch: Watch) -> int:
        with floor(databases, load, waiting=True) as made, watch.running():
            made.place_all()
        return orders

    def ours(_number: int, watch: Watch) -> int:
        with desk(databases, load) as made, watch.running():
            made.place_in_batches()
        return orders

    yield Pair(raw, ours)


@contextmanager
def _book_in(databases: Databases, load: Workload, *, served: bool = False) -> Iterator[Pair]:
    """Yield the booking-in of a round's receipts; counted are receipts, or the orders served."""
    with (
        floor(databases, load, waiting=True) as raw,
        desk(databases, load, waiting=True) as ours,
    ):
        yield Pair(
            partial(_raw_receipts, raw, load, served=served),
            partial(_receipts, ours, load, served=served),
        )


@contextmanager
def _growth(databases: Databases, few: Workload, many: Workload) -> Iterator[Pair]:
    with (
        desk(databases, few, waiting=True) as short,
        desk(databases, many, waiting=True) as long,
    ):
        yield Pair(
            partial(_receipts, short, few, served=False),
            partial(_receipts, long, many, served=False),
        )


def _raw_receipts(made: Sql, load: Workload, number: int, watch: Watch, *, served: bool) -> int:
    coming = load.receipts[number * RECEIPTS : (number + 1) * RECEIPTS]
    _learn(made, number)
    with watch.running():
        orders = sum(made.release(sku, units) for sku, units in coming)
    return orders if served else len(coming)


def _receipts(made: Desk, load: Workload, number: int, watch: Watch, *, served: bool) -> int:
    coming = load.receipts[number * RECEIPTS : (number + 1) * RECEIPTS]
    _learn(made, number)
    with watch.running():
        orders = sum(
            made.release(f"{number}-{place}", sku, units)
            for place, (sku, units) in enumerate(coming)
        )
    return orders if served else len(coming)


def _learn(made: Sql | Desk, number: int) -> None:
    """After the first round, which does not count, let the database see what is in its tables.

    One in use does so by itself, within a minute.
    """
    if number == 1:
        made.analyse()


@contextmanager
def _flash_sale(databases: Databases, attempts: int) -> Iterator[Pair]:
    def sell(_number: int, watch: Watch, *, raw: bool) -> int:
        with databases.url() as url:
            return flash_sale(url, attempts, watch, raw=raw)

    yield Pair(partial(sell, raw=True), partial(sell, raw=False))
