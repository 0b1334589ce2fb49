"""What the clauses are tried out with: two sellers, and orders that are quick to write down."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

import attrs

from backorders.domain.order import (
    Allocation,
    ClaimPolicy,
    Hold,
    Order,
    OrderLine,
    Rank,
    ShipPolicy,
    Stage,
)
from backorders.domain.request import digest
from backorders.domain.settings import Settings
from backorders.domain.values import OrderId, SellerId, Sku, WarehouseId
from backorders.ports.storage import NewOrder, Saved, Store, UnitOfWork

MakeStore: TypeAlias = Callable[[], Store]
"""Returns a store in which nothing is stored yet; called as often as a clause needs one."""
Clause: TypeAlias = Callable[[MakeStore], None]
"""A `check_…` function: it returns, or raises `AssertionError`."""

ACME: Final = SellerId("acme")
"""The seller whom a clause is about."""
BOLT: Final = SellerId("bolt")
"""The neighbour, who has orders, shelves and papers of the same ids."""
TEA: Final = Sku("TEA")
JAM: Final = Sku("JAM")
NOON: Final = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""When most orders of the clauses are placed."""
HOUR: Final = timedelta(hours=1)

IDS_IN_ORDER: Final = (
    "0",
    "1",
    "10",
    "9",
    "Z",
    "a",
    "b-2",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{LATIN SMALL LETTER E WITH ACUTE}",
    "\N{FULLWIDTH TILDE}",
    "\N{MATHEMATICAL SCRIPT CAPITAL X}",
)
"""Ids by code point; neither a language's order, nor UTF-16's, nor that of numbers agrees."""

CONFUSABLE_IDS: Final = (
    "O1",
    "o1",
    "O_1",
    "O%1",
    "O\\1",
    "O'1",
    'O"1',
    "O`1",
    "O;1--",
    "O:1",
    "O?1",
    "O 1",
    "O  1",
    "1",
    "01",
    "1.0",
    "1e0",
    "None",
    "null",
    "NULL",
    "ss",
    "\N{LATIN SMALL LETTER SHARP S}",
    "e\N{COMBINING ACUTE ACCENT}",
    "\N{LATIN SMALL LETTER E WITH ACUTE}",
    "e",
    "\N{LATIN SMALL LETTER DOTLESS I}",
    "I",
    "i",
    "\N{FULLWIDTH LATIN CAPITAL LETTER O}1",
    "\N{MATHEMATICAL SCRIPT CAPITAL X}",
    "\N{ZERO WIDTH SPACE}O1",
    "x" * 254,
    "x" * 255,
    "\N{MATHEMATICAL SCRIPT CAPITAL X}" * 254 + "Y",
    "\N{MATHEMATICAL SCRIPT CAPITAL X}" * 255,
)
"""Ids that are all different, although some engine, collation or pattern thinks otherwise."""


def line(sku: str, quantity: int, /, **allocated: int) -> OrderLine:
    """Return a line with units pinned to it: `line("TEA", 5, MAIN=2)`. `order` numbers it."""
    pinned = [Allocation(WarehouseId(name), units) for name, units in allocated.items()]
    return OrderLine(1, Sku(sku), quantity, tuple(pinned))


def order(
    order_id: str,
    *lines: OrderLine,
    placed_at: datetime = NOON,
    priority: int = 0,
    claim: ClaimPolicy = ClaimPolicy.HOLD,
    warehouse: str | None = None,
    first_id: str | None = None,
    stage: Stage = Stage.OPEN,
    holds: tuple[Hold, ...] = (),
) -> Order:
    """Return an order of ACME with its lines numbered; without any, it lacks three of TEA."""
    return Order(
        seller_id=ACME,
        order_id=OrderId(order_id),
        placed_at=placed_at,
        priority=priority,
        ship=ShipPolicy.COMPLETE,
        claim=claim,
        warehouse=None if warehouse is None else WarehouseId(warehouse),
        lines=renumbered(*(lines or (line(TEA, 3),))),
        first_id=OrderId(first_id or order_id),
        stage=stage,
        holds=holds,
    )


def renumbered(*lines: OrderLine) -> tuple[OrderLine, ...]:
    """Return the lines, numbered from 1."""
    return tuple(attrs.evolve(item, line_no=number) for number, item in enumerate(lines, start=1))


def twin(of: Order) -> Order:
    """Return an order of BOLT with the same id and rank, in whose place nobody may take it."""
    lines = [attrs.evolve(item, quantity=min(item.quantity + 1, 2**31 - 1)) for item in of.lines]
    return attrs.evolve(of, seller_id=BOLT, ship=ShipPolicy.AS_AVAILABLE, lines=lines)


def content(of: Order) -> str:
    """Return a digest for an order, different for each order of each seller."""
    return digest(of.seller_id, of.order_id)


@contextmanager
def two_sellers(make_store: MakeStore, *orders: Order) -> Iterator[Store]:
    """Give an empty store in which both sellers exist, ACME has `orders`, and BOLT their twins."""
    with closing(make_store()) as store:
        for seller_id in (ACME, BOLT):
            with store.begin(seller_id) as uow:
                uow.settings.put(Settings())
                uow.commit()
        add(store, *orders)
        yield store


def add(store: Store, *orders: Order) -> None:
    """Store orders for ACME, and their twins for BOLT, each in a commit of its own."""
    for seller_id, added in ((BOLT, [twin(each) for each in orders]), (ACME, list(orders))):
        with store.begin(seller_id) as uow:
            uow.orders.add([NewOrder(each, content(each)) for each in added])
            uow.commit()


def save(store: Store, stored: Order, changed: Order) -> Order:
    """Write an order of ACME over the stored one in a commit of its own; return it as written."""
    written = attrs.evolve(changed, version=stored.version + 1)
    with store.begin(ACME) as uow:
        uow.orders.save([Saved(stored, written)])
        uow.commit()
    return written


@contextmanager
def reading(store: Store, seller_id: SellerId = ACME) -> Iterator[UnitOfWork]:
    """Give a new unit of work to read in: what is seen there has lasted."""
    with store.begin(seller_id, read_only=True) as uow:
        yield uow


@contextmanager
def writing(store: Store, seller_id: SellerId = ACME) -> Iterator[UnitOfWork]:
    """Give a new unit of work that is committed at the end, unless an exception passes."""
    with store.begin(seller_id) as uow:
        yield uow
        uow.commit()


def found(store: Store, *order_ids: str, seller_id: SellerId = ACME) -> list[Order]:
    """Return those of the orders that a new unit of work finds, in the order asked for."""
    wanted = [OrderId(order_id) for order_id in order_ids]
    with reading(store, seller_id) as uow:
        orders = uow.orders.find(wanted)
    return [orders[order_id] for order_id in wanted if order_id in orders]


def assert_raises(error: type[Exception], call: Callable[[], object], why: str) -> None:
    """Fail, saying why it should have, unless the call raises the error."""
    try:
        call()
    except error:
        return
    raise AssertionError(why)


def holders_of(
    uow: UnitOfWork,
    sku: Sku,
    warehouse: WarehouseId | None = None,
    *,
    stage: Stage = Stage.OPEN,
    before: Rank | None = None,
    limit: int = 99,
) -> list[Order]:
    """Return the holders that a unit of work names of one SKU."""
    return list(uow.orders.holders({sku: before}, warehouse, stage, limit).get(sku, ()))


def ids(orders: Iterable[Order]) -> list[str]:
    """Return the ids of orders, in their order."""
    return [each.order_id for each in orders]
