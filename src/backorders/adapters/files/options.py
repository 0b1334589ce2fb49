"""How a file is to be taken, and how that is watched and stopped."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import attrs

from backorders.adapters.files.cells import Dates
from backorders.adapters.files.kinds import Taken

Progress: TypeAlias = Callable[[str, int, int | None, int], None]
"""Is told the step that is under way, how far it is, of how much, and how many rows that is."""


@attrs.frozen
class Options:
    """How a file is to be read and taken."""

    dry_run: bool = False
    """Only see what would come of it."""
    keep_good: bool = False
    """Take what is good, some documents at a time, and leave out the rest."""
    separator: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = attrs.field(factory=dict)
    """Field → header, where a column has a name that is not known."""
    dates: Dates = Dates.ISO
    document_id: str | None = None
    """What documents are called that have no id of their own; `None`: after the file."""
    warehouse: str | None = None
    reason: str = ""
    rejects: Path | None = None
    """Where to write the rows that are left out."""
    shown: int = 20
    """Problems that are kept in the report; further ones are counted."""


@attrs.define
class Ways:
    """How an import tells how far it is, and learns that it is to stop."""

    progress: Progress = lambda _step, _done, _of, _rows: None
    pause: Callable[[], None] = lambda: None
    """Called where stopping harms nothing; raises when it is to stop."""
    committed: Taken = attrs.field(factory=Taken)
    """What is in the store for good."""
