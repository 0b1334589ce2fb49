"""When there is not enough stock: back orders, allocation, and the five answers to a shortage."""

from backorders.application import Backorders, Seller, Subscription, WhatIf
from backorders.domain.advising import Aim, RestockAdvice
from backorders.domain.answering import Answered, AnsweredAll, AnswerOutcome
from backorders.domain.backlog_days import BacklogDay
from backorders.domain.booking_in import BookingIn
from backorders.domain.delivering import Delivered, FailedNotice
from backorders.domain.difference import Difference, OrderDifference
from backorders.domain.edits import Add, Remove, Replace, SetQuantity
from backorders.domain.errors import (
    ActionRefused,
    BackordersError,
    ContentDiffers,
    EditRefused,
    InboundRefused,
    InvalidType,
    InvalidValue,
    LevelTooLarge,
    LostRace,
    OutcomeUnknown,
    RecipientRefused,
    Refused,
    ReplacementOutOfStock,
    RetriesExhausted,
    SplitRefused,
    StockBelowProcessed,
    StockBelowZero,
    StoreUnusable,
    TooManyUsers,
    UnknownEvent,
    UnknownInbound,
    UnknownNotice,
    UnknownOrder,
    UnknownUser,
)
from backorders.domain.explaining import Explanation, LineExplained, Why
from backorders.domain.first_ask import FirstAsk
from backorders.domain.happened import Happened
from backorders.domain.holdups import Holdup, HoldupPage
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.notices import Notice, NotificationKind
from backorders.domain.order import (
    Allocation,
    ClaimPolicy,
    Hold,
    HoldReason,
    Order,
    OrderLine,
    OrderStatus,
    ShipPolicy,
    Stage,
)
from backorders.domain.promises import DeliveryShare, Promise, Prospect
from backorders.domain.remedies import (
    Answer,
    Cancel,
    Remedies,
    RemoveProducts,
    ReplaceProducts,
    SendStock,
    SplitOrder,
    Substitution,
)
from backorders.domain.request import OrderRequest
from backorders.domain.results import BookedIn, LevelPage, Page, Reprocessed
from backorders.domain.settings import Settings
from backorders.domain.shortages import Restock
from backorders.domain.splitting import Split
from backorders.domain.stock import StockLevel
from backorders.domain.subscribers import EventsDelivered, FailedEvent
from backorders.domain.summary import Age, Summary, Times
from backorders.domain.users import User
from backorders.domain.verification import Discrepancy

__all__ = [
    "ActionRefused",
    "Add",
    "Age",
    "Aim",
    "Allocation",
    "Answer",
    "AnswerOutcome",
    "Answered",
    "AnsweredAll",
    "BacklogDay",
    "Backorders",
    "BackordersError",
    "BookedIn",
    "BookingIn",
    "Cancel",
    "ClaimPolicy",
    "ContentDiffers",
    "Delivered",
    "DeliveryShare",
    "Difference",
    "Discrepancy",
    "EditRefused",
    "EventsDelivered",
    "Explanation",
    "FailedEvent",
    "FailedNotice",
    "FirstAsk",
    "Happened",
    "Hold",
    "HoldReason",
    "Holdup",
    "HoldupPage",
    "Inbound",
    "InboundRefused",
    "InboundStatus",
    "InvalidType",
    "InvalidValue",
    "LevelPage",
    "LevelTooLarge",
    "LineExplained",
    "LostRace",
    "Notice",
    "NotificationKind",
    "Order",
    "OrderDifference",
    "OrderLine",
    "OrderRequest",
    "OrderStatus",
    "OutcomeUnknown",
    "Page",
    "Promise",
    "Prospect",
    "RecipientRefused",
    "Refused",
    "Remedies",
    "Remove",
    "RemoveProducts",
    "Replace",
    "ReplaceProducts",
    "ReplacementOutOfStock",
    "Reprocessed",
    "Restock",
    "RestockAdvice",
    "RetriesExhausted",
    "Seller",
    "SendStock",
    "SetQuantity",
    "Settings",
    "ShipPolicy",
    "Split",
    "SplitOrder",
    "SplitRefused",
    "Stage",
    "StockBelowProcessed",
    "StockBelowZero",
    "StockLevel",
    "StoreUnusable",
    "Subscription",
    "Substitution",
    "Summary",
    "Times",
    "TooManyUsers",
    "UnknownEvent",
    "UnknownInbound",
    "UnknownNotice",
    "UnknownOrder",
    "UnknownUser",
    "User",
    "WhatIf",
    "Why",
]
