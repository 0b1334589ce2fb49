"""What the demo tells, step by step; every order in it is chosen when it runs."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from backorders.adapters.cli.demo import choosing, foretelling
from backorders.adapters.cli.demo.books import Books
from backorders.adapters.cli.screen import Screen
from backorders.application import Seller
from backorders.domain.edits import Remove, Replace
from backorders.domain.errors import Refused
from backorders.domain.limits import PAGE
from backorders.domain.order import Order, OrderStatus
from backorders.domain.values import Sku

_SHOWN = 8
"""Rows of a table that is cut short."""
_NAMED = 2
"""Products named of an order that is short of many."""

_IN_WORDS = {
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.DESPATCHED: "despatched",
    OrderStatus.PROCESSED: "with the warehouse",
    OrderStatus.ON_HOLD: "on hold",
    OrderStatus.READY: "ready to ship",
}


@attrs.define
class Story:
    """The story of a seller whose stock is not enough."""

    screen: Screen
    seller: Seller
    books: Books
    ids: list[str] = attrs.field(factory=list)
    """The open orders, in rank order, and what was split off from them."""
    _told: set[str] = attrs.field(factory=set, init=False)
    """Orders that have been given an answer: each gets one."""

    def show_back_orders(self) -> None:
        """Show who waits, for what, and why."""
        waiting = self._waiting()
        self.screen.heading(f"On back order: {len(waiting)} of {len(self.ids)} open orders")
        self.screen.say(
            "First come, first served: who ordered earlier gets the units, who ordered later waits."
        )
        rows = [
            (
                place,
                order.order_id,
                f"{self.books.sold(order).customer}, {self.books.sold(order).country}",
                f"{order.placed_at:%d %b %Y}",
                self._short(order),
            )
            for place, order in enumerate(waiting[:_SHOWN], start=1)
        ]
        more = len(waiting) - len(rows)
        self.screen.table(
            ["Rank", "Order", "Customer", "Placed", "Short of"],
            rows,
            caption=f"… and {more} more" if more else "",
        )
        self._show_short_products(waiting)

    def cancel(self) -> None:
        """Cancel an order, and show who gets what it held."""
        order = choosing.to_cancel(self._waiting())
        if self._begins("1. Cancel", order) and order is not None:
            self.screen.say(
                f"Say the customer of order {order.order_id} gives up. It is short of "
                f"{self._units(order.shortages)}, but holds {self._units(choosing.held(order))}: "
                "that goes to whoever waits longest."
            )
            self._do(order, lambda: self.seller.cancel_order(order.order_id, reason="gave up"))

    def remove(self) -> None:
        """Take the short product off an order."""
        found = choosing.to_shorten(self._waiting(), self.books.products)
        if self._begins("2. Remove the short product", found) and found is not None:
            order, sku = found
            self.screen.say(
                f"Order {order.order_id} waits for {self._name(sku)} alone. {self._no_more(sku)} "
                "Without it, the rest can ship; what the order held of it goes to the next in line."
            )
            self._do(order, lambda: self.seller.edit_order(order.order_id, Remove(sku)))

    def replace(self) -> None:
        """Replace the short product by one that is in stock."""
        found = choosing.to_swap(self._waiting(), self.books.products, self._available())
        if self._begins("3. Replace it", found) and found is not None:
            order, sku, by = found
            self.screen.say(
                f"Order {order.order_id} waits for {self._name(sku)}. {self._no_more(sku)} The "
                f"same supplier's {self._name(by)} is in stock ({self._available()[by]} units), "
                f"so {order.units[Sku(sku)]} of these go instead; that they are there is checked."
            )
            self._do(order, lambda: self.seller.edit_order(order.order_id, Replace(sku, by)))

    def send_stock(self) -> None:
        """Book in a delivery that is under way."""
        found = choosing.to_send(self._waiting(), self.books.products)
        if self._begins("4. Send stock", found) and found is not None:
            supplier, lines = found
            self.screen.say(
                f"Northwind's books say that supplier {supplier} was asked for "
                f"{self._units(lines, every=True)}."
            )
            before = self._all()
            delivered = {str(sku): units for sku, units in lines.items()}
            name = f"delivery of supplier {supplier}"
            foretelling.show_promises(self.screen, self.seller, self.books, name, delivered)
            booked = self.seller.book_in(name, delivered, inbound=name)
            self._show_changes(before)
            self.screen.say(
                f"Released: {_listed(booked.released)}. "
                f"Got units, still short: {_listed(booked.gained)}."
            )

    def show_answers(self) -> None:
        """Show what each answer would do to the order that stands first in the queue."""
        for order in self._waiting()[:1]:
            foretelling.show_answers(self.screen, self.seller, self.books, order.order_id)

    def split(self) -> str | None:
        """Split an order; return the part that can ship."""
        order = choosing.to_split(self._waiting())
        if not self._begins("5. Split", order) or order is None:
            return None
        held, asked = sum(order.units_held.values()), sum(order.units.values())
        self.screen.say(
            f"Order {order.order_id} has {len(order.lines)} products, and {held} of its {asked} "
            "units are there. That part ships now, the rest waits in an order of its own, in the "
            "same place in the queue."
        )
        before = self._all()
        split = self.seller.split_order(order.order_id)
        self.ids.append(split.created.order_id)
        self._show_changes(before)
        return split.original.order_id

    def ship(self, wanted: str | None) -> None:
        """Hand an order to the warehouse and let it leave, then try to cancel it."""
        ready = [o for o in self._all().values() if o.status is OrderStatus.READY]
        order = next((o for o in ready if o.order_id == wanted), ready[0] if ready else None)
        self.screen.heading("Ship it")
        if order is None:
            self.screen.say("No order is ready to ship.")
            return
        line = max(order.lines, key=lambda line: line.quantity)
        before = self._all()
        on_hand = self._on_hand(line.sku)
        self.seller.process_order(order.order_id)
        self.seller.despatch_order(order.order_id)
        self._show_changes(before)
        self.screen.say(
            f"Its units have left the shelf: {self._name(line.sku)} went from {on_hand} to "
            f"{self._on_hand(line.sku)} on hand. Whoever tries to cancel it now is told:"
        )
        try:
            self.seller.cancel_order(order.order_id)
        except Refused as refused:
            self.screen.quote(str(refused))

    def show_end(self) -> bool:
        """Show how things stand, and have the library prove its books; return whether they are."""
        waiting = self.seller.back_orders(limit=PAGE).items
        self.screen.heading("How things stand")
        status = Counter(order.status for order in self._all().values())
        standing = [
            f"{status[each]} {_IN_WORDS.get(each, 'on back order')}"
            for each in OrderStatus
            if status[each]
        ]
        units = sum(sum(order.shortages.values()) for order in waiting)
        self.screen.say(
            f"Of {len(self.ids)} orders, with what was split off: {', '.join(standing)}. "
            f"{units:,} units are short."
        )
        wrong = self.seller.verify()
        for discrepancy in wrong:
            self.screen.say(f"{discrepancy}", "red")
        if not wrong:
            self.screen.say(
                "verify() has recomputed every stock level and every allocation from the stored "
                "rows and found nothing wrong.",
                "green",
            )
        return not wrong

    def _begins(self, title: str, found: object) -> bool:
        self.screen.heading(title)
        if found is None:
            self.screen.say("No order suits this: nothing that waits would be helped by it.")
        return found is not None

    def _do(self, order: Order, change: Callable[[], Order]) -> None:
        """Make a change, and show every open order that is different afterwards."""
        before = self._all()
        change()
        self._told.add(order.order_id)
        self._show_changes(before)

    def _show_changes(self, before: Mapping[str, Order]) -> None:
        rows = []
        for order_id, after in self._all().items():
            was = before.get(order_id)
            then = "" if was is None else self._standing(was)
            if (now := self._standing(after)) != then:
                rows.append((order_id, then or "(new)", now))
        self.screen.table(["Order", "Before", "After"], rows)

    def _show_short_products(self, waiting: Sequence[Order]) -> None:
        short: Counter[str] = Counter()
        orders: Counter[str] = Counter()
        for order in waiting:
            short.update(order.shortages)
            orders.update(order.shortages.keys())
        rows = []
        for sku, units in short.most_common(_SHOWN):
            product = self.books.products[sku]
            coming = product.on_order or ("no more" if product.discontinued else "none")
            rows.append((product.name, self._on_hand(sku), units, orders[sku], f"{coming}"))
        more = len(short) - len(rows)
        self.screen.table(
            ["Product", "On hand", "Short", "Orders waiting", "On its way"],
            rows,
            caption=f"… and {more} more products" if more > 0 else "",
        )
        lines = sum(len(order.shortages) for order in waiting)
        self.screen.say(
            f"In all {short.total():,} units of {len(short)} products are short, on {lines} lines. "
            "A seller has five answers. Each is now given to the order that it suits best."
        )

    def _waiting(self) -> list[Order]:
        """Return who waits and has not been given an answer yet, in rank order."""
        items = self.seller.back_orders(limit=PAGE).items
        return [order for order in items if order.order_id not in self._told]

    def _all(self) -> dict[str, Order]:
        return {order_id: self.seller.order(order_id) for order_id in self.ids}

    def _on_hand(self, sku: str) -> int:
        return sum(level.on_hand for level in self.seller.stock(sku))

    def _available(self) -> dict[str, int]:
        return {
            sku: sum(level.available for level in self.seller.stock(sku))
            for sku in self.books.products
        }

    def _name(self, sku: str) -> str:
        return self.books.products[sku].name

    def _no_more(self, sku: str) -> str:
        if self.books.products[sku].discontinued:
            return "That is discontinued: no more will come."
        return "None of that is on its way."

    def _standing(self, order: Order) -> str:
        if order.is_on_back_order:
            return f"short of {self._short(order)}"
        return _IN_WORDS[order.status]

    def _short(self, order: Order) -> str:
        return self._units(order.shortages)

    def _units(self, units: Mapping[str, int], *, every: bool = False) -> str:
        """Return the largest of the products with their units, in words."""
        named = sorted(units.items(), key=lambda one: -one[1])
        shown = named if every or len(named) == _NAMED + 1 else named[:_NAMED]
        words = ", ".join(f"{count} × {self._name(sku)}" for sku, count in shown)
        more = len(named) - len(shown)
        return f"{words} and {more} more products" if more else words


def _listed(order_ids: Iterable[str]) -> str:
    return ", ".join(order_ids) or "none"
