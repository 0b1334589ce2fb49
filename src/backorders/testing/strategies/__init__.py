"""Hypothesis strategies for what a seller sees: ids, orders, shelves, times, calls and histories.

The ids are few and read like ids, and the quantities are small, so that orders meet at the same
shelf and a failing case is one that can be read. Each strategy can be given others to be built
from: `placings(requests(lines=st.just([("TEA", 2)])))`.

>>> from hypothesis import find
>>> find(deliveries(), lambda call: True)
book_in('R1', {'TEA': 1}, warehouse='EAST')
"""

from backorders.ports.extras import needs

with needs("testing", "a strategy"):
    from backorders.testing.strategies.calls import (
        changes_of_policies,
        choices,
        commands,
        corrections,
        deliveries,
        editings,
        edits,
        handlings,
        histories,
        housekeepings,
        placing,
        placings,
        prioritisings,
        splittings,
    )
    from backorders.testing.strategies.names import (
        KNOWN_IDS,
        NEW_IDS,
        ORDER_IDS,
        SKUS,
        WAREHOUSES,
        bad_ids,
        hostile_ids,
        hostile_texts,
        order_ids,
        references,
        skus,
        warehouses,
    )
    from backorders.testing.strategies.orders import (
        backlogs,
        order_lines,
        pins,
        quantities,
        requests,
        shelves,
        unit_maps,
    )
    from backorders.testing.strategies.times import (
        CHANGES,
        START,
        TIME_ZONES,
        Change,
        changes_of_the_clock,
        instants,
        instants_around,
        instants_around_changes,
        time_zones,
    )

__all__ = [
    "CHANGES",
    "KNOWN_IDS",
    "NEW_IDS",
    "ORDER_IDS",
    "SKUS",
    "START",
    "TIME_ZONES",
    "WAREHOUSES",
    "Change",
    "backlogs",
    "bad_ids",
    "changes_of_policies",
    "changes_of_the_clock",
    "choices",
    "commands",
    "corrections",
    "deliveries",
    "editings",
    "edits",
    "handlings",
    "histories",
    "hostile_ids",
    "hostile_texts",
    "housekeepings",
    "instants",
    "instants_around",
    "instants_around_changes",
    "order_ids",
    "order_lines",
    "pins",
    "placing",
    "placings",
    "prioritisings",
    "quantities",
    "references",
    "requests",
    "shelves",
    "skus",
    "splittings",
    "time_zones",
    "unit_maps",
    "warehouses",
]
