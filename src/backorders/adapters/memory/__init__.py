"""A store in memory: for tests, tools, and services that need nothing to last.

One unit of work per seller writes at a time, and none reads meanwhile. It writes in place and keeps
how to undo each step: leaving it without `commit` takes the steps back.
"""

from backorders.adapters.memory.answers import MemoryAnswers
from backorders.adapters.memory.audit import MemoryAudit
from backorders.adapters.memory.feed import MemoryFeed, MemorySubscribers
from backorders.adapters.memory.inbounds import MemoryInbounds
from backorders.adapters.memory.journal import MemoryJournal, MemorySettings
from backorders.adapters.memory.notices import MemoryNotices, MemoryOutboxes, MemoryUsers
from backorders.adapters.memory.orders import MemoryOrders
from backorders.adapters.memory.reports import MemoryReports
from backorders.adapters.memory.stock import MemoryStock
from backorders.adapters.memory.store import MemoryStore, MemoryUnitOfWork

__all__ = [
    "MemoryAnswers",
    "MemoryAudit",
    "MemoryFeed",
    "MemoryInbounds",
    "MemoryJournal",
    "MemoryNotices",
    "MemoryOrders",
    "MemoryOutboxes",
    "MemoryReports",
    "MemorySettings",
    "MemoryStock",
    "MemoryStore",
    "MemorySubscribers",
    "MemoryUnitOfWork",
    "MemoryUsers",
]
