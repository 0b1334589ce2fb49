"""`backorders demo`: the library at work on the real orders of a wholesaler."""

from typing import TYPE_CHECKING

from backorders.adapters.cli.errors import CommandRefused
from backorders.adapters.cli.stores import shown

if TYPE_CHECKING:
    from backorders.adapters.cli.demo.books import Books
    from backorders.adapters.cli.screen import Screen


def demo(*, store: str | None = None) -> None:
    """Show what happens when stock is not enough, on real orders, in a file that you can keep.

    Args:
        store: The SQLite file, or the URL of the database, to work in. Without it:
            backorders-demo.db in this folder. Only what an earlier demo has made is overwritten.
    """
    from backorders.adapters.cli.demo.books import (
        Books,
        BooksClock,
        bring_in_history,
        bring_in_today,
    )
    from backorders.adapters.cli.demo.mailbox import Mailbox
    from backorders.adapters.cli.demo.place import SELLER, empty_store
    from backorders.adapters.cli.demo.story import Story
    from backorders.adapters.cli.screen import Screen
    from backorders.application import Backorders

    screen = Screen()
    opened, url, was_there = empty_store(store)
    try:
        clock = BooksClock()
        app = Backorders(opened, clock=clock)
        seller = app.seller(SELLER)
        books = Books.read()
        _introduce(screen, books, url, again=was_there)
        with screen.progress("Shipping orders of 1996 to 1998", len(books.shipped)) as advance:
            units = bring_in_history(books, opened, seller, clock, advance)
        mailbox = Mailbox(screen, app, seller, clock)
        mailbox.ask_for_mail()
        orders = bring_in_today(books, seller, clock)
        screen.say(
            f"Done: {len(books.shipped)} orders with {units:,} units placed and despatched, then "
            f"{sum(p.in_stock for p in books.products.values()):,} units of stock booked in and "
            f"{len(orders)} open orders placed."
        )
        story = Story(screen, seller, books, [order.order_id for order in orders])
        story.show_back_orders()
        story.show_answers()
        story.cancel()
        story.remove()
        story.replace()
        story.send_stock()
        story.ship(story.split())
        mailbox.show_next_morning()
        sound = story.show_end()
    finally:
        opened.close()
    _say_goodbye(screen, url, SELLER)
    if not sound:
        raise CommandRefused("the stored sums do not agree", "please report this")


def _introduce(screen: "Screen", books: "Books", url: str, *, again: bool) -> None:
    screen.heading("Northwind, a food wholesaler")
    screen.say(
        "Real orders from Microsoft's Northwind sample (MIT licence). Its books end on "
        f"{books.last_day:%d %B %Y}: {len(books.shipped)} orders have shipped, {len(books.open)} "
        "are open, and the stock of that day is known. What came in before is not: as much as the "
        "shipped orders needed is booked in for them, so that the shelves then hold exactly what "
        "the books say."
    )
    made = "made anew, as it held an earlier demo" if again else "new"
    screen.say(f"Everything is stored in {shown(url)} ({made}).")


def _say_goodbye(screen: "Screen", url: str, seller_id: str) -> None:
    """Show what can be done with the file next."""
    screen.heading("Try it yourself")
    screen.say(f"The orders are in {shown(url)}. In Python:")
    screen.code(
        [
            "",
            "from backorders import Backorders",
            "from backorders.adapters.sql import SqlStore",
            "",
            f'shop = Backorders(SqlStore.from_url("{url}")).seller("{seller_id}")',
            "for order in shop.back_orders().items:",
            "    print(order.order_id, order.placed_at.date(), dict(order.shortages))",
            "",
        ]
    )
