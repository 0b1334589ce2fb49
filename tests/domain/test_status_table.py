"""The status table of the rules: every cell of it, the no-ops and the words of the errors too."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given

from backorders import (
    Add,
    Backorders,
    Hold,
    HoldReason,
    Order,
    OrderStatus,
    Remove,
    ShipPolicy,
    Stage,
)
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.errors import ActionRefused
from backorders.domain.events import (
    CancellationRefused,
    CancellationRequested,
    HoldPlaced,
    HoldReleased,
    OrderDespatched,
    OrderPrioritised,
    OrderProcessed,
)
from backorders.domain.splitting import Split
from backorders.domain.values import OrderId
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, calls, histories, new_seller, play
from tests.support.state import dump

_AS_AVAILABLE = ShipPolicy.AS_AVAILABLE


def _ready(acme: Seller) -> None:
    acme.book_in("R1", {"A": 2})
    acme.place_order("O1", {"A": 2})


def _on_hold(acme: Seller) -> None:
    _ready(acme)
    acme.hold_order("O1", HoldReason.FRAUD_RISK)


def _short(acme: Seller) -> None:
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 2})


def _short_and_held(acme: Seller) -> None:
    _short(acme)
    acme.hold_order("O1", HoldReason.FRAUD_RISK)


def _short_as_available(acme: Seller) -> None:
    acme.book_in("R1", {"A": 1})
    acme.place_order("O1", {"A": 2}, ship=_AS_AVAILABLE)


def _short_of_all(acme: Seller) -> None:
    acme.place_order("O1", {"A": 2}, ship=_AS_AVAILABLE)


def _processed(acme: Seller) -> None:
    _ready(acme)
    acme.process_order("O1")


def _requested(acme: Seller) -> None:
    _processed(acme)
    acme.request_cancellation("O1")


def _despatched(acme: Seller) -> None:
    _processed(acme)
    acme.despatch_order("O1")


def _cancelled(acme: Seller) -> None:
    _ready(acme)
    acme.cancel_order("O1")


_STATES: Final[dict[str, tuple[Callable[[Seller], None], OrderStatus]]] = {
    "READY": (_ready, OrderStatus.READY),
    "ON_HOLD": (_on_hold, OrderStatus.ON_HOLD),
    "ON_BACK_ORDER": (_short, OrderStatus.ON_BACK_ORDER),
    "short and held": (_short_and_held, OrderStatus.ON_BACK_ORDER),
    "short, AS_AVAILABLE": (_short_as_available, OrderStatus.ON_BACK_ORDER),
    "short of all, AS_AVAILABLE": (_short_of_all, OrderStatus.ON_BACK_ORDER),
    "PROCESSED": (_processed, OrderStatus.PROCESSED),
    "cancellation requested": (_requested, OrderStatus.PROCESSED),
    "DESPATCHED": (_despatched, OrderStatus.DESPATCHED),
    "CANCELLED": (_cancelled, OrderStatus.CANCELLED),
}

_ACTIONS: Final[dict[str, Callable[[Seller], object]]] = {
    "edit": lambda acme: acme.edit_order("O1", Add("B", 1)),
    "split": lambda acme: acme.split_order("O1", move={"A": 1}),
    "prioritise": lambda acme: acme.prioritise_order("O1", 3),
    "hold": lambda acme: acme.hold_order("O1", HoldReason.OTHER),
    "release": lambda acme: acme.release_hold("O1", HoldReason.OTHER),
    "cancel": lambda acme: acme.cancel_order("O1"),
    "request": lambda acme: acme.request_cancellation("O1"),
    "accept": lambda acme: acme.resolve_cancellation("O1", accepted=True),
    "refuse": lambda acme: acme.resolve_cancellation("O1", accepted=False),
    "process": lambda acme: acme.process_order("O1"),
    "despatch": lambda acme: acme.despatch_order("O1"),
}

_NO_OP = None
_OPEN: Final[dict[str, OrderStatus | str | None]] = {
    "release": _NO_OP,
    "cancel": OrderStatus.CANCELLED,
    "request": "cannot request the cancellation of it; cancel it outright",
    "accept": "cannot resolve the cancellation of it; request its cancellation first",
    "refuse": "cannot resolve the cancellation of it; request its cancellation first",
    "despatch": "cannot despatch it; process it first",
}
_WAITING: Final = {
    **_OPEN,
    "edit": OrderStatus.ON_BACK_ORDER,
    "split": OrderStatus.READY,
    "prioritise": OrderStatus.ON_BACK_ORDER,
    "hold": OrderStatus.ON_BACK_ORDER,
}
_WITH_WAREHOUSE = "it is with the warehouse: request its cancellation"
_FROZEN: Final[dict[str, OrderStatus | str | None]] = {
    **{
        action: f"cannot {action} it; {_WITH_WAREHOUSE}, or place a new order"
        for action in ("edit", "split", "prioritise", "hold")
    },
    "release": _NO_OP,
    "cancel": f"cannot cancel it; {_WITH_WAREHOUSE}",
    "process": _NO_OP,
}
_GONE: Final[dict[str, OrderStatus | str | None]] = {
    **{
        action: f"cannot {action} it; it has left the building: place a new order"
        for action in ("edit", "split", "prioritise", "hold", "process")
    },
    "release": _NO_OP,
    "cancel": "cannot cancel it; it has left the building: await its return",
    "request": "cannot request the cancellation of it; it has left the building",
    "accept": "cannot resolve the cancellation of it; request its cancellation first",
    "refuse": "cannot resolve the cancellation of it; request its cancellation first",
    "despatch": _NO_OP,
}
_OVER: Final[dict[str, OrderStatus | str | None]] = {
    **{
        action: f"cannot {action} it; place a new order"
        for action in ("edit", "split", "prioritise", "hold", "process", "despatch")
    },
    "release": _NO_OP,
    "cancel": _NO_OP,
    "request": _NO_OP,
    "accept": _NO_OP,
    "refuse": "cannot resolve the cancellation of it; request its cancellation first",
}

_TABLE: Final[dict[str, dict[str, OrderStatus | str | None]]] = {
    "READY": {
        **_OPEN,
        "edit": OrderStatus.ON_BACK_ORDER,
        "split": OrderStatus.READY,
        "prioritise": OrderStatus.READY,
        "hold": OrderStatus.ON_HOLD,
        "process": OrderStatus.PROCESSED,
    },
    "ON_HOLD": {
        **_OPEN,
        "edit": OrderStatus.ON_BACK_ORDER,
        "split": OrderStatus.ON_HOLD,
        "prioritise": OrderStatus.ON_HOLD,
        "hold": OrderStatus.ON_HOLD,
        "process": "cannot process it; release its hold FRAUD_RISK",
    },
    "ON_BACK_ORDER": {
        **_WAITING,
        "process": "cannot process it; it is short of 1 of 'A': answer the back order first",
    },
    "short and held": {
        **_WAITING,
        "split": OrderStatus.ON_HOLD,
        "process": "cannot process it; release its hold FRAUD_RISK",
    },
    "short, AS_AVAILABLE": {**_WAITING, "process": OrderStatus.PROCESSED},
    "short of all, AS_AVAILABLE": {
        **_WAITING,
        "split": OrderStatus.ON_BACK_ORDER,
        "process": "cannot process it; it is short of 2 of 'A' and nothing of it could ship now",
    },
    "PROCESSED": {
        **_FROZEN,
        "request": OrderStatus.PROCESSED,
        "accept": "cannot resolve the cancellation of it; request its cancellation first",
        "refuse": "cannot resolve the cancellation of it; request its cancellation first",
        "despatch": OrderStatus.DESPATCHED,
    },
    "cancellation requested": {
        **_FROZEN,
        "request": _NO_OP,
        "accept": OrderStatus.CANCELLED,
        "refuse": OrderStatus.PROCESSED,
        "despatch": "cannot despatch it; its cancellation is requested: resolve that first",
    },
    "DESPATCHED": _GONE,
    "CANCELLED": _OVER,
}
"""State → action → the status afterwards, the words of the refusal, or `None` for a no-op."""

_CELLS: Final = [(state, action) for state in _STATES for action in _ACTIONS]


@pytest.mark.parametrize(("state", "action"), _CELLS, ids=lambda part: part.replace(" ", "-"))
def test_every_cell_of_the_status_table(state: str, action: str) -> None:
    """A cell that nobody tried is a promise that nobody keeps."""
    acme = new_seller()
    prepare, status = _STATES[state]
    prepare(acme)
    assert acme.order("O1").status is status
    before = dump(acme)
    expected = _TABLE[state][action]
    if isinstance(expected, str):
        with pytest.raises(ActionRefused) as caught:
            _ACTIONS[action](acme)
        assert f"order 'O1' is {status.name}: {expected}" in str(caught.value)
        assert (caught.value.order_id, caught.value.status) == ("O1", status.name)
        assert dump(acme) == before
    elif expected is _NO_OP:
        assert _ACTIONS[action](acme) == before.orders["O1"]
        assert dump(acme) == before
    else:
        result = _ACTIONS[action](acme)
        order = acme.order("O1")
        assert order.status is expected
        assert dump(acme) != before
        if isinstance(result, Order):
            assert result == order
        elif isinstance(result, Split):
            assert result.original == order


@given(histories(), calls)
def test_status_follows_from_stage_shortage_and_holds(history: list[Call], last: Call) -> None:
    """It is derived, never stored: so it can never contradict what it is derived from."""
    acme = play([*history, last])
    state = dump(acme)
    for order in state.orders.values():
        short = any(line.allocated < line.quantity for line in order.lines)
        if order.stage is not Stage.OPEN:
            assert order.status.name == order.stage.name
            assert not order.shortages
            assert not order.holds
        elif short:
            assert order.status is OrderStatus.ON_BACK_ORDER
            assert order.shortages
        else:
            assert order.status is (OrderStatus.ON_HOLD if order.holds else OrderStatus.READY)
        assert order.is_on_back_order == (order.order_id in state.backlog)


def test_processing_as_available_ships_what_there_is() -> None:
    """The part that ships goes under the order's id, the rest waits under a new one."""
    acme = new_seller()
    _short_as_available(acme)
    order = acme.process_order("O1")
    assert (order.units, order.status.name) == ({"A": 1}, "PROCESSED")
    rest = acme.order("O1-2")
    assert (rest.shortages, rest.status.name, rest.split_from) == ({"A": 1}, "ON_BACK_ORDER", "O1")
    assert isinstance(acme.history("O1")[-2], OrderProcessed)
    acme.despatch_order("O1")
    assert isinstance(acme.history("O1")[-1], OrderDespatched)


def test_an_accepted_cancellation_returns_the_units_to_who_waits() -> None:
    """The parcel is unpacked: what was in it is supply (law 7)."""
    acme = new_seller()
    _requested(acme)
    assert acme.order("O1").cancellation_requested
    acme.place_order("O2", {"A": 1})
    cancelled = acme.resolve_cancellation("O1", accepted=True)
    assert (cancelled.units_held, cancelled.cancellation_requested) == ({}, False)
    assert not acme.order("O2").is_on_back_order
    assert acme.verify() == ()


def test_a_refused_cancellation_leaves_the_order_as_it_was() -> None:
    """The request is gone, so the order can be despatched, or another request made."""
    acme = new_seller()
    _requested(acme)
    order = acme.resolve_cancellation("O1", accepted=False)
    assert (order.stage, order.cancellation_requested) == (Stage.PROCESSED, False)
    kinds = [type(event) for event in acme.history("O1")[-2:]]
    assert kinds == [CancellationRequested, CancellationRefused]
    assert acme.despatch_order("O1").status is OrderStatus.DESPATCHED


def test_the_same_reason_again_replaces_its_until() -> None:
    """One reason is one hold, whoever sets it."""
    acme = new_seller()
    _ready(acme)
    later = START + timedelta(days=1)
    acme.hold_order("O1", HoldReason.OTHER)
    acme.hold_order("O1", HoldReason.FRAUD_RISK, until=later)
    held = acme.hold_order("O1", HoldReason.OTHER, until=later)
    assert held.holds == (Hold(HoldReason.FRAUD_RISK, later), Hold(HoldReason.OTHER, later))
    again = acme.hold_order("O1", HoldReason.OTHER, until=later)
    assert again == held == acme.order("O1")
    kinds = [type(event) for event in acme.history("O1")]
    assert kinds.count(HoldPlaced) == 3
    assert [hold.reason for hold in acme.release_hold("O1", HoldReason.OTHER).holds] == [
        HoldReason.FRAUD_RISK
    ]
    assert acme.history("O1")[-1] == HoldReleased("O1", START, HoldReason.OTHER, due=False)  # type: ignore[arg-type]


def test_a_hold_past_its_until_stops_nothing_but_says_on_hold_until_it_is_cleared() -> None:
    """To the second: what runs out at nine does not stop anybody at nine."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    acme.configure(order_delay=timedelta(hours=1))
    _ready(acme)
    acme.place_order("O2", {"B": 1})
    until = clock.now + timedelta(hours=1)
    placed = HoldPlaced(OrderId("O2"), clock.now, HoldReason.ORDER_DELAY, until)
    assert placed in acme.history("O2")
    acme.hold_order("O2", HoldReason.OTHER)
    clock.advance(minutes=59)
    with pytest.raises(ActionRefused, match="release its hold ORDER_DELAY, or wait until 2026-03"):
        acme.process_order("O1")
    assert acme.release_due_holds() == ()
    clock.advance(minutes=1)
    assert acme.order("O1").status is OrderStatus.ON_HOLD
    assert acme.process_order("O1").holds == ()
    assert acme.release_due_holds() == ("O2",)
    assert [hold.reason for hold in acme.order("O2").holds] == [HoldReason.OTHER]
    assert acme.history("O2")[-1] == HoldReleased(
        OrderId("O2"), clock.now, HoldReason.ORDER_DELAY, due=True
    )


def test_a_held_order_keeps_its_rank_and_its_units() -> None:
    """Somebody is looking at the card payment: that is no reason to lose the goods."""
    acme = new_seller()
    _short_and_held(acme)
    acme.place_order("O2", {"A": 1})
    assert acme.book_in("R2", {"A": 1}).released == ("O1",)
    assert acme.order("O1").status is OrderStatus.ON_HOLD


def test_a_shortage_of_many_skus_is_told_in_few_words() -> None:
    """A message is read by people; the whole of it is in the order."""
    acme = new_seller()
    short = {f"S{number}": number + 1 for number in reversed(range(7))}
    acme.place_order("O1", short)
    with pytest.raises(ActionRefused, match=r"1 of 'S0', .* 5 of 'S4' and 2 SKUs more: answer"):
        acme.process_order("O1")
    acme.edit_order("O1", Remove("S6"), Remove("S5"))
    with pytest.raises(ActionRefused, match=r"1 of 'S0', .* 5 of 'S4': answer"):
        acme.process_order("O1")


def test_a_hold_that_ends_by_itself_says_when() -> None:
    """Whoever is refused can wait for it; of one without an end, it can only be released."""
    for until, instead in (
        (None, "release its hold FRAUD_RISK"),
        (
            START + timedelta(days=1),
            "release its hold FRAUD_RISK, or wait until 2026-03-03T09:00:00+00:00",
        ),
    ):
        acme = new_seller()
        _ready(acme)
        acme.hold_order("O1", HoldReason.FRAUD_RISK, until=until)
        with pytest.raises(ActionRefused) as caught:
            acme.process_order("O1")
        assert caught.value.instead == instead


def test_a_new_priority_is_told_and_the_same_one_is_not() -> None:
    """A no-op leaves no trace in the history."""
    acme = new_seller()
    _short(acme)
    acme.prioritise_order("O1", 2)
    acme.prioritise_order("O1", 2)
    told = [event for event in acme.history("O1") if isinstance(event, OrderPrioritised)]
    assert [(event.before, event.priority) for event in told] == [(0, 2)]
