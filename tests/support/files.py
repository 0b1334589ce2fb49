"""CSV files for tests, and taking them."""

from pathlib import Path
from typing import TypeVar

from backorders import Seller
from backorders.adapters.files.importing import Report, take_file
from backorders.adapters.files.kinds import Kind
from backorders.adapters.files.options import Options, Ways

_D = TypeVar("_D")

NO_OPTIONS = Options()


def taken(  # noqa: PLR0917 - a file, what it is, and where it goes
    folder: Path,
    content: str | bytes,
    kind: Kind[_D],
    seller: Seller,
    options: Options = NO_OPTIONS,
    name: str = "file.csv",
    ways: Ways | None = None,
) -> Report:
    """Write a file and take it."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return take_file(str(path), kind, seller, options, ways or Ways())


def problems(report: Report) -> list[tuple[int, str]]:
    """Return what is wrong, by line."""
    return [(line, problem) for line, problem in report.problems]
