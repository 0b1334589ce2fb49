"""Answers to all back orders at once, which `backorders back-orders` has too."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Protocol, TypeAlias

from cyclopts import Parameter

from backorders.adapters.cli import typed
from backorders.adapters.cli.commands import Desk, Flag, prints
from backorders.adapters.cli.documents.answers import AnswersDocument, of_answers
from backorders.adapters.cli.papers import id_of_the_moment
from backorders.adapters.cli.views.answers import show_answers
from backorders.application import Seller
from backorders.domain.answering import AnsweredAll

DryRun: TypeAlias = Annotated[
    bool,
    Parameter(show_default=False, help="Only say what would come of it; nothing is changed."),
]
Key: TypeAlias = Annotated[
    str | None,
    Parameter(
        help="An id of yours: the same command with the same key goes on where it broke off. "
        "Without it: one of the moment."
    ),
]
Age: TypeAlias = Annotated[
    str | None, Parameter(help="Only orders placed longer ago than that: 3d, 12h or 2w.")
]


@prints(AnswersDocument)
def cancel_all(
    older_than: str,
    /,
    *,
    sku: str | None = None,
    reason: str = "",
    key: Key = None,
    dry_run: DryRun = False,
    desk: Desk,
) -> None:
    """Cancel all back orders that were placed longer ago than that.

    Says how many that would be, and asks: it cannot be taken back.

    For example:

        backorders back-orders cancel-all 30d --dry-run
        backorders back-orders cancel-all 30d --sku TEA --yes

    Args:
        older_than: How long ago: 30d, 12h or 8w.
        sku: Only those that are short of this product.
        reason: Why, for their histories.
    """
    age = typed.length(older_than)
    _answer(
        desk,
        key,
        lambda seller, key, *, dry_run: seller.cancel_all(
            older_than=age, sku=sku, reason=reason, key=key, dry_run=dry_run
        ),
        dry_run=dry_run,
    )


@prints(AnswersDocument)
def remove_from_all(
    sku: str,
    /,
    *,
    older_than: Age = None,
    key: Key = None,
    dry_run: DryRun = False,
    desk: Desk,
) -> None:
    """Take a product off all orders that are short of it.

    Says how many that would be, and asks: it cannot be taken back.

    For example:

        backorders back-orders remove-from-all TEA --dry-run

    Args:
        sku: The product.
    """
    age = _age(older_than)
    _answer(
        desk,
        key,
        lambda seller, key, *, dry_run: seller.remove_from_all(
            sku, older_than=age, key=key, dry_run=dry_run
        ),
        dry_run=dry_run,
    )


@prints(AnswersDocument)
def replace_in_all(
    sku: str,
    by: str,
    /,
    *,
    allow_back_order: Flag = False,
    older_than: Age = None,
    key: Key = None,
    dry_run: DryRun = False,
    desk: Desk,
) -> None:
    """Put another product in the place of one, in all orders that are short of it.

    Says how many that would be, and asks: it cannot be taken back.

    For example:

        backorders back-orders replace-in-all TEA HERBAL --dry-run

    Args:
        sku: The product that goes.
        by: The one that comes, in the same quantity.
        allow_back_order: Also when it is not in stock.
    """
    age = _age(older_than)
    _answer(
        desk,
        key,
        lambda seller, key, *, dry_run: seller.replace_in_all(
            sku,
            by,
            allow_back_order=allow_back_order,
            older_than=age,
            key=key,
            dry_run=dry_run,
        ),
        dry_run=dry_run,
    )


@prints(AnswersDocument)
def split_all(
    *,
    sku: str | None = None,
    older_than: Age = None,
    key: Key = None,
    dry_run: DryRun = False,
    desk: Desk,
) -> None:
    """Split all back orders: what can ship now stays, the rest waits under new ids.

    Says how many that would be, and asks: it cannot be taken back.

    For example:

        backorders back-orders split-all --sku TEA

    Args:
        sku: Only those that are short of this product.
    """
    age = _age(older_than)
    _answer(
        desk,
        key,
        lambda seller, key, *, dry_run: seller.split_all(
            sku=sku, older_than=age, key=key, dry_run=dry_run
        ),
        dry_run=dry_run,
    )


ANSWERS: tuple[Callable[..., None], ...] = (cancel_all, remove_from_all, replace_in_all, split_all)


class _Call(Protocol):
    """The call that gives the answer."""

    def __call__(self, seller: Seller, key: str, /, *, dry_run: bool) -> AnsweredAll: ...


def _answer(desk: Desk, key: str | None, call: _Call, *, dry_run: bool) -> None:
    with desk.seller() as seller:
        known_by = key or id_of_the_moment("answer", desk.zone(seller))
        if not (dry_run or desk.is_sure):
            found = call(seller, known_by, dry_run=True)
            desk.confirm(f"Answer {len(found.done):,} orders so?")
        if not dry_run:
            desk.did(f"some of it, perhaps: the same with --key {known_by} goes on")
        answered = call(seller, known_by, dry_run=dry_run)
    desk.show(
        of_answers(answered, dry_run=dry_run),
        lambda screen: show_answers(screen, answered, dry_run=dry_run),
    )


def _age(older_than: str | None) -> timedelta | None:
    return None if older_than is None else typed.length(older_than)
