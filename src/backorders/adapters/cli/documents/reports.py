"""How things stand, as documents."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TypedDict

from backorders.adapters.cli.documents import instant, maybe_instant
from backorders.domain.shortages import Restock
from backorders.domain.summary import Summary, Times
from backorders.domain.verification import Discrepancy


class RestockDocument(TypedDict):
    """What the orders of a seller lack of one SKU."""

    sku: str
    short: int
    orders_waiting: int
    units_waiting: int
    announced: int
    to_send: int
    oldest_back_order: str
    oldest_order: str


class AgeDocument(TypedDict):
    """The orders on back order of one age; `days_less_than` is null for any longer."""

    days_at_least: int
    days_less_than: int | None
    orders: int
    units_short: int


class TimesDocument(TypedDict):
    """How long some orders were on back order, or have been so far."""

    orders: int
    mean_seconds: float
    longest_seconds: float


class ReportDocument(TypedDict):
    """The desk at a glance, and what is to be sent. A fill rate is from 0 to 1."""

    by_status: dict[str, int]
    units_short: int
    oldest_back_order: str | None
    ages: list[AgeDocument]
    order_fill_rate: float
    line_fill_rate: float
    unit_fill_rate: float
    on_back_order: TimesDocument
    released: TimesDocument
    restock: list[RestockDocument]


class DiscrepancyDocument(TypedDict):
    """Something that should hold in the stored rows and does not."""

    law: int
    subject: str
    expected: str
    found: str


class VerifiedDocument(TypedDict):
    """What does not add up in the stored rows: nothing, when all is sound."""

    sound: bool
    discrepancies: list[DiscrepancyDocument]


def of_report(summary: Summary, restock: Sequence[Restock]) -> ReportDocument:
    """Return the desk at a glance as a document."""
    return {
        "by_status": {status.value: orders for status, orders in summary.by_status.items()},
        "units_short": summary.units_short,
        "oldest_back_order": maybe_instant(summary.oldest_back_order),
        "ages": [
            {
                "days_at_least": age.at_least.days,
                "days_less_than": None if age.less_than is None else age.less_than.days,
                "orders": age.orders,
                "units_short": age.units_short,
            }
            for age in summary.ages
        ],
        "order_fill_rate": summary.order_fill_rate,
        "line_fill_rate": summary.line_fill_rate,
        "unit_fill_rate": summary.unit_fill_rate,
        "on_back_order": _of_times(summary.on_back_order),
        "released": _of_times(summary.released),
        "restock": [_of_restock(each) for each in restock],
    }


def of_verified(found: Sequence[Discrepancy]) -> VerifiedDocument:
    """Return what does not add up as a document."""
    return {
        "sound": not found,
        "discrepancies": [
            {
                "law": each.law,
                "subject": each.subject,
                "expected": each.expected,
                "found": each.found,
            }
            for each in found
        ],
    }


def _of_times(times: Times) -> TimesDocument:
    return {
        "orders": times.orders,
        "mean_seconds": times.mean / timedelta(seconds=1),
        "longest_seconds": times.longest / timedelta(seconds=1),
    }


def _of_restock(restock: Restock) -> RestockDocument:
    return {
        "sku": restock.sku,
        "short": restock.short,
        "orders_waiting": restock.orders_waiting,
        "units_waiting": restock.units_waiting,
        "announced": restock.announced,
        "to_send": restock.to_send,
        "oldest_back_order": instant(restock.oldest_back_order),
        "oldest_order": restock.oldest_order,
    }
