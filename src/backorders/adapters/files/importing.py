"""Taking a file: read as a whole, then checked as a whole, then stored whole or not at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import attrs

from backorders.adapters.files.columns import Columns, columns_of
from backorders.adapters.files.kinds import Kind, Taken, Terms
from backorders.adapters.files.opening import STDIN, opened
from backorders.adapters.files.options import Options, Ways
from backorders.adapters.files.rejects import write_rejects
from backorders.adapters.files.rows import table
from backorders.adapters.files.spool import Problem, spooled
from backorders.adapters.files.steps import Job
from backorders.application import Seller

_D = TypeVar("_D")


@attrs.frozen
class Report:
    """What came of a file."""

    name: str
    columns: Columns
    rows: int
    """Rows of the file, without the header."""
    bad: int
    """Rows with which something is wrong."""
    beside: int
    """Good rows that are left out with them, being of the same order or document."""
    problems: Sequence[Problem]
    """The first of what is wrong, by line."""
    taken: Taken
    """What was done, or, when nothing was, what would have been."""
    is_done: bool
    """Whether anything was done."""


def take_file(file: str, kind: Kind[_D], seller: Seller, options: Options, ways: Ways) -> Report:
    """Take a file, and report what came of it; raises `FileRefused` when it cannot be read.

    When anything is wrong with any row, nothing is taken, unless the options `keep_good`. Then, and
    when it is a dry run, the store is asked all the same what it would refuse.
    """
    with opened(file, encoding=options.encoding) as source:
        found = table(source, separator=options.separator)
        columns = columns_of(source.name, found.header, kind.fields, options.columns)
        terms = Terms(
            options.document_id or _stem(file),
            zone=seller.settings().time_zone,
            dates=options.dates,
            warehouse=options.warehouse,
            reason=options.reason,
        )
        with spooled(source.name, [field.name for field in kind.fields]) as spool:
            job = Job(kind, terms, spool, ways)
            job.read(found.rows, source, columns)
            job.check()
            taken, is_done = job.take(seller, options)
            rows, bad, beside = spool.counts()
            if options.rejects is not None and bad:
                write_rejects(options.rejects, [field.name for field in kind.fields], spool)
            problems = spool.problems(options.shown)
    return Report(source.name, columns, rows, bad, beside, problems, taken, is_done)


def _stem(file: str) -> str:
    """Return a file's name without what it ends in; what is piped in has none."""
    if file == STDIN:
        return ""
    name = Path(file).name
    for ending in (".gz", ".csv", ".txt", ".tsv"):
        if name.lower().endswith(ending) and len(name) > len(ending):
            name = name[: -len(ending)]
    return name
