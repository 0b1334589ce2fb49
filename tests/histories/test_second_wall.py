"""Law 25: row-level security takes nothing away from a call that keeps to its seller.

Every public call, found by looking at the faces, on PostgreSQL with the wall and without it. A
service logs in that owns no table and sees through nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Final

import attrs
import pytest
from sqlalchemy.engine import URL

from backorders import Backorders
from backorders.adapters.sql import SqlStore
from tests.support.clock import SettableClock
from tests.support.postgresql import new_clerk, new_database, shared_server
from tests.support.public_calls import as_named, examples, live, told
from tests.support.stored import Rows, Stored, stored_in
from tests.support.stores import DATABASES

pytestmark = pytest.mark.skipif("postgresql" not in DATABASES, reason="PostgreSQL alone has it")

SELLERS: Final = ("acme", "other")


@attrs.frozen
class Bench:
    """A service on a database, and all that is stored there, seen by its owner."""

    app: Backorders
    stored: Stored
    start: Rows

    def outcome(self, name: str) -> tuple[object, Rows]:
        """Return what a call comes to, and what it leaves behind; afterwards all is as before."""
        result = told(EXAMPLES[name].found(self.app, "acme").on(self.app, "acme"))
        after = self.stored.rows()
        self.stored.put_back(self.start)
        return result, after


EXAMPLES: Final = {f"{example}": example for example in examples()}


@contextmanager
def _bench(*, row_level_security: bool) -> Iterator[Bench]:
    url = new_database(shared_server())
    with closing(_store(url, row_level_security=row_level_security)) as owner:
        clerk = new_clerk(url)
        with (
            closing(_store(clerk, row_level_security=row_level_security)) as store,
            closing(stored_in(owner)) as stored,
        ):
            app = Backorders(store, clock=SettableClock())
            live(app, store, dict.fromkeys(SELLERS, as_named))
            yield Bench(app, stored, stored.rows())


def _store(url: URL, *, row_level_security: bool) -> SqlStore:
    text = url.render_as_string(hide_password=False)
    return SqlStore.from_url(text, row_level_security=row_level_security)


@pytest.fixture(scope="module")
def benches() -> Iterator[Mapping[str, Bench]]:
    """The same past, with the wall and without it."""
    with _bench(row_level_security=True) as walled, _bench(row_level_security=False) as open_:
        yield {"walled": walled, "open": open_}


def test_law_25_the_wall_hides_nothing_of_what_a_seller_did(benches: Mapping[str, Bench]) -> None:
    """What was written through it is what is written without it."""
    assert benches["walled"].start == benches["open"].start


@pytest.mark.parametrize("name", EXAMPLES)
def test_law_25_a_call_comes_to_the_same_behind_the_wall(
    name: str, benches: Mapping[str, Bench]
) -> None:
    """A call that is stopped by the wall would fail at the one who has put it up, and nowhere else.

    So would a table that is asked for all sellers, and of which nobody has told the wall.
    """
    assert benches["walled"].outcome(name) == benches["open"].outcome(name)
