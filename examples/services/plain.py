"""What the services answer: orders and reports as plain values, ready for JSON."""

from typing import TypedDict

from backorders import BookedIn, Order


class OrderAsDict(TypedDict):
    """An order, as far as a shop wants to know."""

    order_id: str
    status: str
    lines: list[dict[str, str | int]]
    shortages: dict[str, int]


class BookedInAsDict(TypedDict):
    """What a receipt came to."""

    released: list[str]
    gained: list[str]
    repeated: bool


def order_as_dict(order: Order) -> OrderAsDict:
    """Return an order as plain values."""
    return {
        "order_id": order.order_id,
        "status": order.status.name,
        "lines": [
            {"sku": line.sku, "quantity": line.quantity, "allocated": line.allocated}
            for line in order.lines
        ],
        "shortages": dict(order.shortages),
    }


def booked_in_as_dict(booked: BookedIn) -> BookedInAsDict:
    """Return what a receipt came to as plain values."""
    return {
        "released": list(booked.released),
        "gained": list(booked.gained),
        "repeated": booked.repeated,
    }
