"""One answer given to many orders at once, and what came of it, order by order."""

import enum
from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NewType

import attrs

from backorders.domain import values
from backorders.domain.errors import BackordersError, InvalidValue
from backorders.domain.request import digest
from backorders.domain.values import OrderId, Sku

AnswerKey = NewType("AnswerKey", str)
"""An answer that is given to many orders at once, within its seller."""
_MICROSECOND: Final = timedelta(microseconds=1)


class AnswerOutcome(enum.Enum):
    """What came of an answer to one order."""

    DONE = "done"
    REFUSED = "refused"
    """The rules do not allow it: `error` says why."""
    UNCHANGED = "unchanged"
    """It was not short any more when its turn came, so that nothing had to be done."""


class AnswerVerb(enum.Enum):
    """Which of the answers is given."""

    REMOVE = "remove"
    REPLACE = "replace"
    SPLIT = "split"
    CANCEL = "cancel"


@attrs.frozen
class BulkAnswer:
    """An answer to all orders that are on back order when it is first given."""

    verb: AnswerVerb
    sku: Sku | None = None
    """Only orders that are short of it; `None`: all."""
    older_than: timedelta | None = None
    """Only orders placed longer ago; `None`: all."""
    by: Sku | None = None
    """What replaces the SKU."""
    allow_back_order: bool = False
    """Whether it may replace it without being in stock."""
    reason: str = ""
    """Why the orders are cancelled."""

    def content(self) -> str:
        """Return a digest: equal for equal answers."""
        age = None if self.older_than is None else self.older_than // _MICROSECOND
        also = (self.by, self.allow_back_order, self.reason)
        return digest("answer", self.verb.value, self.sku, age, *also)


def answer_key(value: object) -> AnswerKey:
    """Return `value` as the key of an answer to many orders."""
    return AnswerKey(values.identifier("key", value))


def removing(sku: object, older_than: object = None) -> BulkAnswer:
    """Return the answer that takes a SKU off the orders that are short of it."""
    return BulkAnswer(AnswerVerb.REMOVE, values.sku(sku), _age(older_than))


def replacing(
    sku: object, by: object, older_than: object = None, *, allow_back_order: object = False
) -> BulkAnswer:
    """Return the answer that puts another SKU in the place of one."""
    source, target = values.sku(sku), values.sku(by, "by")
    if source == target:
        raise InvalidValue("by", f"must be another SKU than {source!r}")
    allowed = values.flag("allow_back_order", allow_back_order)
    return BulkAnswer(AnswerVerb.REPLACE, source, _age(older_than), target, allowed)


def splitting(sku: object = None, older_than: object = None) -> BulkAnswer:
    """Return the answer that lets go now what can ship now."""
    return BulkAnswer(AnswerVerb.SPLIT, _sku(sku), _age(older_than))


def cancelling(older_than: object, sku: object = None, reason: object = "") -> BulkAnswer:
    """Return the answer that cancels what has waited too long."""
    age = values.span("older_than", older_than)
    return BulkAnswer(AnswerVerb.CANCEL, _sku(sku), age, reason=values.reason(reason))


def _sku(sku: object) -> Sku | None:
    return None if sku is None else values.sku(sku)


def _age(older_than: object) -> timedelta | None:
    return None if older_than is None else values.span("older_than", older_than)


def _told(error: BackordersError | None) -> object:
    """Return what makes two errors the same: exceptions compare as objects do."""
    return None if error is None else (type(error), error.args)


@attrs.frozen
class Answered:
    """What came of an answer to one order."""

    order_id: OrderId
    outcome: AnswerOutcome
    created: OrderId | None = None
    """The order that was split off, by a split that was done."""
    error: BackordersError | None = attrs.field(default=None, eq=_told)
    """Why it was refused: the error that the call for this order alone raises."""


def _in_turn(orders: Iterable[Answered]) -> tuple[Answered, ...]:
    return tuple(orders)


@attrs.frozen
class AnsweredAll:
    """What came of an answer to many orders."""

    key: AnswerKey
    orders: tuple[Answered, ...] = attrs.field(converter=_in_turn)
    """Every order that it was for, in rank order, in which they were answered."""
    repeated: bool = False
    """All of it had been done before under this key: nothing was done now."""

    @property
    def done(self) -> tuple[OrderId, ...]:
        """The orders that were answered so."""
        return self._of(AnswerOutcome.DONE)

    @property
    def refused(self) -> tuple[OrderId, ...]:
        """The orders whose rules did not allow it; nothing of them was changed."""
        return self._of(AnswerOutcome.REFUSED)

    @property
    def unchanged(self) -> tuple[OrderId, ...]:
        """The orders that were not short any more when their turn came."""
        return self._of(AnswerOutcome.UNCHANGED)

    def _of(self, outcome: AnswerOutcome) -> tuple[OrderId, ...]:
        return tuple(each.order_id for each in self.orders if each.outcome is outcome)


@attrs.frozen
class Answering:
    """How far an answer to many orders has come."""

    key: AnswerKey
    content: str
    """The digest by which the answer is known again."""
    orders: int
    """How many orders it is for."""
    answered: int = 0
    """How many of them have been answered: the first so many."""
    version: int = 1
    """How often it has been written; a store refuses to write over a version it does not know."""

    @property
    def is_complete(self) -> bool:
        """Whether every order has been answered."""
        return self.answered == self.orders

    def after(self, more: int) -> "Answering":
        """Return how far it has come once so many more have been answered."""
        return attrs.evolve(self, answered=self.answered + more, version=self.version + 1)
