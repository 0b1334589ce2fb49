"""A seller's way through the face, over every store: place, wait, answer, ship, look back."""

from datetime import timedelta

import pytest

from backorders import Backorders, ClaimPolicy, HoldReason, Replace, ShipPolicy
from backorders.application import Seller
from backorders.domain.errors import ActionRefused, StockBelowProcessed
from backorders.domain.results import Reprocessed
from backorders.domain.settings import Settings
from tests.support.clock import START, SettableClock
from tests.support.state import dump


def test_from_a_shortage_to_the_last_parcel(acme: Seller, clock: SettableClock) -> None:
    """One order through everything that can become of it, and the books balance in the end."""
    acme.configure(warehouses=["MAIN", "EAST"], ship=ShipPolicy.AS_AVAILABLE)
    acme.book_in("R1", {"KETTLE": 3, "CUP": 4})
    acme.place_order("O1", [("KETTLE", 2), ("CUP", 6), ("LID", 1)])
    acme.place_order("O2", {"CUP": 2}, claim=ClaimPolicy.YIELD)
    clock.advance(hours=1)
    assert acme.edit_order("O1", Replace("LID", "KETTLE")).shortages == {"CUP": 2}
    assert acme.process_order("O1").units == {"KETTLE": 3, "CUP": 4}
    with pytest.raises(StockBelowProcessed, match="O1"):
        acme.count_stock("C1", {"CUP": 3})
    assert acme.book_in("R2", {"CUP": 3}, warehouse="EAST").released == ("O1-2",)
    assert acme.order("O2").shortages == {"CUP": 2}
    assert acme.prioritise_order("O2", 1, reallocate=True) == Reprocessed(
        released=("O2",), lost=("O1-2",)
    )
    acme.despatch_order("O1")
    acme.process_order("O2")
    acme.request_cancellation("O2")
    with pytest.raises(ActionRefused, match="its cancellation is requested"):
        acme.despatch_order("O2")
    acme.resolve_cancellation("O2", accepted=True)
    assert not acme.order("O1-2").is_on_back_order
    acme.process_order("O1-2")
    acme.despatch_order("O1-2")
    assert [(level.warehouse, level.on_hand) for level in acme.stock("CUP")] == [
        ("EAST", 1),
        ("MAIN", 0),
    ]
    assert acme.back_orders().items == ()
    assert acme.verify() == ()
    assert [event.at for event in acme.history("O1")] == sorted(
        event.at for event in acme.history("O1")
    )


def test_the_neighbour_has_noticed_nothing(acme: Seller, app: Backorders) -> None:
    """The same ids in the same tables: a query that lost its seller would show here (law 25)."""
    neighbour = app.seller("neighbour")
    before = dump(neighbour)
    acme.place_order("O1", {"A": 1})
    acme.book_in("R1", {"A": 5})
    acme.prioritise_order("O1", 3)
    acme.hold_order("O1", HoldReason.OTHER)
    acme.cancel_expired(older_than=timedelta(0))
    acme.cancel_order("O1")
    acme.count_stock("C1", {"A": 0})
    assert dump(neighbour) == before
    assert neighbour.verify() == ()
    assert app.sellers() == ("acme", "neighbour")


def test_the_backlog_comes_in_pages(acme: Seller) -> None:
    """Whoever reads page after page sees each order once, in rank order, and then the end."""
    for number in range(7):
        acme.place_order(f"O{number}", {"A": 1, "B": 1}, priority=number % 2)
    acme.place_order("OTHER", {"C": 1})
    everything = [order.order_id for order in acme.back_orders().items]
    assert everything == ["O1", "O3", "O5", "O0", "O2", "O4", "O6", "OTHER"]
    seen: list[str] = []
    page = acme.back_orders(limit=3)
    while page.next is not None:
        seen += [order.order_id for order in page.items]
        assert len(page.items) == 3
        acme.book_in(f"R{page.items[0].order_id}", {"A": 1})
        page = acme.back_orders(limit=3, after=page.next)
    assert seen + [order.order_id for order in page.items] == everything
    assert [order.order_id for order in acme.back_orders(sku="C").items] == ["OTHER"]
    assert acme.back_orders(sku="D").items == ()
    assert acme.back_orders(limit=8).next is None


def test_the_backlog_by_age(acme: Seller, clock: SettableClock) -> None:
    """Older than a day is older than a day, not a day old."""
    acme.place_order("OLD", {"A": 1}, placed_at=START - timedelta(days=2))
    acme.place_order("DAY", {"A": 1}, placed_at=START - timedelta(days=1))
    day = timedelta(days=1)
    assert [order.order_id for order in acme.back_orders(older_than=day).items] == ["OLD"]
    assert acme.back_orders(older_than=timedelta.max).items == ()
    clock.advance(seconds=1)
    assert acme.cancel_expired(older_than=timedelta(days=2)) == ("OLD",)
    assert acme.cancel_expired(older_than=day) == ("DAY",)
    assert acme.cancel_expired(older_than=day) == ()
    assert acme.history("DAY")[-1].reason == "on back order for longer than 1 day, 0:00:00"  # type: ignore[union-attr]


def test_settings_are_kept_and_hold_for_new_orders(acme: Seller) -> None:
    """What is not named stays as it is; what was placed keeps what it was placed with."""
    assert acme.settings() == Settings()
    acme.place_order("BEFORE", {"A": 1})
    chosen = acme.configure(
        time_zone="Europe/Amsterdam",
        ship=ShipPolicy.AS_AVAILABLE,
        claim=ClaimPolicy.YIELD,
        warehouses=["WEST", "MAIN"],
        order_delay=timedelta(minutes=30),
    )
    assert acme.configure() == acme.settings() == chosen
    assert acme.configure(order_delay=timedelta(0)).warehouses == ("WEST", "MAIN")
    before, after = acme.order("BEFORE"), acme.place_order("AFTER", {"A": 1})
    assert (before.ship, before.claim) == (ShipPolicy.COMPLETE, ClaimPolicy.HOLD)
    assert (after.ship, after.claim) == (ShipPolicy.AS_AVAILABLE, ClaimPolicy.YIELD)
    assert after.holds == ()


def test_an_order_delay_holds_each_new_order_for_that_long(
    acme: Seller, clock: SettableClock
) -> None:
    """The customer may change her mind for half an hour."""
    acme.configure(order_delay=timedelta(minutes=30))
    acme.book_in("R1", {"A": 1})
    order = acme.place_order("O1", {"A": 1}, placed_at=START - timedelta(days=9))
    assert [(hold.reason, hold.until) for hold in order.holds] == [
        (HoldReason.ORDER_DELAY, START + timedelta(minutes=30))
    ]
    clock.advance(minutes=30)
    assert acme.release_due_holds() == ("O1",)
    assert acme.order("O1").status.name == "READY"
