"""A store through which a client works while everything that it asks of it is watched.

What a port offers is not listed here: whatever a unit of work has is watched, so that a port which
comes later is in the simulation from its first day.
"""

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final, Protocol, Self, TypeVar, cast

from backorders.domain.values import SellerId
from backorders.ports.notices import Outboxes
from backorders.ports.storage import UnitOfWork
from backorders.testing.simulation.books import Written

_FIGURES: Final = (str, int, set, frozenset, tuple, type(None))
"""What a unit of work tells of itself without asking the store is one of these."""


T = TypeVar("T")


class Watcher(Protocol):
    """Whoever decides what becomes of a client's calls on ports, and learns of them."""

    def asked(self, port: str, call: Callable[[], object]) -> object:
        """Return what a call on a port comes to, or let something go wrong."""
        ...

    def begun(self, seller_id: str, *, read_only: bool) -> UnitOfWork:
        """Return the store's own unit of work, as soon as it gives one."""
        ...

    def patiently(self, call: Callable[[], T]) -> T:
        """Return what a call comes to, as soon as nobody's unit of work is in its way."""
        ...

    def entered(self, uow: "WatchedUnitOfWork") -> None:
        """Note that a unit of work has begun."""
        ...

    def committed(self, uow: "WatchedUnitOfWork") -> None:
        """Judge what a commit, which has just been made, came to."""
        ...

    def ending(self, uow: "WatchedUnitOfWork", *, broken_off: bool) -> None:
        """Note that a unit of work is about to end."""
        ...

    def ended(self, uow: "WatchedUnitOfWork") -> None:
        """Note that a unit of work has ended, and that others may have waited for it."""
        ...

    def sellers(self) -> tuple[SellerId, ...]:
        """Return the sellers of the case."""
        ...

    def outboxes(self) -> Outboxes:
        """Return the store's own outboxes."""
        ...

    def is_of_case(self, seller_id: str) -> bool:
        """Return whether a seller is one of the case."""
        ...


class WatchedStore:
    """The store as a client sees it."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work that is watched."""
        given: list[WatchedUnitOfWork] = []

        def ask() -> None:
            inner = self._watcher.begun(seller_id, read_only=read_only)
            given.append(WatchedUnitOfWork(self._watcher, inner, read_only=read_only))
            self._watcher.entered(given[0])

        try:
            self._watcher.asked("begin", ask)
        except BaseException:
            for uow in given:
                uow.drop()
            raise
        # cast: what it does not have itself, the store's own one has.
        return cast("UnitOfWork", given[0])

    def sellers(self) -> tuple[SellerId, ...]:
        """Return the sellers of the case, as the store tells them."""
        found = self._watcher.asked("sellers", self._watcher.sellers)
        # cast: it is what the call just named has returned.
        return cast("tuple[SellerId, ...]", found)

    @property
    def outboxes(self) -> Outboxes:
        """What is to be told to the users of the sellers of the case."""
        # cast: what is asked of it, the store's own is asked.
        return cast("Outboxes", _WatchedOutboxes(self._watcher))

    def close(self) -> None:
        """Do nothing: the simulation closes its store."""


class WatchedUnitOfWork:
    """A unit of work as a client sees it."""

    def __init__(self, watcher: Watcher, inner: UnitOfWork, *, read_only: bool) -> None:
        self._watcher = watcher
        self._inner = inner
        self.seller_id = inner.seller_id
        self.read_only = read_only
        self.written: list[Written] = []
        """What a commit will make last."""
        self.is_committed = False

    # Any: a unit of work may have anything, and a repository any method.
    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._inner, name)
        if isinstance(found, _FIGURES):
            return found
        port = _WatchedPort(self._watcher, self, name, found)
        # From now on it is found without coming here.
        setattr(self, name, port)
        return port

    def commit(self) -> None:
        """Commit, and have it judged before anybody else moves."""
        self._watcher.asked("commit", self._commit)

    def _commit(self) -> None:
        self._inner.commit()
        self.is_committed = True
        self._watcher.committed(self)
        self.written.clear()

    def drop(self) -> None:
        """Give back what the store has given, though nobody has entered it."""
        self._inner.__exit__(None, None, None)
        self._watcher.ended(self)

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        broken_off = kind is not None and not issubclass(kind, Exception)
        try:
            self._watcher.ending(self, broken_off=broken_off)
        finally:
            try:
                self._inner.__exit__(kind, error, traceback)
            finally:
                self._watcher.ended(self)


class _WatchedOutboxes:
    """What is to be told, as a client sees it: of the sellers of the case, not of earlier ones."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    # Any: see below.
    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        def call(*args: Any) -> object:  # noqa: ANN401
            def ask() -> object:
                asked = getattr(self._watcher.outboxes(), name)
                found = self._watcher.patiently(lambda: asked(*args))
                if found is None or isinstance(found, str):
                    return found
                return [each for each in found if self._watcher.is_of_case(_seller_of(each))]

            return self._watcher.asked(f"outboxes.{name}", ask)

        return call


def _seller_of(found: str | Sequence[str]) -> str:
    """Return the seller of what was found: itself, or what comes first in a pair."""
    return found if isinstance(found, str) else found[0]


class _WatchedPort:
    """A repository as a client sees it."""

    # Any: see above.
    def __init__(self, watcher: Watcher, uow: WatchedUnitOfWork, name: str, inner: Any) -> None:  # noqa: ANN401
        self._watcher = watcher
        self._uow = uow
        self._name = name
        self._inner = inner

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        method = getattr(self._inner, name)
        port = f"{self._name}.{name}"

        def call(*args: Any, **options: Any) -> object:  # noqa: ANN401
            def ask() -> object:
                result: object = method(*args, **options)
                self._uow.written.append(Written(self._name, name, args))
                return result

            return self._watcher.asked(port, ask)

        setattr(self, name, call)
        return call
