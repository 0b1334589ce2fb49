"""What `--json` prints: one document for each command, with keys that stay.

Each is a `TypedDict`, made by a function beside it from the value that the library returned. Keys
may be added; none is renamed, and none leaves. Instants are UTC, in ISO 8601.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias

from backorders.domain.values import Sku

Document: TypeAlias = Mapping[str, object]
"""Something to be printed as JSON."""


def units(by_sku: Mapping[Sku, int]) -> dict[str, int]:
    """Return SKU → units as a document holds them."""
    return dict[str, int](by_sku.items())


def instant(at: datetime) -> str:
    """Return an instant as a document holds it.

    >>> instant(datetime(2026, 3, 2, 9, tzinfo=UTC))
    '2026-03-02T09:00:00Z'
    """
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def maybe_instant(at: datetime | None) -> str | None:
    """Return an instant as a document holds it, if there is one."""
    return None if at is None else instant(at)
