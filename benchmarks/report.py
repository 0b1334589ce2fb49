"""What was measured, as lines, as a table and as a picture."""

import os
import platform
import re
import sqlite3
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import Figures, Result

_BEGIN, _END = "<!-- measured -->", "<!-- end of what was measured -->"


def line(result: Result) -> str:
    """Return a result as one line for a terminal."""
    verdict = "met" if result.is_met else "MISSED"
    return (
        f"{result.case.name:<62} {_figure(result.ours):>14} against {_figure(result.floor):>15} "
        f"{result.case.what}/s: ×{result.times:.1f}, at most ×{result.case.most:g}: {verdict}"
    )


def write(
    results: Sequence[Result], page: Path, *, command: str, server: str, keep_others: bool
) -> None:
    """Put the results into the page's table, between its marks, and the picture beside it.

    With `keep_others`, cases that were not measured this time keep their rows.
    """
    text = page.read_text()
    before = re.search(f"{_BEGIN}(.*){_END}", text, flags=re.DOTALL)
    rows = _rows(before[1]) if before and keep_others else []
    rows = _in_their_order([*map(_row, results)], rows)
    measured = f"{_BEGIN}\n\n{_facts(command, server)}\n\n{_table(rows)}\n\n"
    measured += f"![Times the floor's time]({page.with_suffix('.svg').name})\n\n{_END}"
    page.write_text(re.sub(f"{_BEGIN}.*{_END}", lambda _: measured, text, flags=re.DOTALL))
    _draw(rows, page.with_suffix(".svg"))


class _Row(NamedTuple):
    """A row of the table, as it is written."""

    name: str
    ours: str
    floor: str
    times: str
    target: str

    @property
    def most(self) -> float:
        return float(self.target.rpartition(" ")[2])

    @property
    def is_met(self) -> bool:
        return self.target.startswith("met")


def _row(result: Result) -> _Row:
    verdict = "met" if result.is_met else "missed"
    return _Row(
        result.case.name,
        f"{_figure(result.ours)} {result.case.what}",
        _figure(result.floor),
        f"{result.times:.1f}",
        f"{verdict}: at most {result.case.most:g}",
    )


def _rows(text: str) -> Sequence[_Row]:
    """Return the rows of a table that was written before."""
    found = re.findall(
        r"^\| (.+) \| (.+) \| (.+) \| ([\d.]+) \| (.+) \|$", text, flags=re.MULTILINE
    )
    return [_Row(*cells) for cells in found]


def _in_their_order(new: Sequence[_Row], old: Sequence[_Row]) -> Sequence[_Row]:
    """Return the new rows in the places of the old ones of their names, and others at the end."""
    named = {row.name: row for row in new}
    kept = [named.pop(row.name, row) for row in old]
    return [*kept, *named.values()]


def _figure(figures: Figures) -> str:
    return f"{figures.median:,.0f} ± {figures.spread / 2:.0%}"


def _facts(command: str, server: str) -> str:
    facts: Mapping[str, str] = {
        "Command": f"`{command}`",
        "Machine": f"{platform.system()} on {platform.machine()}, {_processors()}; {_load()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": server,
        "Libraries": ", ".join(f"{name} {version(name)}" for name in ("sqlalchemy", "psycopg")),
    }
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items())


def _load() -> str:
    """Return how busy the machine was: beyond its processors, the ratios are rough."""
    return f"{os.getloadavg()[2]:.1f} processes at once wanted a processor, on average"


def _processors() -> str:
    found = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return f"{len(found)} × {found[0]}"


def _table(rows: Sequence[_Row]) -> str:
    lines = [
        "| | the library, per second | the floor, per second | times the floor's time | target |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def _draw(rows: Sequence[_Row], path: Path) -> None:
    """Draw how many times the floor's time each case takes, and its target."""
    import matplotlib as mpl  # noqa: PLC0415 - a benchmark without a picture needs none of it

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "the same picture for the same figures"
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(9, 0.38 * len(rows) + 1), layout="constrained")
    places = range(len(rows), 0, -1)
    axes.barh(
        places,
        [float(row.times) for row in rows],
        color=["#4c8c6b" if row.is_met else "#c46a4a" for row in rows],
        height=0.6,
    )
    for place, row in zip(places, rows, strict=True):
        axes.plot([row.most] * 2, [place - 0.4, place + 0.4], color="black")
    axes.set_yticks(places, [row.name.replace("`", "") for row in rows])
    axes.set_xscale("log")
    axes.set_xlabel("times the floor's time (log scale); the black mark is the target")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
