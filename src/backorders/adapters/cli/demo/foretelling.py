"""What the demo can tell beforehand: what each answer would do, and when orders can go."""

from collections.abc import Mapping

from backorders.adapters.cli.demo.books import Books
from backorders.adapters.cli.screen import Screen
from backorders.application import Seller


def show_answers(screen: Screen, seller: Seller, books: Books, order_id: str) -> None:
    """Show what each of the five answers would do to an order."""
    found = seller.remedies(order_id)
    screen.heading(f"What each answer would do to order {order_id}")
    answers = {
        "Cancel": found.cancel,
        "Remove": found.remove,
        "Replace": found.replace,
        "Send stock": found.restock,
        "Split": found.split,
    }
    screen.table(
        ["Answer", "Possible", "What it would do, or why not"],
        [
            (name, "yes" if answer.possible else "no", _named(answer.reason, books))
            for name, answer in answers.items()
        ],
    )


def show_promises(
    screen: Screen, seller: Seller, books: Books, name: str, units: Mapping[str, int]
) -> None:
    """Announce a delivery for the last day of the books, and show which orders can go when."""
    seller.announce_inbound(name, units, expected_on=books.last_day.date())
    promises = "".join(
        f" Order {found.order_id} can go on {found.on:%d %b %Y}."
        for found in seller.promises()
        if found.on is not None
    )
    screen.say(
        "It is announced for today, and on the shelf two working days later. The queue, served "
        f"ahead with it, promises:{promises or ' nobody gets all that is missing.'} And then it is "
        "booked in:"
    )


def _named(sentence: str, books: Books) -> str:
    """Return a sentence with the names of the products instead of their SKUs."""
    for sku, product in books.products.items():
        sentence = sentence.replace(repr(sku), product.name)
    return sentence
