"""The simulation's command line: `python -m backorders.testing.simulation --help`."""

import argparse
import random
import sys
import time

from backorders.testing.simulation import Tally, simulate
from backorders.testing.simulation.places import MEMORY, place_at


def main() -> int:
    """Play a simulation, print what it covered and found; return 1 when something failed."""
    parser = argparse.ArgumentParser(
        prog="python -m backorders.testing.simulation", description="Simulate many sellers."
    )
    parser.add_argument("--seed", type=int, help="what chance starts from; else a new one")
    parser.add_argument("--steps", type=int, default=10_000, help="calls that clients make")
    parser.add_argument("--store", default=MEMORY, help="memory, or the URL of an empty database")
    parser.add_argument(
        "--orders-per-commit",
        type=int,
        help="cut long backlogs into commits of so many orders; judged by the laws alone",
    )
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    if given.steps < 1:
        parser.error("--steps must be 1 or more")
    print(f"seed {seed}, {given.steps:,} steps on {given.store}", flush=True)
    began_at = time.monotonic()
    found = simulate(
        place_at(given.store, orders_per_commit=given.orders_per_commit),
        seed=seed,
        steps=given.steps,
        is_modelled=given.orders_per_commit is None,
        told=_progress if sys.stderr.isatty() else None,
    )
    print(*found.lines(), f"{time.monotonic() - began_at:.0f} s", sep="\n")
    return int(found.failure is not None)


def _progress(tally: Tally) -> None:
    print(f"\r{tally.steps:,} steps", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
