"""What a store may be without: declared by its author, reported, never passed over in silence."""

import enum
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias, TypeVar

import attrs

from backorders.domain.values import SellerId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import ACME, BOLT, MakeStore, two_sellers, writing
from backorders.testing.contracts.everything import OLD, seen_of, write_everything
from backorders.testing.contracts.feed import seen_in_feed, write_feed

Reopen: TypeAlias = Callable[[Store], Store]
"""Closes a store, and returns one that is opened where that one kept what it has."""

_F = TypeVar("_F", bound=Callable[..., object])


class Ability(enum.Enum):
    """Something that not every store can do. What needs it is left out where it is lacking."""

    SIDE_BY_SIDE = "several units of work at once in one thread: other sellers', or other readers'"
    """A store with one connection, or one lock for everything, lacks it. Calls then wait for each
    other, and a program that reads within a unit of work waits for itself.
    """
    LASTING = "what was committed is there when the store is opened again"
    """A store in memory lacks it."""


NEEDED: Final[dict[str, Ability]] = {}
"""Clause → what it needs."""


def needs(ability: Ability) -> Callable[[_F], _F]:
    """Note that a clause can only be kept by a store that has an ability."""

    def note(clause: _F) -> _F:
        NEEDED[clause.__name__] = ability
        return clause

    return note


@attrs.frozen
class Report:
    """What a store was held to."""

    kept: tuple[str, ...]
    """The clauses that it keeps."""
    left_out: Mapping[str, Ability] = attrs.field(factory=dict)
    """Clause → what it needs and the store is declared to lack."""

    def __str__(self) -> str:
        lacking = [
            f"left out, for want of {ability.name}: {name}"
            for name, ability in self.left_out.items()
        ]
        return "\n".join([f"clauses kept: {len(self.kept)}", *lacking])


@needs(Ability.LASTING)
def check_what_is_committed_lasts(make_store: MakeStore, reopen: Reopen) -> None:
    """What was committed is there when the store is opened again, and nothing else is."""
    with two_sellers(make_store, OLD) as store:
        with writing(store) as uow:
            write_everything(uow)
            write_feed(uow)
        with store.begin(BOLT) as uow:
            write_everything(uow)
            write_feed(uow)
        expected = [seen_of(store, seller_id) for seller_id in (ACME, BOLT)]
        told = [seen_in_feed(store, seller_id) for seller_id in (ACME, BOLT)]
        for _ in range(2):
            store = reopen(store)  # noqa: PLW2901 - the one before is closed
            assert store.sellers() == (ACME, BOLT)
            assert [seen_of(store, seller_id) for seller_id in (ACME, BOLT)] == expected
            assert [seen_in_feed(store, seller_id) for seller_id in (ACME, BOLT)] == told
            assert seen_of(store, SellerId("newcomer")).orders == {}
        store.close()
