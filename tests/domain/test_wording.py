"""What a seller's users read: the whole text of a mail, as it comes."""

from datetime import timedelta

import attrs
import pytest

from backorders import OrderRequest
from backorders.domain import wording
from backorders.domain.notices import Content, Notice
from backorders.domain.values import MessageId, SellerId
from tests.support.clock import START
from tests.support.mails import a_digest
from tests.support.notices import DIGEST, RELEASED, new_shop

_DAY = timedelta(days=1)


def test_a_digest_tells_of_each_order_what_became_of_it_and_what_can_be_done() -> None:
    """Whoever has read it knows whom to ring up, without looking anything up."""
    shop = new_shop(DIGEST)
    acme = shop.acme
    acme.place_order("O1", {"TEA": 3, "JAM": 1, "CUP": 1}, placed_at=START - 5 * _DAY)
    acme.place_order("O2", {"MUG": 2})
    acme.place_order("O3", {"POT": 1}, placed_at=START + timedelta(hours=1))
    shop.clock.advance(hours=2)
    acme.book_in("R1", {"TEA": 1, "MUG": 2, "CUP": 1})
    acme.cancel_order("O3")
    assert shop.next_day() == 1
    (notice,) = shop.delivered()
    assert notice.subject == "3 orders newly on back order, on 2026-03-02"
    assert notice.text == (
        "Seller acme: 3 orders newly went on back order, on 2026-03-02 (UTC).\n"
        "Still waiting: 1, for 3 units in all. Released since: 1. Cancelled since: 1.\n"
        "\n"
        "Order O1: still waiting\n"
        "  placed 2026-02-25 09:00, 6 days ago\n"
        "  on back order since 2026-03-02 09:00\n"
        "  is short of 1 of 1 units of JAM\n"
        "  is short of 2 of 3 units of TEA\n"
        "  you can: cancel it, remove what is short, replace what is short, send stock, split it\n"
        "\n"
        "Order O2: released since\n"
        "  placed 2026-03-02 09:00, 1 day ago\n"
        "  on back order since 2026-03-02 09:00\n"
        "  was short of 2 of 2 units of MUG\n"
        "\n"
        "Order O3: cancelled since\n"
        "  placed 2026-03-02 10:00, 1 day ago\n"
        "  on back order since 2026-03-02 09:00\n"
        "  was short of 1 of 1 units of POT\n"
    )


@pytest.mark.parametrize(
    ("old", "told"),
    [
        (timedelta(), "less than a day ago"),
        (_DAY - timedelta(seconds=1), "less than a day ago"),
        (_DAY, "1 day ago"),
        (2 * _DAY - timedelta(seconds=1), "1 day ago"),
        (2 * _DAY, "2 days ago"),
    ],
)
def test_an_age_is_told_in_whole_days(old: timedelta, told: str) -> None:
    """An hour more or less is nothing to a seller who asks what is old."""
    digest = a_digest()
    entry = attrs.evolve(digest.entries[0], placed_at=digest.composed_at - old)
    notice = _worded(attrs.evolve(digest, entries=[entry], units_short=1))
    assert f"  placed {entry.placed_at:%Y-%m-%d}" in notice.text
    assert f", {told}\n" in notice.text
    assert "Still waiting: 1, for 1 unit in all." in notice.text
    assert "more products" not in notice.text


def test_released_orders_are_told_in_words() -> None:
    """When it was, what brought it about, and which orders."""
    shop = new_shop(RELEASED)
    shop.acme.configure(time_zone="Europe/Paris")
    shop.acme.place_orders([OrderRequest("O1", {"TEA": 1}), OrderRequest("O2", {"TEA": 1})])
    shop.acme.book_in("R1", {"TEA": 2})
    (notice,) = shop.delivered()
    assert notice.subject == "2 orders are no longer on back order"
    assert notice.text == (
        "Seller acme: 2 orders left back order at 2026-03-02 10:00 (Europe/Paris), "
        "because of book_in R1.\n"
        "\n"
        "  O1\n"
        "  O2\n"
    )


def _worded(content: Content) -> Notice:
    return wording.notice(MessageId("m"), SellerId("acme"), "bob@example.com", content)
