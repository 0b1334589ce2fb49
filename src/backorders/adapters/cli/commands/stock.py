"""`backorders stock`: what is on the shelves, and what changes it."""

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, group, prints
from backorders.adapters.cli.documents.stock import (
    LevelsDocument,
    StockChangedDocument,
    of_levels,
    of_stock_change,
)
from backorders.adapters.cli.papers import id_of_paper, id_of_the_moment
from backorders.adapters.cli.views.stock import show_levels, show_stock_change
from backorders.domain.values import MAIN


@prints(LevelsDocument)
def show(*skus: str, limit: int = 50, after: str | None = None, desk: Desk) -> None:
    """Show what is on the shelves: of the products named, or of all, page by page.

    For example:

        backorders stock show TEA CUP
        backorders stock show --limit 1000 --json

    Args:
        skus: The products. Without any: all, by SKU.
        limit: As many levels at most, up to 1,000; of all.
        after: Go on where an earlier list ended; it said with what.
    """
    with desk.seller() as seller:
        if skus:
            levels, goes_on = [level for sku in skus for level in seller.stock(sku)], None
        else:
            page = seller.stock_levels(after=after, limit=limit)
            levels, goes_on = list(page.items), page.next
    desk.show(of_levels(levels, goes_on), lambda screen: show_levels(screen, levels, goes_on))


@prints(StockChangedDocument)
def book_in(
    lines: list[str],
    /,
    *,
    id_: str | None = None,
    warehouse: str = MAIN,
    inbound: str | None = None,
    desk: Desk,
) -> None:
    """Count a delivery onto the shelf, and say which orders that released.

    A receipt has an id, so that typing it twice does not make stock twice. Without --id, the same
    lines into the same warehouse on one day are one receipt.

    For example:

        backorders stock book-in TEA=10 CUP=4 --id R-2041
        backorders stock book-in TEA=10 --inbound ASN-7

    Args:
        lines: What came, each as SKU=NUMBER.
        id_: The id of the receipt.
        warehouse: Where it is put.
        inbound: The announced delivery that it is of.
    """
    units = typed.units(lines)
    with desk.seller(creates=True) as seller:
        reference = id_ or id_of_paper(
            "receipt", units, warehouse, inbound or "", zone=desk.zone(seller)
        )
        done = seller.book_in(reference, units, warehouse=warehouse, inbound=inbound)
    desk.show(
        of_stock_change(reference, warehouse, done),
        lambda screen: show_stock_change(screen, f"Receipt {reference}", done),
    )


@prints(StockChangedDocument)
def count(
    lines: list[str],
    /,
    *,
    id_: str | None = None,
    warehouse: str = MAIN,
    reason: str = "",
    desk: Desk,
) -> None:
    """Set what is on hand to what was found on the shelf.

    Below what orders hold, the last in the queue lose units. Without --id, each count is one of its
    own: counting twice comes to the same.

    For example:

        backorders stock count TEA=40 CUP=0 --reason stocktake

    Args:
        lines: What was found, each as SKU=NUMBER.
        id_: The id of the count.
        warehouse: Where it was counted.
        reason: A remark.
    """
    units = typed.units(lines)
    with desk.seller(creates=True) as seller:
        reference = id_ or id_of_the_moment("count", desk.zone(seller))
        done = seller.count_stock(reference, units, warehouse=warehouse, reason=reason)
    desk.show(
        of_stock_change(reference, warehouse, done),
        lambda screen: show_stock_change(screen, f"Count {reference}", done),
    )


@prints(StockChangedDocument)
def adjust(
    lines: list[str],
    /,
    *,
    id_: str | None = None,
    warehouse: str = MAIN,
    reason: str = "",
    desk: Desk,
) -> None:
    """Correct what is on hand by so many units, up or down.

    An adjustment has an id, so that typing it twice does not correct twice. Without --id, the same
    lines in the same warehouse on one day are one adjustment.

    For example:

        backorders stock adjust TEA=-2 --reason broken

    Args:
        lines: What changes, each as SKU=NUMBER; negative for fewer.
        id_: The id of the adjustment.
        warehouse: Where.
        reason: A remark.
    """
    units = typed.units(lines)
    with desk.seller(creates=True) as seller:
        reference = id_ or id_of_paper("adjustment", units, warehouse, zone=desk.zone(seller))
        done = seller.adjust_stock(reference, units, warehouse=warehouse, reason=reason)
    desk.show(
        of_stock_change(reference, warehouse, done),
        lambda screen: show_stock_change(screen, f"Adjustment {reference}", done),
    )


app = group("stock", "What is on the shelves, and what changes it.", [show, book_in, count, adjust])
