"""What is exported imports again to the same, whatever the names are."""

import io
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from backorders import Backorders, HoldReason, OrderStatus, Seller
from backorders.adapters.files import exporting
from backorders.adapters.files.exporting import Export, write
from backorders.adapters.files.kinds import Taken
from backorders.adapters.files.orders import ORDERS
from backorders.adapters.files.stock_kinds import COUNTS, INBOUND
from backorders.adapters.memory import MemoryStore
from backorders.domain.request import OrderRequest
from backorders.testing.strategies import hostile_ids, order_lines, requests
from tests.support.files import taken

_IDS = hostile_ids(4) | st.sampled_from(["=1+1", "'=1", "'", "-5", "@x", "\uff1d", "1;=2", "sep=;"])
_SKUS = hostile_ids(3) | st.sampled_from(["TEA", "=TEA", "'TEA", "+1"])


def _written(seller: Seller, export: Export) -> str:
    file = io.StringIO(newline="")
    write(export, seller, file)
    return file.getvalue()


def _seller() -> Seller:
    app = Backorders(MemoryStore())
    app.seller("other").place_order("O1", {"TEA": 1})
    return app.seller("acme")


@settings(max_examples=40)
@given(
    st.lists(
        requests(_IDS, order_lines(_SKUS), warehouse=st.none() | _SKUS),
        max_size=4,
        unique_by=lambda each: each.order_id,
    ),
    st.sampled_from(["UTC", "Europe/London", "America/St_Johns"]),
)
def test_exported_orders_are_the_same_where_they_are_imported(
    asked: list[OrderRequest], zone: str
) -> None:
    """A file that goes out for mending must not come back with other orders in it."""
    here, there = _seller(), _seller()
    here.configure(time_zone=zone)
    here.place_orders(asked)
    document = _written(here, exporting.orders())
    with tempfile.TemporaryDirectory() as folder:
        report = taken(Path(folder), document, ORDERS, there)
        assert not report.problems
        assert report.taken.documents == len(asked)
        for order in here.orders(limit=100).items:
            copy = there.order(order.order_id)
            assert copy.placed_at == order.placed_at
            assert (copy.priority, copy.ship, copy.claim) == (
                order.priority,
                order.ship,
                order.claim,
            )
            assert copy.warehouse == order.warehouse
            assert [(x.sku, x.quantity) for x in copy.lines] == [
                (x.sku, x.quantity) for x in order.lines
            ]
        # Where it came from it says nothing new.
        assert taken(Path(folder), document, ORDERS, here).taken == Taken(repeated=len(asked))


@settings(max_examples=25)
@given(
    st.dictionaries(_SKUS, st.integers(0, 9), min_size=1, max_size=4),
    st.dictionaries(_SKUS, st.integers(1, 9), min_size=1, max_size=4),
    _IDS,
    _SKUS,
)
def test_exported_stock_and_deliveries_are_the_same_where_they_are_imported(
    stock: dict[str, int], announced: dict[str, int], inbound_id: str, warehouse: str
) -> None:
    """Whoever moves to another system takes the stock along, and what is under way."""
    here, there = _seller(), _seller()
    here.count_stock("C1", stock, warehouse=warehouse)
    here.announce_inbound(inbound_id, announced, expected_on=date(2026, 12, 1), warehouse=warehouse)
    with tempfile.TemporaryDirectory() as folder:
        for kind, export in (
            (COUNTS, exporting.stock()),
            (INBOUND, exporting.inbound()),
        ):
            document = _written(here, export)
            assert not taken(Path(folder), document, kind, there).problems
            assert not taken(Path(folder), document, kind, here).problems
            assert _written(there, export) == _written(here, export) == document


def test_what_is_done_with_is_exported_when_asked_for_and_not_placed_anew(tmp_path: Path) -> None:
    """To import a despatched order would ask for the same goods again."""
    seller = _seller()
    seller.book_in("R1", {"TEA": 3})
    for name in ("O1", "O2", "O3", "O4"):
        seller.place_order(name, {"TEA": 1})
    seller.process_order("O1")
    seller.cancel_order("O2")
    seller.hold_order("O3", HoldReason.OTHER)
    assert [row.split(",")[0] for row in _written(seller, exporting.orders()).split()[1:]] == [
        "O3",
        "O4",
    ]
    document = _written(seller, exporting.orders(list(OrderStatus)))
    report = taken(tmp_path, document, ORDERS, _seller())
    assert [line for line, _ in report.problems] == [2, 3]


def test_back_orders_are_exported_in_the_order_of_their_rank(tmp_path: Path) -> None:
    """Whoever works through the list begins with who waits first."""
    seller = _seller()
    for name, priority in (("O1", 0), ("O2", 5), ("O3", 1)):
        seller.place_order(name, {"TEA": 1, "=CUP": 1}, priority=priority)
    seller.place_order("O4", {"MUG": 1})
    document = _written(seller, exporting.back_orders(sku="=CUP"))
    rows = [row.split(",") for row in document.split()[1:]]
    assert [(row[0], row[2]) for row in rows] == [
        ("O2", "TEA"),
        ("O2", "'=CUP"),
        ("O3", "TEA"),
        ("O3", "'=CUP"),
        ("O1", "TEA"),
        ("O1", "'=CUP"),
    ]
    assert taken(tmp_path, document, ORDERS, seller).taken == Taken(repeated=3)


def test_a_closed_delivery_is_exported_when_asked_for() -> None:
    """What has come is of no interest to who asks what is to come."""
    seller = _seller()
    for name in ("A1", "A2"):
        seller.announce_inbound(name, {"TEA": 2}, expected_on=date(2026, 12, 1))
    seller.book_in("R1", {"TEA": 2}, inbound="A1")
    seller.close_inbound("A1")
    assert _written(seller, exporting.inbound()).count("A1") == 0
    shown = _written(seller, exporting.inbound(closed=True)).split()[1]
    assert shown.startswith("A1,TEA,2,2026-12-01,MAIN,closed,")
    assert shown.endswith(",2")
