"""What all tests share: a store of each kind, a clock that they set, and how hard Hypothesis tries.

By default Hypothesis draws the same examples every time: what is green here is green elsewhere.
HYPOTHESIS_PROFILE=thorough draws twenty times as many, new ones each time.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from backorders import Backorders
from backorders.application import Seller
from backorders.ports.storage import Store
from tests.support.clock import SettableClock
from tests.support.stores import STORES

# A busy machine is slow now and then: no reason to fail. A failure prints what repeats it.
settings.register_profile(
    "default",
    max_examples=50,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "thorough", settings.get_profile("default"), max_examples=1000, derandomize=False
)
# Where a failure is all that is asked for: planted bugs, and mutants.
settings.register_profile(
    "unshrunk", settings.get_profile("default"), phases=[Phase.explicit, Phase.generate]
)
settings.register_profile("brief", settings.get_profile("unshrunk"), max_examples=12)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind in turn."""
    name: str = request.param
    made = STORES[name](tmp_path)
    yield made
    made.close()


@pytest.fixture
def clock() -> SettableClock:
    """A clock that stands still on a Monday morning."""
    return SettableClock()


@pytest.fixture
def app(store: Store, clock: SettableClock) -> Backorders:
    """The library over an empty store."""
    return Backorders(store, clock=clock)


@pytest.fixture
def acme(app: Backorders) -> Seller:
    """A seller who has nothing yet, next to one who has the same ids and must never notice."""
    neighbour = app.seller("neighbour")
    neighbour.place_order("O1", {"A": 7})
    neighbour.book_in("R1", {"A": 3})
    return app.seller("acme")
