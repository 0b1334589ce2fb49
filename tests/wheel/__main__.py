"""Builds the wheel and uses the testing kit from it, in an empty project that has no pytest.

Run it by `make test-wheel`; it takes half a minute, most of it pip's.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

from tests.wheel.project import PROJECT

_ROOT: Final = Path(__file__).parents[2]


def main() -> None:
    """Do it, and leave nothing behind."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, _ROOT)
        (wheel,) = folder.glob("backorders-*.whl")
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / "bin" / "python"
        _run(python, "-m", "pip", "install", "-q", f"backorders[testing] @ {wheel.as_uri()}")
        project = folder / "project"
        project.mkdir()
        (project / "test_kit.py").write_text(PROJECT, "utf-8")
        _run(python, "-I", "-m", "unittest", "discover", "-s", project)
        _run(python, "-I", "-m", "backorders.testing.simulation", "--seed=1", "--steps=200")


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, cwd=_ROOT.anchor)


if __name__ == "__main__":
    main()
