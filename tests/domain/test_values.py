"""What a value may be, at its bounds, and how one that is refused is shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backorders import Backorders, Seller
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits, values
from backorders.domain.errors import InvalidValue
from backorders.domain.settings import time_zone
from backorders.domain.stock import StockChange


def test_what_is_just_allowed_comes_back_as_it_is() -> None:
    """A bound belongs to what it bounds."""
    assert values.counted(0, "lines['A']") == 0
    assert values.adjustment(-limits.QUANTITY, "lines['A']") == -limits.QUANTITY
    assert values.adjustment(limits.QUANTITY, "lines['A']") == limits.QUANTITY
    assert values.priority(-limits.PRIORITY - 1) == -limits.PRIORITY - 1
    assert values.span("order_delay", timedelta(0)) == timedelta(0)
    assert values.span("order_delay", timedelta(1), most=timedelta(1)) == timedelta(1)
    assert values.day("expected_on", date(2026, 12, 24)) == date(2026, 12, 24)
    assert values.after(datetime.max.replace(tzinfo=UTC), timedelta(1)).year == 9999
    assert values.before(datetime.min.replace(tzinfo=UTC), timedelta(1)).year == 1


@pytest.mark.parametrize("address", ["Max.X@example.com", "a@b", "\N{SNOWMAN}=x@example.com"])
def test_an_address_that_no_header_is_broken_by_is_taken(address: str) -> None:
    """Whether somebody reads it there is not for a library to say."""
    assert values.email(address) == address


def test_ids_may_have_what_joins_letters_though_nobody_sees_it() -> None:
    """Persian and emoji are written with it: only what controls a terminal is refused."""
    assert values.order_id("O\N{ZERO WIDTH JOINER}1") == "O\N{ZERO WIDTH JOINER}1"


def test_units_are_sorted_by_sku_however_they_were_listed() -> None:
    """What is told, and written down, must not hang on how a caller made up a mapping."""
    units = values.units_by_sku("lines", {"B": 2, "A": 1}, values.quantity)
    assert list(units.items()) == [("A", 1), ("B", 2)]


def test_a_call_that_names_no_warehouse_means_main(acme: Seller) -> None:
    """Whoever has one warehouse need not name it, and finds it under the same name for good."""
    acme.book_in("R1", {"A": 1})
    assert [level.warehouse for level in acme.stock_levels().items] == ["MAIN"]


@pytest.mark.parametrize(
    ("refused", "told"),
    [
        (10**60 - 1, f"not {'9' * 60}"),
        (10**60, "not a number too long to show"),
        (-(10**60), "not a number too long to show"),
        (10**61, "not a number too long to show"),
    ],
)
def test_a_refused_number_is_shown_as_far_as_anybody_reads_it(refused: int, told: str) -> None:
    """A log that one call can fill is of no use to the next."""
    with pytest.raises(InvalidValue) as caught:
        values.priority(refused)
    assert str(caught.value).endswith(told)


def test_a_refused_text_is_shown_as_far_as_anybody_reads_it() -> None:
    """With a mark where it was cut."""
    for name, told in (("x" * 58, f"'{'x' * 58}'"), ("x" * 59, f"'{'x' * 59}…")):
        with pytest.raises(InvalidValue) as caught:
            time_zone(name)
        assert str(caught.value).endswith(f"not {told}")


def test_settings_come_back_as_they_were_chosen(acme: Seller) -> None:
    """Days end, and units are drawn, where the seller has said."""
    chosen = acme.configure(time_zone="Europe/Paris", warehouses=["WEST", "EAST"])
    assert (chosen.time_zone, chosen.warehouses) == ("Europe/Paris", ("WEST", "EAST"))


def test_a_receipt_is_kept_without_a_reason() -> None:
    """It gives none; only who counts or adjusts may have to say why."""
    store = MemoryStore()
    Backorders(store).seller("acme").book_in("R1", {"A": 1})
    with store.begin("acme") as uow:
        receipt = uow.stock.document(StockChange.RECEIPT, values.reference("receipt_id", "R1"))
    assert receipt is not None
    assert receipt.reason == ""
