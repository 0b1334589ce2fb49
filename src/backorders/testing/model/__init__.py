"""A naive model of the rules, against which the library is judged.

It shares no code with the planner and the use cases: one seller is a few dictionaries, a line is a
list with one entry per unit, and after every change everybody is served again from the start. It
is slow, and meant for a handful of orders of a few units. Where it and the library differ, one of
them has misread the rules.
"""

from backorders.testing.model.bulk import (
    BULK,
    ModelAnswered,
    answer_all,
    meant_by,
    shown_answers,
)
from backorders.testing.model.deliveries import ModelDelivery, shown_delivery
from backorders.testing.model.desk import ModelOutcome
from backorders.testing.model.orders import ModelOrder, shown
from backorders.testing.model.promises import ModelPromise, all_promised, promised, shown_promise
from backorders.testing.model.refusing import ModelRefusal
from backorders.testing.model.seller import ModelSeller

__all__ = [
    "BULK",
    "ModelAnswered",
    "ModelDelivery",
    "ModelOrder",
    "ModelOutcome",
    "ModelPromise",
    "ModelRefusal",
    "ModelSeller",
    "all_promised",
    "answer_all",
    "meant_by",
    "promised",
    "shown",
    "shown_answers",
    "shown_delivery",
    "shown_promise",
]
