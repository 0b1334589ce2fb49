"""Stock and what changed it, for people."""

from collections.abc import Sequence

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import go_on
from backorders.domain.results import BookedIn, Reprocessed
from backorders.domain.stock import StockLevel

_NAMED = 20
"""Orders that are named; the rest are counted. All are in the document for programs."""


def show_levels(screen: Screen, levels: Sequence[StockLevel], after: str | None) -> None:
    """Show what is on the shelves, one level in a row."""
    if not levels:
        screen.say("Nothing of that was ever in stock.")
        return
    screen.table(
        ["SKU", "warehouse", "on hand", "allocated", "available"],
        [
            [level.sku, level.warehouse, level.on_hand, level.allocated, level.available]
            for level in levels
        ],
    )
    go_on(screen, after)


def show_stock_change(screen: Screen, title: str, done: BookedIn | Reprocessed) -> None:
    """Show what a paper came to."""
    if done.repeated:
        screen.say(f"{title} was handed in before: nothing was done.", "bold")
        screen.say("If this is another one, give it an id of its own with --id.")
        return
    screen.say(f"{title}: done.", "bold")
    lost = done.lost if isinstance(done, Reprocessed) else ()
    _tell(screen, done.released, done.gained, lost)


def show_reprocessed(screen: Screen, done: Reprocessed) -> None:
    """Show what became of those who wait."""
    _tell(screen, done.released, done.gained, done.lost)


def _tell(
    screen: Screen, released: Sequence[str], gained: Sequence[str], lost: Sequence[str]
) -> None:
    if not (released or gained or lost):
        screen.say("Nothing changed for orders that wait.")
    for what, order_ids in (
        ("Released", released),
        ("Got units, still short", gained),
        ("Lost units", lost),
    ):
        if order_ids:
            more = len(order_ids) - _NAMED
            named = ", ".join(order_ids[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")
            screen.say(f"{what}: {named}")
