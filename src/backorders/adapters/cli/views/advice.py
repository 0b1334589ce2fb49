"""Advice, for people."""

from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.views import go_on, in_words, word
from backorders.domain.advising import RestockAdvice
from backorders.domain.holdups import HoldupPage
from backorders.domain.remedies import Remedies


def show_remedies(screen: Screen, remedies: Remedies) -> None:
    """Show what each answer would do."""
    screen.say(f"Order {remedies.order_id}: {word(remedies.status.value)}", "bold")
    answers = (
        ("cancel", remedies.cancel),
        ("remove", remedies.remove),
        ("replace", remedies.replace),
        ("send stock", remedies.restock),
        ("split", remedies.split),
    )
    screen.table(
        ["answer", "possible", "what it would do, or why not"],
        [[name, "yes" if answer.possible else "no", answer.reason] for name, answer in answers],
    )
    if remedies.replace.options:
        screen.table(
            ["instead of", "this", "wanted", "available", ""],
            [
                [each.sku, each.by, each.quantity, each.available, each.reason]
                for each in remedies.replace.options
            ],
        )


def show_advice(screen: Screen, advice: RestockAdvice) -> None:
    """Show what to send."""
    if not advice.lines:
        screen.say("So few units complete no order.")
        return
    screen.table(["SKU", "send"], [[sku, units] for sku, units in advice.lines.items()])
    screen.say(
        f"{advice.units:,} units to {advice.warehouse} complete {len(advice.completes):,} orders: "
        + ", ".join(advice.completes)
    )


def show_holdups(screen: Screen, page: HoldupPage) -> None:
    """Show who stands in the way of whom."""
    if not page.items:
        screen.say("No order holds what others could go with.")
        return
    screen.table(
        ["order", "holds", "if it yielded, these could go"],
        [
            [each.order.order_id, in_words(each.gives_back), ", ".join(each.releases)]
            for each in page.items
        ],
    )
    go_on(screen, page.next)
