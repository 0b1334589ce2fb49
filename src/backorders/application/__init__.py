"""The face: opens the unit of work, repeats a lost race, keeps to one seller.

No rule lives here. What can be called is laid out by what it is about: orders, stock, the backlog,
the account, who is told what; and, for all sellers at once, the outbox.
"""

from backorders.application.backorders import Backorders
from backorders.application.seller import Seller, WhatIf
from backorders.application.subscriptions import EventHandler, Subscription

__all__ = ["Backorders", "EventHandler", "Seller", "Subscription", "WhatIf"]
