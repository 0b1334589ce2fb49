"""What an explanation says of an order is what anybody can find out on the face."""

from datetime import timedelta

import attrs
import pytest
from hypothesis import given

from backorders import (
    Backorders,
    ClaimPolicy,
    HoldReason,
    Order,
    OrderStatus,
    Seller,
    ShipPolicy,
    Stage,
    Why,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain.errors import UnknownOrder
from backorders.domain.sentences import sentences
from backorders.domain.stock import StockLevel
from backorders.domain.values import MAIN, Sku, WarehouseId
from tests.support.clock import SettableClock
from tests.support.histories import Call, histories, play
from tests.support.state import State, dump, held


@given(histories())
def test_explanation_equals_a_naive_count(history: list[Call]) -> None:
    """Units and orders ahead, held, held up and free: each is what a count of all orders gives."""
    acme = play(history)
    state = dump(acme)
    for order in state.orders.values():
        told = acme.explain(order.order_id)
        assert (told.order_id, told.status) == (order.order_id, order.status)
        assert told.on_back_order_since == order.back_order_since
        assert [
            (line.line_no, line.sku, line.quantity, line.allocations, line.allocated)
            for line in told.lines
        ] == [
            (line.line_no, line.sku, line.quantity, line.allocations, line.allocated)
            for line in order.lines
        ]
        for line in told.lines:
            is_short = order.stage is Stage.OPEN and line.allocated < line.quantity
            assert line.shortage == (line.quantity - line.allocated if is_short else 0)
            ahead = _ahead(state, order, line.sku) if is_short else []
            assert (line.orders_ahead, line.units_ahead) == (len(ahead), sum(ahead))
            others = [
                other
                for other in state.orders.values()
                if other.order_id != order.order_id and other.stage in {Stage.OPEN, Stage.PROCESSED}
            ]
            assert line.held_by_others == sum(held(other, line.sku) for other in others)
            stuck = [other for other in others if _cannot_ship(other)]
            assert line.held_up == sum(held(other, line.sku) for other in stuck)
            free = state.available(line.sku, order.warehouse)
            assert line.available == free
            assert line.elsewhere == state.available(line.sku) - free


def _ahead(state: State, order: Order, sku: str) -> list[int]:
    return [
        other.shortages[sku]
        for other in state.orders.values()
        if other.rank < order.rank and sku in other.shortages
    ]


def _cannot_ship(order: Order) -> bool:
    if order.status is OrderStatus.ON_BACK_ORDER:
        return bool(order.holds) or order.ship is ShipPolicy.COMPLETE
    return order.status is OrderStatus.ON_HOLD


@given(histories())
def test_a_reason_is_given_that_the_shelf_bears_out(history: list[Call]) -> None:
    """HOLD waits because nothing is left for it; YIELD because something is missing, and that."""
    acme = play(history)
    state = dump(acme)
    for order in state.orders.values():
        told = acme.explain(order.order_id)
        assert told.sentences
        missing = {
            sku: short - state.available(sku, order.warehouse)
            for sku, short in order.shortages.items()
            if state.available(sku, order.warehouse) < short
        }
        assert told.missing == (missing if order.claim is ClaimPolicy.YIELD else {})
        for line in told.lines:
            is_complete = order.stage is not Stage.CANCELLED and line.shortage == 0
            assert (line.why is Why.COMPLETE) == is_complete
            match line.why:
                case Why.COMPLETE:
                    pass
                case Why.NOTHING_LEFT:
                    assert (order.claim, line.available) == (ClaimPolicy.HOLD, 0)
                    assert line.shortage
                case Why.ALL_OR_NOTHING:
                    assert order.claim is ClaimPolicy.YIELD
                    assert missing
                    assert line.shortage
                case Why.CANCELLED:
                    assert order.stage is Stage.CANCELLED
                case Why.BEING_SERVED:
                    pytest.fail("no call is under way")


def test_sentences_for_an_order_in_the_queue(acme: Seller) -> None:
    """Whoever answers the telephone can read them out."""
    acme.book_in("R1", {"TEA": 5, "JAM": 1})
    acme.place_order("O1", {"TEA": 4, "MUG": 1})
    acme.place_order("O2", {"TEA": 3}, ship=ShipPolicy.AS_AVAILABLE)
    acme.place_order("O3", [("TEA", 2), ("JAM", 1), ("TEA", 1)])
    assert acme.explain("O3").sentences == (
        "Order 'O3' is on back order since 2026-03-02 09:00 UTC: it lacks 3 units of 'TEA'.",
        "It keeps what it has while it waits for the rest (HOLD).",
        "What it has ships only together with the rest (COMPLETE).",
        "Line 1, 2 units of 'TEA': 2 short.",
        "Line 2, 1 unit of 'JAM': 1 from 'MAIN'.",
        "Line 3, 1 unit of 'TEA': 1 short.",
        "For 'TEA', 1 order stands ahead, short of 2 units.",
        "Other orders hold 5 units of 'TEA', 4 of them where they cannot ship yet.",
    )
    assert acme.explain("O2").sentences[1:] == (
        "It keeps what it has while it waits for the rest (HOLD).",
        "What it has can ship now, and the rest later (AS_AVAILABLE).",
        "Line 1, 3 units of 'TEA': 1 from 'MAIN', 2 short.",
        "For 'TEA', nobody stands ahead.",
        "Other orders hold 4 units of 'TEA', 4 of them where they cannot ship yet.",
    )


def test_sentences_for_an_order_that_takes_all_or_nothing(acme: Seller) -> None:
    """It is told why it takes nothing of what lies there: what is missing, by SKU."""
    acme.book_in("R1", {"TEA": 2}, warehouse="EAST")
    acme.book_in("R2", {"TEA": 1, "MUG": 3}, warehouse="WEST")
    acme.book_in("R3", {"JAM": 1}, warehouse="WEST")
    acme.place_order("O1", {"JAM": 2})
    acme.place_order("O2", {"MUG": 3})
    acme.place_order(
        "O3", {"TEA": 3, "JAM": 1, "MUG": 2}, claim=ClaimPolicy.YIELD, warehouse="EAST"
    )
    told = acme.explain("O3")
    assert told.missing == {"JAM": 1, "MUG": 2, "TEA": 1}
    assert {line.why for line in told.lines} == {Why.ALL_OR_NOTHING}
    assert told.sentences == (
        (
            "Order 'O3' is on back order since 2026-03-02 09:00 UTC: "
            "it lacks 1 unit of 'JAM', 2 units of 'MUG' and 3 units of 'TEA'."
        ),
        (
            "It takes all that it lacks at once, or nothing (YIELD). For that, "
            "1 unit of 'JAM', 2 units of 'MUG' and 1 unit of 'TEA' would have to come. "
            "Until then, later orders may pass it."
        ),
        "It draws on the warehouse 'EAST' alone.",
        "Line 1, 3 units of 'TEA': 3 short.",
        "Line 2, 1 unit of 'JAM': 1 short.",
        "Line 3, 2 units of 'MUG': 2 short.",
        "For 'TEA', nobody stands ahead.",
        "The shelf has 2 units of 'TEA' for it.",
        "Other warehouses have 1 unit of 'TEA' left.",
        "For 'JAM', 1 order stands ahead, short of 1 unit.",
        "Other orders hold 1 unit of 'JAM', 1 of them where they cannot ship yet.",
        "For 'MUG', nobody stands ahead.",
        "Other orders hold 3 units of 'MUG'.",
    )


def test_sentences_for_every_other_status(acme: Seller, clock: SettableClock) -> None:
    """Each status is told in words, and a hold by its name and its end."""
    acme.book_in("R1", {"A": 5})
    for order_id in ("READY", "ON_HOLD", "PROCESSED", "DESPATCHED", "CANCELLED"):
        acme.place_order(order_id, {"A": 1})
    acme.hold_order("ON_HOLD", HoldReason.FRAUD_RISK)
    until = clock.now + timedelta(days=1, seconds=59)
    acme.hold_order("ON_HOLD", HoldReason.ORDER_DELAY, until=until)
    acme.process_order("PROCESSED")
    acme.process_order("DESPATCHED")
    acme.despatch_order("DESPATCHED")
    acme.cancel_order("CANCELLED")
    told = {
        name: acme.explain(name).sentences
        for name in ("READY", "ON_HOLD", "PROCESSED", "DESPATCHED", "CANCELLED")
    }
    kept = "Line 1, 1 unit of 'A': 1 from 'MAIN'."
    assert told == {
        "READY": ("Order 'READY' has all that it asks for, and can be processed.", kept),
        "ON_HOLD": (
            (
                "Order 'ON_HOLD' has all that it asks for, and is on hold: "
                "FRAUD_RISK, ORDER_DELAY until 2026-03-03 09:00 UTC."
            ),
            kept,
        ),
        "PROCESSED": ("Order 'PROCESSED' is with the warehouse.", kept),
        "DESPATCHED": ("Order 'DESPATCHED' has left the building.", kept),
        "CANCELLED": (
            "Order 'CANCELLED' is cancelled: it asks for nothing and holds nothing.",
            "Line 1, 1 unit of 'A': cancelled.",
        ),
    }


def test_a_hold_on_a_back_order_and_many_skus_are_told_in_short(acme: Seller) -> None:
    """What keeps it from shipping comes first; of many SKUs the first few are named."""
    acme.book_in("R1", {"S0": 1})
    acme.place_order("O1", {f"S{number}": 1 for number in range(9)})
    acme.hold_order("O1", HoldReason.OTHER)
    acme.place_order("O2", {f"S{number}": 1 for number in range(1, 6)})
    acme.place_order("O3", {"S1": 1})
    first, keeps, hold, *_ = acme.explain("O1").sentences
    assert first.endswith(
        "it lacks 1 unit of 'S1', 1 unit of 'S2', 1 unit of 'S3', 1 unit of 'S4', "
        "1 unit of 'S5' and 3 SKUs more."
    )
    assert keeps.startswith("It keeps what it has")
    assert hold == "It is on hold, too: OTHER."
    assert acme.explain("O2").sentences[0].endswith("1 unit of 'S4' and 1 unit of 'S5'.")
    last = acme.explain("O3").sentences[-1]
    assert last == "For 'S1', 2 orders stand ahead, short of 2 units."


@pytest.mark.parametrize("claim", ClaimPolicy)
def test_units_that_the_queue_is_being_served_with_are_told_as_such(claim: ClaimPolicy) -> None:
    """In the gap between two commits of a long queue, units lie there that are not idle."""
    store = MemoryStore()
    acme = Backorders(store).seller("acme")
    acme.place_order("O1", {"A": 2}, claim=claim)
    with store.begin("acme") as uow:
        uow.stock.save([StockLevel(WarehouseId(MAIN), Sku("A"), 3, owed=True)])
        uow.commit()
    told = acme.explain("O1")
    assert told.lines[0].why is Why.BEING_SERVED
    assert told.missing == {}
    assert told.sentences[-1] == "The queue is being served with 3 units of 'A' just now."


def test_an_unknown_order_is_not_explained(acme: Seller) -> None:
    """There is nothing to say about what is not there, and about a neighbour's order least."""
    acme.configure()
    with pytest.raises(UnknownOrder):
        acme.explain("O1")


def test_an_order_that_has_not_been_written_yet_has_not_waited() -> None:
    """What is only tried is told in the same words, without a day that nobody has noted."""
    acme = Backorders(MemoryStore()).seller("acme")
    order = attrs.evolve(acme.place_order("O1", {"A": 1}), back_order_since=None)
    first = next(sentences(order, (), {}))
    assert first == "Order 'O1' is on back order: it lacks 1 unit of 'A'."
