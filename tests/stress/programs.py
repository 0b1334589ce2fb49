"""The stress programs, and how much each of them does at full size."""

from collections.abc import Callable, Mapping
from typing import Final

import attrs

from tests.stress import (
    bank,
    crashes,
    crossing,
    flash_sale,
    kills,
    mailing,
    migrators,
    side_by_side,
)
from tests.stress.report import Report


@attrs.frozen
class Program:
    """What is run on one store: a function of a database's URL, a seed, and numbers."""

    run: Callable[..., Report]
    full: Mapping[str, int]
    """The numbers at full size, by the name of the argument."""

    def on(self, url: str, *, seed: int, size: float) -> Report:
        """Run it; `size` is a fraction of the full size."""
        return self.run(url, seed=seed, **self.numbers(size))

    def numbers(self, size: float) -> dict[str, int]:
        """Return the numbers at a size; that of the processes is always the same.

        >>> Program(flash_sale.run, {"processes": 8, "attempts": 250}).numbers(0.1)
        {'processes': 8, 'attempts': 25}
        """
        return {
            what: number if what == "processes" else max(1, round(number * size))
            for what, number in self.full.items()
        }


_SALE: Final = {"attempts": 250, "units": 100}
_MAILING: Final = Program(mailing.run, {"processes": 2, "kills": 200})
_CROSSING: Final = Program(crossing.run, {"processes": 8, "attempts": 250})
_SURVIVORS: Final = Program(bank.run, {"processes": 4, "operations": 2_000, "kills": 100})

_SIDE_BY_SIDE: Final = Program(side_by_side.run, {"steps": 20_000})
_MIGRATORS: Final = Program(migrators.run, {"processes": 8, "rounds": 40})

PROGRAMS: Final[Mapping[str, Mapping[str, Program]]] = {
    "flash-sale": {
        "sqlite": Program(flash_sale.run, {"processes": 8, **_SALE}),
        "postgresql": Program(flash_sale.run, {"processes": 16, **_SALE}),
        "mariadb": Program(flash_sale.run, {"processes": 16, **_SALE}),
    },
    "crossing": {"sqlite": _CROSSING, "postgresql": _CROSSING, "mariadb": _CROSSING},
    "bank": {
        "sqlite": Program(bank.run, {"processes": 8, "operations": 16_000}),
        "postgresql": Program(bank.run, {"processes": 8, "operations": 6_000}),
        "mariadb": Program(bank.run, {"processes": 8, "operations": 6_000}),
    },
    "kills": {
        "sqlite": Program(kills.run, {"kills": 300}),
        "postgresql": Program(kills.run, {"kills": 200}),
        "mariadb": Program(kills.run, {"kills": 200}),
    },
    "survivors": {"sqlite": _SURVIVORS, "postgresql": _SURVIVORS, "mariadb": _SURVIVORS},
    "crashes": {"postgresql": Program(crashes.run, {"crashes": 20})},
    "side-by-side": {
        "sqlite": _SIDE_BY_SIDE,
        "postgresql": _SIDE_BY_SIDE,
        "mariadb": _SIDE_BY_SIDE,
    },
    "migrators": {"sqlite": _MIGRATORS, "postgresql": _MIGRATORS, "mariadb": _MIGRATORS},
    "mailing": {"sqlite": _MAILING, "postgresql": _MAILING, "mariadb": _MAILING},
}
"""Name → store → program."""
