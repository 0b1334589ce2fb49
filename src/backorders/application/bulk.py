"""Calls that give many orders the same answer: in bounded commits, known by a key."""

from datetime import datetime, timedelta

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain import answering, values
from backorders.domain.answering import AnsweredAll, Answering, BulkAnswer
from backorders.ports.storage import UnitOfWork


@attrs.frozen
class BulkCalls(Calls):
    """What can be answered to all orders on back order at once.

    Each is answered as by the call for it alone, in rank order; one that is refused does not stop
    the others. `key` is an id of yours for the whole: the same call with the same key goes on where
    it broke off, or returns what came of it and says `repeated`. With `dry_run` nothing is stored.
    Raises `ContentDiffers` for a known key with another answer.
    """

    def remove_from_all(
        self,
        sku: str,
        *,
        key: str,
        older_than: timedelta | None = None,
        dry_run: bool = False,
    ) -> AnsweredAll:
        """Take a product off all orders that are short of it; return what came of each."""
        return self._answer(answering.removing(sku, older_than), key, dry_run=dry_run)

    def replace_in_all(
        self,
        sku: str,
        by: str,
        *,
        key: str,
        allow_back_order: bool = False,
        older_than: timedelta | None = None,
        dry_run: bool = False,
    ) -> AnsweredAll:
        """Put as many units of another product in its place, in all orders that are short of it.

        Those who come first get what there is of it; then it is refused, for want of stock, unless
        `allow_back_order`.
        """
        answer = answering.replacing(sku, by, older_than, allow_back_order=allow_back_order)
        return self._answer(answer, key, dry_run=dry_run)

    def split_all(
        self,
        *,
        key: str,
        sku: str | None = None,
        older_than: timedelta | None = None,
        dry_run: bool = False,
    ) -> AnsweredAll:
        """Split off what cannot ship now, of all orders on back order, or those short of a SKU."""
        return self._answer(answering.splitting(sku, older_than), key, dry_run=dry_run)

    def cancel_all(
        self,
        *,
        older_than: timedelta,
        key: str,
        sku: str | None = None,
        reason: str = "",
        dry_run: bool = False,
    ) -> AnsweredAll:
        """Cancel all orders on back order that were placed longer ago than that.

        With `sku`, those that are short of it. One that is completed by what others gave back is
        not cancelled.
        """
        return self._answer(answering.cancelling(older_than, sku, reason), key, dry_run=dry_run)

    def _answer(self, answer: BulkAnswer, key: str, *, dry_run: bool) -> AnsweredAll:
        if values.flag("dry_run", dry_run):
            return self._read(
                lambda uow, now: usecases.answer_all(
                    answer, key=key, dry_run=True, uow=uow, now=now
                )
            )

        def some(uow: UnitOfWork, now: datetime) -> tuple[Answering, bool]:
            return usecases.answer_some(answer, key=key, uow=uow, now=now)

        so_far, repeated = self._change(some)
        while not so_far.is_complete:
            so_far, _ = self._change(some)
        return self._read(lambda uow, _: usecases.answered(so_far, uow=uow, repeated=repeated))
