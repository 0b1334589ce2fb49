"""Where a page of the backlog ends, as text that a caller can keep and hand back."""

import base64
from datetime import datetime

from backorders.domain import values
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.order import Rank

_BETWEEN = "\n"
"""No id has a control character, so none can be mistaken for the end of its field."""


def marker(rank: Rank) -> str:
    """Return the text that stands for a place in the queue."""
    fields = (str(rank.descending_priority), rank.placed_at.isoformat(), *rank[2:])
    return base64.urlsafe_b64encode(_BETWEEN.join(fields).encode()).decode()


def rank_after(after: object) -> Rank | None:
    """Return the place that a marker stands for; `None` is the start."""
    if after is None:
        return None
    if not isinstance(after, str):
        raise InvalidType("after", "a str or None", type(after).__name__)
    try:
        text = base64.b64decode(after, altchars=b"-_", validate=True).decode()
        priority, placed_at, first_id, order_id = text.split(_BETWEEN)
        return Rank(
            -values.priority(-int(priority)),
            values.instant("after", datetime.fromisoformat(placed_at)),
            values.order_id(first_id),
            values.order_id(order_id),
        )
    except ValueError:
        raise InvalidValue("after", "must be the `next` of a page, unchanged") from None
