"""Replaying one data set into a store that is named, or into one that is gone afterwards."""

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from backorders.adapters.cli.replay import adventureworks, online_retail
from backorders.adapters.cli.replay.run import Report
from backorders.adapters.cli.screen import Screen
from backorders.adapters.cli.stores import open_store, url_of

if TYPE_CHECKING:
    from backorders.ports.storage import Store

_REPLAYS = {"adventureworks": adventureworks.replay, "online_retail": online_retail.replay}
_ORDERS = {"adventureworks": 31_455, "online_retail": 19_776}


def replayed(dataset: str, folder: Path, *, first: int | None, store: str | None) -> Report:
    """Return what came of a replay; `store` may be `memory`."""
    most = _ORDERS[dataset]
    with (
        tempfile.TemporaryDirectory(prefix="backorders-") as temporary,
        closing(_opened(store or str(Path(temporary) / "replay.db"))) as opened,
        Screen().progress(f"Replaying {dataset}", min(first or most, most)) as advance,
    ):
        return _REPLAYS[dataset](opened, folder, title=dataset, first=first, advance=advance)


def _opened(store: str) -> "Store":
    if store == "memory":
        from backorders.adapters.memory import MemoryStore

        return MemoryStore()
    return open_store(url_of(store))
