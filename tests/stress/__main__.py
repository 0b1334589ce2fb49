"""The stress programs' command line: `python -m tests.stress`, or `make stress ARGS=…`."""

import random
import sys
import time
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from tests.stress.places import PLACES
from tests.stress.programs import PROGRAMS
from tests.support.mariadb import is_installed

app = App(name="stress", help_format="plaintext")


@app.default
def stress(
    *programs: str,
    stores: str = "",
    seed: int | None = None,
    size: Annotated[float, Parameter(validator=Number(gt=0))] = 1.0,
) -> int:
    """Put the library under stress, and exit with 1 when anything was not as it should be.

    Prints the seed and what was counted. The same seed makes the same calls; who of several
    processes is first is nobody's to decide.

    Args:
        programs: Which of flash-sale, crossing, bank, kills, survivors, crashes, side-by-side,
            migrators, mailing; all of them unless named.
        stores: Which of sqlite, postgresql, mariadb, apart by commas; all that are installed
            unless named.
        seed: What chance starts from; a new one each time unless given.
        size: A fraction of the full size, at which all programs take several minutes.
    """
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    found = 0
    for store in _checked("store", stores.split(",") if stores else _installed(), tuple(PLACES)):
        with PLACES[store]() as new_url:
            for name in _checked("program", programs or tuple(PROGRAMS), tuple(PROGRAMS)):
                program = PROGRAMS[name].get(store)
                if program is None:
                    continue
                numbers = ", ".join(f"{n:,} {what}" for what, n in program.numbers(size).items())
                print(f"== {name} on {store}, seed {seed}: {numbers}", flush=True)
                began_at = time.monotonic()
                report = program.on(new_url(), seed=seed, size=size)
                print(*report.lines(), f"{time.monotonic() - began_at:.0f} s", sep="\n", flush=True)
                found += len(report.violations)
    return min(found, 1)


def _installed() -> list[str]:
    """Return the stores that there are servers for."""
    if is_installed():
        return list(PLACES)
    print("== mariadb is left out: it is not installed (make install-mariadb)")
    return [store for store in PLACES if store != "mariadb"]


def _checked(what: str, given: list[str] | tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    for name in given:
        if name not in known:
            sys.exit(f"there is no {what} {name!r}: choose from {', '.join(known)}")
    return list(given)


if __name__ == "__main__":
    sys.exit(app())
