"""Builds the wheel and uses the testing kit from it, in an empty project that has no pytest.

Run it by `make test-wheel`; it takes half a minute, most of it pip's.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]

_PROJECT: Final = """\
import importlib.util
import unittest

from hypothesis import settings

from backorders.adapters.memory import MemoryStore
from backorders.testing.contracts import check_store
from backorders.testing.machine import machine_for
from backorders.testing.simulation import simulate


class Lasting(MemoryStore):
    def close(self):
        pass


def place():
    store = Lasting(patience=0)
    return lambda: store


class KitTest(unittest.TestCase):
    def test_nothing_but_the_kit_is_here(self):
        self.assertIsNone(importlib.util.find_spec("pytest"))
        self.assertIsNone(importlib.util.find_spec("sqlalchemy"))

    def test_contract(self):
        self.assertGreater(len(check_store(MemoryStore).kept), 50)

    def test_simulation(self):
        self.assertIsNone(simulate(place, seed=1, steps=200).failure)


MachineTest = machine_for(MemoryStore).TestCase
MachineTest.settings = settings(max_examples=5, stateful_step_count=10, deadline=None)
"""


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
        (project / "test_kit.py").write_text(_PROJECT, "utf-8")
        _run(python, "-I", "-m", "unittest", "discover", "-s", project)
        _run(python, "-I", "-m", "backorders.testing.simulation", "--seed=1", "--steps=200")


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, cwd=_ROOT.anchor)


if __name__ == "__main__":
    main()
