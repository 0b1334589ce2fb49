"""What HOLD and YIELD each cost: a year of real orders, once with each, side by side.

    python examples/hold_or_yield.py                 # all 19,776 orders: some minutes
    python examples/hold_or_yield.py --first 2000

The orders are those of Online Retail (`data/README.md`); its deliveries are made up, to create a
backlog. Nothing leaves the building: what is complete keeps its units.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import attrs

from backorders import Backorders, ClaimPolicy, Seller, Summary
from backorders.adapters.cli.replay.online_retail import SELLER, replay
from backorders.adapters.cli.screen import Screen
from backorders.adapters.memory import MemoryStore

DATA = Path(__file__).parent / "data" / "online_retail"
ORDERS = 19_776
_PAGE = 500


@attrs.frozen
class Outcome:
    """How the desk stands when all orders have been placed."""

    summary: Summary
    idle: int
    """Units that orders hold although they cannot ship, for want of others."""
    largest_waiting: int
    """Units of the largest order on back order."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the orders through both policies, and show what came of it."""
    parser = argparse.ArgumentParser(description="What HOLD and YIELD each cost, on real orders.")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N orders")
    first = parser.parse_args(arguments).first
    screen = Screen()
    outcomes = []
    for claim in ClaimPolicy:
        with screen.progress(claim.name, min(first or ORDERS, ORDERS)) as advance:
            outcomes.append(run(claim, first, advance))
    screen.table(
        ["", *(claim.name for claim in ClaimPolicy)],
        [[name, *map(tell, outcomes)] for name, tell in ROWS],
    )
    return 0


def run(claim: ClaimPolicy, first: int | None, advance: Callable[[int], None]) -> Outcome:
    """Replay the orders with one claim policy."""
    store = MemoryStore()
    report = replay(store, DATA, first=first, claim=claim, advance=advance)
    if report.differences.found or report.until is None:
        raise SystemExit("\n".join(report.differences.shown))
    until = report.until
    return judged(Backorders(store, clock=lambda: until).seller(SELLER))


def judged(seller: Seller) -> Outcome:
    """Return how the seller's desk stands."""
    idle = largest = 0
    after = None
    while True:
        page = seller.back_orders(after=after, limit=_PAGE)
        for order in page.items:
            idle += sum(line.allocated for line in order.lines)
            largest = max(largest, sum(order.units.values()))
        after = page.next
        if after is None:
            return Outcome(seller.summary(), idle, largest)


def _days(time: timedelta) -> str:
    return f"{time / timedelta(days=1):.1f} days"


ROWS: list[tuple[str, Callable[[Outcome], str]]] = [
    ("orders complete when placed", lambda o: f"{o.summary.order_fill_rate:.1%}"),
    ("units there when asked for", lambda o: f"{o.summary.unit_fill_rate:.1%}"),
    ("released later", lambda o: f"{o.summary.released.orders:,} orders"),
    ("they had waited, on average", lambda o: _days(o.summary.released.mean)),
    ("the longest of them", lambda o: _days(o.summary.released.longest)),
    ("waiting at the end", lambda o: f"{o.summary.on_back_order.orders:,} orders"),
    ("they have waited, on average", lambda o: _days(o.summary.on_back_order.mean)),
    ("the largest of them", lambda o: f"{o.largest_waiting:,} units"),
    ("units still to come", lambda o: f"{o.summary.units_short:,}"),
    ("units held by orders that wait", lambda o: f"{o.idle:,}"),
]


if __name__ == "__main__":
    sys.exit(main())
