"""How things stand, for people."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import how_long, moment, word
from backorders.domain.promises import Promise
from backorders.domain.settings import Settings
from backorders.domain.shortages import Restock
from backorders.domain.summary import Age, Summary
from backorders.domain.verification import Discrepancy


def show_report(
    screen: Screen, summary: Summary, restock: Sequence[Restock], zone: ZoneInfo
) -> None:
    """Show the desk at a glance, and what is to be sent."""
    screen.table(
        ["status", "orders"],
        [[word(status.value), orders] for status, orders in summary.by_status.items()],
    )
    screen.say(
        f"Filled at once: {summary.order_fill_rate:.1%} of orders, "
        f"{summary.line_fill_rate:.1%} of lines, {summary.unit_fill_rate:.1%} of units."
    )
    if summary.oldest_back_order is None:
        screen.say("Nobody waits.")
        return
    waiting = summary.on_back_order
    screen.say(
        f"{summary.units_short:,} units are short. The order that waits longest was placed "
        f"{moment(summary.oldest_back_order, zone)}; on average they have waited "
        f"{how_long(waiting.mean)}."
    )
    screen.table(
        ["placed", "orders on back order", "units short"],
        [[_age(age), age.orders, age.units_short] for age in summary.ages if age.orders],
    )
    screen.table(
        ["SKU", "short", "orders", "announced", "to send", "oldest order", "placed"],
        [
            [
                each.sku,
                each.short,
                each.orders_waiting,
                each.announced,
                each.to_send,
                each.oldest_order,
                moment(each.oldest_back_order, zone),
            ]
            for each in restock
        ],
    )


def show_promises(screen: Screen, promises: Sequence[Promise]) -> None:
    """Show when orders can go, one in a row."""
    if not promises:
        screen.say("Nobody waits.")
        return
    screen.table(
        ["order", "can go on", "with", "why"],
        [
            [each.order_id, each.on or "no day known", ", ".join(each.deliveries), each.reason]
            for each in promises
        ],
    )


def show_verified(screen: Screen, found: Sequence[Discrepancy]) -> None:
    """Show what does not add up."""
    if not found:
        screen.say("All sums agree.")
        return
    screen.table(
        ["law", "what", "expected", "found"],
        [[each.law, each.subject, each.expected, each.found] for each in found],
    )


def show_settings(screen: Screen, settings: Settings) -> None:
    """Show what a seller has chosen."""
    screen.table(
        ["setting", "chosen"],
        [
            ["time zone", settings.time_zone],
            ["ship", word(settings.ship.value)],
            ["claim", settings.claim.value],
            ["warehouses", ", ".join(settings.warehouses) or "by name"],
            ["order delay", how_long(settings.order_delay) if settings.order_delay else "none"],
        ],
    )


def _age(age: Age) -> str:
    if age.less_than is None:
        return f"{age.at_least.days} days ago or more"
    if not age.at_least:
        return f"less than {how_long(age.less_than)} ago"
    return f"{age.at_least.days} to {age.less_than.days} days ago"
