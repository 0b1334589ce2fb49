"""A store in memory that notes what it is asked, and how much it answers."""

from collections import defaultdict
from collections.abc import Mapping, Sized
from typing import TYPE_CHECKING, cast

from backorders import Backorders, Seller
from backorders.adapters.memory import MemoryStore
from backorders.domain.values import SellerId
from backorders.ports.notices import Outboxes
from backorders.ports.storage import UnitOfWork
from tests.support.clock import SettableClock

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, Self


class AskedStore:
    """Keeps, for each question of a unit of work, how many things every answer to it had."""

    def __init__(self, *, orders_per_commit: int | None = None) -> None:
        self._store = MemoryStore()
        self._orders_per_commit = orders_per_commit
        self.answers: dict[str, list[int]] = defaultdict(list)
        """Question, such as `find` → the number of things in each of its answers."""

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work of which every question is noted."""
        uow = self._store.begin(seller_id, read_only=read_only)
        uow.orders_per_commit = self._orders_per_commit
        # cast: it has whatever the unit of work has.
        return cast("UnitOfWork", _Asked(uow, self.answers))

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller."""
        return self._store.sellers()

    @property
    def outboxes(self) -> Outboxes:
        """What is to be told."""
        return self._store.outboxes

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def seller(self) -> Seller:
        """Return a seller who has nothing yet."""
        return Backorders(self, clock=SettableClock()).seller("acme")


class _Asked:
    """A unit of work, or a part of it."""

    def __init__(self, inner: object, answers: dict[str, list[int]], part: str = "") -> None:
        self._inner = inner
        self._answers = answers
        self._part = part

    def __getattr__(self, name: str) -> object:
        found: object = getattr(self._inner, name)
        if not callable(found):
            is_part = type(found).__module__.startswith(MemoryStore.__module__.rpartition(".")[0])
            return _Asked(found, self._answers, f"{name}.") if is_part else found

        def called(*args: object, **options: object) -> object:
            result: object = found(*args, **options)
            self._answers[f"{self._part}{name}"].append(_size(result))
            return result

        return called

    def __setattr__(self, name: str, value: object) -> None:
        if name.startswith("_"):
            super().__setattr__(name, value)
        else:
            setattr(self._inner, name, value)

    def __enter__(self) -> "Self":
        return self

    def __exit__(
        self,
        kind: "type[BaseException] | None",
        error: "BaseException | None",
        traceback: "TracebackType | None",
    ) -> None:
        # Any: it is what `begin` gave.
        inner: Any = self._inner
        inner.__exit__(kind, error, traceback)


def _size(answer: object) -> int:
    """Return how many things an answer has; of several lists, those of all of them."""
    if isinstance(answer, Mapping):
        return sum(len(each) if isinstance(each, list | tuple) else 1 for each in answer.values())
    return len(answer) if isinstance(answer, Sized) else 0
