"""Holding orders back, putting them first, and handing them over."""

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, Flag, prints
from backorders.adapters.cli.documents.orders import OrderDocument, OrderIdsDocument, of_order
from backorders.adapters.cli.documents.stock import ReprocessedDocument, of_reprocessed
from backorders.adapters.cli.views.orders import show_order
from backorders.adapters.cli.views.stock import show_reprocessed
from backorders.domain.order import HoldReason


@prints(OrderDocument)
def hold(order_id: str, reason: HoldReason, /, *, until: str | None = None, desk: Desk) -> None:
    """Keep an order from being handed to the warehouse; it keeps its place and its units.

    For example:

        backorders orders hold O1 fraud-risk
        backorders orders hold O1 awaiting-confirmation --until 2026-03-04T12:00

    Args:
        order_id: The order.
        reason: Why; the same reason again replaces its end.
        until: When the hold ends by itself, in your time zone.
    """
    with desk.seller() as seller:
        zone = desk.zone(seller)
        end = None if until is None else typed.instant(until, zone)
        order = seller.hold_order(order_id, reason, until=end)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


@prints(OrderDocument)
def release(order_id: str, reason: HoldReason, /, *, desk: Desk) -> None:
    """End a hold.

    For example:

        backorders orders release O1 fraud-risk

    Args:
        order_id: The order.
        reason: The reason that it is held for.
    """
    with desk.seller() as seller:
        order, zone = seller.release_hold(order_id, reason), desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


@prints(OrderIdsDocument)
def release_due(*, desk: Desk) -> None:
    """Clear away all holds that have run out, and name their orders.

    For example:

        backorders orders release-due
    """
    with desk.seller() as seller:
        order_ids = seller.release_due_holds()
    desk.show(
        {"order_ids": list(order_ids)},
        lambda screen: screen.say(", ".join(order_ids) or "No hold has run out."),
    )


@prints(ReprocessedDocument)
def prioritise(order_id: str, priority: int, /, *, reallocate: Flag = False, desk: Desk) -> None:
    """Give an order another priority; higher goes first.

    For example:

        backorders orders prioritise O1 10
        backorders orders prioritise O1 10 --reallocate

    Args:
        order_id: The order.
        priority: Its priority from now on; a new order has 0.
        reallocate: Take units from orders behind it, as many as help.
    """
    with desk.seller() as seller:
        done = seller.prioritise_order(order_id, priority, reallocate=reallocate)
    desk.show(of_reprocessed(done), lambda screen: show_reprocessed(screen, done))


@prints(OrderDocument)
def process(order_id: str, /, *, desk: Desk) -> None:
    """Hand an order to the warehouse; from then on it cannot be edited.

    One that ships as available and is short is split: the rest waits under a new id.

    For example:

        backorders orders process O1

    Args:
        order_id: The order.
    """
    with desk.seller() as seller:
        order, zone = seller.process_order(order_id), desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


@prints(OrderDocument)
def despatch(order_id: str, /, *, desk: Desk) -> None:
    """Note that an order has left the building.

    For example:

        backorders orders despatch O1

    Args:
        order_id: The order.
    """
    with desk.seller() as seller:
        order, zone = seller.despatch_order(order_id), desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))
