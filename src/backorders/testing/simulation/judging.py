"""One seller under judgement: what was committed, what the model says, and the laws."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import attrs

from backorders.domain.errors import UnknownOrder
from backorders.domain.results import Page
from backorders.domain.settings import Settings
from backorders.testing.commands import Command, expected, meant
from backorders.testing.laws import (
    assert_levels_are_sound,
    assert_nobody_is_overtaken,
    assert_nothing_idles,
    assert_the_planner_gives_nothing_more,
)
from backorders.testing.model import BULK, ModelSeller, shown, shown_delivery
from backorders.testing.simulation.books import Books, Writes
from backorders.testing.simulation.post import Post
from backorders.testing.simulation.telling import Committed

READING = frozenset({"order", "history", "stock", "back_orders", "settings", "verify"})
"""Calls on a seller's face that change nothing."""
UNMODELLED = frozenset(
    {"add_user", "opt_in", "opt_out", "remove_user", "compose_daily_digests"}
    | {"deliver_notifications", "deliver_events", "retry_notification"}
)
"""Calls of which the model knows nothing, because they change neither orders nor shelves."""


@attrs.define
class Judged:
    """A seller under judgement."""

    seller_id: str
    books: Books = attrs.field(factory=Books)
    post: Post = attrs.field(factory=Post)
    model: ModelSeller | None = attrs.field(factory=ModelSeller)
    """What the rules say; `None` where a call is cut into several commits: it does not know."""

    def commit(
        self,
        writes: Writes,
        asked: Command,
        began_at: datetime,
        now: datetime,
        *,
        meant: Sequence[Sequence[str]] = (),
        noted: Collection[tuple[str, int]] | None = None,
    ) -> object:
        """Take in a commit, judge it, and return what the call should come to.

        `meant` are the orders that an answer to many may be for: those that waited at some moment
        of the call. `noted` are the entries of the next digest that there were when it began.
        """
        before, inbounds_before = dict(self.books.orders), dict(self.books.inbounds)
        self.books.enter(writes)
        orders, levels = self.books.orders, self.books.levels
        self.post.enter(
            Committed(
                writes,
                asked,
                began_at,
                now,
                before,
                orders,
                inbounds_before,
                self.books.inbounds,
                self.books.settings or Settings(),
                noted,
            )
        )
        for order in orders.values():
            assert order.seller_id == self.seller_id, f"law 25: {order}"
        assert_levels_are_sound(orders.values(), levels)
        for key, level in levels.items():
            moved = self.books.moved[key]
            assert level.on_hand == moved, f"law 2: {level}, but what came and went is {moved}"
        if asked.name not in BULK:
            # It speaks of what one call gives; these are many, one after the other.
            assert_nobody_is_overtaken(before, orders, levels)
        if not self.books.owes:
            assert_nothing_idles(orders.values(), levels)
            assert_the_planner_gives_nothing_more(orders.values(), levels)
        if self.model is None:
            return None
        if asked.name in UNMODELLED:
            self._compare(self.model)
            return None
        turns = _chosen(writes)
        if turns is not None:
            assert turns in meant, f"{asked} answers {turns}, and not any of {meant}"
        self.model, wanted = expected(self.model, asked, now, turns=turns)
        self._compare(self.model)
        return wanted

    def answer(self, asked: Command, now: datetime) -> object:
        """Return what a call should come to that changes nothing, if it were made now."""
        if asked.name in READING:
            return self._read(asked)
        assert self.model is not None
        return expected(self.model, asked, now)[1]

    def meant(self, asked: Command, now: datetime) -> Sequence[str]:
        """Return the orders that an answer to many is for, if it is asked now."""
        assert self.model is not None
        return [*meant(self.model, asked, now)]

    def _compare(self, model: ModelSeller) -> None:
        """Judge the orders and shelves that are committed by those of the model."""
        orders = {order_id: shown(order) for order_id, order in self.books.orders.items()}
        wanted = {order_id: order.shows() for order_id, order in model.orders.items()}
        if orders != wanted:
            differ = [
                f"{order_id}: committed {orders.get(order_id)}\n  wanted {wanted.get(order_id)}"
                for order_id in sorted(orders.keys() | wanted.keys())
                if orders.get(order_id) != wanted.get(order_id)
            ]
            raise AssertionError("not what the rules say of\n  " + "\n  ".join(differ))
        deliveries = {key: shown_delivery(each) for key, each in self.books.inbounds.items()}
        announced = {key: each.shows() for key, each in model.deliveries.by_id.items()}
        assert deliveries == announced, f"law 23: {deliveries}, and should be {announced}"
        on_hand = {key: level.on_hand for key, level in self.books.levels.items() if level.on_hand}
        there = {key: units for key, units in model.on_hand.items() if units}
        assert on_hand == there, f"on hand are {on_hand}, and should be {there}"

    def _read(self, asked: Command) -> object:
        books, args = self.books, asked.args
        match asked.name:
            case "order":
                return books.orders.get(str(args[0]), UnknownOrder.__name__)
            case "history":
                known = str(args[0]) in books.orders
                return books.history(str(args[0])) if known else UnknownOrder.__name__
            case "stock":
                return [*books.levels_of(str(args[0]))]
            case "settings":
                return books.settings or Settings()
            case "back_orders":
                return self._page(asked.options)
            case _:
                # verify: nothing is ever wrong.
                return []

    def _page(self, options: Mapping[str, object]) -> object:
        limit, sku = options.get("limit", 50), options.get("sku")
        assert isinstance(limit, int)
        found = [o for o in self.books.on_back_order() if sku is None or sku in o.shortages]
        return found[:limit]


def _chosen(writes: Writes) -> Sequence[str] | None:
    """Return the orders that an answer to many was noted with, if one was."""
    for written in writes:
        if (written.port, written.method) == ("answers", "add"):
            return [*written.args[1]]
    return None


def read(result: object) -> object:
    """Return what a call that only reads came to, in the form of `Judged.answer`."""
    match result:
        case UnknownOrder():
            return UnknownOrder.__name__
        case Page(items=items):
            return list(items)
        case list() | tuple():
            return [*result]
        case _:
            return result
