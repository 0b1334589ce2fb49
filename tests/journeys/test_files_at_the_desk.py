"""Files in and out through the executable itself: on a terminal, beside others, and in trouble."""

import csv
import io
import json
import os
import pty
import resource
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from backorders import Backorders
from backorders.adapters.cli import main
from backorders.adapters.sql import SqlStore

_EXECUTABLE = str(Path(sys.executable).with_name("backorders"))
_PATIENCE = 120


def _environment(folder: Path) -> dict[str, str]:
    ours = {
        "BACKORDERS_STORE": str(folder / "shop.db"),
        "BACKORDERS_SELLER": "acme",
        "COLUMNS": "100",
        "TERM": "xterm",
        "TMPDIR": str(folder),
    }
    return {**os.environ, **ours}


def _run(
    folder: Path,
    *arguments: str,
    given: str | None = None,
    before: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [_EXECUTABLE, *arguments],
        cwd=folder,
        env=_environment(folder),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
        preexec_fn=before,
    )


def _done(folder: Path, *arguments: str) -> str:
    """Run a command in this process, which is quicker; return what it prints."""
    printed = io.StringIO()
    to = ["--store", str(folder / "shop.db"), "--seller", "acme"]
    with chdir(folder), redirect_stdout(printed), redirect_stderr(io.StringIO()):
        assert main([*arguments, *to]) == 0
    return printed.getvalue()


def _typed(folder: Path, *arguments: str) -> str:
    """Run a command of the executable; return what it prints."""
    done = _run(folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _orders(folder: Path, count: int, lines: int = 1, name: str = "orders.csv") -> Path:
    path = folder / name
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["order_id", "sku", "quantity"])
        for number in range(count):
            writer.writerows((f"{name} {number}", f"S{line}", 1) for line in range(lines))
    return path


def _stored(folder: Path) -> int:
    """Return how many orders there are, and see that all is sound."""
    with closing(SqlStore.from_url(f"sqlite:///{folder / 'shop.db'}")) as store:
        acme = Backorders(store).seller("acme")
        assert acme.verify() == ()
        return sum(acme.summary().by_status.values())


def test_the_five_answers_from_import_to_despatch(tmp_path: Path) -> None:
    """A day at the desk: a file comes in, each of five orders gets another answer, and all ship."""
    (tmp_path / "shop.csv").write_text(
        "Name;Lineitem sku;Lineitem quantity;Created at\n"
        + "".join(
            f"#{n};{sku};2;2026-11-0{n} 09:00:00 +0000\n" for n in range(1, 6) for sku in "AB"
        )
    )
    (tmp_path / "count.csv").write_text("sku,on_hand\nA,10\nB,0\nC,2\n")
    _typed(tmp_path, "import", "counts", "count.csv")
    assert "5 orders are on back order" in _typed(tmp_path, "import", "orders", "shop.csv")
    _typed(tmp_path, "orders", "cancel", "#1", "--yes")
    _done(tmp_path, "orders", "remove", "#2", "B")
    _done(tmp_path, "orders", "replace", "#3", "B", "C")
    _done(tmp_path, "orders", "split", "#4")
    (tmp_path / "asn.csv").write_text("asn,sku,qty,eta\nASN-1,B,4,2026-12-01\n")
    _typed(tmp_path, "import", "inbound", "asn.csv")
    waiting = _typed(tmp_path, "export", "back-orders")
    assert [row.split(",")[0] for row in waiting.split()[1:]] == ["#4-2", "#5", "#5"]
    (tmp_path / "goods-in.csv").write_text("receipt_id,sku,quantity,inbound\nR1,B,4,ASN-1\n")
    assert "2 orders were released" in _typed(tmp_path, "import", "receipts", "goods-in.csv")
    with closing(SqlStore.from_url(f"sqlite:///{tmp_path / 'shop.db'}")) as store:
        acme = Backorders(store).seller("acme")
        for order in ("#2", "#3", "#4", "#4-2"):
            acme.process_order(order)
            acme.despatch_order(order)
    _done(tmp_path, "orders", "process", "#5")
    _done(tmp_path, "orders", "despatch", "#5")
    assert _done(tmp_path, "export", "orders").count("\n") == 1
    stock = [row.split(",")[:3] for row in _done(tmp_path, "export", "stock").split()[1:]]
    assert stock == [["A", "MAIN", "2"], ["B", "MAIN", "0"], ["C", "MAIN", "0"]]
    assert "agree" in _done(tmp_path, "verify")


_GOOD = b"order_id,sku,quantity\nO1,TEA,1\n"


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", 1, "is empty"),
        (_GOOD.decode().encode("utf-16"), 1, "UTF-16"),
        (b"PK\x03\x04" + _GOOD, 1, "spreadsheet"),
        (b"when,what\n1,2\n", 1, "no column 'order_id'"),
        (_GOOD + b"O2,TEA\n", 1, "has 2 cells"),
        (_GOOD + b"O2,Th\xe9,1\n", 1, "byte 0xE9"),
        (_GOOD + b"O2,T\0A,1\n", 1, "NUL"),
        (_GOOD + b'O2,"TEA,1\nO3,TEA,1\n', 1, "never closed"),
        (_GOOD + b'O2,"T"EA,1\n', 1, "quote in the middle"),
        (_GOOD + b"O2,TEA,many\n,TEA,1\nO2,,1\n", 1, "3 rows are bad"),
        (_GOOD + b"O1,TEA,99999999999\n", 1, "from 1 to 2147483647"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_damaged_file_changes_nothing_and_says_what_is_wrong(
    content: bytes, code: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody else has made the file, and whoever imports it must know what to tell them."""
    path = tmp_path / "damaged.csv"
    path.write_bytes(content)
    to = ["--store", str(tmp_path / "shop.db"), "--seller", "acme"]
    assert main(["import", "orders", str(path), *to]) == code
    said = capsys.readouterr()
    assert says in said.out + said.err
    assert "Traceback" not in said.err
    assert main(["export", "orders", *to]) == 0
    assert "O1" not in capsys.readouterr().out


def test_files_of_every_kind_say_what_came_of_them_as_json(tmp_path: Path) -> None:
    """A script reads the outcome, and need not guess it from the words."""
    path = _orders(tmp_path, 2)
    path.write_text(path.read_text() + "O9,TEA,none\n")
    done = _run(tmp_path, "import", "orders", "-", "--keep-good", "--json", given=path.read_text())
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert document["documents"] == 2
    assert document["problems"] == [
        {"line": 4, "problem": "quantity must be a whole number, not 'none'"}
    ]
    exported = json.loads(_done(tmp_path, "export", "orders", "-o", "out.csv", "--json"))
    assert exported == {"file": "out.csv", "rows": 2}
    assert _run(tmp_path, "export", "orders", "--json").returncode == 2


def _on_a_terminal(
    folder: Path, *arguments: str, until: str = "", then: int | None = None
) -> tuple[int, str]:
    """Run a command on a pseudo-terminal; when it has said something, send it a signal."""
    process, terminal = pty.fork()
    if process == 0:  # pragma: no cover - another process
        os.chdir(folder)
        os.execve(_EXECUTABLE, [_EXECUTABLE, *arguments], _environment(folder))  # noqa: S606
    said = b""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 1.0)
        if not ready:
            continue
        try:
            more = os.read(terminal, 65536)
        except OSError:  # it has ended
            break
        if not more:
            break
        said += more
        if then is not None and until.encode() in said:
            os.kill(process, then)
            then = None
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), said.decode()


def test_a_bar_shows_the_rate_and_the_time_left_on_a_terminal_only(tmp_path: Path) -> None:
    """Whoever waits for a long file wants to know how long; whoever pipes it, nothing of that."""
    _orders(tmp_path, 60, lines=200)
    code, said = _on_a_terminal(tmp_path, "import", "orders", "orders.csv")
    assert code == 0
    assert "reading" in said
    assert "taking" in said
    assert "rows/s" in said
    assert "left" in said
    done = _run(tmp_path, "import", "orders", "orders.csv")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("keep_good", [False, True])
def test_ctrl_c_leaves_all_or_nothing_or_what_it_says(keep_good: bool, tmp_path: Path) -> None:
    """Nobody knows afterwards where it was; the command says so, and going on does no harm."""
    _orders(tmp_path, 2_000 if keep_good else 1_000, lines=10)
    how = ["--keep-good"] if keep_good else []
    code, said = _on_a_terminal(
        tmp_path, "import", "orders", "orders.csv", *how, until="taking", then=signal.SIGINT
    )
    assert code == 130
    stored = _stored(tmp_path)
    if keep_good:
        assert 0 < stored < 2_000
        assert f"{stored:,} orders of orders.csv taken" in said
    else:
        assert stored == 0
        assert "nothing of orders.csv is in the store" in said
        return
    _done(tmp_path, "import", "orders", "orders.csv")
    assert _stored(tmp_path) == 2_000


def test_two_terminals_at_once_on_one_file(tmp_path: Path) -> None:
    """One imports orders, the other books in; each waits for the other, and nothing is lost."""
    _done(tmp_path, "stock", "book-in", "S0=5", "--id", "R0")
    _orders(tmp_path, 400, lines=3, name="one.csv")
    _orders(tmp_path, 400, lines=3, name="two.csv")
    running = [
        subprocess.Popen(
            [_EXECUTABLE, "import", "orders", name, *how],
            cwd=tmp_path,
            env=_environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name, how in (("one.csv", ["--keep-good"]), ("two.csv", []))
    ]
    for process in running:
        out, err = process.communicate(timeout=_PATIENCE)
        assert process.returncode == 0, err
        assert "400 orders with 1,200 lines" in out
    assert _stored(tmp_path) == 800


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    """What was there stays, what was half done is undone, and with room again it goes on."""
    _orders(tmp_path, 20, name="before.csv")
    _done(tmp_path, "import", "orders", "before.csv")
    _orders(tmp_path, 2_000, lines=5)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_600_000, 1_600_000))

    done = _run(tmp_path, "import", "orders", "orders.csv", before=limit)
    assert done.returncode == 3
    assert "see whether the disk is full" in done.stderr
    assert "nothing of orders.csv is in the store" in done.stderr
    assert "Traceback" not in done.stderr
    assert "fault of backorders" not in done.stderr
    assert _stored(tmp_path) == 20
    with closing(sqlite3.connect(tmp_path / "shop.db")) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    _done(tmp_path, "import", "orders", "orders.csv")
    assert _stored(tmp_path) == 2_020


def test_a_full_disk_leaves_the_file_that_was_to_be_replaced(tmp_path: Path) -> None:
    """Half an export in the place of a whole one would be imported by somebody."""
    _orders(tmp_path, 700)
    _done(tmp_path, "import", "orders", "orders.csv")
    (tmp_path / "out.csv").write_text("as before")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    done = _run(tmp_path, "export", "orders", "-o", "out.csv", before=limit)
    assert done.returncode == 1
    assert "out.csv cannot be written" in done.stderr
    assert (tmp_path / "out.csv").read_text() == "as before"
    assert not list(tmp_path.glob(".out*"))
    if Path("/dev/full").exists():
        done = _run(tmp_path, "export", "orders", "-o", "/dev/full")
        assert done.returncode == 1
        assert "cannot be written" in done.stderr


def test_pictures_are_written_by_the_executable(tmp_path: Path) -> None:
    """The picture goes where it is asked for, whole."""
    _orders(tmp_path, 3)
    _done(tmp_path, "import", "orders", "orders.csv")
    assert "3 orders on back order" in _done(tmp_path, "back-orders", "chart")
    for name, start in (("a.svg", b"<svg"), ("a.png", b"\x89PNG")):
        _typed(tmp_path, "back-orders", "chart", "--output", name)
        assert (tmp_path / name).read_bytes().startswith(start)
    with pytest.raises(AssertionError):
        _done(tmp_path, "back-orders", "chart", "-o", "a.jpg")
