"""Who holds up others, and whom it would release to yield: what it says is what then happens."""

import pytest
from hypothesis import given

from backorders import Backorders, ClaimPolicy, HoldReason, InvalidValue, Order, Seller, ShipPolicy
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits
from backorders.ports.storage import Store
from tests.support.clock import SettableClock
from tests.support.histories import Call, histories, new_seller, play
from tests.support.rows import rows_of


def _would_release(acme: Seller, order: Order) -> tuple[str, ...]:
    with acme.what_if() as trial:
        trial.change_policies(order.order_id, claim=ClaimPolicy.YIELD)
        return trial.difference().released


@given(histories())
def test_whoever_is_said_to_hold_others_up_releases_them_by_yielding(history: list[Call]) -> None:
    """Nobody is named who releases nobody, nobody left out, and the real call does what it says."""
    store = MemoryStore()
    acme = play(history, new_seller(store))
    before = rows_of(store)
    found = {each.order.order_id: each for each in acme.holdups(limit=1000).items}
    assert rows_of(store) == before
    for order in acme.back_orders(limit=1000).items:
        known = found.pop(order.order_id, None)
        if known is not None:
            assert known.order == order
            assert known.gives_back == dict(order.units_held)
        releases = () if known is None else known.releases
        in_the_way = order.claim is ClaimPolicy.HOLD and (
            order.ship is ShipPolicy.COMPLETE or bool(order.holds)
        )
        if in_the_way:
            assert _would_release(acme, order) == releases
        else:
            assert releases == ()
    assert found == {}
    for each in acme.holdups(limit=1).items:
        acme.change_policies(each.order.order_id, claim=ClaimPolicy.YIELD)
        assert all(acme.order(name).shortages == {} for name in each.releases)


def test_an_order_that_cannot_use_what_it_holds_is_found(store: Store) -> None:
    """It has the tea, waits for the jam, and three others wait for the tea."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"TEA": 4})
    acme.place_order("O1", {"TEA": 4, "JAM": 1})
    acme.place_order("O2", {"TEA": 3})
    acme.place_order("O3", {"TEA": 9})
    acme.place_order("O4", {"TEA": 1}, claim=ClaimPolicy.YIELD)
    acme.place_order("O5", {"OIL": 1, "NUT": 1, "JAM": 1})
    acme.book_in("R2", {"OIL": 1, "NUT": 1})
    acme.place_order("O6", {"OIL": 1})
    found, other = acme.holdups().items
    assert (found.order.order_id, found.gives_back) == ("O1", {"TEA": 4})
    assert [*other.gives_back] == ["NUT", "OIL"]
    assert found.releases == ("O2",)
    acme.change_policies("O1", claim=ClaimPolicy.YIELD)
    assert acme.order("O2").status.name == "READY"


def test_who_can_ship_what_it_has_or_yields_holds_up_nobody(acme: Seller) -> None:
    """An order that ships as available uses what it holds, unless it is held itself."""
    acme.book_in("R1", {"TEA": 2, "OIL": 2})
    acme.place_order("O1", {"TEA": 2, "JAM": 1}, ship=ShipPolicy.AS_AVAILABLE)
    acme.place_order("O2", {"OIL": 3}, claim=ClaimPolicy.YIELD)
    acme.place_order("O3", {"TEA": 2})
    assert acme.holdups().items == ()
    acme.hold_order("O1", HoldReason.FRAUD_RISK)
    assert [each.releases for each in acme.holdups().items] == [("O3",)]


def test_an_order_with_many_lines_of_a_product_is_not_taken_for_a_queue(acme: Seller) -> None:
    """Its own lines come first in the queue, and others behind them."""
    acme.book_in("R1", {"TEA": 1})
    acme.place_order("O1", [("TEA", 1), *[("TEA", 5)] * 60])
    acme.place_order("O2", {"TEA": 1})
    assert [each.releases for each in acme.holdups().items] == [("O2",)]


def test_hold_ups_come_in_pages(acme: Seller, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page looks at so many orders only, and says where to go on, also when it found nothing."""
    assert acme.holdups() == acme.holdups(limit=1000)
    assert acme.holdups().next is None
    for number in range(4):
        acme.book_in(f"R{number}", {f"S{number}": 1})
        acme.place_order(f"O{number}", {f"S{number}": 1, "JAM": 1})
        acme.place_order(f"P{number}", {f"S{number}": 1})
    whole = acme.holdups()
    assert [each.order.order_id for each in whole.items] == ["O0", "O1", "O2", "O3"]
    assert whole.next is None
    for most, page_size in ((1, 1000), (3, 1000), (1, 2), (50, 3), (50, 8)):
        monkeypatch.setattr(limits, "PAGE", page_size)
        page = acme.holdups(limit=min(most, page_size))
        found = [*page.items]
        assert len(page.items) <= most
        while page.next is not None:
            page = acme.holdups(after=page.next, limit=min(most, page_size))
            found += page.items
        assert tuple(found) == whole.items
    monkeypatch.undo()
    with pytest.raises(InvalidValue, match="limit"):
        acme.holdups(limit=0)
    with pytest.raises(InvalidValue, match="after"):
        acme.holdups(after="nowhere")
