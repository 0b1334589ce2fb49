"""Orders, for people."""

from zoneinfo import ZoneInfo

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import moment, word
from backorders.domain.order import Order


def show_order(screen: Screen, order: Order, zone: ZoneInfo) -> None:
    """Show one order with its lines."""
    screen.say(f"Order {order.order_id}: {word(order.status.value)}", "bold")
    screen.say(f"placed {moment(order.placed_at, zone)}, priority {order.priority}")
    screen.table(
        ["line", "SKU", "quantity", "allocated", "short", "from"],
        [
            [
                line.line_no,
                line.sku,
                line.quantity,
                line.allocated,
                line.shortage,
                ", ".join(f"{a.quantity:,} {a.warehouse}" for a in line.allocations),
            ]
            for line in order.lines
        ],
    )
