"""What was measured, as lines, as a table and as a picture."""

import platform
import re
import sqlite3
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from benchmarks.measuring import Figures, Result

_BEGIN, _END = "<!-- measured -->", "<!-- end of what was measured -->"


def line(result: Result) -> str:
    """Return a result as one line for a terminal."""
    verdict = "met" if result.is_met else "MISSED"
    return (
        f"{result.case.name:<62} {_figure(result.ours):>14} against {_figure(result.floor):>15} "
        f"{result.case.what}/s: ×{result.times:.1f}, at most ×{result.case.most:g}: {verdict}"
    )


def write(results: Sequence[Result], page: Path, *, command: str, server: str) -> None:
    """Put the table into the page, between its marks, and the picture beside it."""
    text = page.read_text()
    measured = f"{_BEGIN}\n\n{_facts(command, server)}\n\n{_table(results)}\n\n"
    measured += f"![Times the floor's time]({page.with_suffix('.svg').name})\n\n{_END}"
    page.write_text(re.sub(f"{_BEGIN}.*{_END}", lambda _: measured, text, flags=re.DOTALL))
    _draw(results, page.with_suffix(".svg"))


def _figure(figures: Figures) -> str:
    return f"{figures.median:,.0f} ± {figures.spread / 2:.0%}"


def _facts(command: str, server: str) -> str:
    facts: Mapping[str, str] = {
        "Command": f"`{command}`",
        "Machine": f"{platform.system()} on {platform.machine()}, {_processors()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "PostgreSQL": server,
        "Libraries": ", ".join(f"{name} {version(name)}" for name in ("sqlalchemy", "psycopg")),
    }
    return "\n".join(f"- {name}: {fact}" for name, fact in facts.items())


def _processors() -> str:
    found = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return f"{len(found)} × {found[0]}"


def _table(results: Sequence[Result]) -> str:
    rows = [
        "| | the library, per second | the floor, per second | times the floor's time | target |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*rows, *map(_row, results)])


def _row(result: Result) -> str:
    verdict = "met" if result.is_met else "missed"
    return (
        f"| {result.case.name} | {_figure(result.ours)} {result.case.what} "
        f"| {_figure(result.floor)} | {result.times:.1f} "
        f"| {verdict}: at most {result.case.most:g} |"
    )


def _draw(results: Sequence[Result], path: Path) -> None:
    """Draw how many times the floor's time each case takes, and its target."""
    import matplotlib as mpl  # noqa: PLC0415 - a benchmark without a picture needs none of it

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "the same picture for the same figures"
    from matplotlib import pyplot as plt  # noqa: PLC0415

    figure, axes = plt.subplots(figsize=(9, 0.38 * len(results) + 1), layout="constrained")
    places = range(len(results), 0, -1)
    axes.barh(
        places,
        [result.times for result in results],
        color=["#4c8c6b" if result.is_met else "#c46a4a" for result in results],
        height=0.6,
    )
    for place, result in zip(places, results, strict=True):
        axes.plot([result.case.most] * 2, [place - 0.4, place + 0.4], color="black")
    axes.set_yticks(places, [result.case.name.replace("`", "") for result in results])
    axes.set_xscale("log")
    axes.set_xlabel("times the floor's time (log scale); the black mark is the target")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
