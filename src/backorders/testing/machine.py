"""A state machine over the public face: every step is judged by the naive model and by the laws."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

import attrs

from backorders.application import Backorders, Seller
from backorders.domain.errors import BackordersError
from backorders.domain.order import Order
from backorders.domain.request import OrderRequest
from backorders.domain.stock import StockLevel
from backorders.ports.extras import needs
from backorders.ports.storage import Store
from backorders.testing import strategies
from backorders.testing.commands import Command, command, expected, observed
from backorders.testing.laws import (
    assert_levels_are_sound,
    assert_nobody_is_overtaken,
    assert_nothing_idles,
    assert_told_in_turn,
)
from backorders.testing.model import ModelSeller, shown

with needs("testing", "the state machine"):
    from hypothesis import note
    from hypothesis import strategies as st
    from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

MakeStore: TypeAlias = Callable[[], Store]

SELLERS = ("acme", "bolt")
"""Two, under whom the same ids mean different things."""


@attrs.define
class SettableClock:
    """Returns the time that a test has set."""

    now: datetime = strategies.START

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


def _orders_there(machine: "FaceMachine") -> st.SearchStrategy[str]:
    """Return the ids of orders that one of the sellers has, or none has."""
    there = {order_id for model in machine.models.values() for order_id in model.orders}
    return st.sampled_from([*sorted(there), "O1"])


_there: st.SearchStrategy[str] = st.runner().flatmap(_orders_there)


class FaceMachine(RuleBasedStateMachine):
    """Makes calls on two sellers' faces; judges results, refusals, and all that can be seen after.

    Subclasses say over which store: see `machine_for`.
    """

    @staticmethod
    def make_store() -> Store:
        """Return an empty store; `machine_for` puts it here."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.store = self.make_store()
        self.clock = SettableClock()
        self.app = Backorders(self.store, clock=self.clock)
        self.models = {name: ModelSeller() for name in SELLERS}
        self.seen: dict[str, Mapping[str, Order]] = {name: {} for name in SELLERS}

    def teardown(self) -> None:
        """Close the store."""
        self.store.close()

    @initialize(
        chosen=strategies.choices(),
        stock=st.lists(strategies.deliveries(), max_size=3),
        orders=strategies.backlogs(6),
    )
    def begin(self, chosen: Command, stock: list[Command], orders: list[OrderRequest]) -> None:
        """Begin with something chosen, something on the shelf, and orders for more than that."""
        for seller in SELLERS:
            for each in (chosen, *stock, command("place_orders", orders)):
                self.do(seller, each)

    @rule(
        seller=st.sampled_from(SELLERS),
        wanted=strategies.placings() | strategies.deliveries() | strategies.corrections(),
    )
    def supply_or_demand(self, seller: str, wanted: Command) -> None:
        """Let orders and stock come in."""
        self.do(seller, wanted)

    @rule(
        seller=st.sampled_from(SELLERS),
        wanted=strategies.editings(_there) | strategies.splittings(_there),
    )
    def answer(self, seller: str, wanted: Command) -> None:
        """Answer a back order."""
        self.do(seller, wanted)

    @rule(
        seller=st.sampled_from(SELLERS),
        wanted=strategies.prioritisings(_there) | strategies.changes_of_policies(_there),
    )
    def prioritise(self, seller: str, wanted: Command) -> None:
        """Move an order in the queue, or let it do something else there."""
        self.do(seller, wanted)

    @rule(seller=st.sampled_from(SELLERS), wanted=strategies.handlings(_there))
    def handle(self, seller: str, wanted: Command) -> None:
        """Hold, process, despatch or cancel an order."""
        self.do(seller, wanted)

    @rule(seller=st.sampled_from(SELLERS), wanted=strategies.housekeepings())
    def keep_house(self, seller: str, wanted: Command) -> None:
        """Do something to all orders, or choose something for them."""
        self.do(seller, wanted)

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        """Let time pass."""
        self.clock.now += timedelta(hours=hours)

    @rule()
    def release_due_holds_of_all(self) -> None:
        """Clear away what ran out, of every seller that is known."""
        found = self.app.release_due_holds()
        wanted = []
        for name in SELLERS:
            self.models[name], ids = expected(
                self.models[name], command("release_due_holds"), self.clock.now
            )
            assert isinstance(ids, list)
            wanted += [(name, order_id) for order_id in ids]
        assert list(found) == wanted
        for name in SELLERS:
            self.compare(name, changed=True)

    def do(self, name: str, asked: Command) -> None:
        """Make a call; judge what it returned, and everything that can be seen afterwards."""
        result = asked.on(self.app.seller(name))
        self.models[name], wanted = expected(self.models[name], asked, self.clock.now)
        if isinstance(result, BackordersError):
            note(f"refused: {result}")
        assert observed(result) == wanted, f"{asked} came to {result!r}"
        for each in SELLERS:
            self.compare(each, changed=each == name)

    def compare(self, name: str, *, changed: bool) -> None:
        """Judge all that the face shows of a seller."""
        seller, model = self.app.seller(name), self.models[name]
        orders = {order_id: seller.order(order_id) for order_id in model.orders}
        if not changed:
            assert orders == self.seen[name], f"a call of another seller changed orders of {name}"
            return
        for order_id, order in orders.items():
            assert shown(order) == model.orders[order_id].shows()
            assert order.seller_id == name
            assert_told_in_turn(order, seller.history(order.order_id))
        levels: dict[tuple[str, str], StockLevel] = {}
        for sku in strategies.SKUS:
            found = seller.stock(sku)
            shelf = [(level.warehouse, level.on_hand, level.allocated) for level in found]
            assert shelf == model.levels(sku)
            levels |= {(sku, level.warehouse): level for level in found}
        assert_levels_are_sound(orders.values(), levels)
        assert_nothing_idles(orders.values(), levels)
        assert_nobody_is_overtaken(self.seen[name], orders, levels)
        assert seller.verify() == ()
        self._judge_queue(seller, model)
        self.seen[name] = orders

    def _judge_queue(self, seller: Seller, model: ModelSeller) -> None:
        """Judge the backlog, page by page, and parts of it."""
        wanted = model.back_orders()
        page = seller.back_orders(limit=2)
        found = [order.order_id for order in page.items]
        while page.next is not None:
            assert len(page.items) == 2  # noqa: PLR2004 - the limit
            page = seller.back_orders(limit=2, after=page.next)
            found += [order.order_id for order in page.items]
        assert found == wanted
        sku, age = strategies.SKUS[0], timedelta(days=1)
        some = seller.back_orders(sku=sku, older_than=age)
        assert observed(some) == model.back_orders(sku=sku, placed_before=self.clock.now - age)


def machine_for(make_store: MakeStore) -> type[FaceMachine]:
    """Return the machine over the stores that a function makes, each of them empty.

    Its `TestCase` is for a test runner; `hypothesis.stateful.run_state_machine_as_test` runs it
    under settings of your own.
    """
    return type("Machine", (FaceMachine,), {"make_store": staticmethod(make_store)})
