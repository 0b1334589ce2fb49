"""Answers to many orders, for people."""

from backorders.adapters.cli.screen import Screen
from backorders.domain.answering import Answered, AnsweredAll, AnswerOutcome


def show_answers(screen: Screen, answered: AnsweredAll, *, dry_run: bool) -> None:
    """Show what came of an answer, or would come of it."""
    if answered.orders:
        screen.table(
            ["order", "outcome", ""],
            [[each.order_id, each.outcome.value, _remark(each)] for each in answered.orders],
        )
    counts = ", ".join(
        f"{sum(each.outcome is outcome for each in answered.orders):,} {outcome.value}"
        for outcome in AnswerOutcome
    )
    if dry_run:
        screen.say(f"Nothing was changed. It would be: {counts}.", "bold")
        return
    said = f"Done before, under the key {answered.key}" if answered.repeated else "Done"
    screen.say(f"{said}: {counts}.", "bold")


def _remark(answered: Answered) -> str:
    if answered.created is not None:
        return f"the rest waits as {answered.created}"
    return "" if answered.error is None else str(answered.error)
