"""What is handed out: the wheel, the source distribution, and both in an empty environment."""

import subprocess
import sys
import tarfile
from importlib.metadata import distribution
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

from tests.wheel.project import PROJECT

_ROOT: Final = Path(__file__).parents[2]
_SOURCE: Final = _ROOT / "src"


def _build(project: Path, folder: Path, *kinds: str) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder), *kinds]
    subprocess.run(command, check=True, cwd=project, capture_output=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the source distribution in it."""
    folder = tmp_path_factory.mktemp("dist")
    _build(_ROOT, folder)
    return folder


def _names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as packed:
        return set(packed.namelist())


def test_the_wheel_has_all_that_the_library_reads_and_nothing_else(built: Path) -> None:
    """A migration or a template that was left out is missed at night, on somebody's server."""
    (wheel,) = built.glob("*.whl")
    expected = {
        path.relative_to(_SOURCE).as_posix()
        for path in _SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    names = _names(wheel)
    assert {name for name in names if ".dist-info/" not in name} == expected
    for needed in (
        "backorders/py.typed",
        "backorders/adapters/sql/migrations/env.py",
        "backorders/adapters/smtp/templates/layout.html",
    ):
        assert needed in names


def test_the_source_distribution_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    """Who distrusts wheels builds one, and must get what everybody else has."""
    (packed,) = built.glob("*.tar.gz")
    with tarfile.open(packed) as archive:
        archive.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    assert (unpacked / "tests" / "packaging" / Path(__file__).name).is_file()
    _build(unpacked, tmp_path / "again", "-t", "wheel")
    (wheel,) = built.glob("*.whl")
    assert _names(tmp_path / "again" / wheel.name) == _names(wheel)


def _link(folder: Path, *distributions: str) -> None:
    """Have in a folder what is installed here of some distributions, and of no other."""
    for name in distributions:
        installed = distribution(name)
        for top in {file.parts[0] for file in installed.files or ()}:
            if top != ".." and not top.endswith(".dist-info"):
                (folder / top).symlink_to(Path(str(installed.locate_file(top))))


_FIRST_STEPS: Final = """
from backorders import Backorders
from backorders.adapters.memory import MemoryStore

acme = Backorders(MemoryStore()).seller("acme")
acme.place_order("O1", {"TEA": 2})
assert acme.book_in("R1", {"TEA": 2}).released == ("O1",)
try:
    import backorders.adapters.sql
except ModuleNotFoundError as error:
    print(error.name)
"""


def test_the_wheel_works_where_there_is_attrs_alone(built: Path, tmp_path: Path) -> None:
    """The core needs nothing else; an adapter says by name what it misses."""
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(tmp_path)  # noqa: S202 - this test has packed it itself
    _link(tmp_path, "attrs")
    program = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\n{_FIRST_STEPS}"
    # -S: nothing that is installed here; -I: nothing that the caller's shell has set.
    command = [sys.executable, "-I", "-S", "-c", program]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    assert run.stdout.strip() in {"alembic", "sqlalchemy"}


def test_the_testing_kit_works_from_the_wheel_in_an_empty_project(
    built: Path, tmp_path: Path
) -> None:
    """Whoever writes an adapter has the kit, Hypothesis, and maybe a runner that is not ours.

    `make test-wheel` does the same with whatever pip installs.
    """
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as packed:
        packed.extractall(tmp_path)  # noqa: S202 - this test has packed it itself
    _link(tmp_path, "attrs", "hypothesis", "sortedcontainers")
    (tmp_path / "test_kit.py").write_text(PROJECT, "utf-8")
    program = (
        "import sys, unittest\n"
        f"sys.path.insert(0, {str(tmp_path)!r})\n"
        'unittest.main("test_kit", argv=["test_kit"])\n'
    )
    command = [sys.executable, "-I", "-S", "-c", program]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "\nOK" in run.stderr
