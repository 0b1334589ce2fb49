"""The known answer of AdventureWorks, and how what the library did differs from it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

import attrs

from backorders.adapters.cli.csv_files import Row, rows
from backorders.adapters.cli.replay.files import instant
from backorders.adapters.cli.replay.run import Differences, units_short
from backorders.application import Seller
from backorders.domain.order import Order, OrderLine

_DAY = timedelta(days=1)
_LineKey = tuple[str, str]
"""Order and SKU: a SKU stands once on an order here."""


@attrs.frozen
class _Wait:
    """A line on back order."""

    lacks: int
    since: datetime
    filled_at: str
    """When it is expected to be filled; empty: never."""


class Answer:
    """What must come out, line by line, beside what did."""

    def __init__(self, folder: Path, differences: Differences) -> None:
        self._folder = folder
        self._differences = differences
        self._expected: dict[_LineKey, Row] = {
            (row["order_id"], row["sku"]): row
            for row in rows(folder / "expected_backorders.csv.gz")
        }
        self._balances = groupby(rows(folder / "daily_balances.csv.gz"), key=lambda row: row["day"])
        self._next_balances = next(self._balances, None)
        self._waiting: dict[_LineKey, _Wait] = {}
        self._waits: list[float] = []
        """Days from placing to filling."""
        self._peak = 0
        self.totals: Counter[str] = Counter()

    def placed(self, orders: Iterable[Order]) -> None:
        """Compare what newly placed orders got."""
        totals = self.totals
        for order in orders:
            totals["orders"] += 1
            totals["orders_complete_at_placement"] += not order.is_on_back_order
            for line in order.lines:
                totals["lines"] += 1
                totals["units"] += line.quantity
                totals["units_allocated_at_placement"] += line.allocated
                filled = "filled" if not line.shortage else "partial" if line.allocated else "zero"
                totals[f"lines_{filled}_at_placement"] += 1
                row = self._expected.pop((order.order_id, line.sku), None)
                self._differences.compare(
                    f"order {order.order_id}, {line.sku}: quantity, allocated and back order",
                    _figures(line) if row is None else _expected_figures(row),
                    (line.quantity, line.allocated, line.shortage),
                )
                if line.shortage:
                    totals["backordered_lines"] += 1
                    totals["backordered_units"] += line.shortage
                    self._waiting[order.order_id, line.sku] = _Wait(
                        line.shortage, order.placed_at, row["filled_at"] if row else ""
                    )

    def served(self, order: Order, at: datetime, *, released: bool) -> None:
        """Compare when the lines of an order were filled, of which a receipt gave it units."""
        self._differences.compare(
            f"order {order.order_id}: released at {at}", not order.is_on_back_order, released
        )
        for line in order.lines:
            key = (order.order_id, line.sku)
            wait = self._waiting.get(key)
            if wait is None or line.shortage == wait.lacks:
                continue
            self.totals["release_events"] += 1
            self.totals["released_units"] += wait.lacks - line.shortage
            if line.shortage:
                self._waiting[key] = attrs.evolve(wait, lacks=line.shortage)
                continue
            del self._waiting[key]
            self._waits.append((at - wait.since) / _DAY)
            self._differences.compare(
                f"order {key[0]}, {key[1]}: filled at",
                wait.filled_at or "never",
                f"{at:%Y-%m-%dT%H:%M:%SZ}",
            )

    def day_closed(self, day: date, seller: Seller) -> None:
        """Compare the balance of every SKU that moved on a day, as read from the store."""
        short = units_short(seller)
        self._peak = max(self._peak, short.total())
        while self._next_balances is not None and self._next_balances[0] <= day.isoformat():
            for row in self._next_balances[1]:
                sku = row["sku"]
                balance = sum(level.available for level in seller.stock(sku)) - short[sku]
                self.totals["closing_balances_matched"] += self._differences.compare(
                    f"balance of {sku} on {row['day']}", int(row["closing_balance"]), balance
                )
            self._next_balances = next(self._balances, None)

    def ended_early(self, at: datetime) -> None:
        """Compare what still waits after the receipts of an instant."""
        for (order_id, sku), wait in self._waiting.items():
            if wait.filled_at and instant(wait.filled_at) <= at:
                self._differences.note(
                    f"order {order_id}, {sku}: expected to be filled at {wait.filled_at}, "
                    "still waits"
                )

    def ended(self, seller: Seller, opening: Mapping[str, int]) -> None:
        """Compare what still waits and every total; nothing that is expected may be missing."""
        for (order_id, sku), wait in self._waiting.items():
            self._differences.compare(
                f"order {order_id}, {sku}: filled at", wait.filled_at or "never", "never"
            )
        for order_id, sku in self._expected:
            self._differences.note(f"order {order_id}, {sku}: expected, and never placed")
        if self._next_balances is not None:
            self._differences.note(f"no day was reached from {self._next_balances[0]} on")
        expected = json.loads((self._folder / "expected_fifo.json").read_text(encoding="utf-8"))
        del expected["dataset"]
        found = self._all_totals(seller, opening)
        for name in sorted(expected.keys() | found.keys()):
            self._differences.compare(f"total {name}", expected.get(name), found.get(name))
        self.totals["totals"] = len(expected)

    def matched(self) -> list[str]:
        """Return what was compared."""
        totals = self.totals
        lines = (
            f"{totals['lines']:,} lines ({totals['backordered_lines']:,} back orders, "
            f"{len(self._waits):,} of them filled)"
        )
        balances = f"{totals['closing_balances_matched']:,} daily balances"
        return [lines, balances, *([f"{totals['totals']} totals"] if totals["totals"] else [])]

    def _all_totals(self, seller: Seller, opening: Mapping[str, int]) -> Mapping[str, object]:
        totals = self.totals
        waits = sorted(self._waits) or [0.0]
        return {
            **totals,
            "opening_units": sum(opening.values()),
            "line_fill_rate": _share(totals["lines_filled_at_placement"], totals["lines"]),
            "unit_fill_rate": _share(totals["units_allocated_at_placement"], totals["units"]),
            "order_fill_rate": _share(totals["orders_complete_at_placement"], totals["orders"]),
            "peak_waiting_units": self._peak,
            "units_still_waiting_at_end": sum(wait.lacks for wait in self._waiting.values()),
            "lines_still_waiting_at_end": len(self._waiting),
            "orders_complete_at_end": totals["orders"] - len({o for o, _ in self._waiting}),
            # What the source calls on hand is what nobody has a claim on.
            "on_hand_at_end": sum(
                level.available for sku in opening for level in seller.stock(sku)
            ),
            "mean_wait_days_of_backordered_filled": round(sum(waits) / len(waits), 4),
            "p95_wait_days": round(waits[int(0.95 * len(waits))], 4),
            "max_wait_days": round(waits[-1], 4),
        }


def _figures(line: OrderLine) -> tuple[int, int, int]:
    """Return the figures of a line that is not expected to be short: it gets all."""
    return line.quantity, line.quantity, 0


def _expected_figures(row: Row) -> tuple[int, int, int]:
    return int(row["quantity"]), int(row["allocated_at_placement"]), int(row["backordered"])


def _share(part: int, whole: int) -> float:
    return round(part / whole, 6) if whole else 1.0
