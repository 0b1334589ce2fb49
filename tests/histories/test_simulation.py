"""Many sellers and clients, faults everywhere, all of it from one seed, over every store."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from backorders.adapters import memory
from backorders.adapters.memory import MemoryStore, MemoryUnitOfWork
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.order import Order, Rank, Stage
from backorders.domain.values import Sku, WarehouseId
from backorders.ports.notices import NewNotice
from backorders.ports.storage import Store
from backorders.testing.simulation import Fault, Found, Place, case_of, simulate
from backorders.testing.simulation.places import MEMORY, place_at
from backorders.testing.simulation.post import Post
from tests.support.stores import DATABASES

_PLACES: dict[str, Callable[[Path], str]] = {MEMORY: lambda _: MEMORY, **DATABASES}
_STEPS = {MEMORY: 900, "sqlite": 120, "postgresql": 80}
"""How many calls clients make; a file takes longer. The long runs have a command of their own."""


@pytest.mark.parametrize("name", [name for name in _PLACES if name in _STEPS])
def test_no_law_is_broken_whatever_fails_and_whoever_comes_in_between(
    name: str, tmp_path: Path
) -> None:
    """Laws 1 to 19 are about single calls; this is what becomes of them in a warehouse at work."""
    found = simulate(place_at(_PLACES[name](tmp_path)), seed=20, steps=_STEPS[name])

    assert found.failure is None, "\n".join(found.lines())
    assert found.tally.steps == _STEPS[name]


def test_no_law_is_broken_where_a_long_backlog_takes_many_commits() -> None:
    """Laws 8, 9 and 19: who comes, and what crashes, between two commits of a call."""
    place = place_at(MEMORY, orders_per_commit=1)
    found = simulate(place, seed=1, steps=900, is_modelled=False)

    assert found.failure is None, "\n".join(found.lines())


def test_every_kind_of_fault_strikes_and_clients_meet() -> None:
    """A simulation in which nothing goes wrong, or nobody meets, would prove nothing."""
    tally = simulate(place_at(MEMORY), seed=1, steps=1200).tally

    assert {fault for fault, _ in tally.faults} == {fault.value for fault in Fault}
    assert len({port for _, port in tally.faults}) > 10
    assert min(tally.ports[port] for port in ("mail.send", "notices.use_up")) > 3
    assert min(tally.hand_overs, tally.waits, tally.restarts, tally.repeated, tally.released) > 10


def test_a_seed_plays_the_same_way_in_every_process() -> None:
    """What was found must be found again: not even the order of a set may make a difference."""
    told = [_run("--seed=9", "--steps=150", hash_seed=number) for number in (1, 2)]

    assert told[0] == told[1]


def test_cases_are_made_before_anything_runs() -> None:
    """A step that is left out changes none of the others, or nothing could be made shorter."""
    assert case_of(7, 3) == case_of(7, 3)
    assert case_of(7, 3) != case_of(8, 3)


class _VictimsInOrder(memory.MemoryOrders):
    """Who holds units is listed highest rank first."""

    def holders(
        self,
        before: Mapping[Sku, Rank | None],
        warehouse: WarehouseId | None,
        stage: Stage,
        limit: int,
    ) -> Mapping[Sku, Sequence[Order]]:
        found = super().holders(dict.fromkeys(before), warehouse, stage, 10_000)
        return {
            sku: [each for each in held[::-1] if (rank := before[sku]) is None or each.rank > rank][
                :limit
            ]
            for sku, held in found.items()
        }


class _NoUndo(memory.MemoryUnitOfWork):
    """Leaving without a commit undoes nothing."""

    def __exit__(self, *_error: object) -> None:
        self._undo.clear()
        self._release()


class _LosesCommits(memory.MemoryUnitOfWork):
    """A commit of a receipt is taken for made, and undone."""

    def commit(self) -> None:
        if not self._seller.documents:
            super().commit()


class _LosesNotices(memory.MemoryNotices):
    """The first of several notices is not put into the outbox."""

    def queue(self, new: Sequence[NewNotice]) -> None:
        super().queue(new[1:])


class _UsesUpNothing(memory.MemoryNotices):
    """Entries stay where they are after a digest has listed them."""

    def use_up(
        self,
        entries: Sequence[NewBackOrder],  # noqa: ARG002
        last: LastDigest | None,
        digest: LastDigest,
    ) -> None:
        super().use_up((), last, digest)


def _broken(part: type[object]) -> Place:
    """Return a place where stores in memory are broken in one part."""

    class _Store(MemoryStore):
        def begin(self, seller_id: str, *, read_only: bool = False) -> MemoryUnitOfWork:
            uow = super().begin(seller_id, read_only=read_only)
            if issubclass(part, MemoryUnitOfWork):
                return part(uow.seller_id, uow._seller, uow._release)
            if issubclass(part, memory.MemoryNotices):
                uow.notices = part(uow._seller, uow._undo)
            if issubclass(part, memory.MemoryOrders):
                uow.orders = part(uow._seller, uow._undo)
            return uow

        def close(self) -> None:
            pass

    def place() -> Callable[[], Store]:
        store = _Store(patience=0)
        return lambda: store

    return place


@pytest.mark.parametrize(
    "part", [_VictimsInOrder, _NoUndo, _LosesCommits, _LosesNotices, _UsesUpNothing]
)
def test_a_broken_store_is_found_out_and_the_history_is_short(part: type[object]) -> None:
    """Whoever reads a failure wants the three calls that matter, not the forty around them."""
    found = simulate(_broken(part), seed=1, steps=10_000)

    assert found.failure is not None
    assert found.shortest is not None
    assert len(found.shortest.case.steps) <= 8
    assert any("VIOLATION in seed 1, case" in line for line in found.lines())


def test_mail_about_what_was_undone_is_found_out() -> None:
    """Whoever was told that an order can go, which then was not released, will not ask again."""
    with MemoryStore().begin("acme", read_only=True) as uow:
        Post().compare(uow.users, uow.notices, [])
        with pytest.raises(AssertionError, match="law 19: what was undone"):
            Post().compare(uow.users, uow.notices, ["m1"])


def test_a_failure_is_found_again_from_its_seed() -> None:
    """The seed that is printed is all that anybody needs to repeat a failure."""
    one, other = (simulate(_broken(_NoUndo), seed=4, steps=10_000) for _ in range(2))

    assert _essence(one) == _essence(other)


def _essence(found: Found) -> object:
    assert found.failure is not None
    assert found.shortest is not None
    return found.failure.case, found.shortest.case, found.lines()


def _run(*args: str, hash_seed: int) -> list[str]:
    command = [sys.executable, "-m", "backorders.testing.simulation", *args]
    ran = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": str(hash_seed)},
    )
    # The last line says how long it took.
    return ran.stdout.splitlines()[:-1]
