"""The ids of receipts, counts and adjustments that were typed without one."""

import hashlib
import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from backorders.ports.clock import Clock, utc_now


def id_of_paper(
    kind: str,
    units: Mapping[str, int],
    *content: str,
    zone: ZoneInfo,
    clock: Clock = utc_now,
) -> str:
    """Return an id that the same paper has all day: of what stands in it, and the local day.

    >>> from datetime import UTC, datetime
    >>> noon = lambda: datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> id_of_paper("receipt", {"TEA": 3}, "MAIN", zone=ZoneInfo("UTC"), clock=noon)
    'receipt-2026-03-02-d40ea17add6f'
    """
    written = json.dumps([sorted(units.items()), content]).encode()
    mark = hashlib.sha256(written).hexdigest()[:12]
    return f"{kind}-{clock().astimezone(zone):%Y-%m-%d}-{mark}"


def id_of_the_moment(kind: str, zone: ZoneInfo, clock: Clock = utc_now) -> str:
    """Return an id that nothing else has: of the moment.

    >>> from datetime import UTC, datetime
    >>> noon = lambda: datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> id_of_the_moment("count", ZoneInfo("UTC"), noon)
    'count-2026-03-02-12.00.00.000000'
    """
    return f"{kind}-{clock().astimezone(zone):%Y-%m-%d-%H.%M.%S.%f}"
