"""What can go wrong, as one tree; every error carries fields and says what to do instead.

BackordersError
├── InvalidValue (ValueError)        an argument outside its range; names the field
│   └── InvalidType (TypeError)      an argument of the wrong type
├── UnknownOrder (LookupError)       no such order at this seller
├── UnknownUser (LookupError)        no such user of this seller
├── UnknownNotice (LookupError)      no notice of this id is set aside
├── UnknownInbound (LookupError)     no such announced delivery at this seller
├── UnknownEvent (LookupError)       no event of this id was set aside for the subscriber
├── Refused (ValueError)             understood, but the rules say no; nothing was changed
│   ├── ActionRefused                the order's status does not allow it
│   ├── EditRefused                  the edits do not fit the order, or each other
│   │   └── ReplacementOutOfStock    the replacement is not in stock for all its units
│   ├── SplitRefused                 the order cannot be split like that
│   ├── InboundRefused               how far the delivery has come does not allow it
│   ├── ContentDiffers               the id is known, with other content
│   ├── TooManyUsers                 the seller has as many users as there can be
│   ├── StockBelowZero               more units would leave than are on hand
│   ├── StockBelowProcessed          processed orders hold the units that would be lost
│   └── LevelTooLarge                more units than a level can count
├── RecipientRefused (ValueError)    a notifier's: this address will never take mail
├── StoreUnusable (RuntimeError)     the store is closed, unreachable or not set up
│   └── OutcomeUnknown               the connection broke while committing: repeat the call
└── LostRace (RuntimeError)          somebody else was faster: repeat the whole call
    └── RetriesExhausted             … which the library did, and it was not enough
"""

from collections.abc import Sequence
from typing import ClassVar, TypedDict


class ErrorAsDict(TypedDict):
    """An error in plain values, as JSON holds them."""

    code: str
    message: str
    fields: dict[str, str | int | list[str]]


class BackordersError(Exception):
    """Any error of this library."""

    code: ClassVar[str] = "backorders_error"
    """What programs know this kind of error by; it stays as it is for good."""
    _said_outside: ClassVar[str | None] = None
    """What is said in place of a message that only those who run the store should read."""

    def to_dict(self) -> ErrorAsDict:
        """Return the code, the message and the fields: what can be sent to another program."""
        fields = {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in vars(self).items()
            if not name.startswith("_")
        }
        return {"code": self.code, "message": self._said_outside or str(self), "fields": fields}


class InvalidValue(BackordersError, ValueError):
    """An argument outside its range."""

    code = "invalid_value"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        """The argument, as the caller named it."""
        self.problem = problem
        """What it must be."""

    def __str__(self) -> str:
        return f"{self.field} {self.problem}"


class InvalidType(InvalidValue, TypeError):
    """An argument of the wrong type."""

    code = "invalid_type"

    def __init__(self, field: str, wanted: str, found: str) -> None:
        super().__init__(field, f"must be {wanted}, not {found}")
        # What pickling calls the class with again.
        self.args = (field, wanted, found)


class UnknownOrder(BackordersError, LookupError):
    """No such order at this seller, whoever else may have one."""

    code = "unknown_order"

    def __init__(self, order_id: str) -> None:
        super().__init__(order_id)
        self.order_id = order_id

    def __str__(self) -> str:
        return f"there is no order {self.order_id!r}: place it first, or check the id"


class UnknownUser(BackordersError, LookupError):
    """No such user of this seller, whoever else may have one."""

    code = "unknown_user"

    def __init__(self, user_id: str) -> None:
        super().__init__(user_id)
        self.user_id = user_id

    def __str__(self) -> str:
        return f"there is no user {self.user_id!r}: add it first, or check the id"


class UnknownNotice(BackordersError, LookupError):
    """No notice of this id is set aside: it was delivered, dropped, retried, or never there."""

    code = "unknown_notice"

    def __init__(self, message_id: str) -> None:
        super().__init__(message_id)
        self.message_id = message_id

    def __str__(self) -> str:
        return f"no notice {self.message_id!r} is set aside: failed_notifications() names those"


class UnknownInbound(BackordersError, LookupError):
    """No such announced delivery at this seller, whoever else may have one."""

    code = "unknown_inbound"

    def __init__(self, inbound_id: str) -> None:
        super().__init__(inbound_id)
        self.inbound_id = inbound_id

    def __str__(self) -> str:
        return f"there is no delivery {self.inbound_id!r}: announce it first, or check the id"


class UnknownEvent(BackordersError, LookupError):
    """No event of this id is set aside for the subscriber: it was told, retried, or never there."""

    code = "unknown_event"

    def __init__(self, subscriber: str, event_id: str) -> None:
        super().__init__(subscriber, event_id)
        self.subscriber = subscriber
        self.event_id = event_id

    def __str__(self) -> str:
        return (
            f"no event {self.event_id!r} is set aside for {self.subscriber!r}: failed() names those"
        )


class Refused(BackordersError, ValueError):
    """A call that the rules do not allow; nothing was changed."""

    code = "refused"


class ActionRefused(Refused):
    """The order's status does not allow the action."""

    code = "action_refused"

    def __init__(self, order_id: str, status: str, action: str, instead: str) -> None:
        super().__init__(order_id, status, action, instead)
        self.order_id = order_id
        self.status = status
        """The status that stands in the way, as the name of an `OrderStatus`."""
        self.action = action
        """What was asked for: cancel, edit, process …"""
        self.instead = instead
        """What the caller can do."""

    def __str__(self) -> str:
        return f"order {self.order_id!r} is {self.status}: cannot {self.action} it; {self.instead}"


class EditRefused(Refused):
    """The edits do not fit the order, or each other."""

    code = "edit_refused"

    def __init__(self, order_id: str, problem: str, instead: str) -> None:
        super().__init__(order_id, problem, instead)
        self.order_id = order_id
        self.problem = problem
        self.instead = instead

    def __str__(self) -> str:
        return f"order {self.order_id!r} cannot be edited like that: {self.problem}; {self.instead}"


class ReplacementOutOfStock(EditRefused):
    """A replacement must be in stock for its whole quantity."""

    code = "replacement_out_of_stock"

    def __init__(self, order_id: str, sku: str, quantity: int, available: int) -> None:
        super().__init__(
            order_id,
            f"{quantity} units of {sku!r} are wanted, {available} are available",
            "take fewer, another SKU, or allow_back_order=True",
        )
        self.args = (order_id, sku, quantity, available)
        self.sku = sku
        self.quantity = quantity
        """Units that the edit asked for."""
        self.available = available
        """Units that the order could have had."""


class SplitRefused(Refused):
    """The order cannot be split like that."""

    code = "split_refused"

    def __init__(self, order_id: str, problem: str, instead: str) -> None:
        super().__init__(order_id, problem, instead)
        self.order_id = order_id
        self.problem = problem
        self.instead = instead

    def __str__(self) -> str:
        return f"order {self.order_id!r} cannot be split like that: {self.problem}; {self.instead}"


class InboundRefused(Refused):
    """How far the delivery has come does not allow the action."""

    code = "inbound_refused"

    def __init__(self, inbound_id: str, status: str, action: str, instead: str) -> None:
        super().__init__(inbound_id, status, action, instead)
        self.inbound_id = inbound_id
        self.status = status
        """The name of an `InboundStatus`, or CANCELLED for one that was called off."""
        self.action = action
        self.instead = instead
        """What the caller can do."""

    def __str__(self) -> str:
        return (
            f"delivery {self.inbound_id!r} is {self.status}: cannot {self.action}; {self.instead}"
        )


class ContentDiffers(Refused):
    """The id is known, with other content: one of the two calls is a mistake."""

    code = "content_differs"

    def __init__(self, kind: str, identifier: str) -> None:
        super().__init__(kind, identifier)
        self.kind = kind
        """What the id names: order, receipt, count, adjustment, delivery, answer."""
        self.identifier = identifier

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.identifier!r} is known already, with other content: "
            "repeat it unchanged, or use a new id"
        )


class TooManyUsers(Refused):
    """The seller has as many users as there can be."""

    code = "too_many_users"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most

    def __str__(self) -> str:
        return f"a seller can have at most {self.most} users: remove one first"


class StockBelowZero(Refused):
    """More units would leave the shelf than are on it."""

    code = "stock_below_zero"

    def __init__(self, sku: str, warehouse: str, on_hand: int, change: int) -> None:
        super().__init__(sku, warehouse, on_hand, change)
        self.sku = sku
        self.warehouse = warehouse
        self.on_hand = on_hand
        self.change = change

    def __str__(self) -> str:
        return (
            f"{self.sku!r} has {self.on_hand} units on hand in {self.warehouse!r}: "
            f"cannot change them by {self.change}; count the shelf instead"
        )


class StockBelowProcessed(Refused):
    """Processed orders hold the units that would be lost, and theirs are never taken silently."""

    code = "stock_below_processed"

    def __init__(self, sku: str, warehouse: str, missing: int, order_ids: Sequence[str]) -> None:
        super().__init__(sku, warehouse, missing, tuple(order_ids))
        self.sku = sku
        self.warehouse = warehouse
        self.missing = missing
        """Units that would have to be taken from processed orders."""
        self.order_ids = tuple(order_ids)
        """The processed orders that hold units there, in rank order, the last few of them."""

    def __str__(self) -> str:
        return (
            f"{self.missing} units of {self.sku!r} in {self.warehouse!r} are missing for processed "
            f"orders ({', '.join(self.order_ids)}): despatch them or have them cancelled first"
        )


class LevelTooLarge(Refused):
    """More units than a level can count."""

    code = "level_too_large"

    def __init__(self, sku: str, warehouse: str) -> None:
        super().__init__(sku, warehouse)
        self.sku = sku
        self.warehouse = warehouse

    def __str__(self) -> str:
        return (
            f"{self.sku!r} in {self.warehouse!r} would hold more units than a level can count: "
            "check the quantity"
        )


class RecipientRefused(BackordersError, ValueError):
    """A notifier raises this when a notice will never reach its recipient: trying again is no use.

    The notice is set aside at once.
    """

    code = "recipient_refused"

    def __init__(self, recipient: str, problem: str) -> None:
        super().__init__(recipient, problem)
        self.recipient = recipient
        self.problem = problem
        """What the mail server said."""

    def __str__(self) -> str:
        return (
            f"{self.recipient!r} was refused: {self.problem}; "
            "correct the user's address, then retry the notice"
        )


class StoreUnusable(BackordersError, RuntimeError):
    """The store is closed, cannot be reached, or has no schema."""

    code = "store_unusable"
    _said_outside: ClassVar[str | None] = "the store cannot be used at the moment: try again later"


class OutcomeUnknown(StoreUnusable):
    """The connection broke while committing: the call happened wholly, or not at all.

    Repeat it with the same id: it is done once, and you are told what became of it.
    """

    code = "outcome_unknown"
    _said_outside: ClassVar[str | None] = (
        "it is not known whether the call was done: repeat it with the same id"
    )


class LostRace(BackordersError, RuntimeError):
    """Somebody else changed the same rows first; nothing was changed, repeat the whole call."""

    code = "lost_race"


class RetriesExhausted(LostRace):
    """The call was repeated and lost every time; repeat it later, with the same id.

    Nothing was changed, but for the commits that a long backlog had had already: the rest is owed.
    """

    code = "retries_exhausted"

    def __init__(self, attempts: int) -> None:
        super().__init__(attempts)
        self.attempts = attempts

    def __str__(self) -> str:
        return (
            f"lost a race {self.attempts} times in a row: the store is very busy, repeat the call"
        )
