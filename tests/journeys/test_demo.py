"""`backorders demo` and the command line around it, as a user meets them: as a process."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from backorders import Backorders, OrderStatus
from backorders.adapters.cli import northwind
from backorders.adapters.sql import SqlStore

BACKORDERS = Path(sys.executable).with_name("backorders")
EXAMPLES = Path(__file__).parents[2] / "examples" / "data" / "northwind"
ESCAPE = "\x1b"


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder, with nobody looking: its output goes to a pipe."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in {"FORCE_COLOR", "NO_COLOR", "COLUMNS", "TTY_COMPATIBLE"}
    }
    return subprocess.run(
        [BACKORDERS, *arguments],
        cwd=folder,
        env={**plain, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo has run."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> str:
    """What the demo shows."""
    done = run(folder, "demo")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def part(shown: str, title: str) -> str:
    """Return the part of the output under a heading, without the layout."""
    lines = shown.splitlines()
    headings = [place for place, line in enumerate(lines) if re.match(r"\S.* ─{3,}$", line)]
    first = next(place for place in headings if lines[place].startswith(title))
    last = next((place for place in headings if place > first), len(lines))
    return " ".join(" ".join(lines[first + 1 : last]).split())


def test_the_demo_shows_who_waits_and_for_what(shown: str) -> None:
    """The first question of anybody who ships parcels."""
    waiting = part(shown, "On back order: 16 of 21 open orders")
    assert "1 11008 ERNSH, Austria 08 Apr 1998 44 × Rössle Sauerkraut" in waiting
    assert "… and 8 more" in waiting
    assert "In all 471 units of 17 products are short" in waiting


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("1. Cancel", "cancelled"),
        ("2. Remove the short product", "ready to ship"),
        ("3. Replace it", "ready to ship"),
        ("4. Send stock", "Released: 1"),
        ("5. Split", "-2 (new) short of"),
        ("Ship it", "ready to ship despatched"),
    ],
)
def test_the_demo_gives_each_answer_to_an_order_that_it_suits(
    shown: str, answer: str, words: str
) -> None:
    """An answer that finds no order would show nothing."""
    told = part(shown, answer)
    assert words in told
    assert "No order" not in told


def test_the_demo_shows_the_mail_that_would_have_come(shown: str) -> None:
    """The promise to the seller: each day, by mail, the orders that newly went on back order."""
    mail = part(shown, "The next morning")
    assert "Subject: 16 orders newly on back order, on 1998-05-06" in mail
    assert "Still waiting: 10, for 206 units in all. Released since: 5. Cancelled since: 1." in mail
    assert "Order 11039: still waiting placed 1998-04-21 00:00, 16 days ago" in mail
    assert "… and 12 orders more" in mail


def test_the_demo_says_where_the_orders_come_from(shown: str) -> None:
    """What is real and what was made up is said, not left to be guessed."""
    opening = part(shown, "Northwind, a food wholesaler")
    assert "Microsoft's Northwind sample (MIT licence)" in opening
    assert "as much as the shipped orders needed is booked in for them" in opening


def test_the_file_is_sound_and_holds_what_was_shown(shown: str, folder: Path) -> None:
    """The proof on the screen is repeated here, in another process."""
    with closing(SqlStore.from_url(f"sqlite:///{folder / 'backorders-demo.db'}")) as store:
        app = Backorders(store)
        seller = app.seller("northwind")
        assert app.sellers() == ("northwind",)
        assert seller.verify() == ()
        shipped = [order for order in northwind.orders() if order.shipped_at]
        assert len(shipped) == 809
        assert {seller.order(o.order_id).status for o in shipped} == {OrderStatus.DESPATCHED}
        waiting = seller.back_orders().items
    assert f"{len(waiting)} on back order" in part(shown, "How things stand")
    assert "found nothing wrong" in shown


def test_the_lines_to_try_next_run(shown: str, folder: Path) -> None:
    """They are the first code that a new user runs."""
    code = "\n".join(
        line.removeprefix("    ")
        for line in shown.partition("Try it yourself")[2].splitlines()
        if line.startswith("    ")
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert "11039 1998-04-21 {'35': 4, '49': 52}" in done.stdout


def test_a_second_run_takes_the_place_of_the_first(shown: str, folder: Path) -> None:
    """Its own file can be made anew, and tells the same story."""
    again = run(folder, "demo")
    assert again.returncode == 0
    assert "made anew" in again.stdout
    assert part(again.stdout, "How things stand") == part(shown, "How things stand")


def test_no_colours_go_to_a_pipe(shown: str) -> None:
    """A log must be readable."""
    assert ESCAPE not in shown
    assert max(len(line) for line in shown.splitlines() if "SqlStore" not in line) <= 80


@pytest.mark.parametrize("kind", ["text", "database", "other seller", "folder"])
def test_what_is_not_its_own_is_never_overwritten(kind: str, tmp_path: Path) -> None:
    """Whoever mistypes a path must not lose a file."""
    path = tmp_path / "mine.db"
    if kind == "text":
        path.write_text("important", encoding="utf-8")
    elif kind == "database":
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE important (thing TEXT)")
    elif kind == "folder":
        path.mkdir()
    else:
        with closing(SqlStore.from_url(f"sqlite:///{path}")) as store:
            Backorders(store).seller("acme").book_in("R1", {"TEA": 1})
    before = None if path.is_dir() else path.read_bytes()
    done = run(tmp_path, "demo", "--store", "mine.db")
    assert done.returncode == 1
    assert done.stderr == (
        "mine.db holds something else, and the demo would overwrite it: "
        "name another one with --store\n"
    )
    assert (None if path.is_dir() else path.read_bytes()) == before
    assert [found.name for found in tmp_path.iterdir()] == ["mine.db"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The demo makes a file, not folders."""
    done = run(tmp_path, "demo", "--store", "missing/demo.db")
    assert (done.returncode, done.stderr) == (1, "there is no folder missing: make it first\n")


def test_a_store_that_cannot_be_reached_has_an_exit_code_of_its_own(tmp_path: Path) -> None:
    """A script may want to try again later."""
    done = run(tmp_path, "demo", "--store", "nosuch://server/shop")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["demmo"], ["demo", "--stor", "x"], ["demo", "--store"]])
def test_wrong_usage_says_what_there_is(arguments: list[str], tmp_path: Path) -> None:
    """A typing error is answered in a line, with the way on."""
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert re.search(r"backorders( demo)? --help says what there is\n$", done.stderr)
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_debug_shows_where_an_error_arose(tmp_path: Path) -> None:
    """Whoever reports a fault can add it."""
    done = run(tmp_path, "demo", "--store", "missing/demo.db", "--debug")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--help"], ["demo", "--help"]])
def test_help_lists_what_there_is(arguments: list[str], tmp_path: Path) -> None:
    """Also when nothing is asked."""
    done = run(tmp_path, *arguments)
    assert done.returncode == 0
    assert "Show what happens when stock is not enough" in done.stdout


def test_help_does_not_wait_for_what_it_does_not_need() -> None:
    """Asking for help must answer at once, so the database layer is not even imported."""
    code = (
        "import sys\n"
        "from backorders.adapters.cli import main\n"
        "assert main(['--help']) == 0\n"
        "print(sorted({'alembic', 'msgspec', 'sqlalchemy'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def test_the_packaged_orders_are_those_of_the_examples() -> None:
    """There are two copies, as an installed package has no examples."""
    packaged = Path(northwind.__file__).parent
    for path in EXAMPLES.glob("*.csv.gz"):
        assert (packaged / path.name).read_bytes() == path.read_bytes()
    assert "MIT License" in (packaged / "LICENSE.txt").read_text(encoding="utf-8")
