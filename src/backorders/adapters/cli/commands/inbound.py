"""`backorders inbound`: announced deliveries, from being announced to being closed."""

from datetime import date

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, group, prints
from backorders.adapters.cli.documents import units as units_of
from backorders.adapters.cli.documents.events import HistoryDocument, of_events
from backorders.adapters.cli.documents.inbound import (
    InboundDocument,
    InboundsDocument,
    of_inbound,
    of_inbounds,
)
from backorders.adapters.cli.documents.stock import StockChangedDocument, of_stock_change
from backorders.adapters.cli.errors import CommandRefused
from backorders.adapters.cli.papers import id_of_paper
from backorders.adapters.cli.views.events import show_events
from backorders.adapters.cli.views.inbound import show_inbound, show_inbounds
from backorders.adapters.cli.views.stock import show_stock_change
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import MAIN


@prints(InboundDocument)
def announce(
    inbound_id: str,
    lines: list[str],
    /,
    *,
    expected_on: date,
    warehouse: str = MAIN,
    desk: Desk,
) -> None:
    """Announce a delivery. Again with the same lines and another day: it is moved.

    For example:

        backorders inbound announce ASN-7 TEA=10 CUP=4 --expected-on 2026-03-05

    Args:
        inbound_id: The id of the delivery.
        lines: What is to come, each as SKU=NUMBER.
        expected_on: The day on which it is to arrive.
        warehouse: Where it is to arrive.
    """
    with desk.seller(creates=True) as seller:
        inbound = seller.announce_inbound(
            inbound_id, typed.units(lines), expected_on=expected_on, warehouse=warehouse
        )
        zone = desk.zone(seller)
    desk.show(of_inbound(inbound), lambda screen: show_inbound(screen, inbound, zone))


@prints(InboundDocument)
def arrived(inbound_id: str, /, *, at: str | None = None, desk: Desk) -> None:
    """Note that a delivery has arrived; from then on it is due to be booked in.

    For example:

        backorders inbound arrived ASN-7
        backorders inbound arrived ASN-7 --at 2026-03-05T08:30

    Args:
        inbound_id: The delivery.
        at: When, in your time zone. Without it: now.
    """
    with desk.seller() as seller:
        zone = desk.zone(seller)
        when = None if at is None else typed.instant(at, zone)
        inbound = seller.inbound_arrived(inbound_id, at=when)
    desk.show(of_inbound(inbound), lambda screen: show_inbound(screen, inbound, zone))


@prints(StockChangedDocument)
def book_in(
    inbound_id: str, lines: list[str] | None = None, /, *, id_: str | None = None, desk: Desk
) -> None:
    """Count an announced delivery onto the shelf, and say which orders that released.

    Without lines: all that is still outstanding. Without --id, the same lines of the same delivery
    on one day are one receipt.

    For example:

        backorders inbound book-in ASN-7
        backorders inbound book-in ASN-7 TEA=9 --id R-2041

    Args:
        inbound_id: The delivery.
        lines: What came, each as SKU=NUMBER.
        id_: The id of the receipt.
    """
    with desk.seller() as seller:
        inbound = seller.inbound(inbound_id)
        units = typed.units(lines) if lines else units_of(inbound.outstanding)
        if not units:
            problem = f"nothing of {inbound_id} is outstanding"
            raise CommandRefused(problem, "name what came, as SKU=NUMBER")
        reference = id_ or id_of_paper(
            "receipt", units, inbound.warehouse, inbound_id, zone=desk.zone(seller)
        )
        done = seller.book_in(reference, units, warehouse=inbound.warehouse, inbound=inbound_id)
    desk.show(
        of_stock_change(reference, inbound.warehouse, done),
        lambda screen: show_stock_change(screen, f"Receipt {reference} of {inbound_id}", done),
    )


@prints(InboundDocument)
def close(inbound_id: str, /, *, desk: Desk) -> None:
    """Close a delivery: nothing more of it is to come. Says what was missing or too much.

    For example:

        backorders inbound close ASN-7

    Args:
        inbound_id: The delivery.
    """
    with desk.seller() as seller:
        inbound, zone = seller.close_inbound(inbound_id), desk.zone(seller)
    desk.show(of_inbound(inbound), lambda screen: show_inbound(screen, inbound, zone))


@prints(InboundDocument)
def cancel(inbound_id: str, /, *, desk: Desk) -> None:
    """Call a delivery off, of which nothing was booked in.

    Asks first: it cannot be taken back.

    For example:

        backorders inbound cancel ASN-7

    Args:
        inbound_id: The delivery.
    """
    with desk.seller() as seller:
        desk.confirm(f"Call delivery {inbound_id} off?")
        inbound, zone = seller.cancel_inbound(inbound_id), desk.zone(seller)
    desk.show(of_inbound(inbound), lambda screen: show_inbound(screen, inbound, zone))


@prints(InboundDocument)
def show(inbound_id: str, /, *, desk: Desk) -> None:
    """Show a delivery: how far it has come, and what of it.

    For example:

        backorders inbound show ASN-7

    Args:
        inbound_id: The delivery.
    """
    with desk.seller() as seller:
        inbound, zone = seller.inbound(inbound_id), desk.zone(seller)
    desk.show(of_inbound(inbound), lambda screen: show_inbound(screen, inbound, zone))


@prints(HistoryDocument)
def history(inbound_id: str, /, *, desk: Desk) -> None:
    """Tell what happened to a delivery, first to last.

    For example:

        backorders inbound history ASN-7

    Args:
        inbound_id: The delivery.
    """
    with desk.seller() as seller:
        events, zone = seller.inbound_history(inbound_id), desk.zone(seller)
    desk.show(of_events(inbound_id, events), lambda screen: show_events(screen, events, zone))


@prints(InboundsDocument)
def list_(
    *,
    status: InboundStatus | None = None,
    limit: int = 50,
    after: str | None = None,
    desk: Desk,
) -> None:
    """List deliveries by the day on which they are expected.

    For example:

        backorders inbound list --status announced

    Args:
        status: Only those that have come this far.
        limit: As many at most, up to 1,000.
        after: Go on behind this delivery.
    """
    with desk.seller() as seller:
        found = seller.inbounds(status=status, after=after, limit=limit)
        zone = desk.zone(seller)
    goes_on = _next(found, limit)
    desk.show(
        of_inbounds(found, goes_on), lambda screen: show_inbounds(screen, found, goes_on, zone)
    )


@prints(InboundsDocument)
def overdue(*, limit: int = 50, after: str | None = None, desk: Desk) -> None:
    """List the deliveries that have arrived, and should have been booked in by now.

    For example:

        backorders inbound overdue

    Args:
        limit: As many at most, up to 1,000.
        after: Go on behind this delivery.
    """
    with desk.seller() as seller:
        found = seller.inbounds(overdue=True, after=after, limit=limit)
        zone = desk.zone(seller)
    goes_on = _next(found, limit)
    desk.show(
        of_inbounds(found, goes_on), lambda screen: show_inbounds(screen, found, goes_on, zone)
    )


def _next(found: tuple[Inbound, ...], limit: int) -> str | None:
    """Return what the next page starts behind; a full page may have been the last."""
    return found[-1].inbound_id if len(found) == limit else None


app = group(
    "inbound",
    "Announced deliveries, from being announced to being closed.",
    [announce, arrived, book_in, close, cancel, show, history, list_, overdue],
)
