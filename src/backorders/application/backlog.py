"""Calls about who waits."""

from collections.abc import Iterable
from datetime import timedelta

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.results import Page, Reprocessed


@attrs.frozen
class BacklogCalls(Calls):
    """What can be done with the backlog."""

    def reprocess_order(self, order_id: str) -> Reprocessed:
        """Reprocess the SKUs of one order, for everybody who waits for them."""
        return self._change(lambda uow, now: usecases.reprocess_order(order_id, uow=uow, now=now))

    def reprocess(self, skus: Iterable[str] | None = None) -> Reprocessed:
        """Reprocess the SKUs named, or every SKU that anybody waits for."""
        checked = None if skus is None else usecases.checked_skus(skus)
        return self._change(lambda uow, now: usecases.reprocess(checked, uow=uow, now=now))

    def back_orders(
        self,
        *,
        sku: str | None = None,
        older_than: timedelta | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Return some orders on back order, in rank order; pass `.next` as `after` for more."""
        return self._read(
            lambda uow, now: usecases.back_orders(
                sku=sku, older_than=older_than, after=after, limit=limit, uow=uow, now=now
            )
        )
