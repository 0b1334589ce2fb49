"""`backorders db`: the store itself, where it is, and how far its tables are."""

from backorders.adapters.cli.commands import Desk, group, prints
from backorders.adapters.cli.documents.account import StoreDocument
from backorders.adapters.cli.screen import Screen


@prints(StoreDocument)
def status(*, desk: Desk) -> None:
    """Say where the store is, and whether its tables are those of this release.

    Nothing is made, and nothing is changed.

    For example:

        backorders db status
        backorders db status --store postgresql+psycopg://localhost/shop
    """
    from contextlib import closing

    from backorders.adapters.cli.stores import file_of, open_store, place_of, state_of
    from backorders.application import Backorders

    url = place_of(desk.store)
    file = file_of(url)
    if file is not None and not file.exists():
        found = _document(desk, revision=None, sellers=None)
    else:
        with closing(open_store(url, migrates=False)) as store:
            revision = store.revision()
            current = state_of(revision) == "current"
            sellers = list(map(str, Backorders(store).sellers())) if current else None
            found = _document(desk, revision=revision, sellers=sellers)
    desk.show(found, lambda screen: _show(screen, found))


@prints(StoreDocument)
def migrate(*, desk: Desk) -> None:
    """Make the tables where there are none, or bring those of an earlier release up to date.

    Make a copy of the store first. Several may call it at once: one of them does it.

    For example:

        backorders db migrate --store shop.db
    """
    from contextlib import closing

    from backorders.adapters.cli.stores import migrated
    from backorders.application import Backorders

    with closing(migrated(desk.store)) as store:
        sellers = list(map(str, Backorders(store).sellers()))
        found = _document(desk, revision=store.revision(), sellers=sellers)
    desk.show(found, lambda screen: _show(screen, found))


def _document(desk: Desk, *, revision: str | None, sellers: list[str] | None) -> StoreDocument:
    from backorders.adapters.cli.stores import place_of, shown, state_of
    from backorders.adapters.sql import HEAD

    return {
        "store": shown(place_of(desk.store)),
        "default": desk.store is None,
        "schema": state_of(revision),
        "revision": revision,
        "newest_revision": HEAD,
        "sellers": sellers,
    }


def _show(screen: Screen, found: StoreDocument) -> None:
    default = " (the default)" if found["default"] else ""
    screen.line(f"Store: {found['store']}{default}")
    revision = "" if found["revision"] is None else f" (revision {found['revision']})"
    screen.line(f"Tables: {found['schema']}{revision}")
    if found["sellers"] is not None:
        screen.line(f"Sellers: {', '.join(found['sellers']) or 'none yet'}")


app = group("db", "The store itself: where it is, and how far its tables are.", [status, migrate])
