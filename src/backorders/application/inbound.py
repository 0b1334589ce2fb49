"""Calls about deliveries: announced, arrived, booked in, closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain import limits
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.values import MAIN


@attrs.frozen
class InboundCalls(Calls):
    """What can be done with announced deliveries."""

    def announce_inbound(
        self,
        inbound_id: str,
        lines: Mapping[str, int],
        *,
        expected_on: date,
        warehouse: str = MAIN,
    ) -> Inbound:
        """Return the announced delivery; the same lines, SKU → quantity, for another day move it.

        Raises `ContentDiffers` for a known id with other lines or another warehouse.
        """
        return self._change(
            lambda uow, now: usecases.announce_inbound(
                inbound_id, lines, expected_on=expected_on, warehouse=warehouse, uow=uow, now=now
            )
        )

    def inbound_arrived(self, inbound_id: str, *, at: datetime | None = None) -> Inbound:
        """Return the delivery as arrived, `None`: now, with its due date; again: a no-op."""
        return self._change(
            lambda uow, now: usecases.inbound_arrived(
                inbound_id,
                at=at,
                booking_in=self._booking_in,
                calendar=self._calendar,
                uow=uow,
                now=now,
            )
        )

    def close_inbound(self, inbound_id: str) -> Inbound:
        """Return the delivery as closed: nothing more of it is to come; again: a no-op."""
        return self._change(lambda uow, now: usecases.close_inbound(inbound_id, uow=uow, now=now))

    def cancel_inbound(self, inbound_id: str) -> Inbound:
        """Return the delivery as called off, while nothing of it was booked in; again: a no-op."""
        return self._change(lambda uow, now: usecases.cancel_inbound(inbound_id, uow=uow, now=now))

    def inbound(self, inbound_id: str) -> Inbound:
        """Return the delivery as it is now, or raise `UnknownInbound`."""
        return self._read(lambda uow, _: usecases.inbound(inbound_id, uow=uow))

    def inbounds(
        self,
        *,
        overdue: bool | None = None,
        status: InboundStatus | None = None,
        after: str | None = None,
        limit: int = limits.PAGE,
    ) -> tuple[Inbound, ...]:
        """Return deliveries, at most `limit`, by the day on which they are expected, then by id.

        `overdue=True`: those that have arrived, are past their due date, and are not closed. For
        the next ones, pass the id of the last one as `after`.
        """
        return self._read(
            lambda uow, now: usecases.inbounds(
                overdue=overdue, status=status, after=after, limit=limit, uow=uow, now=now
            )
        )

    def inbound_history(self, inbound_id: str) -> Sequence[InboundEvent]:
        """Return what happened to a delivery, first to last."""
        return self._read(lambda uow, _: usecases.inbound_history(inbound_id, uow=uow))
