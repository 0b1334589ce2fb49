"""Law 25: whatever a seller calls, it meets nothing of another, and changes nothing there.

Every public call, on every store, next to sellers who have the same ids, and next to nobody: both
must come to the same. One seller has all ids that the others have; another has the same SKUs and
warehouses, and every other id that it names is somebody else's. The calls are found by looking at
the faces, see `test_faults`.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Final

import attrs
import pytest

from backorders import Backorders
from tests.support.clock import SettableClock
from tests.support.public_calls import Example, Named, as_named, examples, live, past, told
from tests.support.stored import TURNS, Rows, Stored, rows_of, stored_in
from tests.support.stores import STORES

CALLS: Final = {
    **{f"{example}": example for example in examples()},
    # These name what the others have handed in already.
    **{f"past {place} {example}": example for place, example in enumerate(past())},
}


def of_its_own(name: str) -> str:
    """Return another id for whatever is not a SKU or a warehouse."""
    is_shared = name in {"A", "B", "C", "D", "E", "G", "LATE", "MAIN", "EAST", "NORTH"}
    return name if is_shared else f"ITS OWN {name}"


SELLERS: Final[Mapping[str, Named]] = {
    "other": as_named,
    # Next to it in every order of ids, and in no other way.
    "othe": as_named,
    "Other": of_its_own,
}


@attrs.frozen
class Outcome:
    """What a call came to."""

    result: object
    its_rows: Rows
    """What the caller has afterwards, but for its locks: whether one is taken alone, which leaves a
    row, or together with others, a store guesses by what it has seen before."""
    is_alone: bool
    """Whether the rows of all others are as they were."""


@attrs.frozen
class Bench:
    """What each call comes to for some sellers, next to the others and without them."""

    together: Mapping[tuple[str, str], Outcome]
    alone: Mapping[tuple[str, str], Outcome]


CALLERS: Final = ("othe", "Other")


@pytest.fixture(scope="module", params=STORES)
def bench(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """A bench of each kind of store in turn."""
    name: str = request.param
    with closing(STORES[name](tmp_path_factory.mktemp(name))) as store:
        app = Backorders(store, clock=SettableClock())
        live(app, store, SELLERS)
        with closing(stored_in(store)) as stored:
            everything = stored.rows()
            together: dict[tuple[str, str], Outcome] = {}
            alone: dict[tuple[str, str], Outcome] = {}
            for caller in CALLERS:
                together.update(_outcomes(app, stored, caller, everything))
            for caller in CALLERS:
                alone.update(_outcomes(app, stored, caller, rows_of(everything, caller)))
            yield Bench(together, alone)


def _outcomes(
    app: Backorders, stored: Stored, caller: str, start: Rows
) -> Iterator[tuple[tuple[str, str], Outcome]]:
    """Yield what each call of one seller comes to, each after the same start."""
    stored.put_back(start)
    others = _without(caller, start)
    for name, example in CALLS.items():
        result = told(example.found(app, caller).on(app, caller))
        after = stored.rows()
        yield (
            (caller, name),
            Outcome(result, _kept(rows_of(after, caller)), _without(caller, after) == others),
        )
        stored.put_back(start)


def _without(seller_id: str, rows: Rows) -> Rows:
    return {table: [row for row in rows[table] if row[0] != seller_id] for table in rows}


def _kept(rows: Rows) -> Rows:
    return {table: found for table, found in rows.items() if not table.endswith(TURNS)}


def _is_of_all(example: Example) -> bool:
    return not example.name.startswith("Seller.")


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("name", [name for name in CALLS if not _is_of_all(CALLS[name])])
def test_law_25_a_call_comes_to_the_same_whoever_else_is_there(
    name: str, caller: str, bench: Bench
) -> None:
    """Another seller's id is answered like one that does not exist; one of both is the caller's."""
    together, alone = bench.together[caller, name], bench.alone[caller, name]
    assert together.result == alone.result
    assert together.its_rows == alone.its_rows
    assert together.is_alone, "another seller's rows have changed"


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("name", [name for name in CALLS if _is_of_all(CALLS[name])])
def test_law_25_a_call_for_all_sellers_does_to_each_what_it_would_do_to_it_alone(
    name: str, caller: str, bench: Bench
) -> None:
    """Who else is there decides nothing about a seller, even where all are seen to together."""
    assert bench.together[caller, name].its_rows == bench.alone[caller, name].its_rows
