"""The command line in this process: what is typed, and what comes of it."""

import json
import os
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import pytest

from backorders.adapters.cli import main


@attrs.frozen
class Said:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - whatever JSON holds
        """The document that it printed."""
        return json.loads(self.out)


class Looked(StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:  # noqa: D102 - a stream's
        return True


@attrs.frozen
class Terminal:
    """Somebody who types commands for one seller in one store, with output that goes to a pipe."""

    store: Path
    patch: pytest.MonkeyPatch
    seller: str | None = "acme"

    def __call__(self, *typed: str, answers: Sequence[str] | None = None) -> Said:
        """Run a command. With `answers` it runs on a terminal, on which they are typed."""
        asked = ["--store", str(self.store)]
        if self.seller is not None:
            asked += ["--seller", self.seller]
        return self.run(*typed, *asked, answers=answers)

    def run(self, *typed: str, answers: Sequence[str] | None = None) -> Said:
        """Run a command as it stands, of which neither store nor seller is said."""
        kind = StringIO if answers is None else Looked
        out, err = kind(), kind()
        with self.patch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr("sys.stdin", kind("".join(f"{line}\n" for line in answers or ())))
            code = main(typed)
        return Said(code, out.getvalue(), err.getvalue())

    def done(self, *typed: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Run a command that is done; return the document that it prints."""
        said = self(*typed, "--json")
        assert (said.code, said.err.removeprefix(f"a new store: {self.store}\n")) == (0, "")
        return said.document


def terminal(folder: Path, patch: pytest.MonkeyPatch) -> Terminal:
    """Return somebody at a desk of which nothing is stored yet, in a folder."""
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_COMPATIBLE", "TERM"):
        patch.delenv(name, raising=False)
    for name in [each for each in os.environ if each.startswith("BACKORDERS_S")]:
        patch.delenv(name)
    patch.setenv("XDG_DATA_HOME", str(folder / "data"))
    return Terminal(folder / "shop.db", patch)
