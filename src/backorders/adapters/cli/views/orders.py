"""Orders, for people."""

from zoneinfo import ZoneInfo

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import go_on, in_words, moment, word
from backorders.domain.order import Hold, Order
from backorders.domain.results import Page
from backorders.domain.splitting import Split


def show_order(screen: Screen, order: Order, zone: ZoneInfo) -> None:
    """Show one order with its lines."""
    screen.say(f"Order {order.order_id}: {word(order.status.value)}", "bold")
    told = [
        f"placed {moment(order.placed_at, zone)}",
        f"priority {order.priority}",
        f"ships {word(order.ship.value)}",
        f"claim {order.claim.value}",
    ]
    if order.warehouse is not None:
        told.append(f"from {order.warehouse} alone")
    if order.split_from is not None:
        told.append(f"split from {order.split_from}")
    if order.back_order_since is not None:
        told.append(f"on back order since {moment(order.back_order_since, zone)}")
    if order.cancellation_requested:
        told.append("cancellation requested")
    screen.say(", ".join(told))
    for hold in order.holds:
        screen.say(f"held: {_held(hold, zone)}")
    short = order.lacks()
    screen.table(
        ["line", "SKU", "quantity", "allocated", "short", "from"],
        [
            [
                line.line_no,
                line.sku,
                line.quantity,
                line.allocated,
                line.shortage if short else 0,
                ", ".join(f"{a.quantity:,} {a.warehouse}" for a in line.allocations),
            ]
            for line in order.lines
        ],
    )


def show_both(screen: Screen, split: Split, zone: ZoneInfo) -> None:
    """Show an order after a split, and the new one."""
    show_order(screen, split.original, zone)
    show_order(screen, split.created, zone)


def show_orders(screen: Screen, page: Page, zone: ZoneInfo) -> None:
    """Show orders, one in a row."""
    if not page.items:
        screen.say("No orders.")
        return
    screen.table(
        ["order", "placed", "status", "priority", "units", "short of"],
        [
            [
                order.order_id,
                moment(order.placed_at, zone),
                word(order.status.value),
                order.priority,
                sum(order.units.values()),
                in_words(order.shortages),
            ]
            for order in page.items
        ],
    )
    go_on(screen, page.next)


def show_waiting(screen: Screen, page: Page, zone: ZoneInfo) -> None:
    """Show orders on back order, one in a row."""
    if not page.items:
        screen.say("Nobody waits.")
        return
    screen.table(
        ["order", "placed", "on back order since", "priority", "short of"],
        [
            [
                order.order_id,
                moment(order.placed_at, zone),
                "" if order.back_order_since is None else moment(order.back_order_since, zone),
                order.priority,
                in_words(order.shortages),
            ]
            for order in page.items
        ],
    )
    go_on(screen, page.next)


def _held(hold: Hold, zone: ZoneInfo) -> str:
    reason = word(hold.reason.value)
    return reason if hold.until is None else f"{reason}, until {moment(hold.until, zone)}"
