"""Runs the examples in README.md and docs/ as tests; those in docstrings are pytest's own doctests.

In a document, a ```python block is executed; one that opens with >>> is also compared with the
output that it shows. The blocks of one document share a namespace. All examples run in a temporary
folder. A block that cannot run stands after the comment `<!--- skip: next "the reason" -->`.
"""

import tempfile
from contextlib import ExitStack, chdir
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

import pytest
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser

from tests.support import lasting

collect_ignore_glob = [
    "docs/*.py",  # what makes the site: it needs Sphinx
    "src/backorders/adapters/sql/migrations/*",  # Alembic alone can import these
    "tests/typing/*",  # checked by mypy, never run
]


def enter_temporary_folder(namespace: dict[str, object]) -> None:
    """Give a document a folder of its own to run in."""
    stack = ExitStack()
    stack.enter_context(chdir(stack.enter_context(tempfile.TemporaryDirectory())))
    namespace["_folder"] = stack


def leave_temporary_folder(namespace: dict[str, object]) -> None:
    """Go back, and leave nothing behind."""
    stack = namespace.pop("_folder")
    assert isinstance(stack, ExitStack)
    stack.close()


def refuse(_example: Example) -> str:
    """Fail a block that looks like an example but would not be run."""
    return "write it as a ```python block: that is executed, and >>> lines are compared"


def pytest_sessionfinish() -> None:
    """Stop the servers that the tests have started."""
    lasting.end()


pytest_collect_file = Sybil(
    name="document",
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        *(CodeBlockParser(language, refuse) for language in ("py", "pycon", "Python")),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/*/*.md"],
    setup=enter_temporary_folder,
    teardown=leave_temporary_folder,
).pytest()


@pytest.fixture(autouse=True)
def _docstrings_in_a_temporary_folder(request: pytest.FixtureRequest) -> None:
    """Keep what an example in a docstring writes out of the project's folder."""
    if isinstance(request.node, pytest.DoctestItem):
        request.getfixturevalue("monkeypatch").chdir(request.getfixturevalue("tmp_path"))
