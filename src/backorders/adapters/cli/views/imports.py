"""What came of a file, for people."""

from typing import TypeVar

from backorders.adapters.cli.errors import CommandRefused
from backorders.adapters.cli.screen import Screen
from backorders.adapters.files.importing import Report
from backorders.adapters.files.kinds import Kind
from backorders.adapters.files.options import Options

_D = TypeVar("_D")

_LONGEST = 120
"""Characters of unused headers that are shown."""


def show_report(report: Report, kind: Kind[_D], options: Options, screen: Screen) -> None:
    """Show which columns were read, what was taken, and what is wrong."""
    read = (
        field if field == header else f"{field} from {header!r}"
        for field, header in report.columns.taken.items()
    )
    screen.say(f"Read from {report.name}: {', '.join(read)}.")
    if report.columns.unused:
        unused = ", ".join(column or "(no name)" for column in report.columns.unused)
        shown = unused if len(unused) <= _LONGEST else f"{unused[:_LONGEST]}…"
        screen.say(f"Not used: {shown}.")
    for line in _came_of(report, kind, options):
        screen.say(line)
    if not report.bad:
        return
    screen.table(["line", "what is wrong"], [[line, what] for line, what in report.problems])
    more = report.bad - len({line for line, _ in report.problems})
    if more > 0:
        all_of_them = "" if options.rejects else "; --rejects FILE writes all of them"
        screen.say(f"{_of(more, 'more bad row', 'more bad rows')}{all_of_them}.")
    if report.beside:
        screen.say(
            f"{_of(report.beside, 'good row stands', 'good rows stand')} with them in the same "
            f"{kind.one}."
        )
    if options.rejects is not None:
        screen.say(f"What was left out is in {options.rejects}.")


def refused(report: Report, kind: Kind[_D], options: Options) -> CommandRefused:
    """Return why the command is not done as it was asked for."""
    problem = f"{_of(report.bad, 'row is', 'rows are')} bad in {report.name}"
    if options.dry_run:
        return CommandRefused(problem, "this was a dry run, and nothing was stored")
    if report.is_done:
        return CommandRefused(problem, "the rest was taken; mend those, and import them again")
    return CommandRefused(
        problem, f"nothing was taken; mend them, or take the good {kind.many} with --keep-good"
    )


def _came_of(report: Report, kind: Kind[_D], options: Options) -> list[str]:
    taken = report.taken
    if report.bad and not report.is_done and not options.dry_run:
        return ["Nothing was taken: the file is taken whole or not at all."]
    would = "" if report.is_done else "It would be: "
    new = _of(taken.documents, kind.one, kind.many)
    lines = [f"{would}{new} with {_of(taken.lines, 'line', 'lines')}."]
    if not taken.documents:
        lines = [f"There is nothing new in {report.name}."]
    if taken.repeated:
        had = "had been taken before, and were left as they are"
        lines.append(f"{_of(taken.repeated, kind.one, kind.many)} {had}.")
    if taken.on_back_order:
        lines.append(f"{_of(taken.on_back_order, 'order is', 'orders are')} on back order.")
    if taken.released:
        lines.append(f"{_of(taken.released, 'order was', 'orders were')} released.")
    if taken.lost:
        lines.append(f"{_of(taken.lost, 'order', 'orders')} lost units.")
    return lines


def _of(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
