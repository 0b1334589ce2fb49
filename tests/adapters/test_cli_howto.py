"""The examples of the how-to about the terminal are typed, one after the other."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from tests.support.terminal import terminal

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def typed(text: str) -> list[tuple[str, str]]:
    """Return each command of the blocks of a document, with what it is to say."""
    blocks = re.findall(r"^```console\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [
        (command, said)
        for block in blocks
        for command, _, said in (part.partition("\n") for part in block.split("$ ")[1:])
    ]


@pytest.mark.parametrize(("name", "first"), [("terminal", 1), ("import-and-export", 0)])
def test_the_examples_say_what_is_written(
    name: str, first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever follows it must see what it shows; `…` stands for what is different each time.

    A file that is shown with `cat` is there from then on. `first` is the example before which the
    store and the seller are named.
    """
    desk = terminal(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    checker = doctest.OutputChecker()
    examples = typed((HOW_TO / f"{name}.md").read_text("utf-8"))
    assert len(examples) >= 10
    for number, (command, expected) in enumerate(examples):
        if number == first:
            # As the lines say that stand between the first and the second.
            monkeypatch.setenv("BACKORDERS_STORE", str(desk.store))
            monkeypatch.setenv("BACKORDERS_SELLER", "acme")
        if command.startswith("cat "):
            (tmp_path / command.removeprefix("cat ")).write_text(expected, "utf-8")
            continue
        said = desk.run(*shlex.split(command)[1:])
        # A rule is as long as its table, which is not what a reader counts.
        found = re.sub("─+", "─", said.err + said.out)
        wanted = re.sub("─+", "─", expected.replace("…", "..."))
        assert checker.check_output(wanted, found, FLAGS), f"{command}\n{expected}\n{found}"
