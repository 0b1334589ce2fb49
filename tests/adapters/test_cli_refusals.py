"""What the command line says when something is not to be done, or cannot be."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from cyclopts import App

from backorders.adapters.cli import app
from backorders.adapters.cli.commands import Desk
from tests.support.terminal import Looked, Terminal, terminal

ESCAPE = "\x1b"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody at a desk with one order that waits."""
    made = terminal(tmp_path, monkeypatch)
    made.done("orders", "place", "O1", "TEA=3", "--placed-at", "2026-03-01")
    return made


REFUSED = {
    "orders show NONE": "there is no order 'NONE': place it first, or check the id",
    "orders process O1": "ON_BACK_ORDER",
    "orders place O1 TEA=4": "order 'O1' is known already, with other content",
    "orders replace O1 TEA CUP": "'CUP'",
    "stock adjust TEA=-1": "0 units on hand",
    "inbound close NONE": "there is no",
    "notifications opt-in NONE delivery-overdue": "there is no user",
    "notifications retry 0123456789abcdef0123456789abcdef": "no notice",
}
NOT_RIGHT = {
    "ordres list": 'Unknown command "ordres"',
    "orders lst": "backorders orders --help says what there is",
    "orders list --status waiting": "backorders orders list --help says what there is",
    "orders list --limit many": "backorders orders list --help",
    "orders list --no-json": "backorders orders list --help",
    "orders place O2": "backorders orders place --help",
    "orders place O2 TEA": "'TEA' does not say how many: say SKU=NUMBER",
    "orders place O2 TEA=x": "'TEA=x' does not say how many",
    "orders place O2 TEA=1 --placed-at noon": "'noon' is no date and time",
    "orders place O2 TEA=0": "must be",
    "orders place O2 TEA=1 --priority 9999999999": "priority must be",
    "orders list --limit 0": "limit must be",
    "orders list --after xyz": "after must be the `next` of a page, unchanged",
    "orders edit O1": "no change is named",
    "orders change-policies O1": "no change is named",
    "orders resolve-cancellation O1": "say either --accepted or --refused",
    "stock count TEA=1 TEA=2": "TEA is named twice",
    "stock count TEA=-1": "must be",
    "back-orders list --older-than soon": "say 3d, 12h, 30m or 2w",
    "back-orders list --older-than 999999999w": "is no length of time",
    "inbound announce A1 TEA=1 --expected-on tomorrow": "backorders inbound announce --help",
    "reprocess TEA --order O1": "name the ones or the other",
    "notifications send --host a --sender nobody": "sender must be one address",
    "notifications send --host a --sender a@b.c --encryption x": "'x' is no encryption",
    "settings --time-zone Europe/Atlantis": "time_zone must be an IANA name",
}


@pytest.mark.parametrize(("code", "said_of"), [(1, REFUSED), (2, NOT_RIGHT)])
def test_what_is_not_done_has_a_reason_and_an_exit_code(
    desk: Terminal, code: int, said_of: Mapping[str, str]
) -> None:
    """1 is refused, 2 is not right as it stands: a script goes by that, its reader by the words.

    The output stays empty, nothing is changed, and nobody is shown where in the code it arose.
    """
    for typed, reason in said_of.items():
        said = desk(*typed.split())
        assert (typed, said.code, said.out) == (typed, code, "")
        assert reason in said.err, (typed, said.err)
        assert "Traceback" not in said.err
    assert [order["order_id"] for order in desk.done("orders", "list")["orders"]] == ["O1"]
    assert desk.done("orders", "show", "O1")["lines"][0]["quantity"] == 3


@pytest.mark.parametrize(
    "store", ["missing.db", "no/such/folder.db", "text.db", "folder", "nosuch://server/shop"]
)
def test_a_store_that_is_not_there_has_exit_code_3(
    desk: Terminal, store: str, tmp_path: Path
) -> None:
    """It may be there later: a script can wait. Nothing is made in its place, nor spoilt."""
    (tmp_path / "text.db").write_text("important" * 100, "utf-8")
    (tmp_path / "folder").mkdir()
    name = store if "://" in store else str(tmp_path / store)
    typed = [["orders", "list"], ["db", "status"]]
    if store != "missing.db":
        typed += [["stock", "book-in", "TEA=1"], ["db", "migrate"]]
    before = sorted(tmp_path.rglob("*"))
    for command in typed:
        said = desk.run(*command, "--store", name, "--seller", "acme")
        if command == ["db", "status"] and not said.code:
            assert "Tables: missing" in said.out
            continue
        assert (command, said.code, said.out) == (command, 3, "")
        assert "Traceback" not in said.err
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "text.db").read_text("utf-8") == "important" * 100


def test_what_cannot_be_taken_back_is_asked_about(desk: Terminal) -> None:
    """Only a clear yes is one; where nobody can be asked, nothing is done."""
    cancel = ["orders", "cancel", "O1"]
    question = "Cancel order O1? Others get what it holds. [y/N] "
    for answers in ([""], ["n"], ["x"], []):
        said = desk(*cancel, answers=answers)
        assert (said.code, said.out) == (1, "")
        assert said.err == f"{question}nothing was changed: answer y, or say --yes\n"
    said = desk(*cancel)
    assert (said.code, said.err) == (
        2,
        "there is no terminal to ask on: say --yes if it is to be done\n",
    )
    assert desk.done("orders", "show", "O1")["status"] == "on_back_order"
    said = desk(*cancel, answers=["Y"])
    assert (said.code, said.err) == (0, question)
    assert desk.done("orders", "show", "O1")["status"] == "cancelled"


def test_an_answer_of_the_warehouse_is_asked_about_when_it_cancels(desk: Terminal) -> None:
    """A refusal changes nothing that could not be asked for again."""
    desk.done("stock", "book-in", "TEA=3")
    desk.done("orders", "process", "O1")
    for answer in ("--refused", "--accepted"):
        assert desk.done("orders", "request-cancellation", "O1")["cancellation_requested"]
        said = desk("orders", "resolve-cancellation", "O1", answer)
        assert said.code == (2 if answer == "--accepted" else 0)
    done = desk.done("orders", "resolve-cancellation", "O1", "--accepted", "--yes")
    assert done["status"] == "cancelled"


def broken(*, desk: Desk) -> None:
    """Do something, then fail in a way that nobody has thought of."""
    desk.did("2 orders placed")
    raise ZeroDivisionError("by zero")


def stopped(*, desk: Desk) -> None:
    """Do something, then be interrupted."""
    desk.did("2 orders placed")
    raise KeyboardInterrupt


def stopped_at_once() -> None:
    """Be interrupted."""
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        (
            "broken",
            1,
            """ZeroDivisionError: by zero
That is a fault of backorders: please report what --debug shows.
done before that: 2 orders placed
""",
        ),
        ("stopped", 130, "interrupted\ndone before that: 2 orders placed\n"),
        (
            "stopped_at_once",
            130,
            "interrupted: what was under way was done wholly or not at all\n",
        ),
    ],
)
def test_whatever_happens_no_traceback_is_shown(
    desk: Terminal, name: str, code: int, words: str
) -> None:
    """It would tell nobody at a desk anything. What has been done for good is said."""
    real = app.application

    def with_fault(done: list[str], asked: Collection[str]) -> App:
        made = real(done, asked)
        made.command(globals()[name], name="fail")
        return made

    desk.patch.setattr(app, "application", with_fault)
    assert desk("fail").code == code
    assert desk("fail").err == words
    if name == "broken":
        with pytest.raises(ZeroDivisionError):
            desk("fail", "--debug")


class Impatient(Looked):
    """A terminal on which somebody answers a question with Ctrl-C."""

    # ignore: typeshed has it for bytes too, of which a stream of text has none.
    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """Type it."""
        del size
        raise KeyboardInterrupt


def test_ctrl_c_at_a_question_is_no(desk: Terminal) -> None:
    """Whoever stops a command can go on as if it had not been given."""
    desk.patch.setattr("tests.support.terminal.Looked", Impatient)
    said = desk("orders", "cancel", "O1", answers=[])
    assert (said.code, said.out) == (130, "")
    assert said.err.endswith(
        "[y/N] interrupted: what was under way was done wholly or not at all\n"
    )
    desk.patch.undo()
    assert desk.done("orders", "show", "O1")["status"] == "on_back_order"


def test_colours_are_for_terminals(desk: Terminal) -> None:
    """Not for pipes, and not for those who do not want any."""
    assert ESCAPE not in desk("back-orders", "report").out
    desk.patch.setenv("TERM", "xterm-256color")
    there = desk("back-orders", "report", answers=[]).out
    assert ESCAPE in there
    desk.patch.setenv("NO_COLOR", "1")
    plain = desk("back-orders", "report", answers=[]).out
    assert f"{ESCAPE}[3" not in plain


@pytest.mark.parametrize("columns", [40, 80])
def test_tables_fit_the_terminal(desk: Terminal, columns: int) -> None:
    """What is wider than the terminal is hard to read; in a pipe, a row stays one line."""
    name = "an-order-with-a-name-that-is-far-too-long-for-any-table"
    products = [f"A-RATHER-LONG-PRODUCT-{number}=1" for number in range(5)]
    desk.done("orders", "place", name, *products)
    row = next(line for line in desk("orders", "list").out.splitlines() if name in line)
    assert "A-RATHER-LONG-PRODUCT-4" in row
    desk.patch.setenv("COLUMNS", str(columns))
    out = desk("orders", "list", answers=[]).out
    lines = re.sub(r"\x1b\[[0-9;]*m", "", out).splitlines()
    assert max(map(len, lines)) <= columns
    assert name not in out
    assert "…" not in out
