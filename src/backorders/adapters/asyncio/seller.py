"""The awaitable face of one seller."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

import attrs

from backorders.adapters.asyncio.every_call import AsyncEveryCall
from backorders.application import WhatIf
from backorders.domain.difference import Difference
from backorders.domain.values import SellerId
from backorders.ports.storage import UnitOfWork

_T = TypeVar("_T")


@attrs.frozen
class AsyncSeller(AsyncEveryCall):
    """Everything that can be done for one seller. Each call is one transaction."""

    @property
    def seller_id(self) -> SellerId:
        """The seller."""
        return self._face.seller_id

    async def together(self, calls: Callable[[UnitOfWork, datetime], _T]) -> _T:
        """Return what several use cases come to, in one commit: all of them happen, or none.

        `calls` is a plain function. It is given the unit of work and the instant of the call, and
        makes the use cases with them; while these wait for the database, other tasks go on.
        """
        return await self._bridge.run(lambda: self._face.together(calls))

    @asynccontextmanager
    async def what_if(self) -> AsyncIterator["AsyncWhatIf"]:
        """Give a copy of this face on which anything can be tried; nothing of it is stored.

        It begins with what is stored now, and sees nothing of what others change meanwhile. It is
        for one task, and is over when the block is left.
        """
        opened = self._face.what_if()
        trial = await self._bridge.run(opened.__enter__)
        try:
            yield AsyncWhatIf(self._bridge, trial, trial)
        finally:
            await self._bridge.run(lambda: opened.__exit__(None, None, None))


@attrs.frozen
class AsyncWhatIf(AsyncSeller):
    """Everything that can be done for one seller, without any of it being stored."""

    _trial: WhatIf

    async def difference(self) -> Difference:
        """Return what all calls so far have changed, order by order, compared with what is stored.

        It can be kept, and looked at when the what-if is over.
        """
        return await self._bridge.run(self._trial.difference)
