"""Files are taken whole or not at all, in the order of rank, and once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from backorders import Backorders, ClaimPolicy, OrderStatus, Seller, ShipPolicy
from backorders.adapters.files.cells import Dates
from backorders.adapters.files.errors import FileRefused
from backorders.adapters.files.kinds import Taken
from backorders.adapters.files.options import Options, Ways
from backorders.adapters.files.orders import ORDERS
from backorders.adapters.files.stock_kinds import ADJUSTMENTS, COUNTS, INBOUND, RECEIPTS
from backorders.adapters.memory import MemoryStore
from backorders.domain.values import order_id
from tests.support.files import problems, taken


@pytest.fixture
def seller() -> Seller:
    """A seller with 5 of TEA, beside another who has the same ids."""
    app = Backorders(MemoryStore())
    other = app.seller("other")
    other.book_in("R1", {"TEA": 100})
    other.place_order("O1", {"TEA": 1})
    acme = app.seller("acme")
    acme.book_in("R1", {"TEA": 5})
    return acme


def _orders(seller: Seller) -> dict[str, OrderStatus]:
    """Return the status of those of the orders O1 to O6 that there are."""
    ids = [order_id(f"O{number}") for number in range(1, 7)]
    found = seller.together(lambda uow, _: uow.orders.find(ids))
    return {str(each): order.status for each, order in found.items()}


def test_an_order_is_made_of_all_its_rows(seller: Seller, tmp_path: Path) -> None:
    """A shop lists the products of an order one by one, and not always together."""
    seller.configure(time_zone="Europe/Paris")
    report = taken(
        tmp_path,
        "Name,Lineitem sku,Lineitem quantity,Created at,priority,ship,claim,warehouse,Email\n"
        "O1,TEA,2,2026-11-01 10:00,3,As available,YIELD,MAIN,a@example.com\n"
        "O2,CUP,1,,,,,,\n"
        "O1,TEA,1.0,,,,,,\n"
        "O1, MUG ,4,2026-11-01 10:00,,,,,\n",
        ORDERS,
        seller,
    )
    assert report.taken == Taken(documents=2, lines=4, on_back_order=2)
    assert report.columns.taken["order_id"] == "Name"
    assert report.columns.unused == ["Email"]
    order = seller.order("O1")
    assert [(line.sku, line.quantity) for line in order.lines] == [
        ("TEA", 2),
        ("TEA", 1),
        ("MUG", 4),
    ]
    assert order.placed_at == datetime(2026, 11, 1, 9, tzinfo=UTC)
    assert (order.priority, order.ship, order.claim, order.warehouse) == (
        3,
        ShipPolicy.AS_AVAILABLE,
        ClaimPolicy.YIELD,
        "MAIN",
    )


def test_who_has_ordered_earlier_is_served_first_wherever_it_is_listed(
    seller: Seller, tmp_path: Path
) -> None:
    """Shops export the newest orders first: in that order, the oldest would get what is left."""
    taken(
        tmp_path,
        "order_id,sku,quantity,placed_at,priority\n"
        "O1,TEA,2,,\n"
        "O2,TEA,2,2026-11-03,\n"
        "O3,TEA,2,2026-11-02,\n"
        "O4,TEA,2,2026-11-04,1\n",
        ORDERS,
        seller,
    )
    short = {order.order_id: dict(order.shortages) for order in seller.back_orders().items}
    assert short == {"O2": {"TEA": 1}, "O1": {"TEA": 2}}


def test_one_bad_row_keeps_the_whole_file_out_and_all_bad_rows_are_told(
    seller: Seller, tmp_path: Path
) -> None:
    """Half a file in the store is the worst of all: nobody knows which half."""
    seller.place_order("O6", {"TEA": 1})
    content = (
        "order_id,sku,quantity,placed_at,priority,ship,status\n"
        "O1,TEA,1,2026-11-01,,,\n"
        "O2,TEA,none,2026-11-31,,,\n"
        "O2,,2,,,,\n"
        "O1,CUP,1,2026-11-02,,,\n"
        ",TEA,1,,,,\n"
        "O3,TEA,0,,x,later,\n"
        "O4,TEA,1,,,,despatched\n"
        "O5,TEA,1,,,,paid\n"
        "O6,TEA,2,,,,\n"
    )
    report = taken(tmp_path, content, ORDERS, seller)
    assert not report.is_done
    told = problems(report)
    assert [line for line, _ in told] == [3, 3, 4, 5, 6, 7, 7, 7, 8, 10]
    for (_, problem), expected in zip(
        told,
        [
            "quantity must be a whole number, not 'none'",
            "placed_at must be a date like 2026-11-29 09:30, not '2026-11-31'",
            "sku must not be empty",
            "placed_at is '2026-11-02' here, and '2026-11-01' in line 2",
            "order_id must not be empty",
            "quantity must be from 1 to 2147483647, not 0",
            "priority must be a whole number, not 'x'",
            "ship must be complete or as_available, not 'later'",
            "status is 'despatched': the order would be placed anew; leave it out",
            "order 'O6' is known already, with other content: ",
        ],
        strict=True,
    ):
        assert problem.startswith(expected)
    assert (report.rows, report.bad, report.beside) == (9, 7, 1)
    assert _orders(seller) == {"O6": OrderStatus.READY}


def test_what_is_good_is_taken_when_asked_for_and_the_rest_can_be_mended(
    seller: Seller, tmp_path: Path
) -> None:
    """An order with a bad row stays out as a whole: a part of it would ship without the rest."""
    rejects = tmp_path / "rejects.csv"
    report = taken(
        tmp_path,
        "order_id,sku,quantity\nO1,TEA,1\nO2,=1+1,2\nO2,TEA,x\nO3,TEA,1\n",
        ORDERS,
        seller,
        Options(keep_good=True, rejects=rejects),
    )
    assert report.is_done
    assert report.taken.documents == 2
    assert _orders(seller).keys() == {"O1", "O3"}
    left_out = rejects.read_text()
    assert left_out.splitlines()[1:] == [
        "3,stands with bad rows,O2,'=1+1,2,,,,,,",
        "4,\"quantity must be a whole number, not 'x'\",O2,TEA,x,,,,,,",
    ]
    mended = taken(tmp_path, left_out.replace(",x,", ",3,"), ORDERS, seller)
    assert mended.is_done
    assert seller.order("O2").units == {"=1+1": 2, "TEA": 3}


def test_an_order_beside_a_row_that_nobody_can_read_stays_out(
    seller: Seller, tmp_path: Path
) -> None:
    """The row may be its own: without it, the order would be placed with a product too few."""
    report = taken(
        tmp_path,
        'order_id,sku,quantity\nO1,TEA,1\nO2,TEA,1\nO2,"T"EA,1\nO3,TEA,1\nO4,TEA,1\n,CUP,1\n',
        ORDERS,
        seller,
        Options(keep_good=True),
    )
    assert [line for line, _ in problems(report)] == [4, 7]
    assert _orders(seller).keys() == {"O1"}


def test_the_same_file_twice_changes_nothing(seller: Seller, tmp_path: Path) -> None:
    """Whoever is not sure whether a file is in imports it again."""
    files = [
        (ORDERS, "order_id,sku,quantity\nO1,TEA,7\n"),
        (RECEIPTS, "sku,quantity\nTEA,1\nTEA,2\n"),
        (RECEIPTS, "receipt_id,sku,quantity,asn\nR2,TEA,1,\nR3,CUP,2,\n"),
        (ADJUSTMENTS, "sku,change,warehouse\nTEA,-1,\nTEA,3,EAST\n"),
        (COUNTS, "sku,on_hand\nTEA,4\n"),
        (INBOUND, "asn,sku,qty,eta\nA1,TEA,9,2026-12-01\n"),
    ]
    for kind, content in files:
        first = taken(tmp_path, content, kind, seller)  # type: ignore[arg-type]
        assert first.is_done
        stock, waiting = seller.stock("TEA"), seller.back_orders()
        again = taken(tmp_path, content, kind, seller)  # type: ignore[arg-type]
        assert again.is_done
        assert again.taken == Taken(repeated=first.taken.documents)
        assert (seller.stock("TEA"), seller.back_orders()) == (stock, waiting)
    assert seller.verify() == ()


def test_a_receipt_without_id_is_known_by_its_file(seller: Seller, tmp_path: Path) -> None:
    """Whoever adds to yesterday's file has not received it all a second time."""
    taken(tmp_path, "sku,quantity\nTEA,1\n", RECEIPTS, seller, name="monday.csv")
    again = taken(tmp_path, "sku,quantity\nTEA,1\nCUP,1\n", RECEIPTS, seller, name="monday.csv")
    assert not again.is_done
    assert "receipt 'monday' is known already" in again.problems[0].problem
    taken(tmp_path, "sku,quantity\nTEA,1\n", RECEIPTS, seller, name="tuesday.csv")
    assert seller.stock("TEA")[0].on_hand == 7
    counted = [taken(tmp_path, f"sku,quantity\nTEA,{units}\n", COUNTS, seller) for units in (3, 4)]
    assert all(each.taken.documents == 1 for each in counted)
    assert seller.stock("TEA")[0].on_hand == 4


def test_what_the_rules_refuse_is_told_with_its_line_and_undone_with_the_rest(
    seller: Seller, tmp_path: Path
) -> None:
    """The last of ten receipts being refused must not leave nine of them booked in."""
    report = taken(
        tmp_path,
        "receipt_id,sku,quantity,inbound\nR7,TEA,1,\nR8,TEA,1,A9\nR9,TEA,1,A8\n",
        RECEIPTS,
        seller,
    )
    assert not report.is_done
    assert [line for line, _ in problems(report)] == [3, 4]
    assert seller.stock("TEA")[0].on_hand == 5
    good = taken(
        tmp_path,
        "adjustment_id,sku,quantity\nD1,TEA,-9\nD2,TEA,-2\n",
        ADJUSTMENTS,
        seller,
        Options(keep_good=True),
    )
    assert (good.taken.documents, good.bad) == (1, 1)
    assert seller.stock("TEA")[0].on_hand == 3


def test_a_dry_run_tells_what_would_come_of_it_and_stores_nothing(
    seller: Seller, tmp_path: Path
) -> None:
    """It asks the rules themselves, and not a copy of them."""
    content = "order_id,sku,quantity\nO1,TEA,4\nO2,TEA,4\n"
    report = taken(tmp_path, content, ORDERS, seller, Options(dry_run=True))
    assert report.taken == Taken(documents=2, lines=2, on_back_order=1)
    assert not report.is_done
    assert _orders(seller) == {}
    assert taken(tmp_path, content, ORDERS, seller).taken == report.taken


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("sku,quantity\nTEA,1\nCUP,2\nTEA,3\n", "line 2 has already"),
        ("sku,quantity,warehouse\nTEA,1,\nTEA,1,EAST\nTEA,3,EAST\n", "line 3 has already"),
        ("sku,quantity\nTEA,-1\n", "quantity must be from 0"),
    ],
)
def test_a_count_that_says_two_things_is_refused(
    content: str, says: str, seller: Seller, tmp_path: Path
) -> None:
    """Two shelves of one SKU, or one typed twice? Only who counted knows."""
    report = taken(tmp_path, content, COUNTS, seller)
    assert says in report.problems[-1].problem
    assert not report.is_done


def test_long_files_without_ids_are_cut_into_documents(
    seller: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call names so many SKUs at most; a warehouse may have more."""
    monkeypatch.setattr("backorders.domain.limits.CALL_SKUS", 2)
    rows = "".join(f"S{number},{number}\n" for number in range(5))
    report = taken(tmp_path, f"sku,counted\n{rows}", COUNTS, seller, name="all.csv")
    assert report.taken.documents == 3
    assert [seller.stock(f"S{number}")[0].on_hand for number in range(1, 5)] == [1, 2, 3, 4]
    twice = taken(tmp_path, f"sku,counted\n{rows}S0,1\n", COUNTS, seller, name="all.csv")
    assert problems(twice) == [(7, "has a SKU that line 2 has already: add them up")]


def test_columns_can_be_named_and_what_is_not_there_is_said(seller: Seller, tmp_path: Path) -> None:
    """Every shop calls them something else."""
    content = "Our ref,Thing,How many,When\nO1,TEA,1,2/11/2026\n"
    with pytest.raises(FileRefused, match="no column 'order_id', but 'Our ref', 'Thing'"):
        taken(tmp_path, content, ORDERS, seller)
    named = {"order_id": "our ref", "sku": "Thing", "quantity": "how_many", "placed_at": "When"}
    options = Options(columns=named, dates=Dates.DAY_FIRST)
    assert taken(tmp_path, content, ORDERS, seller, options).is_done
    assert seller.order("O1").placed_at == datetime(2026, 11, 2, tzinfo=UTC)
    for wrong, says in (
        ({"skew": "Thing"}, "no field 'skew'"),
        ({**named, "sku": "Thong"}, "'Thong'"),
    ):
        with pytest.raises(FileRefused, match=says):
            taken(tmp_path, content, ORDERS, seller, Options(columns=wrong))
    with pytest.raises(FileRefused, match="several columns 'sku'"):
        taken(tmp_path, "order_id,sku,SKU,quantity\n", ORDERS, seller)


def test_an_import_that_is_stopped_leaves_nothing_or_what_it_says(
    seller: Seller, tmp_path: Path
) -> None:
    """Ctrl-C is heeded between two steps; what was committed by then is counted."""

    class Stop(Exception):
        pass

    rows = "".join(f"O{number},TEA,1\n" for number in range(1, 5))
    for keep_good, stays in ((False, 0), (True, 2)):
        pauses = count()

        def stop(pauses: Iterator[int] = pauses) -> None:
            if next(pauses) == 3:
                raise Stop

        ways = Ways(pause=stop)
        with pytest.raises(Stop):
            taken(
                tmp_path,
                f"receipt_id,sku,quantity\n{rows}",
                RECEIPTS,
                seller,
                Options(keep_good=keep_good),
                ways=ways,
            )
        assert ways.committed.documents == stays
        assert seller.stock("TEA")[0].on_hand == 5 + stays


def test_without_room_for_the_file_nothing_is_begun(
    seller: Seller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder for temporary files may be full, or somebody else's."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(FileRefused, match=r"make room in .*missing"):
        taken(tmp_path, "order_id,sku,quantity\nO1,TEA,1\n", ORDERS, seller)
    assert _orders(seller) == {}
