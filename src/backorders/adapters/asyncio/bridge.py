"""How synchronous calls are run on an event loop: what waits in them lets others go on."""

import sys
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar, cast

from backorders.ports.extras import needs
from backorders.ports.storage import Store

with needs("async", "awaiting calls"):
    import greenlet

_T = TypeVar("_T")


class AsyncStore(Protocol):
    """A store, and how its calls are run on an event loop."""

    @property
    def sync(self) -> Store:
        """The store, of which every call is made in `run`."""
        ...

    async def run(self, call: Callable[[], _T]) -> _T:
        """Return what a call comes to; while it waits, others go on.

        When the task is cancelled, `CancelledError` is raised where the call waits.
        """
        ...

    def wait(self, what: Awaitable[_T]) -> _T:
        """Return what can be awaited, from within a call that is being run."""
        ...


async def run(call: Callable[[], _T]) -> _T:
    """Return what a call comes to that waits by `wait`."""
    here = greenlet.getcurrent()
    worker = greenlet.greenlet(call, here)
    worker.gr_context = here.gr_context
    came = worker.switch()
    while not worker.dead:
        try:
            value = await came
        except BaseException:  # noqa: BLE001 - whatever ends the wait ends it inside the call
            came = worker.throw(*sys.exc_info())
        else:
            came = worker.switch(value)
    # cast: what a greenlet ends with is what its call returns.
    return cast("_T", came)


def wait(what: Awaitable[_T]) -> _T:
    """Return what can be awaited, from within a call that `run` runs."""
    outer = greenlet.getcurrent().parent
    if outer is None:
        raise RuntimeError("only a call that is being run can wait")
    # cast: the outer greenlet sends what it awaited.
    return cast("_T", outer.switch(what))
