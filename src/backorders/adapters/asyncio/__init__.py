"""The library on an event loop: every call awaited, by running the same code on async drivers.

The methods are generated from those of the synchronous faces, so that they cannot differ; what
stands here by hand is how calls are run.
"""

from backorders.adapters.asyncio.backorders import AsyncBackorders, sleep_by_chance
from backorders.adapters.asyncio.bridge import AsyncStore
from backorders.adapters.asyncio.handing import AsyncEventHandler, AsyncNotifier
from backorders.adapters.asyncio.memory import AsyncMemoryStore
from backorders.adapters.asyncio.seller import AsyncSeller, AsyncWhatIf
from backorders.adapters.asyncio.subscription import AsyncSubscription

__all__ = [
    "AsyncBackorders",
    "AsyncEventHandler",
    "AsyncMemoryStore",
    "AsyncNotifier",
    "AsyncSeller",
    "AsyncStore",
    "AsyncSubscription",
    "AsyncWhatIf",
    "sleep_by_chance",
]
