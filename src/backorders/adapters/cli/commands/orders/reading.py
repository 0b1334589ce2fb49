"""Looking at orders."""

from typing import Annotated

from cyclopts import Parameter

from backorders.adapters.cli.commands import Desk, Flag, Many, prints
from backorders.adapters.cli.documents.advice import RemediesDocument, of_remedies
from backorders.adapters.cli.documents.events import HistoryDocument, of_events
from backorders.adapters.cli.documents.explaining import ExplanationDocument, of_explanation
from backorders.adapters.cli.documents.orders import (
    OrderDocument,
    OrdersDocument,
    of_order,
    of_orders,
)
from backorders.adapters.cli.documents.promises import PromiseDocument, of_promise
from backorders.adapters.cli.views.advice import show_remedies
from backorders.adapters.cli.views.events import show_events
from backorders.adapters.cli.views.orders import show_order, show_orders
from backorders.adapters.cli.views.reports import show_promises
from backorders.domain.order import OrderStatus


@prints(OrderDocument)
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


@prints(OrdersDocument)
def list_(
    *,
    status: OrderStatus | None = None,
    oldest_first: Flag = False,
    limit: int = 50,
    after: str | None = None,
    desk: Desk,
) -> None:
    """List orders, the one placed last first.

    For example:

        backorders orders list
        backorders orders list --status ready --oldest-first
        backorders orders list --limit 1000 --json

    Args:
        status: Only those that stand like this.
        oldest_first: The one placed first first.
        limit: As many at most, up to 1,000.
        after: Go on where an earlier list ended; it said with what.
    """
    with desk.seller() as seller:
        page = seller.orders(status=status, newest_first=not oldest_first, after=after, limit=limit)
        zone = desk.zone(seller)
    desk.show(of_orders(page), lambda screen: show_orders(screen, page, zone))


@prints(RemediesDocument)
def remedies(
    order_id: str, /, *, ask: Annotated[Many, Parameter(metavar="SKU")] = (), desk: Desk
) -> None:
    """Say what each of the five answers would do to an order now; none is given.

    For example:

        backorders orders remedies O1
        backorders orders remedies O1 --ask HERBAL --ask MINT

    Args:
        order_id: The order.
        ask: A product to try as a replacement.
    """
    with desk.seller() as seller:
        found = seller.remedies(order_id, ask=ask)
    desk.show(of_remedies(found), lambda screen: show_remedies(screen, found))


@prints(PromiseDocument)
def promise(order_id: str, /, *, desk: Desk) -> None:
    """Say when an order can go, if what is announced comes and is booked in on time.

    For example:

        backorders orders promise O1

    Args:
        order_id: The order.
    """
    with desk.seller() as seller:
        found = seller.promise(order_id)
    desk.show(of_promise(found), lambda screen: show_promises(screen, [found]))


@prints(HistoryDocument)
def history(order_id: str, /, *, desk: Desk) -> None:
    """Tell what happened to an order, first to last, and what caused it.

    For example:

        backorders orders history O1

    Args:
        order_id: The order.
    """
    with desk.seller() as seller:
        events, zone = seller.history(order_id), desk.zone(seller)
    desk.show(of_events(order_id, events), lambda screen: show_events(screen, events, zone))


@prints(ExplanationDocument)
def explain(order_id: str, /, *, desk: Desk) -> None:
    """Say why each line of an order has what it has, and who is ahead of it.

    For example:

        backorders orders explain O1

    Args:
        order_id: The order.
    """
    with desk.seller() as seller:
        explanation = seller.explain(order_id)
    desk.show(
        of_explanation(explanation),
        lambda screen: screen.say("\n".join(explanation.sentences)),
    )
