"""What the long run consists of: commands, each of which anybody can run by hand."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

import attrs

from tests.prove import counting
from tests.stress.programs import PROGRAMS
from tests.support.mariadb import is_installed

Count: TypeAlias = Callable[[str], Counter[str]]
"""Takes what a command has printed, and returns what it says to have done."""

URL: Final = "{url}"
"""In the place of the URL of a new database."""


@attrs.frozen
class Trial:
    """A command, which ends with 0 unless it has found something."""

    part: str
    store: str
    command: tuple[str, ...]
    """What Python is given."""
    count: Count = attrs.field(eq=False, repr=False)

    @property
    def key(self) -> str:
        """What tells it from all others."""
        return f"{self.part} on {self.store}: {' '.join(self.command)}"


_SIMULATED: Final[Mapping[str, tuple[int, int]]] = {
    "memory": (1_000_000, 20_000),
    "sqlite": (100_000, 5_000),
    "postgresql": (20_000, 2_000),
}
"""Store → steps in all, and steps of one seed."""
_SMALL_COMMITS: Final = (100_000, 20_000)
_MACHINES: Final[Mapping[str, tuple[int, int]]] = {
    "memory": (2_000, 200),
    "sqlite": (300, 50),
    "postgresql": (300, 50),
}
"""Store → examples in all, and examples of one seed."""
_REPLAYS: Final = (
    ("adventureworks", "memory", 31_455),
    ("adventureworks", "sqlite", 31_455),
    ("online_retail", "sqlite", 19_776),
)
"""Real orders: which, where, and how many there are."""


def trials(size: float) -> Iterator[Trial]:
    """Yield what is to be run; `size` is a fraction of the full size."""
    yield from _simulations(size)
    for store, (examples, of_a_seed) in _MACHINES.items():
        for seed, part in _seeds(examples * size, of_a_seed):
            machine = ("-m", "tests.prove.machines", f"--store={store}")
            yield Trial(
                "state machine",
                store,
                (*machine, f"--seed={seed}", f"--examples={part}"),
                counting.listed,
            )
    for dataset, store, orders in _REPLAYS:
        some = [] if size >= 1 else [f"--first={max(1, round(orders * size))}"]
        replay = ("examples/replay.py", f"--dataset={dataset}", f"--store={store}", *some)
        yield Trial("replay of real orders", store, replay, counting.replayed)
    yield Trial(
        "a fault at every statement",
        "all",
        ("-m", "pytest", "-q", "tests/histories/test_faults.py"),
        counting.tested,
    )
    for name, by_store in PROGRAMS.items():
        for store in by_store:
            if store != "mariadb" or is_installed():
                # Who of many processes is first, no seed decides: each run draws its own.
                stress = ("-m", "tests.stress", name, f"--stores={store}", f"--size={size:g}")
                yield Trial(f"stress: {name}", store, stress, counting.listed)


def _simulations(size: float) -> Iterator[Trial]:
    simulation = ("-m", "backorders.testing.simulation")
    for store, (steps, of_a_seed) in _SIMULATED.items():
        where = store if store == "memory" else URL
        for seed, part in _seeds(steps * size, of_a_seed):
            command = (*simulation, f"--seed={seed}", f"--steps={part}", f"--store={where}")
            yield Trial("simulation", store, command, counting.simulated)
    for seed, part in _seeds(_SMALL_COMMITS[0] * size, _SMALL_COMMITS[1]):
        command = (*simulation, f"--seed={seed}", f"--steps={part}", "--orders-per-commit=1")
        yield Trial("simulation, a commit an order", "memory", command, counting.simulated)


def _seeds(whole: float, of_a_seed: int) -> Iterator[tuple[int, int]]:
    """Yield seeds, and how much to do with each, that come to a whole."""
    for number in range(max(1, math.ceil(whole / of_a_seed))):
        yield number + 1, max(1, min(of_a_seed, round(whole) - number * of_a_seed))
