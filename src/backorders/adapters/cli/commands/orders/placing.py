"""Placing orders, and calling them off."""

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, Flag, prints
from backorders.adapters.cli.documents.orders import OrderDocument, of_order
from backorders.adapters.cli.errors import WrongUsage
from backorders.adapters.cli.views.orders import show_order
from backorders.domain.order import ClaimPolicy, ShipPolicy


@prints(OrderDocument)
def place(
    order_id: str,
    lines: list[str],
    /,
    *,
    placed_at: str | None = None,
    priority: int = 0,
    ship: ShipPolicy | None = None,
    claim: ClaimPolicy | None = None,
    warehouse: str | None = None,
    desk: Desk,
) -> None:
    """Place an order; it takes what is in stock, and goes on back order for the rest.

    The same order again, with the same id, is placed once.

    For example:

        backorders orders place O1 TEA=3 CUP=1
        backorders orders place O2 TEA=3 --ship as-available --priority 5

    Args:
        order_id: The id of the order.
        lines: What is ordered, each as SKU=NUMBER.
        placed_at: When it was placed, in your time zone: 2026-03-02T09:00. Without it: now.
        priority: Higher goes first.
        ship: Whether it waits until all of it can ship, or is split when part of it can. Without
            it: as the settings say.
        claim: Whether it keeps what it could get while it waits, or lets others have it. Without
            it: as the settings say.
        warehouse: The only warehouse that it may draw on.
    """
    with desk.seller(creates=True) as seller:
        zone = desk.zone(seller)
        order = seller.place_order(
            order_id,
            typed.pairs(lines),
            placed_at=None if placed_at is None else typed.instant(placed_at, zone),
            priority=priority,
            ship=ship,
            claim=claim,
            warehouse=warehouse,
        )
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


@prints(OrderDocument)
def cancel(order_id: str, /, *, reason: str = "", desk: Desk) -> None:
    """Cancel an order that has not been handed to the warehouse; others get what it held.

    Asks first: it cannot be taken back.

    For example:

        backorders orders cancel O1 --reason "customer rang"
        backorders orders cancel O1 --yes

    Args:
        order_id: The order.
        reason: Why, for its history.
    """
    with desk.seller() as seller:
        desk.confirm(f"Cancel order {order_id}? Others get what it holds.")
        order, zone = seller.cancel_order(order_id, reason=reason), desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


@prints(OrderDocument)
def request_cancellation(order_id: str, /, *, desk: Desk) -> None:
    """Ask the warehouse whether an order that it has can still be cancelled.

    For example:

        backorders orders request-cancellation O1

    Args:
        order_id: The order.
    """
    with desk.seller() as seller:
        order, zone = seller.request_cancellation(order_id), desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


@prints(OrderDocument)
def resolve_cancellation(
    order_id: str, /, *, accepted: Flag = False, refused: Flag = False, desk: Desk
) -> None:
    """Note the warehouse's answer to a request for cancellation.

    Asks before it cancels: that cannot be taken back.

    For example:

        backorders orders resolve-cancellation O1 --accepted
        backorders orders resolve-cancellation O1 --refused

    Args:
        order_id: The order.
        accepted: It is cancelled, and others get what it held.
        refused: It goes on.
    """
    if accepted == refused:
        raise WrongUsage("the answer is not clear", "say either --accepted or --refused")
    with desk.seller() as seller:
        if accepted:
            desk.confirm(f"Cancel order {order_id}? Others get what it holds.")
        order = seller.resolve_cancellation(order_id, accepted=accepted)
        zone = desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))
