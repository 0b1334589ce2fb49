"""Who subscribes hears of everything, in order: a listener who is shown what is wrong says so."""

from datetime import UTC, datetime

import attrs
import pytest

from backorders import Backorders, Happened
from backorders.adapters.memory import MemoryStore
from backorders.domain.values import SellerId
from backorders.ports.storage import Entry
from backorders.testing.simulation.books import Written
from backorders.testing.simulation.listening import Listener, NotNowError

_NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def events() -> list[Happened]:
    """Events of an order, in order: placed, and on back order; then released."""
    told: list[Happened] = []
    app = Backorders(MemoryStore(), clock=lambda: _NOON)
    app.subscribe(told.append, name="erp")
    acme = app.seller("acme")
    acme.place_order("O1", {"TEA": 2})
    acme.book_in("R1", {"TEA": 2})
    app.deliver_events()
    return [happened for happened in told if happened.subject == "O1"]


def _listener(events: list[Happened]) -> Listener:
    listener = Listener(is_calm=True)
    entries = [Entry(each.subject, each.version, each.event) for each in events]
    listener.enter("acme", [Written("journal", "append", (entries,))])
    return listener


def test_each_event_of_an_order_may_come_again_and_none_before_its_turn(
    events: list[Happened],
) -> None:
    """Whoever keeps books by events cannot undo that an order was released before it waited."""
    listener = _listener(events)
    first, second, *_ = events
    with pytest.raises(AssertionError, match="is told before"):
        listener.hear(second)
    listener.hear(first)
    listener.hear(first)
    listener.hear(second)
    listener.hear(first)
    with pytest.raises(AssertionError, match="nobody was told of"):
        listener.assert_all_is_heard()
    for each in events:
        listener.hear(each)
    listener.assert_all_is_heard()


def test_only_what_was_committed_is_told_and_as_it_was(events: list[Happened]) -> None:
    """What was undone has not happened."""
    listener = _listener(events[:1])
    later = next(each for each in events if each.version > 1)
    with pytest.raises(AssertionError, match=r"law 19: .* was undone"):
        listener.hear(later)
    with pytest.raises(AssertionError, match=r"is told, not \["):
        listener.hear(attrs.evolve(events[0], event=later.event))


def test_a_listener_is_out_of_order_for_some_events_until_all_is_calm(
    events: list[Happened],
) -> None:
    """What comes after on the same order has to wait: else nothing would ever be stuck."""
    many = [attrs.evolve(events[0], seller_id=SellerId(f"s{number}")) for number in range(50)]
    listener = Listener()
    for each in many:
        entry = Entry(each.subject, each.version, each.event)
        listener.enter(each.seller_id, [Written("journal", "append", ([entry],))])
    refused = []
    for each in many:
        try:
            listener.hear(each)
        except NotNowError:
            refused.append(each)
    assert 0 < len(refused) < len(many)
    listener.is_calm = True
    for each in refused:
        listener.hear(each)
    listener.assert_all_is_heard()
