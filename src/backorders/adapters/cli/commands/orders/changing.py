"""Changing what is on an order."""

from typing import Annotated

from cyclopts import Parameter

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, Flag, Many, Units, prints
from backorders.adapters.cli.documents.orders import (
    OrderDocument,
    SplitDocument,
    of_order,
    of_split,
)
from backorders.adapters.cli.errors import WrongUsage
from backorders.adapters.cli.views.orders import show_both, show_order
from backorders.domain.edits import Add, Edit, Remove, Replace, SetQuantity
from backorders.domain.order import ClaimPolicy, ShipPolicy


@prints(OrderDocument)
def edit(
    order_id: str,
    /,
    *,
    remove: Annotated[Many, Parameter(metavar="SKU")] = (),
    replace: Annotated[list[tuple[str, str]] | None, Parameter(metavar="SKU BY")] = None,
    add: Units = (),
    set_: Units = (),
    allow_back_order: Flag = False,
    desk: Desk,
) -> None:
    """Change an order: all that is named together, or nothing. It keeps its place in the queue.

    For example:

        backorders orders edit O1 --remove TEA --add CUP=2
        backorders orders edit O1 --replace TEA HERBAL --set CUP=1

    Args:
        order_id: The order.
        remove: A SKU to take off.
        replace: A SKU, and the one to put in its place in the same quantity.
        add: Units more, as SKU=NUMBER.
        set_: Exactly so many units, as SKU=NUMBER.
        allow_back_order: Replace also by what is not in stock for the whole quantity.
    """
    edits: list[Edit] = [
        *(Remove(sku) for sku in remove),
        *(Replace(sku, by) for sku, by in replace or ()),
        *(Add(sku, number) for sku, number in typed.pairs(add)),
        *(SetQuantity(sku, number) for sku, number in typed.pairs(set_)),
    ]
    if not edits:
        raise WrongUsage("no change is named", "say --remove, --replace, --add or --set")
    _edit(order_id, edits, desk, allow_back_order=allow_back_order)


@prints(OrderDocument)
def remove(order_id: str, skus: list[str], /, *, desk: Desk) -> None:
    """Take products off an order, which is then reprocessed.

    For example:

        backorders orders remove O1 TEA

    Args:
        order_id: The order.
        skus: The products.
    """
    _edit(order_id, [Remove(sku) for sku in skus], desk, allow_back_order=False)


@prints(OrderDocument)
def replace(
    order_id: str,
    sku: str,
    by: str,
    /,
    *,
    quantity: int | None = None,
    allow_back_order: Flag = False,
    desk: Desk,
) -> None:
    """Put another product in the place of one; it must be in stock for the whole quantity.

    For example:

        backorders orders replace O1 TEA HERBAL
        backorders orders replace O1 TEA HERBAL --quantity 2

    Args:
        order_id: The order.
        sku: The product that goes.
        by: The one that comes.
        quantity: How many come. Without it: as many as go.
        allow_back_order: Also when it is not in stock.
    """
    _edit(order_id, [Replace(sku, by, quantity)], desk, allow_back_order=allow_back_order)


@prints(SplitDocument)
def split(
    order_id: str, /, *, move: Units = (), new_order_id: str | None = None, desk: Desk
) -> None:
    """Split an order in two: what can ship now stays, the rest waits under a new id.

    For example:

        backorders orders split O1
        backorders orders split O1 --move TEA=2 --new-order-id O1-LATER

    Args:
        order_id: The order.
        move: What goes to the new order, as SKU=NUMBER. Without it: all that cannot ship now.
        new_order_id: The id of the new order. Without it: O1-2, then O1-3, and so on. With it, the
            same command again splits once.
    """
    with desk.seller() as seller:
        both = seller.split_order(
            order_id, move=typed.units(move) if move else None, new_order_id=new_order_id
        )
        zone = desk.zone(seller)
    desk.show(of_split(both), lambda screen: show_both(screen, both, zone))


@prints(OrderDocument)
def change_policies(
    order_id: str,
    /,
    *,
    ship: ShipPolicy | None = None,
    claim: ClaimPolicy | None = None,
    desk: Desk,
) -> None:
    """Change how an order ships, and what it does with units while it waits.

    For example:

        backorders orders change-policies O1 --claim yield
        backorders orders change-policies O1 --ship as-available

    Args:
        order_id: The order.
        ship: Whether it waits until all of it can ship.
        claim: Whether it keeps what it could get, or lets others have it.
    """
    if ship is None and claim is None:
        raise WrongUsage("no change is named", "say --ship or --claim")
    with desk.seller() as seller:
        order = seller.change_policies(order_id, ship=ship, claim=claim)
        zone = desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))


def _edit(order_id: str, edits: list[Edit], desk: Desk, *, allow_back_order: bool) -> None:
    with desk.seller() as seller:
        order = seller.edit_order(order_id, *edits, allow_back_order=allow_back_order)
        zone = desk.zone(seller)
    desk.show(of_order(order), lambda screen: show_order(screen, order, zone))
