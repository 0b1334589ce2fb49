"""Handlers and notifiers on an event loop: awaited, or called in a thread where they may block."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, Self, TypeAlias

from backorders.adapters.asyncio.bridge import AsyncStore
from backorders.domain.happened import Happened
from backorders.domain.notices import Notice

AsyncEventHandler: TypeAlias = Callable[[Happened], object]
"""Called with one event after the other: a coroutine function, or one that may block."""


class AsyncNotifier(Protocol):
    """A notifier that is awaited; also an asynchronous context manager, it is entered once."""

    async def send(self, notice: Notice) -> None:
        """Hand a notice over for good, see `Notifier`."""
        ...


# Any: what is called is given what it asks for.
async def _called(call: Callable[..., object], *args: Any) -> None:  # noqa: ANN401
    if inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(
        getattr(call, "__call__", None)  # noqa: B004 - it is asked whether that is a coroutine
    ):
        result = call(*args)
    else:
        result = await asyncio.to_thread(call, *args)
    if inspect.isawaitable(result):
        await result


def handler_on(bridge: AsyncStore, handler: AsyncEventHandler) -> AsyncEventHandler:
    """Return what calls a handler from within a call that is being run."""

    def told(happened: Happened) -> None:
        bridge.wait(_called(handler, happened))

    return told


class NotifierOn:
    """A notifier, called from within a call that is being run."""

    def __init__(self, bridge: AsyncStore, notifier: object) -> None:
        self._bridge = bridge
        # Any: it has `send`, of either kind.
        self._notifier: Any = notifier

    def send(self, notice: Notice) -> None:
        """Hand a notice over."""
        self._bridge.wait(_called(self._notifier.send, notice))

    def __enter__(self) -> Self:
        if isinstance(self._notifier, AbstractAsyncContextManager):
            self._bridge.wait(_called(self._notifier.__aenter__))
        elif isinstance(self._notifier, AbstractContextManager):
            self._bridge.wait(_called(self._notifier.__enter__))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(self._notifier, AbstractAsyncContextManager):
            self._bridge.wait(_called(self._notifier.__aexit__, kind, error, traceback))
        elif isinstance(self._notifier, AbstractContextManager):
            self._bridge.wait(_called(self._notifier.__exit__, kind, error, traceback))


def awaited(bridge: AsyncStore, pause: Callable[[int], Awaitable[object]]) -> Callable[[int], None]:
    """Return what pauses from within a call that is being run."""

    def pausing(attempts: int) -> None:
        bridge.wait(pause(attempts))

    return pausing
