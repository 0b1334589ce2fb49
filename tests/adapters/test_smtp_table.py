"""The table that comes with a long digest: for a spreadsheet, and for programs."""

import csv
import io
from email.message import EmailMessage

import attrs
import pytest

from backorders.adapters.csv_cells import original
from backorders.adapters.smtp.composing import Sender, mail
from backorders.adapters.smtp.rendering import Templates
from backorders.domain import wording
from backorders.domain.notices import Digest, Notice, ShortProduct
from backorders.domain.values import MessageId, SellerId, Sku
from tests.support.mails import a_digest, a_notice

_TEMPLATES = Templates(None)


def _mail(notice: Notice) -> EmailMessage:
    sender = Sender("", "shop@example.com", "example.com")
    return mail(notice, sender=sender, templates=_TEMPLATES, unsubscribe=None)


def _tables(digest: Digest) -> list[EmailMessage]:
    parts = _mail(a_notice(content=digest)).iter_attachments()
    return [part for part in parts if part.get_content_type() == "text/csv"]


def _rows(digest: Digest) -> list[dict[str, str]]:
    (table,) = _tables(digest)
    content = table.get_payload(decode=True)
    assert isinstance(content, bytes)
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(("orders", "tables"), [(1, 0), (50, 0), (51, 1), (500, 1), (700, 1)])
def test_a_table_comes_with_a_digest_of_more_than_fifty_orders(orders: int, tables: int) -> None:
    """Fifty can be read; more are worked through."""
    assert len(_tables(a_digest(orders))) == tables


def test_a_table_has_a_row_for_each_order_that_the_digest_lists() -> None:
    """What is left out of the digest is not in the table either; the mail says how many."""
    rows = _rows(a_digest(700))
    assert len(rows) == 500
    assert rows[0] == {
        "order": "O1",
        "placed_at": "2026-07-02T12:00:00+00:00",
        "on_back_order_since": "2026-07-02T12:00:00+00:00",
        "state": "waiting",
        "sku": "TEA",
        "short": "2",
        "ordered": "3",
        "more_products": "0",
        "answers": "cancel split",
    }


def test_an_order_with_several_short_products_has_a_row_for_each() -> None:
    """And one with none listed has a row all the same: no order is lost."""
    digest = a_digest(51)
    first, second, *others = digest.entries
    products = [ShortProduct(Sku(name), 1, 1) for name in ("A", "B", "C")]
    changed = [
        attrs.evolve(first, products=products, more_products=4),
        attrs.evolve(second, products=()),
    ]
    rows = _rows(attrs.evolve(digest, entries=[*changed, *others]))
    assert [(row["order"], row["sku"], row["more_products"]) for row in rows[:5]] == [
        ("O1", "A", "4"),
        ("O1", "B", "4"),
        ("O1", "C", "4"),
        ("O1-2", "", "0"),
        ("O1-3", "TEA", "0"),
    ]


@pytest.mark.parametrize("hostile", ["=1+1", "-O1", "@a", "+4412", "'O1", 'O1";=1', "O1,=1", "Å"])
def test_ids_come_out_of_the_table_as_they_were(hostile: str) -> None:
    """No cell starts a formula, and a program gets each id back."""
    row = _rows(a_digest(51, order_id=hostile, sku=hostile))[0]
    assert original(row["order"]) == original(row["sku"]) == hostile
    assert row["order"][0] not in "=+-@"


def test_a_table_has_a_name_with_its_day() -> None:
    """In a folder of downloads each can be told from the others."""
    (table,) = _tables(a_digest(51))
    assert table.get_filename() == "back-orders-2026-07-02.csv"
    assert table.get_content_charset() == "utf-8"


def _longest(sku: str) -> Notice:
    """Return the notice of a digest with as many orders and products as there can be."""
    digest = a_digest(500, order_id="O" * 250, sku=sku)
    ten = [ShortProduct(Sku(f"{number}{sku}"[:255]), 1, 1) for number in range(10)]
    entries = [attrs.evolve(entry, products=ten) for entry in digest.entries]
    content = attrs.evolve(digest, entries=entries)
    return wording.notice(MessageId("3f2a"), SellerId("acme"), "a@b.c", content)


@pytest.mark.parametrize(
    ("sku", "kinds"),
    [
        ("A" * 60, ["text/plain", "text/html", "text/csv"]),
        ("A" * 255, ["text/plain", "text/html"]),
        ("🫖" * 255, ["text/plain"]),
    ],
    ids=["long", "longest", "four octets each"],
)
def test_the_longest_digest_there_can_be_is_a_mail_that_servers_take(
    sku: str, kinds: list[str]
) -> None:
    """What says the same once more gives way: the table first, then the page."""
    message = _mail(_longest(sku))
    parts = [part for part in message.walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == kinds
    assert len(message.as_bytes()) <= 10_240_000
    assert parts[0].get_content().count(sku[:59]) >= 5000
