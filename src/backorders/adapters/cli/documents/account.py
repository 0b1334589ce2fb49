"""What a seller has chosen, and the store, as documents."""

from datetime import timedelta
from typing import TypedDict

from backorders.domain.settings import Settings


class SettingsDocument(TypedDict):
    """What a seller has chosen for all orders."""

    time_zone: str
    ship: str
    claim: str
    warehouses: list[str]
    order_delay_seconds: float


class StoreDocument(TypedDict):
    """A store: where it is, and how far its tables are.

    `schema` is "missing", "older", "current" or "newer"; `sellers` is null unless it is current.
    """

    store: str
    default: bool
    schema: str
    revision: str | None
    newest_revision: str
    sellers: list[str] | None


class ReplayDocument(TypedDict):
    """What a replay did, and what came out otherwise: how much, and the first few in words."""

    orders: int
    receipts: int
    seconds: float
    differences: int
    shown: list[str]
    remarks: list[str]


def of_settings(settings: Settings) -> SettingsDocument:
    """Return settings as a document."""
    return {
        "time_zone": settings.time_zone,
        "ship": settings.ship.value,
        "claim": settings.claim.value,
        "warehouses": list(settings.warehouses),
        "order_delay_seconds": settings.order_delay / timedelta(seconds=1),
    }
