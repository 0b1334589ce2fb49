"""What is drawn of a backlog."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from backorders.application import Seller
from backorders.domain.backlog_days import BacklogDay
from backorders.domain.days import local
from backorders.domain.summary import Age


@attrs.frozen
class Bar:
    """Something with a length, and what is written beside it, in words."""

    name: str
    length: int
    note: str


@attrs.frozen
class Figures:
    """The backlog of one seller at one moment."""

    seller_id: str
    as_of: str
    days: Sequence[BacklogDay]
    orders: int
    units_short: int
    ages: Sequence[Bar]
    """Orders on back order, by how long ago they were placed."""
    skus: Sequence[Bar]
    """Units short of the SKUs that lack most."""
    more_skus: int
    """SKUs that are short, too, and not among them."""

    @property
    def in_short(self) -> str:
        """All of it in one line."""
        return f"{_orders(self.orders)} on back order, {_units(self.units_short)} short"


def figures(seller: Seller, *, days: int, skus: int) -> Figures:
    """Return what is to be drawn, all of it as of one moment."""
    with seller.what_if() as seen:
        by_day = seen.backlog_by_day(days=days)
        summary = seen.summary()
        restock = seen.restock_report()
        zone = seen.settings().time_zone
        now = seen.together(lambda _, now: local(now, zone))
    return Figures(
        seller.seller_id,
        f"{now:%Y-%m-%d %H:%M} {zone}",
        by_day,
        sum(age.orders for age in summary.ages),
        summary.units_short,
        [
            Bar(_age(age), age.orders, f"{_orders(age.orders)}, {_units(age.units_short)} short")
            if age.orders
            else Bar(_age(age), 0, "none")
            for age in summary.ages
        ],
        [
            Bar(each.sku, each.short, f"{_units(each.short)} in {_orders(each.orders_waiting)}")
            for each in restock[:skus]
        ],
        max(len(restock) - skus, 0),
    )


def named(days: Sequence[BacklogDay], place: int) -> str:
    """Return a day as it stands under the picture: with its year, where there are several."""
    day = days[place].day
    if days[0].day.year == day.year == days[-1].day.year:
        return f"{day.day} {day:%b}"
    return f"{day.day} {day:%b} {day.year}"


def _age(age: Age) -> str:
    one = timedelta(days=1)
    start = age.at_least // one
    if age.less_than is None:
        return f"{start} days or more"
    end = age.less_than // one
    return "under a day" if not start else f"{start} to {end} days"


def _units(units: int) -> str:
    return f"{units:,} unit{'s' * (units != 1)}"


def _orders(orders: int) -> str:
    return f"{orders:,} order{'s' * (orders != 1)}"
