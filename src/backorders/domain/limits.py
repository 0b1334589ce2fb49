"""Every limit of the library, each with its reason; nothing else in the code states a bound."""

from datetime import timedelta
from typing import Final

ID_LENGTH: Final = 255
"""Characters in an id or SKU: what an indexed text column holds on every engine in use."""

QUANTITY: Final = 2**31 - 1
"""Units on one line, receipt line or count: a signed 32-bit integer. A real line has had 80,995."""

LEVEL: Final = 2**63 - 1
"""Units on hand at one level: a signed 64-bit integer, the widest that every engine stores."""

PRIORITY: Final = 2**31 - 1
"""The largest priority; the smallest is one below its negative: a signed 32-bit integer."""

ORDER_LINES: Final = 10_000
"""Lines of an order. A real order has had 1,112."""

CALL_SKUS: Final = 10_000
"""SKUs that one call may name, so that the locks and memory of a call are bounded."""

REASON_LENGTH: Final = 1_000
"""Characters of a free-text reason: a remark, not a document."""

PAGE: Final = 1_000
"""Orders on one page of a report: a page is read into memory whole."""

ANSWERED_TOGETHER: Final = 100
"""Orders that are answered in one commit, when many get the same answer: their locks are short."""

BACKLOG_DAYS: Final = 3_660
"""Days of the backlog's past that one call returns: ten years."""

ORDER_DELAY: Final = timedelta(days=3650)
"""The longest order delay: ten years, far from the end of the calendar."""

DIGEST_ORDERS: Final = 500
"""Orders that a daily digest lists: more than anybody reads, and a mail that every server takes."""

DIGEST_PRODUCTS: Final = 10
"""Short products that a daily digest lists of one order; the rest are counted."""

NOTICE_ORDERS: Final = 100
"""Orders that a notice of released orders lists; the rest are counted."""

EMAIL_LENGTH: Final = 254
"""Characters of an e-mail address: what the mail standard has room for (RFC 5321, 4.5.3.1.3)."""

USERS: Final = 200
"""Users of a seller who can be told things: each has a copy of every notice."""

NOTICES: Final = 1_000
"""Notices that one call delivers or lists: they go out one by one."""

DELIVERY_ATTEMPTS: Final = 12
"""Times that a notice is tried before it is set aside: with the pauses, half a day or more."""

DELIVERY_LEASE: Final = timedelta(minutes=10)
"""How long one deliverer has a notice to itself: longer than any mail server takes to answer."""

DELIVERY_PAUSE: Final = timedelta(minutes=1)
"""The pause after the first failure; each one is twice as long as the one before."""

LONGEST_DELIVERY_PAUSE: Final = timedelta(hours=6)
"""No pause is longer, so that mail does not wait for a server that has long been well again."""

SUBSCRIBER_LENGTH: Final = 64
"""Characters in a subscriber's name: a name that programs are given, not a text."""

EVENTS: Final = 10_000
"""Events that one call tells a subscriber, or lists: they are handed over one by one."""

LONGEST_SUBSCRIBER_PAUSE: Final = timedelta(minutes=5)
"""No pause of a subscriber that could be told nothing is longer: it may be well again by now."""

SUBSTITUTES: Final = 100
"""Substitutes that are tried for an order: each is an edit that is made and forgotten."""

WAREHOUSES: Final = 1_000
"""Warehouses that a seller may put in order."""

BOOKING_IN_DAYS: Final = 250
"""Working days that a warehouse may promise to book a delivery in: a year of them."""

DAYS_WITHOUT_WORK: Final = 366
"""Days on end that a calendar may have no working day: past a year, it is one by mistake."""
