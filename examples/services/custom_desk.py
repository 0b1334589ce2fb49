"""A desk with a ranking and substitutes of its own.

    python examples/services/custom_desk.py --store sqlite:///shop.db --port 8000

The queue is ordered by priority, and then by who came first. So whatever a shop wants to rank by
becomes a priority: here the customer's tier, and within it the day on which the order is due, as a
number that does not change from day to day.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Flask
from flask_desk import Wanted, create_app, serve
from starting import options

from backorders import Backorders, Order
from backorders.adapters.sql import SqlStore

TIERS = {"gold": 2, "silver": 1}
FAMILIES = {"GREEN-TEA": "tea", "MATE": "tea", "TEA": "tea"}
"""SKU → what it can stand in for: a real shop asks its catalogue."""
_LAST_DAY = date(2100, 1, 1)
_DAYS = 100_000
"""More than any two dates in question are apart."""


def priority_of(wanted: Wanted) -> int:
    """Return the priority of an order: by the tier, and within it by the day that it is due."""
    due_on = date.fromisoformat(wanted.get("due_on", _LAST_DAY.isoformat()))
    return TIERS.get(wanted.get("tier", ""), 0) * _DAYS + (_LAST_DAY - due_on).days


class Catalogue:
    """Knows what can be sent instead: whatever is of the same family."""

    def substitutes_for(self, seller_id: str, sku: str) -> Iterable[str]:
        """Return the other SKUs of the family, by name."""
        del seller_id  # all sellers share the one catalogue here
        family = FAMILIES.get(sku)
        return sorted(other for other, name in FAMILIES.items() if name == family and other != sku)


def add_answers(app: Flask, desk: Backorders) -> None:
    """Add a page that says what could be sent instead."""

    @app.get("/<seller>/orders/<order_id>/substitutes")
    def substitutes(seller: str, order_id: str) -> list[dict[str, Any]]:  # Any: JSON
        found = desk.seller(seller).remedies(order_id).replace
        return [
            {"sku": option.sku, "by": option.by, "available": option.available}
            for option in found.options
            if option.possible
        ]

    @app.get("/<seller>/back-orders")
    def queue(seller: str) -> list[str]:
        waiting: tuple[Order, ...] = desk.seller(seller).back_orders().items
        return [order.order_id for order in waiting]


def main() -> None:
    """Open the store, serve, and give everything back."""
    asked = options("A desk with a ranking and substitutes of its own.")
    store = SqlStore.from_url(asked.store)
    desk = Backorders(store, substitutes=Catalogue())
    app = create_app(desk, priority_of)
    add_answers(app, desk)
    try:
        serve(app, asked.port)
    finally:
        store.close()


if __name__ == "__main__":
    main()
