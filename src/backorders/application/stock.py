"""Calls about what is on the shelf."""

from collections.abc import Mapping

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.results import BookedIn, LevelPage, Reprocessed
from backorders.domain.stock import StockLevel
from backorders.domain.values import MAIN


@attrs.frozen
class StockCalls(Calls):
    """What can be done with stock."""

    def book_in(
        self,
        receipt_id: str,
        lines: Mapping[str, int],
        *,
        warehouse: str = MAIN,
        inbound: str | None = None,
    ) -> BookedIn:
        """Count a delivery, SKU → quantity, onto the shelf; return which orders that released.

        `inbound` is the announced delivery that it is of, which has arrived by then. More, less or
        other than announced is noted with it, never refused.
        """
        return self._change(
            lambda uow, now: usecases.book_in(
                receipt_id,
                lines,
                warehouse=warehouse,
                inbound=inbound,
                booking_in=self._booking_in,
                calendar=self._calendar,
                uow=uow,
                now=now,
            )
        )

    def count_stock(
        self, count_id: str, lines: Mapping[str, int], *, warehouse: str = MAIN, reason: str = ""
    ) -> Reprocessed:
        """Set what is on hand, SKU → units found; return what that changed for waiting orders."""
        return self._change(
            lambda uow, now: usecases.count_stock(
                count_id, lines, warehouse=warehouse, reason=reason, uow=uow, now=now
            )
        )

    def adjust_stock(
        self,
        adjustment_id: str,
        lines: Mapping[str, int],
        *,
        warehouse: str = MAIN,
        reason: str = "",
    ) -> Reprocessed:
        """Change what is on hand, SKU → units up or down; return what that changed."""
        return self._change(
            lambda uow, now: usecases.adjust_stock(
                adjustment_id, lines, warehouse=warehouse, reason=reason, uow=uow, now=now
            )
        )

    def stock(self, sku: str) -> tuple[StockLevel, ...]:
        """Return the levels of a SKU, by warehouse."""
        return self._read(lambda uow, _: usecases.stock(sku, uow=uow))

    def stock_levels(self, *, after: str | None = None, limit: int = 50) -> LevelPage:
        """Return some of all levels, by SKU and warehouse; pass `.next` as `after` for more."""
        return self._read(lambda uow, _: usecases.stock_levels(after=after, limit=limit, uow=uow))
