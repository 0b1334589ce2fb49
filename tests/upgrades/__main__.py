"""Dump what the newest revision of the schema holds: `make dump`, once for each revision."""

import json
import sys
from collections.abc import Mapping
from contextlib import closing
from typing import Annotated

from cyclopts import App, Parameter

from backorders.adapters.sql import SqlStore
from backorders.adapters.sql.schema import HEAD
from tests.stress.places import PLACES, NewUrl
from tests.support.mariadb import is_installed
from tests.upgrades.dumping import DUMPS, dump, dump_of, restore, shown_of
from tests.upgrades.showing import Shown, shown
from tests.upgrades.story import tell

app = App(name="dump", help_format="plaintext")


@app.default
def make_dumps(*, again: Annotated[bool, Parameter(negative="")] = False) -> int:
    """Make the dumps of the newest revision on SQLite, PostgreSQL and MariaDB.

    Each is read back into an empty database, and what it shows there is written beside it. A
    released revision keeps the dumps that it was released with.

    Args:
        again: Make them again, of a revision that was not released yet.
    """
    if shown_of(HEAD).exists() and not again:
        print(f"revision {HEAD} has its dumps: if it was not released yet, use --again")
        return 1
    if not is_installed():
        print("MariaDB is missing: make install-mariadb")
        return 1
    (DUMPS / HEAD).mkdir(parents=True, exist_ok=True)
    shows: dict[str, Shown] = {}
    for store, place in PLACES.items():
        with place() as new_url:
            shows[store] = _dumped(store, new_url)
    return _write_down(shows)


def _dumped(store: str, new_url: NewUrl) -> Shown:
    url = new_url()
    with closing(SqlStore.from_url(url)) as told:
        tell(told)
    statements = dump(store, url)
    dump_of(store, HEAD).write_text(statements, "utf-8")
    print(f"{dump_of(store, HEAD)}: {len(statements):,} characters")
    copy = new_url()
    restore(store, copy, statements)
    with closing(SqlStore.from_url(copy)) as restored:
        return shown(restored)


def _write_down(shows: Mapping[str, Shown]) -> int:
    first, *others = shows.values()
    if any(other != first for other in others):
        print(f"the stores do not show the same: {', '.join(shows)}")
        return 1
    text = json.dumps(first, indent=1, ensure_ascii=False, sort_keys=True)
    shown_of(HEAD).write_text(f"{text}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(app())
