"""Locks of SKUs, taken so that nobody waits for somebody who waits in turn."""

from collections.abc import Collection, Sequence

from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.rows import to_json
from backorders.adapters.sql.running import Found
from backorders.adapters.sql.session import Session
from backorders.adapters.sql.sold_out import SoldOut
from backorders.adapters.sql.statements import KeyLocking
from backorders.domain.errors import LostRace
from backorders.domain.stock import StockLevel
from backorders.domain.values import Sku


class Locks:
    """The SKUs that one transaction has locked, or tried to."""

    def __init__(self, session: Session, sold_out: SoldOut) -> None:
        self._session = session
        self._sold_out = sold_out
        self._together = False
        self.wanted: set[Sku] = set()
        """All that it has asked for, got or not."""

    def take(self, skus: Sequence[Sku], *, to_draw: bool) -> Found | None:
        """Lock what is not locked yet of some SKUs, which come sorted.

        Returns their levels, if they were read on the way. With `to_draw`, SKUs that seem to be
        sold out are locked together with others who want no more: see `judge`.

        Whoever waits for a SKU that comes before one that it has may be waited for by whoever has
        that SKU. Where the engine is slow to see this, such a SKU is not waited for: `LostRace` is
        raised at once. A host's transaction waits all the same: it may lock more than one call.
        """
        session = self._session
        if session.engine.locks_whole:
            return None
        missing = [sku for sku in skus if sku not in self.wanted]
        if not missing:
            return None
        last = max(self.wanted, default=missing[0])
        is_first = not self.wanted
        self.wanted.update(missing)
        self.insist_on_having_alone()
        locking = session.statements.key_locks
        if locking is None:
            session.write(session.statements.lock, self._rows(missing))
            return None
        if to_draw and is_first and session.defers and self._lock_together(missing, locking):
            return None
        behind = [sku for sku in missing if sku < last]
        if behind and session.defers:
            [[got]] = session.read(locking.at_once, self._rows(behind))
            if not got:
                raise LostRace("somebody else has a SKU that comes before one that this has")
        found = session.read(locking.and_read, self._rows(missing))
        is_whole = len(missing) == len(skus)
        if not is_whole or not all(is_of_now for is_of_now, *_ in found):
            return None
        return [level for _, *level in found if level[0] is not None]

    def judge(self, skus: Collection[Sku], levels: Sequence[StockLevel]) -> None:
        """Note which of the SKUs are sold out, after they were locked to draw.

        Raises `LostRace` when they were locked together and one is not: then it is locked alone.
        """
        if self._session.statements.key_locks is None:
            return
        left = {level.sku for level in levels if level.available or level.owed}
        self._sold_out.note(self._session.seller_id, skus, left)
        if left:
            self.insist_on_having_alone()

    def insist_on_having_alone(self) -> None:
        """Raise `LostRace` if SKUs were locked together with others: they decide nothing."""
        if self._together:
            self._sold_out.note(self._session.seller_id, self.wanted, self.wanted)
            raise LostRace("a SKU is not sold out any more")

    def _lock_together(self, skus: Sequence[Sku], locking: KeyLocking) -> bool:
        """Lock SKUs together with others if they all seem to be sold out; return whether it did."""
        session, sold_out = self._session, self._sold_out
        if not sold_out.are(session.seller_id, skus):
            return False
        [[_, self._together]] = session.read(locking.together, self._rows(skus))
        if not self._together:
            sold_out.give_up()
        return self._together

    def _rows(self, skus: Sequence[Sku]) -> Parameters:
        seller_no = self._session.seller_no
        return {"rows": to_json([(seller_no, sku) for sku in skus])}
