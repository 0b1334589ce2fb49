"""The seller's settings."""

from collections.abc import Sequence
from datetime import timedelta

import attrs

from backorders.domain import settings as checks
from backorders.domain import values
from backorders.domain.order import ClaimPolicy, ShipPolicy
from backorders.domain.settings import Settings
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_of


def configure(
    *,
    time_zone: str | None = None,
    ship: ShipPolicy | None = None,
    claim: ClaimPolicy | None = None,
    warehouses: Sequence[str] | None = None,
    order_delay: timedelta | None = None,
    uow: UnitOfWork,
) -> Settings:
    """Return the settings after the change; `None` leaves a setting as it is.

    Policies and the order delay are those of orders placed from now on.
    """
    settings = settings_of(uow)
    if time_zone is not None:
        settings = attrs.evolve(settings, time_zone=checks.time_zone(time_zone))
    if ship is not None:
        settings = attrs.evolve(settings, ship=values.member("ship", ship, ShipPolicy))
    if claim is not None:
        settings = attrs.evolve(settings, claim=values.member("claim", claim, ClaimPolicy))
    if warehouses is not None:
        settings = attrs.evolve(settings, warehouses=checks.warehouses(warehouses))
    if order_delay is not None:
        settings = attrs.evolve(settings, order_delay=checks.order_delay(order_delay))
    uow.settings.put(settings)
    return settings


def settings(*, uow: UnitOfWork) -> Settings:
    """Return what the seller has chosen; a new seller's settings if nothing was."""
    return settings_of(uow)
