"""Answering many orders at once: the same answer to each, by the use case for one order.

An answer is known by its key. The orders that it is for are listed once, when the key is new; they
are answered in rank order, some in each commit, and what came of it is stored in the same commit.
"""

from collections.abc import Iterator
from datetime import datetime

from backorders.domain import limits, values
from backorders.domain.answering import (
    Answered,
    AnsweredAll,
    Answering,
    AnswerKey,
    AnswerOutcome,
    AnswerVerb,
    BulkAnswer,
    answer_key,
)
from backorders.domain.edits import Remove, Replace
from backorders.domain.errors import ContentDiffers, InvalidValue, Refused
from backorders.domain.order import Order, Rank
from backorders.domain.values import OrderId
from backorders.ports.storage import UnitOfWork
from backorders.usecases.cancelling import cancel_order
from backorders.usecases.editing import edit_order
from backorders.usecases.looking_up import lock_ahead, settings_for_change
from backorders.usecases.prioritising import reprocess
from backorders.usecases.splitting import split_order
from backorders.usecases.trying import Overlay


def answer_all(
    answer: BulkAnswer, *, key: str, dry_run: bool = False, uow: UnitOfWork, now: datetime
) -> AnsweredAll:
    """Give all orders an answer in this unit of work, and return what came of it.

    Done again under the same key, it does nothing more and says so. With `dry_run`, nothing is
    written. Raises `ContentDiffers` for a known key with another answer.
    """
    if values.flag("dry_run", dry_run):
        tried = Overlay(uow)
        tried.orders_per_commit = None
        return answer_all(answer, key=key, uow=tried, now=now)
    answering, repeated = answer_some(answer, key=key, uow=uow, now=now)
    while not answering.is_complete:
        _reprocess_the_rest(uow, now)
        answering, _ = answer_some(answer, key=key, uow=uow, now=now)
    _reprocess_the_rest(uow, now)
    return answered(answering, uow=uow, repeated=repeated)


def answer_some(
    answer: BulkAnswer, *, key: str, uow: UnitOfWork, now: datetime
) -> tuple[Answering, bool]:
    """Answer as many orders as one commit may; return how far that is, and if it was all before.

    Ends, too, where a long backlog is to be reprocessed first: what it gives may change what the
    next orders need.
    """
    checked = answer_key(key)
    content = answer.content()
    answering = uow.answers.find(checked)
    if answering is None:
        answering = _begin(answer, checked, content, uow=uow, now=now)
    elif answering.content != content:
        raise ContentDiffers("answer", checked)
    elif answering.is_complete:
        return answering, True
    turns = uow.answers.to_do(answering, limits.ANSWERED_TOGETHER)
    found = uow.orders.find(turns)
    # All at once and in order: locked one by one, they would cross with others.
    skus = {sku for order in found.values() for sku in order.skus}
    lock_ahead(uow, skus if answer.by is None else {*skus, answer.by})
    given: list[Answered] = []
    for order_id in turns:
        given.append(_give(answer, order_id, uow=uow, now=now))
        if uow.unsettled:
            break
    if given:
        uow.answers.save(answering, given)
        answering = answering.after(len(given))
    return answering, False


def answered(answering: Answering, *, uow: UnitOfWork, repeated: bool = False) -> AnsweredAll:
    """Return what came of an answer so far."""
    return AnsweredAll(answering.key, uow.answers.given(answering.key), repeated)


def _reprocess_the_rest(uow: UnitOfWork, now: datetime) -> None:
    """Serve what was left to another commit, where there is none."""
    while skus := set(uow.unsettled):
        uow.unsettled.clear()
        reprocess(skus, uow=uow, now=now)


def _begin(
    answer: BulkAnswer, key: AnswerKey, content: str, *, uow: UnitOfWork, now: datetime
) -> Answering:
    """Note the answer with the orders that it is for: judged once, whatever becomes of them."""
    orders = [order.order_id for order in _meant(answer, uow, now)]
    settings_for_change(uow)
    answering = Answering(key, content, len(orders))
    uow.answers.add(answering, orders)
    return answering


def _meant(answer: BulkAnswer, uow: UnitOfWork, now: datetime) -> Iterator[Order]:
    after: Rank | None = None
    before = None if answer.older_than is None else values.before(now, answer.older_than)
    while page := uow.orders.on_back_order(
        sku=answer.sku, placed_before=before, after=after, limit=limits.PAGE
    ):
        yield from page
        after = page[-1].rank


def _give(answer: BulkAnswer, order_id: OrderId, *, uow: UnitOfWork, now: datetime) -> Answered:
    """Answer one order, unless others have been the answer already.

    What the rules do not allow has written nothing: each use case decides before it writes.
    """
    lacks = uow.orders.find([order_id])[order_id].lacks()
    if not lacks or (answer.sku is not None and answer.sku not in lacks):
        return Answered(order_id, AnswerOutcome.UNCHANGED)
    try:
        created = _answered_alone(answer, order_id, uow=uow, now=now)
    except (Refused, InvalidValue) as refusal:
        # Kept as a value: neither where it was raised nor what else was going on there.
        return Answered(order_id, AnswerOutcome.REFUSED, error=type(refusal)(*refusal.args))
    return Answered(order_id, AnswerOutcome.DONE, created)


def _answered_alone(
    answer: BulkAnswer, order_id: OrderId, *, uow: UnitOfWork, now: datetime
) -> OrderId | None:
    """Make the call for one order; return the new order of a split."""
    match answer.verb:
        case AnswerVerb.REMOVE:
            edit_order(order_id, Remove(answer.sku or ""), uow=uow, now=now)
        case AnswerVerb.REPLACE:
            edit = Replace(answer.sku or "", answer.by or "")
            allowed = answer.allow_back_order
            edit_order(order_id, edit, allow_back_order=allowed, uow=uow, now=now)
        case AnswerVerb.CANCEL:
            cancel_order(order_id, reason=answer.reason, uow=uow, now=now)
        case AnswerVerb.SPLIT:  # pragma: no branch - the last there is
            return split_order(order_id, uow=uow, now=now).created.order_id
    return None
