"""A copy of the library in which a bug can be planted, and programs that run over it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs

from tests.mutants.bug import Bug

ROOT: Final = Path(__file__).parents[2]


@attrs.frozen
class Copy:
    """A copy of `src`, which stands in the place of the one that is installed."""

    source: Path

    @contextmanager
    def with_bug(self, bug: Bug) -> Iterator[None]:
        """Have the bug in the copy for a while."""
        file = self.source / "backorders" / bug.file
        sound = file.read_text("utf-8")
        file.write_text(bug.planted_in(sound), "utf-8")
        try:
            yield
        finally:
            file.write_text(sound, "utf-8")

    def run(self, *command: str, seconds: float) -> tuple[int, str]:
        """Return how Python ended with a command over the copy, and what it printed.

        A bug may make it go on for ever: then it ends with -1.
        """
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.source),
            # Written files would be taken for what the source says a moment later.
            "PYTHONDONTWRITEBYTECODE": "1",
            "HYPOTHESIS_PROFILE": "unshrunk",
        }
        try:
            ran = subprocess.run(
                [sys.executable, *command],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return -1, f"still running after {late.timeout:.0f} s"
        return ran.returncode, ran.stdout

    def tested(self, tests: Sequence[str], *, seconds: float = 900) -> tuple[int, str]:
        """Return how pytest ended with some tests over the copy, and what it printed."""
        options = ("-q", "-x", "-p", "no:cacheprovider", "--no-header", "--tb=line")
        return self.run("-m", "pytest", *options, *tests, seconds=seconds)


@contextmanager
def copied() -> Iterator[Copy]:
    """Yield a copy that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source)
        copy = Copy(source)
        _, said = copy.run("-c", "import backorders; print(backorders.__file__)", seconds=60)
        if not Path(said.strip()).is_relative_to(source):
            raise RuntimeError(f"the copy is not what is imported: {said}")
        yield copy
