"""Looking at orders."""

from backorders.adapters.cli.commands import Desk
from backorders.adapters.cli.documents.orders import of_order
from backorders.adapters.cli.views.orders import show_order


def show(order_id: str, /, *, desk: Desk) -> None:
    """Show an order: where it stands, and what each line has.

    For example:

        backorders orders show O1
        backorders orders show O1 --json

    Args:
        order_id: The order.

    """
    with desk.seller() as seller:
        order, zone = seller.order(order_id), desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))
