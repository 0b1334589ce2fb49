"""A MariaDB server of the tests' own; its programs are those of the system's mariadb-server.

BACKORDERS_TEST_MARIADB names a server to use instead, as a URL whose user may make databases.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from tests.support.lasting import lasting

_USER = "root"
_START_UP_SECONDS = 120.0
_ROOM = 2**30
_SETTINGS = (
    "--skip-networking",
    "--character-set-server=utf8mb4",
    "--max-connections=200",
    # The data goes with the tests, so nothing waits for the disk.
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=0",
    "--skip-innodb-file-per-table",
    "--skip-sync-frm",
    "--innodb-buffer-pool-size=128M",
    "--innodb-log-file-size=64M",
    "--performance-schema=0",
    "--skip-name-resolve",
)


@contextmanager
def running_server() -> Iterator[URL]:
    """Yield the URL of a server; started for this, unless the environment names one."""
    given = os.environ.get("BACKORDERS_TEST_MARIADB")
    if given is not None:
        yield make_url(given)
        return
    # Kept short: a socket's path may have about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="maria", dir=_quickest_folder()))
    try:
        with _started(folder) as process:
            url = URL.create(
                "mariadb+pymysql", _USER, query={"unix_socket": f"{folder / 'socket'}"}
            )
            _wait_until_ready(url, process, folder / "log")
            yield url
    finally:
        shutil.rmtree(folder)


def new_database(server: URL) -> URL:
    """Return the URL of a new, empty database on a server."""
    name = f"test_{uuid.uuid4().hex}"
    engine = create_engine(server, poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return server.set(database=name)


def _quickest_folder() -> str:
    """Return where files are kept in memory, if there is room: each table made is synchronised."""
    memory = "/dev/shm"  # noqa: S108 - within it, a folder of its own is made
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy else tempfile.gettempdir()


@contextmanager
def _started(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    # MariaDB refuses to run as root.
    user = "nobody" if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    # Each has a place of its own for temporary tables: one that starts clears away what it finds,
    # and another that has just made them there breaks down.
    with (folder / "log").open("wb") as log:
        subprocess.run(
            [
                program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={data}",
                f"--tmpdir={folder}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=True,
            user=user,
            stdout=log,
            stderr=log,
            cwd=folder,
            timeout=_START_UP_SECONDS,
        )
        process = subprocess.Popen(
            [
                program("mariadbd"),
                "--no-defaults",
                f"--datadir={data}",
                f"--tmpdir={folder}",
                f"--socket={folder / 'socket'}",
                f"--pid-file={folder / 'pid'}",
                *_SETTINGS,
            ],
            user=user,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        yield process
    finally:
        # Its data is thrown away: there is nothing to be written in order.
        process.kill()
        process.wait()


def is_installed() -> bool:
    """Return whether there is a server to be started, or one that the environment names."""
    return "BACKORDERS_TEST_MARIADB" in os.environ or _found("mariadbd") is not None


def _found(name: str) -> str | None:
    folders = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"
    return shutil.which(name, path=folders)


def program(name: str) -> str:
    """Return where one of MariaDB's programs is."""
    found = _found(name)
    if found is None:
        message = f"{name} is missing: install mariadb-server, or set BACKORDERS_TEST_MARIADB"
        raise RuntimeError(message)
    return found


def _wait_until_ready(url: URL, process: subprocess.Popen[bytes], log: Path) -> None:
    gives_up_at = time.monotonic() + _START_UP_SECONDS
    while True:
        try:
            # Not through the driver, which leaves its socket open when nobody answers.
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(str(url.query["unix_socket"]))
        except OSError as error:
            if process.poll() is not None or time.monotonic() > gives_up_at:
                error.add_note(log.read_text(errors="replace"))
                raise
            time.sleep(0.02)
        else:
            return


@cache
def shared_server() -> URL:
    """Return the URL of a server that lasts as long as this process of the tests."""
    return lasting(running_server())
