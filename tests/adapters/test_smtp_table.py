"""The table that comes with a long digest: for a spreadsheet, and for programs."""

import csv
import io
from email.message import EmailMessage

import attrs
import pytest

from backorders.adapters.csv_cells import original
from backorders.adapters.smtp.composing import Sender, mail
from backorders.adapters.smtp.rendering import Templates
from backorders.domain.notices import Digest, ShortProduct
from backorders.domain.values import Sku
from tests.support.mails import a_digest, a_notice

_TEMPLATES = Templates(None)


def _tables(digest: Digest) -> list[EmailMessage]:
    message = mail(
        a_notice(content=digest),
        sender=Sender("", "shop@example.com", "example.com"),
        templates=_TEMPLATES,
        unsubscribe=None,
    )
    return [part for part in message.iter_attachments() if part.get_content_type() == "text/csv"]


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
