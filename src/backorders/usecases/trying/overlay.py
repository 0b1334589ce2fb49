"""A unit of work over another: reads fall through, writes stay in memory."""

from collections.abc import Collection
from types import TracebackType
from typing import Self

from backorders.domain.difference import Difference, difference
from backorders.domain.values import Sku
from backorders.ports.storage import UnitOfWork
from backorders.usecases.trying.answers import TriedAnswers
from backorders.usecases.trying.audit import TriedAudit
from backorders.usecases.trying.feed import NobodyHears, NothingHappens
from backorders.usecases.trying.inbounds import TriedInbounds
from backorders.usecases.trying.journal import TriedJournal, TriedSettings
from backorders.usecases.trying.notices import TriedNotices, TriedUsers
from backorders.usecases.trying.orders import TriedOrders
from backorders.usecases.trying.reports import TriedReports
from backorders.usecases.trying.stock import TriedStock


class Overlay:
    """A unit of work that writes nothing below it, unless it is committed.

    What is below must not change meanwhile: a unit of work that sees one moment, or an overlay.
    """

    def __init__(self, base: UnitOfWork) -> None:
        self._base = base
        self.seller_id = base.seller_id
        self.orders_per_commit = base.orders_per_commit
        self.unsettled: set[Sku] = set()
        self.wanted: Collection[Sku] = ()
        self.orders = TriedOrders(base.orders)
        self.stock = TriedStock(base.stock)
        self.inbounds = TriedInbounds(base.inbounds)
        self.answers = TriedAnswers(base.answers)
        self.journal = TriedJournal(base.journal)
        self.settings = TriedSettings(base.settings)
        self.audit = TriedAudit(base.audit, self.orders, self.stock)
        self.reports = TriedReports(base.reports, self.orders)
        self.users = TriedUsers(base.users)
        self.notices = TriedNotices(base.notices)
        self.feed = NothingHappens()
        self.subscribers = NobodyHears()

    def difference(self) -> Difference:
        """Return what has been changed here, compared with what is below."""
        orders = self.orders
        events = (entry.event for entry in self.journal.entries)
        return difference(orders.stored, orders.own.orders.values(), events)

    def commit(self) -> None:
        """Write into what is below, which then has all of it, or must itself be left uncommitted.

        A trial does this with the overlay of each call, and never with its own.
        """
        self.settings.write(self._base.settings)
        self.orders.write(self._base.orders)
        self.stock.write(self._base.stock)
        self.inbounds.write(self._base.inbounds)
        self.answers.write(self._base.answers)
        self.journal.write(self._base.journal)
        self.users.write(self._base.users)
        self.notices.write(self._base.notices)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Forget what was not committed: it was never anywhere else."""
