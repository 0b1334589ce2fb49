"""What is drawn of a backlog, as a document."""

from typing import TypedDict

from backorders.adapters.cli.charts.figures import Figures


class BacklogDayDocument(TypedDict):
    """The backlog of one day."""

    day: str
    orders: int
    went: int
    left: int


class BarDocument(TypedDict):
    """A bar, and what is written beside it."""

    name: str
    length: int
    note: str


class ChartDocument(TypedDict):
    """What is drawn, and the file that it was written to, if it was."""

    days: list[BacklogDayDocument]
    ages: list[BarDocument]
    skus: list[BarDocument]
    more_skus: int
    file: str | None


def of_chart(figures: Figures, file: str | None) -> ChartDocument:
    """Return what is drawn as a document."""
    return {
        "days": [
            {
                "day": day.day.isoformat(),
                "orders": day.orders,
                "went": day.went,
                "left": day.left,
            }
            for day in figures.days
        ],
        "ages": [{"name": b.name, "length": b.length, "note": b.note} for b in figures.ages],
        "skus": [{"name": b.name, "length": b.length, "note": b.note} for b in figures.skus],
        "more_skus": figures.more_skus,
        "file": file,
    }
