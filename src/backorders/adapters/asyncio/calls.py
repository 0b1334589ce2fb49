"""What every awaitable call on a seller's face goes through."""

import attrs

from backorders.adapters.asyncio.bridge import AsyncStore
from backorders.application import Seller


@attrs.frozen
class AsyncCalls:
    """Calls on a seller's face, each run so that others go on while it waits."""

    _bridge: AsyncStore
    _face: Seller
