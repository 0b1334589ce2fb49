"""What has been run so far, in a file: whoever starts the long run again goes on with the rest."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

ROOT: Final = Path(__file__).parents[2]
FILE: Final = ROOT / "build" / "prove.jsonl"


@attrs.frozen
class Record:
    """What became of one trial."""

    key: str
    code: str
    """What stands for the source that was tried."""
    revision: str
    """The commit that was checked out."""
    status: int
    seconds: float
    counts: Mapping[str, int]
    said: str = ""
    """The end of what it printed, if it found something."""


@attrs.define
class Records:
    """The newest record of each trial."""

    _file: Path = FILE
    by_key: dict[str, Record] = attrs.field(factory=dict)

    def read(self) -> None:
        """Take in what the file says."""
        if self._file.exists():
            for line in self._file.read_text("utf-8").splitlines():
                record = Record(**json.loads(line))
                self.by_key[record.key] = record

    def of(self, key: str) -> Record | None:
        """Return the newest record of a trial."""
        return self.by_key.get(key)

    def note(self, record: Record) -> None:
        """Keep a record."""
        self.by_key[record.key] = record
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(attrs.asdict(record)) + "\n")

    def forget(self) -> None:
        """Begin anew."""
        self._file.unlink(missing_ok=True)
        self.by_key.clear()


def code() -> str:
    """Return what stands for the source of the library: one change, and all is tried again."""
    found = hashlib.sha256()
    for file in sorted((ROOT / "src").glob("**/*.py")):
        found.update(str(file.relative_to(ROOT)).encode())
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def revision() -> str:
    """Return the commit that is checked out, shortened; "unknown" without git."""
    try:
        asked = ("git", "rev-parse", "--short", "HEAD")
        ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return ran.stdout.strip()
