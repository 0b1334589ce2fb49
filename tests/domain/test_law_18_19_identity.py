"""Laws 18 and 19: what is sent twice happens once, and what happens, happens wholly."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import (
    Add,
    Backorders,
    ClaimPolicy,
    OrderRequest,
    Remove,
    ShipPolicy,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain import answering
from backorders.domain.errors import ContentDiffers, Refused, UnknownOrder
from backorders.domain.request import split_content
from backorders.domain.results import BookedIn, Reprocessed
from backorders.domain.values import OrderId, Sku
from tests.support.clock import START, SettableClock
from tests.support.histories import (
    Call,
    calls,
    histories,
    new_seller,
    placings,
    play,
    splits,
    supplies,
)
from tests.support.state import dump


@given(histories(), placings() | supplies() | splits(), histories(most=6))
def test_law_18_what_was_sent_before_changes_nothing(
    history: list[Call], sent: Call, since: list[Call]
) -> None:
    """A queue delivers at least once: the second time, whatever happened since, is a no-op."""
    acme = play(history)
    named = sent.name != "split_order" or dict(sent.options)["new_order_id"] is not None
    if isinstance(sent.on(acme), Refused | UnknownOrder) or not named:
        return
    play(since, acme)
    before = dump(acme)
    again = sent.on(acme)
    assert not isinstance(again, Refused | UnknownOrder)
    if isinstance(again, BookedIn | Reprocessed):
        assert again == type(again)(repeated=True)
    assert dump(acme) == before


def test_law_18_an_order_is_known_again_whatever_was_edited_since() -> None:
    """The content is the request as it was first made."""
    acme = new_seller()
    first = acme.place_order("O1", {"A": 1, "B": 2})
    acme.edit_order("O1", Remove("B"), Add("C", 1))
    again = acme.place_order("O1", {"A": 1, "B": 2})
    assert again == acme.order("O1") != first
    with pytest.raises(ContentDiffers, match="order 'O1' is known already, with other content"):
        acme.place_order("O1", {"A": 1, "C": 1})


def test_law_18_a_cancelled_order_is_not_placed_again_by_repetition() -> None:
    """A late duplicate must not bring back what the customer has cancelled."""
    acme = new_seller()
    acme.place_order("O1", {"A": 1})
    acme.cancel_order("O1")
    assert acme.place_order("O1", {"A": 1}).status.name == "CANCELLED"


def test_law_18_pairs_and_mappings_of_the_same_content_are_the_same_request() -> None:
    """How the lines are written down is not what is asked for; nor is the zone of an instant."""
    acme = new_seller()
    acme.place_order("O1", {"A": 1, "B": 2}, placed_at=START)
    eastern = START.astimezone(timezone(timedelta(hours=9)))
    for lines in [("A", 1), ("B", 2)], [["B", 2], ["A", 1]]:
        assert acme.place_order("O1", lines, placed_at=eastern).version == 1  # type: ignore[arg-type]
    with pytest.raises(ContentDiffers):
        acme.place_order("O1", [("A", 1), ("B", 1), ("B", 1)], placed_at=START)


_PLAIN: Final = OrderRequest("O1", {"A": 1})
_GIVEN: Final = {
    "placed_at": attrs.evolve(_PLAIN, placed_at=START),
    "priority": attrs.evolve(_PLAIN, priority=1),
    "ship": attrs.evolve(_PLAIN, ship=ShipPolicy.COMPLETE),
    "claim": attrs.evolve(_PLAIN, claim=ClaimPolicy.HOLD),
    "warehouse": attrs.evolve(_PLAIN, warehouse="MAIN"),
}


@pytest.mark.parametrize("option", _GIVEN)
def test_law_18_an_option_that_was_given_is_content(option: str) -> None:
    """`None` leaves a choice to the seller; naming the seller's choice is another request."""
    acme = new_seller()
    named = _GIVEN[option]
    acme.place_orders([_PLAIN])
    with pytest.raises(ContentDiffers):
        acme.place_orders([named])
    other = attrs.evolve(named, order_id="O2")
    acme.place_orders([other, other])
    assert acme.place_orders([other])[0] == acme.order("O2")
    with pytest.raises(ContentDiffers):
        acme.place_orders([attrs.evolve(_PLAIN, order_id="O2")])


def test_law_18_a_default_is_what_it_was_when_the_order_was_placed() -> None:
    """The seller changes the policies: the repetition still finds the order, unchanged."""
    acme = new_seller()
    acme.place_order("O1", {"A": 1})
    acme.configure(claim=ClaimPolicy.YIELD, ship=ShipPolicy.AS_AVAILABLE)
    assert acme.place_order("O1", {"A": 1}).claim is ClaimPolicy.HOLD
    assert acme.place_order("O2", {"A": 1}).claim is ClaimPolicy.YIELD


def test_law_18_one_call_may_hold_the_same_request_twice() -> None:
    """And two of one id that differ are refused together, with whatever came before them."""
    acme = new_seller()
    one, two = OrderRequest("O1", {"A": 1}), OrderRequest("O2", {"A": 1})
    placed = acme.place_orders([one, two, one])
    assert [order.order_id for order in placed] == ["O1", "O2", "O1"]
    with pytest.raises(ContentDiffers):
        acme.place_orders([OrderRequest("O3", {"A": 1}), OrderRequest("O3", {"A": 2})])
    with pytest.raises(UnknownOrder):
        acme.order("O3")
    assert acme.place_orders([]) == ()


def test_law_18_a_split_off_order_was_never_placed() -> None:
    """Its id is taken, and no request equals it."""
    acme = new_seller()
    acme.place_order("O1", {"A": 2})
    acme.split_order("O1", move={"A": 1})
    with pytest.raises(ContentDiffers):
        acme.place_order("O1-2", {"A": 1})


_PAPERS: Final[dict[str, Callable[[Seller], Callable[..., object]]]] = {
    "book_in": lambda acme: acme.book_in,
    "count_stock": lambda acme: acme.count_stock,
    "adjust_stock": lambda acme: acme.adjust_stock,
}


@pytest.mark.parametrize("name", _PAPERS)
def test_law_18_a_paper_with_other_content_is_refused(name: str) -> None:
    """Content is lines and warehouse; the reason is a remark."""
    acme = new_seller()
    hand_in = _PAPERS[name](acme)
    hand_in("P1", {"A": 2, "B": 1})
    assert hand_in("P1", {"B": 1, "A": 2}) in (BookedIn(repeated=True), Reprocessed(repeated=True))
    if name != "book_in":
        assert hand_in("P1", {"A": 2, "B": 1}, reason="again") == Reprocessed(repeated=True)
    before = dump(acme)
    for lines, warehouse in [
        ({"A": 2}, "MAIN"),
        ({"A": 2, "B": 2}, "MAIN"),
        ({"A": 2, "B": 1}, "W"),
    ]:
        with pytest.raises(ContentDiffers, match="'P1' is known already, with other content"):
            hand_in("P1", lines, warehouse=warehouse)
    assert dump(acme) == before


def test_law_18_receipts_counts_and_adjustments_have_ids_of_their_own() -> None:
    """Three pads of paper in the warehouse, each numbered from one."""
    acme = new_seller()
    assert not acme.book_in("1", {"A": 5}).repeated
    assert not acme.adjust_stock("1", {"A": 5}).repeated
    assert not acme.count_stock("1", {"A": 5}).repeated
    assert acme.stock("A")[0].on_hand == 5


def test_law_18_a_count_that_changed_nothing_is_remembered_too() -> None:
    """Handed in again after a delivery, it must not take the delivery off the shelf."""
    acme = new_seller()
    acme.book_in("R1", {"A": 2})
    assert acme.count_stock("C1", {"A": 2, "B": 0}) == Reprocessed()
    acme.book_in("R2", {"A": 3})
    assert acme.count_stock("C1", {"A": 2, "B": 0}).repeated
    assert (acme.stock("A")[0].on_hand, acme.stock("B")) == (5, ())


class _PowerCut(Exception):
    """The machine went down."""


@attrs.define
class _Countdown:
    """Cuts the power at the n-th write."""

    left: int

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise _PowerCut


class _Failing:
    """A part of a unit of work that does what it is told, or goes down with the power."""

    _WRITES = frozenset({"add", "save", "append", "put", "move", "add_document"})

    def __init__(self, part: object, countdown: _Countdown) -> None:
        self._part = part
        self._countdown = countdown

    def __getattr__(self, name: str) -> object:
        found = getattr(self._part, name)
        if name not in self._WRITES:
            return found

        def write(*given: object) -> object:
            self._countdown.tick()
            return found(*given)

        return write


class _FailingStore(MemoryStore):
    """A store in memory that goes down at a certain write, the commit being the last."""

    def __init__(self) -> None:
        super().__init__()
        self.countdown = _Countdown(0)

    def begin(self, seller_id: str, *, read_only: bool = False):  # type: ignore[no-untyped-def]  # noqa: ANN202
        uow = super().begin(seller_id, read_only=read_only)
        if not read_only:
            for name in ("orders", "stock", "journal", "settings"):
                setattr(uow, name, _Failing(getattr(uow, name), self.countdown))
            commit = uow.commit

            def commit_unless_down() -> None:
                self.countdown.tick()
                commit()

            uow.commit = commit_unless_down  # type: ignore[method-assign]
        return uow


@given(histories(most=8), calls, st.integers(1, 6))
def test_law_19_a_call_happens_wholly_or_not_at_all(
    history: list[Call], last: Call, cut: int
) -> None:
    """Half a cancellation would be units that nobody has: here the power fails at each write."""
    store = _FailingStore()
    acme = play(history, new_seller(store))
    before = dump(acme)
    store.countdown.left = cut
    try:
        last.on(acme)
    except _PowerCut:
        assert dump(acme) == before
    store.countdown.left = 0
    assert acme.verify() == ()
    again = play([*history, last])
    last.on(acme)
    if last.name not in {"split_order", "edit_order", "process_order"}:
        assert {k: v.status for k, v in dump(acme).orders.items()} == {
            k: v.status for k, v in dump(again).orders.items()
        }


@given(histories(), calls)
def test_law_19_a_refused_call_leaves_no_trace(history: list[Call], last: Call) -> None:
    """Neither in the orders nor on the shelf, nor in anybody's history."""
    acme = play(history)
    before = dump(acme)
    if isinstance(last.on(acme), Refused | UnknownOrder):
        assert dump(acme) == before


def test_law_19_each_call_asks_the_clock_once() -> None:
    """Everything that a call does, it does at one instant."""
    asked: list[datetime] = []

    def clock() -> datetime:
        asked.append(START + timedelta(seconds=len(asked)))
        return asked[-1]

    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    acme.configure(order_delay=timedelta(hours=1))
    acme.place_orders([OrderRequest("O1", {"A": 1}), OrderRequest("O2", {"A": 1})])
    acme.book_in("R1", {"A": 2})
    assert len(asked) == 3
    assert {event.at for event in acme.history("O1")} == set(asked[1:3])


@given(histories(most=8), histories(most=8))
def test_law_25_nothing_crosses_from_one_seller_to_another(
    ours: list[Call], theirs: list[Call]
) -> None:
    """Same ids, same SKUs, same store: what one does, the other never notices."""
    app = Backorders(MemoryStore(), clock=SettableClock())
    acme, rival = app.seller("acme"), app.seller("rival")
    play(theirs, rival)
    before = dump(rival)
    play(ours, acme)
    assert dump(rival) == before
    alone = play(ours)
    assert dump(acme) == dump(alone)
    assert acme.verify() == rival.verify() == ()


def test_law_25_units_of_one_seller_never_fill_an_order_of_another(app: Backorders) -> None:
    """The goods on the shelf belong to somebody: over every store."""
    acme, rival = app.seller("acme"), app.seller("rival")
    rival.place_order("O1", {"A": 2})
    acme.place_order("O1", {"A": 1})
    assert acme.book_in("R1", {"A": 5}).released == ("O1",)
    assert rival.order("O1").shortages == {"A": 2}
    assert rival.stock("A") == ()
    assert rival.reprocess() == Reprocessed()
    assert not rival.book_in("R1", {"A": 1}).repeated
    acme.cancel_order("O1")
    assert rival.order("O1").status.name == "ON_BACK_ORDER"
    with pytest.raises(UnknownOrder):
        app.seller("nobody").order("O1")
    assert app.sellers() == ("acme", "rival")


def test_law_25_what_runs_over_all_sellers_names_each(
    app: Backorders, clock: SettableClock
) -> None:
    """A nightly job reports (seller, order): ids alone would be ambiguous."""
    for name in ("rival", "acme"):
        seller = app.seller(name)
        seller.configure(order_delay=timedelta(hours=1))
        seller.place_order("OLD", {"A": 1})
    clock.advance(hours=2)
    assert app.release_due_holds() == (("acme", "OLD"), ("rival", "OLD"))
    assert app.release_due_holds() == ()
    app.seller("acme").place_order("NEW", {"A": 1})
    assert app.cancel_expired(older_than=timedelta(hours=1)) == (("acme", "OLD"), ("rival", "OLD"))
    assert app.seller("acme").order("NEW").status.name == "ON_BACK_ORDER"


def test_law_18_content_is_known_again_by_whatever_version_of_the_library() -> None:
    """What was stored as content years ago is compared with what is asked for today."""
    contents = {
        "order": OrderRequest("O1", {"B": 1, "A": 2}).content(),
        "order for": OrderRequest(
            "O1",
            {"A": 2},
            placed_at=START,
            priority=3,
            ship=ShipPolicy.COMPLETE,
            claim=ClaimPolicy.YIELD,
            warehouse="EAST",
        ).content(),
        "split": split_content(OrderId("O1"), None),
        "split off": split_content(OrderId("O1"), {Sku("B"): 1, Sku("A"): 2}),
        "remove": answering.removing("A").content(),
        "replace": answering.replacing("A", "B", timedelta(hours=1)).content(),
        "split all": answering.splitting().content(),
        "cancel": answering.cancelling(timedelta(hours=1)).content(),
    }
    assert {name: content[:8] for name, content in contents.items()} == {
        "order": "d729e141",
        "order for": "07b47bc3",
        "split": "3aa8f075",
        "split off": "0a637f91",
        "remove": "3aaa307d",
        "replace": "42a3ca81",
        "split all": "cacfb2c8",
        "cancel": "6d56386b",
    }


def test_law_19_the_hold_of_an_order_that_was_not_placed_after_all_is_forgotten() -> None:
    """What was undone leaves nothing behind that runs out later."""
    store, clock = MemoryStore(), SettableClock()
    acme = Backorders(store, clock=clock).seller("acme")
    acme.configure(order_delay=timedelta(hours=1))
    with store.begin("acme") as uow:
        usecases.place_order("O1", {"A": 1}, uow=uow, now=clock())
    acme.place_order("O2", {"A": 1})
    clock.advance(hours=1)
    assert acme.release_due_holds() == ("O2",)
