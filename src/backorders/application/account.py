"""Calls about the seller's choices, and the proof that all is sound."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.order import ClaimPolicy, ShipPolicy
from backorders.domain.settings import Settings
from backorders.domain.verification import Discrepancy


@attrs.frozen
class AccountCalls(Calls):
    """What can be done with a seller's account."""

    def configure(
        self,
        *,
        time_zone: str | None = None,
        ship: ShipPolicy | None = None,
        claim: ClaimPolicy | None = None,
        warehouses: Sequence[str] | None = None,
        order_delay: timedelta | None = None,
    ) -> Settings:
        """Return the settings after the change; `None` leaves one as it is.

        `warehouses` are drawn from first to last, any other after them by name. `order_delay` puts
        each new order on hold for that long; `timedelta(0)` switches it off.
        """
        return self._change(
            lambda uow, _: usecases.configure(
                time_zone=time_zone,
                ship=ship,
                claim=claim,
                warehouses=warehouses,
                order_delay=order_delay,
                uow=uow,
            )
        )

    def settings(self) -> Settings:
        """Return what the seller has chosen; a new seller has UTC, COMPLETE, HOLD and no delay."""
        return self._read(lambda uow, _: usecases.settings(uow=uow))

    def verify(self) -> tuple[Discrepancy, ...]:
        """Return what breaks laws 1, 2 or 4 in the stored rows; nothing when all is sound."""
        return self._read(lambda uow, _: usecases.verify(uow=uow))
