"""What the library does: one function per verb, each over an open unit of work.

A function writes through the unit of work and commits nothing: several can run in one transaction.
Arguments are checked before anything is read. `now` is an aware datetime, the instant of the call.
"""

from backorders.usecases.advising import restock_advice
from backorders.usecases.answering import answer_all, answer_some, answered
from backorders.usecases.cancelling import (
    cancel_expired,
    cancel_order,
    request_cancellation,
    resolve_cancellation,
)
from backorders.usecases.composing import (
    compose_digest,
    is_anything_due,
    next_digest,
    tell_of_overdue,
)
from backorders.usecases.configuring import configure, settings
from backorders.usecases.delivering import (
    failed_notices,
    note_failure,
    note_sent,
    retry_notice,
    take_notice,
)
from backorders.usecases.editing import edit_order
from backorders.usecases.holding import hold_order, release_due_holds, release_hold
from backorders.usecases.holdups import holdups
from backorders.usecases.inbound import (
    announce_inbound,
    cancel_inbound,
    close_inbound,
    inbound,
    inbound_arrived,
    inbound_history,
    inbounds,
)
from backorders.usecases.insight import backlog_by_day, explain, restock_report, summary
from backorders.usecases.listing import orders, stock_levels
from backorders.usecases.placing import checked_requests, place_order, place_orders
from backorders.usecases.policies import change_policies
from backorders.usecases.prioritising import (
    checked_skus,
    prioritise_order,
    reprocess,
    reprocess_order,
)
from backorders.usecases.processing import despatch_order, process_order
from backorders.usecases.promising import promise, promises
from backorders.usecases.remedies import checked_candidates, remedies
from backorders.usecases.reporting import back_orders, history, order, verify
from backorders.usecases.splitting import split_order
from backorders.usecases.stock import adjust_stock, book_in, count_stock, stock
from backorders.usecases.subscribing import (
    failed_events,
    forget_subscriber,
    note_events,
    retry_event,
    skip_events,
    take_events,
)
from backorders.usecases.users import add_user, opt_in, opt_out, remove_user, users

__all__ = [
    "add_user",
    "adjust_stock",
    "announce_inbound",
    "answer_all",
    "answer_some",
    "answered",
    "back_orders",
    "backlog_by_day",
    "book_in",
    "cancel_expired",
    "cancel_inbound",
    "cancel_order",
    "change_policies",
    "checked_candidates",
    "checked_requests",
    "checked_skus",
    "close_inbound",
    "compose_digest",
    "configure",
    "count_stock",
    "despatch_order",
    "edit_order",
    "explain",
    "failed_events",
    "failed_notices",
    "forget_subscriber",
    "history",
    "hold_order",
    "holdups",
    "inbound",
    "inbound_arrived",
    "inbound_history",
    "inbounds",
    "is_anything_due",
    "next_digest",
    "note_events",
    "note_failure",
    "note_sent",
    "opt_in",
    "opt_out",
    "order",
    "orders",
    "place_order",
    "place_orders",
    "prioritise_order",
    "process_order",
    "promise",
    "promises",
    "release_due_holds",
    "release_hold",
    "remedies",
    "remove_user",
    "reprocess",
    "reprocess_order",
    "request_cancellation",
    "resolve_cancellation",
    "restock_advice",
    "restock_report",
    "retry_event",
    "retry_notice",
    "settings",
    "skip_events",
    "split_order",
    "stock",
    "stock_levels",
    "summary",
    "take_events",
    "take_notice",
    "tell_of_overdue",
    "users",
    "verify",
]
