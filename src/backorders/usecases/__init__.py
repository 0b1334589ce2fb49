"""What the library does: one function per verb, each over an open unit of work.

A function writes through the unit of work and commits nothing: several can run in one transaction.
Arguments are checked before anything is read. `now` is an aware datetime, the instant of the call.
"""

from backorders.usecases.cancelling import (
    cancel_expired,
    cancel_order,
    request_cancellation,
    resolve_cancellation,
)
from backorders.usecases.configuring import configure, settings
from backorders.usecases.editing import edit_order
from backorders.usecases.holding import hold_order, release_due_holds, release_hold
from backorders.usecases.placing import checked_requests, place_order, place_orders
from backorders.usecases.prioritising import (
    checked_skus,
    prioritise_order,
    reprocess,
    reprocess_order,
)
from backorders.usecases.processing import despatch_order, process_order
from backorders.usecases.reporting import back_orders, history, order, verify
from backorders.usecases.splitting import split_order
from backorders.usecases.stock import adjust_stock, book_in, count_stock, stock

__all__ = [
    "adjust_stock",
    "back_orders",
    "book_in",
    "cancel_expired",
    "cancel_order",
    "checked_requests",
    "checked_skus",
    "configure",
    "count_stock",
    "despatch_order",
    "edit_order",
    "history",
    "hold_order",
    "order",
    "place_order",
    "place_orders",
    "prioritise_order",
    "process_order",
    "release_due_holds",
    "release_hold",
    "reprocess",
    "reprocess_order",
    "request_cancellation",
    "resolve_cancellation",
    "settings",
    "split_order",
    "stock",
    "verify",
]
