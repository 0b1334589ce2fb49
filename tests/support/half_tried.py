"""A store whose first commits last, and whose later ones are tried over them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import attrs

from backorders.adapters.memory import MemoryStore
from backorders.adapters.memory import MemoryUnitOfWork as UnitOfWork
from backorders.domain.values import SellerId
from backorders.ports.notices import Outboxes
from backorders.usecases.trying import Overlay, Trial
from backorders.usecases.trying.notices import NobodyIsTold

FIRST = datetime.min.replace(tzinfo=UTC)
LAST = datetime.max.replace(tzinfo=UTC)


class _Counted(UnitOfWork):
    """A unit of work that tells of its commit."""

    told: Callable[[], None]

    def commit(self) -> None:
        super().commit()
        self.told()


@attrs.frozen
class _News(NobodyIsTold):
    """Finds out who has news by asking each seller: a trial itself has none to tell."""

    _store: "HalfTried"

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        return tuple(name for name in self._store.sellers() if self._has_news(name))

    def _has_news(self, seller_id: SellerId) -> bool:
        with self._store.begin(seller_id, read_only=True) as uow:
            return bool(uow.notices.noted(LAST, FIRST) or uow.inbounds.untold(date.max, 1))


class HalfTried:
    """A store in memory until so many commits are done; from then on, a trial for each seller.

    What stands in it must be the same wherever the border lies.
    """

    def __init__(self, commits: int) -> None:
        self.left = commits
        self._below = MemoryStore(patience=0.01)
        self._reading: list[UnitOfWork] = []
        self._trials: dict[str, Trial] = {}

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork | Overlay:
        """Return a unit of work: on the store itself, or on the seller's trial."""
        if self.left > 0 and not read_only:
            uow = self._below.begin(seller_id)
            counted = _Counted(uow.seller_id, uow._seller, uow._release)
            counted.told = self._count
            return counted
        if self.left > 0:
            return self._below.begin(seller_id, read_only=True)
        return self._trial(seller_id).begin(seller_id, read_only=read_only)

    def sellers(self) -> tuple[SellerId, ...]:
        """Return the sellers of the store and of the trials."""
        tried = [name for trial in self._trials.values() for name in trial.sellers()]
        return tuple(sorted({*self._below.sellers(), *tried}))

    @property
    def outboxes(self) -> Outboxes:
        """What is to be told: whose news there are, and no notice."""
        return _News(self)

    def close(self) -> None:
        """Close all of it."""
        for trial in self._trials.values():
            trial.close()
        for uow in self._reading:
            uow.__exit__(None, None, None)
        self._reading.clear()
        self._below.close()

    def _count(self) -> None:
        self.left -= 1

    def _trial(self, seller_id: str) -> Trial:
        if seller_id not in self._trials:
            uow = self._below.begin(seller_id, read_only=True)
            self._reading.append(uow)
            self._trials[seller_id] = Trial(uow)
        return self._trials[seller_id]
