"""What has been found so far, in a file: whoever starts again goes on where it ended."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import attrs

from tests.mutation.changes import Mutant
from tests.mutation.judging import DEAD, Reach, Verdict
from tests.mutation.planting import ROOT, SOURCE

FOLDER: Final = ROOT / "build" / "mutation"


@attrs.define
class Records:
    """Verdicts by mutant, kept in a file.

    Whoever was killed stays so while its module is as it was. Whoever was not is tried again as
    soon as anything is different: a test may have been added that notices it.
    """

    _everything: str
    """What stands for all that is tested, and the tests."""
    _file: Path = FOLDER / "verdicts.jsonl"
    _modules: dict[str, str] = attrs.field(factory=dict)
    _known: dict[str, tuple[str, Verdict]] = attrs.field(factory=dict)

    def read(self) -> None:
        """Take in what the file says."""
        if self._file.exists():
            for line in self._file.read_text("utf-8").splitlines():
                key, state, outcome, by = json.loads(line)
                self._known[key] = state, (outcome, by)

    def verdict(self, mutant: Mutant) -> Verdict | None:
        """Return what is known of a mutant, if that still counts."""
        state, verdict = self._known.get(mutant.key, ("", ("", "")))
        return verdict if state == self._state(mutant, verdict) else None

    def note(self, mutant: Mutant, verdict: Verdict) -> None:
        """Note what became of a mutant."""
        state = self._state(mutant, verdict)
        self._known[mutant.key] = state, verdict
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([mutant.key, state, *verdict]) + "\n")

    def forget(self) -> None:
        """Begin anew."""
        self._file.unlink(missing_ok=True)
        self._known.clear()

    def _state(self, mutant: Mutant, verdict: Verdict) -> str:
        if verdict[0] not in DEAD:
            return self._everything
        if mutant.file not in self._modules:
            self._modules[mutant.file] = _digest([SOURCE / mutant.file])
        return self._modules[mutant.file]


def everything() -> str:
    """Return what stands for the library and its tests, as they are."""
    return _digest(sorted([*(ROOT / "src").glob("**/*.py"), *(ROOT / "tests").glob("**/*.py")]))


def kept_reaches(state: str) -> Sequence[Reach] | None:
    """Return by what the tests pass, if that was found out for what is there now."""
    file = FOLDER / "reaches.json"
    if not file.exists():
        return None
    kept: Mapping[str, object] = (document := json.loads(file.read_text("utf-8")))
    if kept["state"] != state:
        return None
    return [
        Reach(test, seconds, {name: frozenset(lines) for name, lines in by_file.items()})
        for test, seconds, by_file in document["reaches"]
    ]


def keep_reaches(state: str, reaches: Iterable[Reach]) -> None:
    """Keep by what the tests pass."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    plain = [
        (each.test, each.seconds, {name: sorted(lines) for name, lines in each.lines.items()})
        for each in reaches
    ]
    document = {"state": state, "reaches": plain}
    (FOLDER / "reaches.json").write_text(json.dumps(document), "utf-8")


def _digest(files: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        found.update(file.read_bytes())
    return found.hexdigest()[:16]
