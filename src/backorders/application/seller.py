"""The face of one seller: everything that can be called."""

import attrs

from backorders.application.account import AccountCalls
from backorders.application.backlog import BacklogCalls
from backorders.application.inbound import InboundCalls
from backorders.application.insight import InsightCalls
from backorders.application.notices import NoticeCalls
from backorders.application.orders import OrderCalls
from backorders.application.stock import StockCalls


@attrs.frozen
class Seller(
    OrderCalls, StockCalls, InboundCalls, BacklogCalls, InsightCalls, AccountCalls, NoticeCalls
):
    """Everything that can be done for one seller. Each call is one transaction."""
