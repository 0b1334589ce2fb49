"""What came of a file, as a document."""

from typing import TypedDict, TypeVar

from backorders.adapters.files.importing import Report
from backorders.adapters.files.kinds import Kind

_D = TypeVar("_D")


class ProblemDocument(TypedDict):
    """What is wrong with a row."""

    line: int
    problem: str


class ImportDocument(TypedDict):
    """What came of a file; what would have, when nothing was taken."""

    file: str
    kind: str
    taken: bool
    documents: int
    lines: int
    repeated: int
    on_back_order: int
    released: int
    lost: int
    rows: int
    bad_rows: int
    left_out_with_them: int
    problems: list[ProblemDocument]
    columns: dict[str, str]
    unused_columns: list[str]


def of_report(report: Report, kind: Kind[_D]) -> ImportDocument:
    """Return what came of a file as a document."""
    taken = report.taken
    return {
        "file": report.name,
        "kind": kind.name,
        "taken": report.is_done,
        "documents": taken.documents,
        "lines": taken.lines,
        "repeated": taken.repeated,
        "on_back_order": taken.on_back_order,
        "released": taken.released,
        "lost": taken.lost,
        "rows": report.rows,
        "bad_rows": report.bad,
        "left_out_with_them": report.beside,
        "problems": [{"line": line, "problem": problem} for line, problem in report.problems],
        "columns": dict(report.columns.taken),
        "unused_columns": list(report.columns.unused),
    }
