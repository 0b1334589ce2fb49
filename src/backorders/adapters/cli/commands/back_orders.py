"""`backorders back-orders`: who waits, for what, and since when."""

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, group, prints
from backorders.adapters.cli.commands.answers import ANSWERS
from backorders.adapters.cli.commands.chart import chart
from backorders.adapters.cli.documents.advice import (
    HoldupsDocument,
    RestockAdviceDocument,
    of_advice,
    of_holdups,
)
from backorders.adapters.cli.documents.orders import OrdersDocument, of_orders
from backorders.adapters.cli.documents.promises import PromisesDocument, of_promises
from backorders.adapters.cli.documents.reports import ReportDocument, of_report
from backorders.adapters.cli.views.advice import show_advice, show_holdups
from backorders.adapters.cli.views.orders import show_waiting
from backorders.adapters.cli.views.reports import show_promises, show_report
from backorders.domain.advising import Aim
from backorders.domain.values import MAIN


@prints(OrdersDocument)
def list_(
    *,
    sku: str | None = None,
    older_than: str | None = None,
    limit: int = 50,
    after: str | None = None,
    desk: Desk,
) -> None:
    """List the orders on back order, as the queue runs: the first is served first.

    For example:

        backorders back-orders list
        backorders back-orders list --sku TEA --older-than 3d

    Args:
        sku: Only those that are short of this product.
        older_than: Only those placed longer ago than that: 3d, 12h, 30m or 2w.
        limit: As many at most, up to 1,000.
        after: Go on where an earlier list ended; it said with what.
    """
    age = None if older_than is None else typed.length(older_than)
    with desk.seller() as seller:
        page = seller.back_orders(sku=sku, older_than=age, after=after, limit=limit)
        zone = desk.zone(seller)
    desk.show(of_orders(page), lambda screen: show_waiting(screen, page, zone))


@prints(ReportDocument)
def report(*, desk: Desk) -> None:
    """Show the desk at a glance: orders by status and age, fill rates, and what to send.

    For example:

        backorders back-orders report
    """
    with desk.seller() as seller:
        summary, restock = seller.summary(), seller.restock_report()
        zone = desk.zone(seller)
    desk.show(
        of_report(summary, restock), lambda screen: show_report(screen, summary, restock, zone)
    )


@prints(RestockAdviceDocument)
def advice(units: int, /, *, aim: Aim = Aim.ORDERS, warehouse: str = MAIN, desk: Desk) -> None:
    """Say what to send first, when no more than so many units can be sent.

    For example:

        backorders back-orders advice 40
        backorders back-orders advice 40 --aim units

    Args:
        units: As many as can be sent.
        aim: Whether most orders are to become complete, or orders with most units short.
        warehouse: Where it is to be booked in.
    """
    with desk.seller() as seller:
        found = seller.restock_advice(units=units, aim=aim, warehouse=warehouse)
    desk.show(of_advice(found), lambda screen: show_advice(screen, found))


@prints(HoldupsDocument)
def holdups(*, limit: int = 50, after: str | None = None, desk: Desk) -> None:
    """List orders that hold what they cannot use yet, while others could go with it.

    `orders change-policies O1 --claim yield` lets them go.

    For example:

        backorders back-orders holdups

    Args:
        limit: As many at most, up to 1,000.
        after: Go on where an earlier list ended; it said with what.
    """
    with desk.seller() as seller:
        page = seller.holdups(after=after, limit=limit)
    desk.show(of_holdups(page), lambda screen: show_holdups(screen, page))


@prints(PromisesDocument)
def promises(*, desk: Desk) -> None:
    """Say of every order on back order when it can go, in the order in which they are served.

    For example:

        backorders back-orders promises
    """
    with desk.seller() as seller:
        found = seller.promises()
    desk.show(of_promises(found), lambda screen: show_promises(screen, found))


app = group(
    "back-orders",
    "Who waits, for what, and since when.",
    [list_, report, promises, advice, holdups, chart, *ANSWERS],
)
