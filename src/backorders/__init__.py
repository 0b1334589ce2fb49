"""When there is not enough stock: back orders, allocation, and the five answers to a shortage."""

from backorders.application import Backorders
from backorders.domain.edits import Add, Remove, Replace, SetQuantity
from backorders.domain.errors import BackordersError
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
from backorders.domain.request import OrderRequest
from backorders.domain.stock import StockLevel

__all__ = [
    "Add",
    "Allocation",
    "Backorders",
    "BackordersError",
    "ClaimPolicy",
    "Hold",
    "HoldReason",
    "Order",
    "OrderLine",
    "OrderRequest",
    "OrderStatus",
    "Remove",
    "Replace",
    "SetQuantity",
    "ShipPolicy",
    "Stage",
    "StockLevel",
]
