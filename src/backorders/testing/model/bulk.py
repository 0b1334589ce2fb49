"""One answer to many orders in the naive model: the call for each alone, one after the other."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

import attrs

from backorders.domain.answering import AnsweredAll
from backorders.domain.edits import Remove, Replace
from backorders.testing.model.refusing import ModelRefusal
from backorders.testing.model.seller import ModelSeller

BULK: Final = frozenset({"remove_from_all", "replace_in_all", "split_all", "cancel_all"})
"""The calls that give an answer to many orders."""

ModelAnswer: TypeAlias = tuple[str, str, str | None, str | None]
"""An order, what came of the answer, the order that was split off, the error that was raised."""


@attrs.frozen
class ModelAnswered:
    """What came of an answer to many orders."""

    orders: tuple[ModelAnswer, ...]
    repeated: bool = False
    content: object = attrs.field(default=None, eq=False)


def shown_answers(answered: AnsweredAll) -> ModelAnswered:
    """Return what the library says of it, in the same form."""
    return ModelAnswered(
        tuple(
            (
                each.order_id,
                each.outcome.value,
                each.created,
                None if each.error is None else type(each.error).__name__,
            )
            for each in answered.orders
        ),
        answered.repeated,
    )


class _Answer(NamedTuple):
    verb: str
    sku: str | None
    by: str | None
    older_than: timedelta | None
    allow_back_order: bool
    reason: str


def answer_all(
    model: ModelSeller,
    verb: str,
    now: datetime,
    sku: str | None = None,
    by: str | None = None,
    *,
    key: str,
    older_than: timedelta | None = None,
    allow_back_order: bool = False,
    reason: str = "",
    dry_run: bool = False,
    turns: Sequence[str] | None = None,
) -> ModelAnswered:
    """Give an answer to all orders that wait, once for each key.

    `turns` are those that waited when it was asked, if that was earlier.
    """
    answer = _Answer(verb, sku, by, older_than, allow_back_order, reason)
    known = model.papers.get(("answer", key))
    if isinstance(known, ModelAnswered):
        if known.content != answer:
            raise ModelRefusal("ContentDiffers")
        return attrs.evolve(known, repeated=True)
    if dry_run:
        model = model.copy()
    if turns is None:
        turns = meant_by(model, now, sku, older_than=older_than)
    given = [_give(model, order_id, answer) for order_id in turns]
    model.papers["answer", key] = answered = ModelAnswered(tuple(given), content=answer)
    return answered


def meant_by(
    model: ModelSeller,
    now: datetime,
    sku: str | None = None,
    _by: str | None = None,
    *,
    older_than: timedelta | None = None,
    **_answer: object,
) -> Sequence[str]:
    """Return the orders that an answer to many is for, if it is asked now, in their turns."""
    before = None if older_than is None else now - older_than
    return model.back_orders(sku=sku, placed_before=before)


def _give(model: ModelSeller, order_id: str, answer: _Answer) -> ModelAnswer:
    order = model.find(order_id)
    if not order.is_short or (answer.sku is not None and not order.lacks(answer.sku)):
        return order_id, "unchanged", None, None
    tried = model.copy()
    try:
        created = _call(tried, order_id, answer)
    except ModelRefusal as refusal:
        return order_id, "refused", None, refusal.error
    model.become(tried)
    return order_id, "done", created, None


def _call(model: ModelSeller, order_id: str, answer: _Answer) -> str | None:
    """Make the call for one order; return the order that is split off."""
    sku, by = answer.sku or "", answer.by or ""
    match answer.verb:
        case "remove_from_all":
            model.edit(order_id, [Remove(sku)], allow_back_order=False)
        case "replace_in_all":
            allowed = answer.allow_back_order
            model.edit(order_id, [Replace(sku, by)], allow_back_order=allowed)
        case "cancel_all":
            model.cancel(order_id)
        case _:
            return model.split(order_id, None, None)[1].order_id
    return None
