"""What happened at Online Retail, as its books have it: in time order."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby, islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Final, TypeAlias

import attrs

from backorders.adapters.cli.csv_files import Row, rows
from backorders.adapters.cli.replay.files import instant, orders
from backorders.domain.request import OrderRequest

_TOGETHER: Final = 200
"""Orders that are placed in one transaction, at most."""


@attrs.frozen
class Delivery:
    """All that was received at one instant."""

    at: datetime
    reference: str
    lines: Mapping[str, int]
    place: int = 0
    """Where it comes among what happened at the same instant."""


@attrs.frozen
class Correction:
    """Units found, smashed, lost: more, or, negative, fewer."""

    at: datetime
    reference: str
    lines: Mapping[str, int]
    reason: str
    place: int = 1


@attrs.frozen
class Placed:
    """An order, and whose it is."""

    at: datetime
    request: OrderRequest
    customer: str
    place: int = 2


@attrs.frozen
class Cancelled:
    """Units that a customer did not want after all; which order they were on is not said."""

    at: datetime
    reference: str
    customer: str
    lines: Mapping[str, int]
    place: int = 3


Event: TypeAlias = Delivery | Correction | Placed | Cancelled


def opening_stock(folder: Path) -> Mapping[str, int]:
    """Return SKU → units that were there at first."""
    stock = rows(folder / "synthetic_opening_stock.csv.gz")
    return {row["sku"]: int(row["on_hand"]) for row in stock}


def customers_who_cancel(folder: Path) -> Mapping[str, set[str]]:
    """Return customer → SKUs that they cancel at some time; a row without customer names nobody."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(folder / "cancellations.csv.gz"):
        if row["customer_id"]:
            found[row["customer_id"]].add(row["sku"])
    return found


def events(folder: Path, first: int | None) -> Iterator[list[Event]]:
    """Yield what happened, in time order; orders that follow each other come together."""
    placed = (
        Placed(instant(row["placed_at"]), request, row["customer_id"])
        for row, request in islice(orders(folder), first)
    )
    happened: Iterator[Event] = heapq.merge(
        _deliveries(folder),
        _corrections(folder),
        placed,
        _cancellations(folder),
        key=attrgetter("at", "place"),
    )
    together: list[Event] = []
    for event in happened:
        if isinstance(event, Placed) and len(together) < _TOGETHER:
            together.append(event)
            continue
        if together:
            yield together
        together = [event] if isinstance(event, Placed) else []
        if not together:
            yield [event]
    if together:
        yield together


def _deliveries(folder: Path) -> Iterator[Delivery]:
    """Yield one delivery for each instant: the source has a receipt for each of its SKUs."""
    listed = rows(folder / "synthetic_receipts.csv.gz")
    for received_at, group in groupby(listed, key=itemgetter("received_at")):
        receipts = list(group)
        reference = f"{receipts[0]['receipt_id']} to {receipts[-1]['receipt_id']}"
        yield Delivery(instant(received_at), reference, _units(receipts))


def _corrections(folder: Path) -> Iterator[Correction]:
    listed = rows(folder / "adjustments.csv.gz")
    for (reference, at), group in groupby(listed, key=itemgetter("reference", "adjusted_at")):
        found = list(group)
        # Where many SKUs share a reference, the notes are but their names.
        reason = found[0]["note"] if len(found) == 1 else ""
        lines = {sku: units for sku, units in _units(found).items() if units}
        yield Correction(instant(at), reference, lines, reason)


def _cancellations(folder: Path) -> Iterator[Cancelled]:
    listed = rows(folder / "cancellations.csv.gz")
    for (reference, at), group in groupby(
        listed, key=itemgetter("cancellation_id", "cancelled_at")
    ):
        found = list(group)
        customer = found[0]["customer_id"]
        yield Cancelled(instant(at), reference, customer, _units(found))


def _units(rows: list[Row]) -> dict[str, int]:
    units: Counter[str] = Counter()
    for row in rows:
        units[row["sku"]] += int(row["quantity"])
    return dict(units)
