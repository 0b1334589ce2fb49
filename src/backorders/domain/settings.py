"""What a seller has chosen for all orders."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import attrs

from backorders.domain import limits, values
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.order import ClaimPolicy, ShipPolicy
from backorders.domain.values import WarehouseId


@attrs.frozen
class Settings:
    """A seller's choices; these are a new seller's."""

    time_zone: str = "UTC"
    """An IANA name: the seller's days begin and end there."""
    ship: ShipPolicy = ShipPolicy.COMPLETE
    claim: ClaimPolicy = ClaimPolicy.HOLD
    warehouses: tuple[WarehouseId, ...] = ()
    """Drawn from first to last; any other warehouse comes after them, by name."""
    order_delay: timedelta = timedelta(0)
    """How long each new order is put on hold, so that it can still be changed."""


def time_zone(value: object) -> str:
    """Return `value` as the name of a time zone that this system knows."""
    name = values.identifier("time_zone", value)
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise InvalidValue("time_zone", f"must be an IANA name, not {values.shown(name)}") from None
    return name


def warehouses(value: object) -> tuple[WarehouseId, ...]:
    """Return `value` as an order of warehouses, each named once."""
    if not isinstance(value, tuple | list):
        raise InvalidType("warehouses", "a list or tuple", type(value).__name__)
    if len(value) > limits.WAREHOUSES:
        raise InvalidValue("warehouses", f"must be at most {limits.WAREHOUSES}")
    names = tuple(values.warehouse(name, f"warehouses[{n}]") for n, name in enumerate(value))
    if len(set(names)) < len(names):
        raise InvalidValue("warehouses", "must name each warehouse once")
    return names


def order_delay(value: object) -> timedelta:
    """Return `value` as an order delay; `timedelta(0)` switches it off."""
    return values.span("order_delay", value, most=limits.ORDER_DELAY)
