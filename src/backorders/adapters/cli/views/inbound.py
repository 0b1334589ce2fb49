"""Announced deliveries, for people."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import go_on, in_words, moment
from backorders.domain.inbound import Inbound


def show_inbound(screen: Screen, inbound: Inbound, zone: ZoneInfo) -> None:
    """Show one delivery with its lines."""
    screen.say(f"Delivery {inbound.inbound_id}: {_status(inbound)}", "bold")
    told = [f"to {inbound.warehouse}", f"expected {inbound.expected_on}"]
    if inbound.arrived_at is not None:
        told.append(f"arrived {moment(inbound.arrived_at, zone)}")
    if inbound.due_on is not None:
        told.append(f"to be booked in by {inbound.due_on}")
    screen.say(", ".join(told))
    outstanding, differs = inbound.outstanding, inbound.discrepancies
    screen.table(
        ["SKU", "announced", "booked in", "outstanding", "discrepancy"],
        [
            [
                sku,
                inbound.lines.get(sku, 0),
                inbound.booked_in.get(sku, 0),
                outstanding.get(sku, 0),
                differs.get(sku, 0),
            ]
            for sku in sorted(inbound.lines.keys() | inbound.booked_in.keys())
        ],
    )


def show_inbounds(
    screen: Screen, inbounds: Sequence[Inbound], after: str | None, zone: ZoneInfo
) -> None:
    """Show deliveries, one in a row."""
    if not inbounds:
        screen.say("No deliveries.")
        return
    screen.table(
        ["delivery", "status", "warehouse", "expected", "arrived", "due", "outstanding"],
        [
            [
                each.inbound_id,
                _status(each),
                each.warehouse,
                each.expected_on,
                "" if each.arrived_at is None else moment(each.arrived_at, zone),
                each.due_on or "",
                in_words(each.outstanding),
            ]
            for each in inbounds
        ],
    )
    go_on(screen, after)


def _status(inbound: Inbound) -> str:
    return "called off" if inbound.cancelled else inbound.status.value
