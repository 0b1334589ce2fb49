"""The commands that stand by themselves: reprocess, verify, settings."""

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, Many, prints
from backorders.adapters.cli.documents.account import SettingsDocument, of_settings
from backorders.adapters.cli.documents.reports import VerifiedDocument, of_verified
from backorders.adapters.cli.documents.stock import ReprocessedDocument, of_reprocessed
from backorders.adapters.cli.errors import CommandRefused, WrongUsage
from backorders.adapters.cli.views.reports import show_settings, show_verified
from backorders.adapters.cli.views.stock import show_reprocessed
from backorders.domain.order import ClaimPolicy, ShipPolicy


@prints(ReprocessedDocument)
def reprocess(*skus: str, order: str | None = None, desk: Desk) -> None:
    """Serve the queue. Every other command does it by itself, so this changes nothing.

    For example:

        backorders reprocess
        backorders reprocess TEA CUP
        backorders reprocess --order O1

    Args:
        skus: The products. Without any: all that anybody waits for.
        order: The products of this order instead.
    """
    if skus and order is not None:
        raise WrongUsage("products and an order are named", "name the ones or the other")
    with desk.seller() as seller:
        done = seller.reprocess(skus or None) if order is None else seller.reprocess_order(order)
    desk.show(of_reprocessed(done), lambda screen: show_reprocessed(screen, done))


@prints(VerifiedDocument)
def verify(*, desk: Desk) -> None:
    """Recompute every sum from the stored rows; exit code 1 if anything does not add up.

    For example:

        backorders verify
    """
    with desk.seller() as seller:
        found = seller.verify()
    desk.show(of_verified(found), lambda screen: show_verified(screen, found))
    if found:
        raise CommandRefused("the stored sums do not agree", "please report this")


@prints(SettingsDocument)
def settings(
    *,
    time_zone: str | None = None,
    ship: ShipPolicy | None = None,
    claim: ClaimPolicy | None = None,
    warehouse: Many = (),
    order_delay: str | None = None,
    desk: Desk,
) -> None:
    """Show the settings, after changing those that are named.

    For example:

        backorders settings
        backorders settings --time-zone Europe/London --order-delay 2h
        backorders settings --warehouse MAIN --warehouse EAST

    Args:
        time_zone: Where your days begin and end: Europe/London.
        ship: Whether new orders wait until all of them can ship.
        claim: Whether new orders keep what they could get while they wait.
        warehouse: The warehouses in the order in which they are drawn from.
        order_delay: How long each new order is held, so that it can be changed: 2h; 0 is not.
    """
    delay = None if order_delay is None else typed.length(order_delay)
    named = any(each is not None for each in (time_zone, ship, claim, delay)) or bool(warehouse)
    with desk.seller(creates=named) as seller:
        if named:
            chosen = seller.configure(
                time_zone=time_zone,
                ship=ship,
                claim=claim,
                warehouses=tuple(warehouse) or None,
                order_delay=delay,
            )
        else:
            chosen = seller.settings()
    desk.show(of_settings(chosen), lambda screen: show_settings(screen, chosen))
