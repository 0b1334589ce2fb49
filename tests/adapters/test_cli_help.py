"""What the command line says of itself: help with examples, a page, and completion."""

import inspect
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from backorders.adapters.cli.app import GROUPS, application
from backorders.adapters.cli.reference import page
from tests.support.terminal import Terminal, terminal

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"

HEAVY = "alembic|msgspec|sqlalchemy|jinja2|backorders.adapters.sql|backorders.adapters.smtp"
"""What takes long to import, and is of no use to somebody who asks for help."""


def _commands(app: App, names: tuple[str, ...] = ()) -> Iterator[tuple[str, App]]:
    for name in app:
        if not name.startswith("-"):
            yield " ".join((*names, name)), app[name]
            if app[name].default_command is None:
                yield from _commands(app[name], (*names, name))


APP = application([])
COMMANDS = dict(_commands(APP))


def test_the_page_is_what_the_code_says() -> None:
    """`make reference` writes it anew."""
    assert PAGE.read_text("utf-8") == page()


def test_every_command_has_examples_that_can_be_typed() -> None:
    """An example that does not work is worse than none."""
    for name, app in COMMANDS.items():
        if app.default_command is None:
            continue
        told = inspect.getdoc(app.default_command) or ""
        _, _, examples = told.partition("Args:")[0].partition("For example:")
        lines = [line.strip() for line in examples.strip().splitlines()]
        assert lines, name
        for line in lines:
            assert line.startswith(f"backorders {name}"), line
            words = shlex.split(line.partition(">")[0])[1:]
            APP.meta.parse_args(words, exit_on_error=False, print_error=False)
            words = [word for word in words if word not in {"--json", "--yes"}]
            if "--store" in words:
                place = words.index("--store")
                del words[place : place + 2]
            command, _, _ = APP.parse_args(words, exit_on_error=False, print_error=False)
            assert command is app.default_command, line


def test_everything_that_can_be_given_is_explained() -> None:
    """An option without a word about it is left to be guessed."""
    for name, app in COMMANDS.items():
        if app.default_command is not None:
            arguments = app.assemble_argument_collection(parse_docstring=True)
            unsaid = [each.name for each in arguments if each.show and not each.parameter.help]
            assert (name, unsaid) == (name, [])


def test_a_group_says_the_same_whether_it_is_imported_or_not() -> None:
    """Its sentence stands where it is found and where it is named, so that help need not import."""
    for name, (_, what) in GROUPS.items():
        app = COMMANDS[name]
        if app.default_command is None:
            assert app.help == what


@pytest.mark.parametrize("asked", ["--help", "orders --help", "orders place --help"])
def test_help_imports_only_what_it_shows(asked: str) -> None:
    """It answers at once: neither the database nor other groups are imported for it."""
    code = (
        "import re, sys\n"
        "from backorders.adapters.cli import main\n"
        "assert main(sys.argv[1:]) == 0\n"
        f"found = [each for each in sys.modules if re.match({HEAVY!r}, each)]\n"
        "groups = 'backorders.adapters.cli.commands.'\n"
        "found += [each for each in sys.modules if each.startswith(groups)\n"
        "          and not each.startswith(groups + 'orders')]\n"
        "if sys.argv[1] == '--help':\n"
        "    found += [each for each in sys.modules if each.startswith(groups)]\n"
        "print(found)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *asked.split()],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.endswith("\n[]\n")
    assert "Options of every command" in done.stdout


def test_help_shows_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quickest way to learn a command is to see it."""
    desk: Terminal = terminal(tmp_path, monkeypatch)
    for typed, example in (
        ("orders place", "backorders orders place O1 TEA=3 CUP=1"),
        ("settings", "backorders settings --time-zone Europe/London"),
    ):
        said = desk.run(*typed.split(), "--help")
        assert (said.code, said.err) == (0, "")
        assert example in said.out
        assert "--store" in said.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever works at a terminal types the beginning of a word, and a tabulator."""
    desk: Terminal = terminal(tmp_path, monkeypatch)
    said = desk.run("completion", shell)
    assert (said.code, said.err) == (0, "")
    for word in ("back-orders", "remove-from-all", "despatch"):
        assert word in said.out
