"""What has happened in a database before it is dumped: something in every table and status."""

from datetime import timedelta
from itertools import islice

from backorders import Backorders
from backorders.ports.storage import Store
from backorders.testing.histories import History
from tests.support.clock import START, SettableClock
from tests.support.public_calls import as_named, live

CALLS = 80
"""How many random calls one more seller makes."""
SEED = 3


def of_another_tongue(name: str) -> str:
    """Return an id that every engine must take back from a dump as it was."""
    return f"Ł'\"\\{name}; ü☂ \U0001f4e6"


def tell(store: Store) -> None:
    """Make it all happen, in an empty store.

    Two sellers have the same past, under other ids: orders in every status, notices that were set
    aside, and a delivery that is still owed to the second of those who wait for it. A third has
    random calls behind it.
    """
    clock = SettableClock()
    app = Backorders(store, clock=clock)
    live(app, store, {"acme": as_named, of_another_tongue("shop"): of_another_tongue})
    random = app.seller("random")
    for asked in islice(History(SEED), CALLS):
        clock.advance(hours=1)
        asked.on(random)
    clock.now = START + timedelta(days=9)
    assert app.compose_daily_digests() > 0
    for seller_id in app.sellers():
        # What the next digest will list.
        app.seller(seller_id).place_order("AFTER", {"NONE": 1})
