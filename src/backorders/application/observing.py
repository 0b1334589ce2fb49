"""Telling an observer of calls: by faces that stand for the usual ones where there is an observer.

Without one, none of this is in the way of a call.
"""

import inspect
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from types import TracebackType
from typing import Any, Final, Self, cast

import attrs

from backorders.application.logs import LOG
from backorders.application.seller import Seller
from backorders.application.subscriptions import Subscription
from backorders.domain.errors import BackordersError
from backorders.domain.events import LeftBackOrder
from backorders.domain.values import SellerId
from backorders.ports.notices import Outboxes
from backorders.ports.observer import Observation, Observer
from backorders.ports.pause import Pause
from backorders.ports.storage import Entry, Store, UnitOfWork

_PARTS: Final = frozenset(
    {
        "orders",
        "stock",
        "inbounds",
        "journal",
        "settings",
        "users",
        "notices",
        "subscribers",
        "answers",
        "feed",
    }
)
_GIVES_A_FACE: Final = frozenset({"seller", "subscribe", "what_if"})
_WRITES: Final = frozenset(
    {
        *("add", "save", "put", "move", "append", "add_document", "note", "use_up", "queue"),
        *("remove", "drop", "forget", "free"),
    }
)
"""The methods of ports that write."""


@attrs.define
class _Tally:
    """What a call has done so far."""

    owner: object = None
    """The face that was called: what it calls on itself is part of the same call."""
    retries: int = 0
    changed: int = 0
    released: int = 0


_TALLY: ContextVar[_Tally | None] = ContextVar("backorders_call", default=None)


@contextmanager
def observed(
    observer: Observer, call: str, seller_id: SellerId | None, owner: object
) -> Iterator[None]:
    """Tell an observer of what happens within, unless it is part of a call that is told already."""
    outer = _TALLY.get()
    if outer is not None and outer.owner is owner:
        yield
        return
    tally = _Tally(owner)
    tell = _guarded(lambda: observer.began(call, seller_id))
    error: BaseException | None = None
    token = _TALLY.set(tally)
    started = time.perf_counter()
    try:
        yield
    except BaseException as raised:
        error = raised
        raise
    finally:
        seconds = time.perf_counter() - started
        _TALLY.reset(token)
        if tell is not None:
            observation = Observation(
                call,
                seller_id,
                _outcome(error),
                error,
                tally.retries,
                tally.changed,
                tally.released,
                seconds,
            )
            _guarded(lambda: tell(observation))


def _guarded(ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - what an observer returns
    """Return what an observer says; `None` when it fails, which is no reason for a call to."""
    try:
        return ask()
    except Exception:  # noqa: BLE001 - it is logged, and the call goes on
        LOG.exception("an observer of calls has failed")
        return None


def _outcome(error: BaseException | None) -> str:
    if error is None:
        return "ok"
    if isinstance(error, BackordersError):
        return error.code
    return "error" if isinstance(error, Exception) else "stopped"


def counting(pause: Pause) -> Pause:
    """Return a pause that counts how often it was made."""

    def paused(attempts: int) -> None:
        tally = _TALLY.get()
        if tally is not None:
            tally.retries += 1
        pause(attempts)

    return paused


@attrs.frozen
class ObservedStore:
    """A store of which it is counted what calls write."""

    _store: Store

    def begin(self, seller_id: str, *, read_only: bool = False) -> UnitOfWork:
        """Return a unit of work that counts what it commits."""
        uow = self._store.begin(seller_id, read_only=read_only)
        # cast: whatever is asked of it is asked of the unit of work.
        return uow if read_only else cast("UnitOfWork", _CountedUnitOfWork(uow))

    def sellers(self) -> tuple[SellerId, ...]:
        """Return every seller that anything was stored for, sorted."""
        return self._store.sellers()

    @property
    def outboxes(self) -> Outboxes:
        """What is to be told, of all sellers."""
        return self._store.outboxes

    def close(self) -> None:
        """Give everything back."""
        self._store.close()


class _CountedUnitOfWork:
    """A unit of work of which it is counted what it writes, once that is committed."""

    def __init__(self, uow: UnitOfWork) -> None:
        object.__setattr__(self, "_uow", uow)
        object.__setattr__(self, "_counted", _Tally())

    # Any: it is whatever the unit of work has.
    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._uow, name)
        return _CountedPart(found, self._counted) if name in _PARTS else found

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._uow, name, value)

    def commit(self) -> None:
        self._uow.commit()
        tally = _TALLY.get()
        if tally is not None:
            tally.changed += self._counted.changed
            tally.released += self._counted.released

    def __enter__(self) -> Self:
        self._uow.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._uow.__exit__(kind, error, traceback)


class _CountedPart:
    """A part of a unit of work, of which it is counted what it is given to write."""

    def __init__(self, part: object, counted: _Tally) -> None:
        self._part = part
        self._counted = counted

    # Any: as above.
    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        found = getattr(self._part, name)
        if name not in _WRITES:
            return found

        def write(*args: Any, **options: Any) -> object:  # noqa: ANN401
            result: object = found(*args, **options)
            self._count(args)
            return result

        return write

    def _count(self, args: tuple[object, ...]) -> None:
        for written in args:
            if isinstance(written, list | tuple) and not hasattr(written, "_fields"):
                self._counted.changed += len(written)
                self._counted.released += sum(
                    isinstance(each, Entry) and isinstance(each.event, LeftBackOrder)
                    for each in written
                )
                return
        self._counted.changed += 1


@attrs.frozen
class ObservedSeller(Seller):
    """The face of one seller, of whose calls somebody is told."""

    _observer: Observer = attrs.field(kw_only=True)


@attrs.frozen
class ObservedSubscription(Subscription):
    """A subscription, of whose calls somebody is told."""

    _observer: Observer = attrs.field(kw_only=True)


def _telling(
    prefix: str, call: Callable[..., object], whose: Callable[[Any], SellerId | None]
) -> Callable[..., object]:
    # Any: a face that has an observer.
    @wraps(call)
    def told(self: Any, *args: object, **options: object) -> object:  # noqa: ANN401
        name = f"{prefix}{call.__name__}"
        with observed(self._observer, name, whose(self), self):
            return call(self, *args, **options)

    return told


def _calls_of(face: type) -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield the calls of a face; what only gives another face is none."""
    for name, call in inspect.getmembers(face, inspect.isfunction):
        if not name.startswith("_") and name not in _GIVES_A_FACE:
            yield name, call


for _name, _call in _calls_of(Seller):
    setattr(ObservedSeller, _name, _telling("", _call, lambda seller: seller.seller_id))
for _name, _call in _calls_of(Subscription):
    setattr(ObservedSubscription, _name, _telling("subscription.", _call, lambda _: None))


def tell_of_calls(app: object, observer: Observer) -> None:
    """Have an observer told of the calls on the face of all sellers."""

    def telling(name: str, call: Callable[..., object]) -> Callable[..., object]:
        @wraps(call)
        def told(*args: object, **options: object) -> object:
            with observed(observer, name, None, app):
                return call(app, *args, **options)

        return told

    for name, call in _calls_of(type(app)):
        setattr(app, name, telling(name, call))
