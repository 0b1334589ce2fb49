"""Locks of SKUs, taken so that nobody waits for somebody who waits in turn."""

from collections.abc import Sequence

from backorders.adapters.sql.rows import to_json
from backorders.adapters.sql.session import Session
from backorders.domain.values import Sku


class Locks:
    """The SKUs that one transaction has locked, or tried to."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.wanted: set[Sku] = set()
        """All that it has asked for, got or not."""

    def take(self, skus: Sequence[Sku]) -> None:
        """Lock what is not locked yet of some SKUs, which come sorted.

        Whoever waits for a SKU that comes before one that it has may be waited for by whoever has
        that SKU. Where the engine is slow to see this, such a SKU is not waited for: `LostRace` is
        raised at once. A host's transaction waits all the same: it may lock more than one call.
        """
        session = self._session
        if session.engine.locks_whole:
            return
        missing = [sku for sku in skus if sku not in self.wanted]
        if not missing:
            return
        last = max(self.wanted, default=missing[0])
        self.wanted.update(missing)
        behind = [sku for sku in missing if sku < last]
        if behind and session.engine.slow_deadlocks and session.defers:
            session.read(session.queries.locks, session.ids(behind))
        rows = [(session.seller_no, sku) for sku in missing]
        session.write(session.statements.lock, {"rows": to_json(rows)})
