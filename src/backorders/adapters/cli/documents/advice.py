"""Advice, as documents: answers to one order, what to send, who stands in the way."""

from typing import TypedDict

from backorders.adapters.cli.documents import units
from backorders.adapters.cli.documents.orders import OrderDocument, of_order
from backorders.adapters.cli.documents.promises import PromiseDocument, of_promise
from backorders.domain.advising import RestockAdvice
from backorders.domain.holdups import HoldupPage
from backorders.domain.order import Order
from backorders.domain.remedies import Remedies


class CancelDocument(TypedDict):
    """What cancelling would come to; `preview` is the order afterwards, null where it cannot be."""

    possible: bool
    reason: str
    preview: OrderDocument | None
    released: list[str]
    gained: list[str]


class RemoveDocument(TypedDict):
    """What taking the short products off would come to."""

    possible: bool
    reason: str
    preview: OrderDocument | None
    products: list[str]
    ships: dict[str, int]


class SubstitutionDocument(TypedDict):
    """One product in the place of another."""

    possible: bool
    reason: str
    preview: OrderDocument | None
    sku: str
    by: str
    quantity: int
    available: int


class ReplaceDocument(TypedDict):
    """What replacing the short products would come to, and each replacement that was tried."""

    possible: bool
    reason: str
    preview: OrderDocument | None
    options: list[SubstitutionDocument]


class SendDocument(TypedDict):
    """What sending stock would come to: the units to send, and what is promised without that."""

    possible: bool
    reason: str
    preview: OrderDocument | None
    units: dict[str, int]
    warehouse: str | None
    promise: PromiseDocument


class SplitRemedyDocument(TypedDict):
    """What a split would come to: what ships now, and what waits in the new order."""

    possible: bool
    reason: str
    preview: OrderDocument | None
    created: OrderDocument | None
    ships: dict[str, int]
    waits: dict[str, int]


class RemediesDocument(TypedDict):
    """What each of the five answers would do to an order now; none is given."""

    order_id: str
    status: str
    cancel: CancelDocument
    remove: RemoveDocument
    replace: ReplaceDocument
    restock: SendDocument
    split: SplitRemedyDocument


class RestockAdviceDocument(TypedDict):
    """What to send, most first, and the orders that just this completes."""

    warehouse: str
    lines: dict[str, int]
    units: int
    completes: list[str]
    units_completed: int


class HoldupDocument(TypedDict):
    """An order that holds what it cannot use yet, and whom it would release if it yielded."""

    order: OrderDocument
    releases: list[str]
    gives_back: dict[str, int]


class HoldupsDocument(TypedDict):
    """Some of these orders; `next` is what --after takes for more, or null."""

    holdups: list[HoldupDocument]
    next: str | None


def of_remedies(remedies: Remedies) -> RemediesDocument:
    """Return the five answers as a document."""
    cancel, remove, replace = remedies.cancel, remedies.remove, remedies.replace
    restock, split = remedies.restock, remedies.split
    return {
        "order_id": remedies.order_id,
        "status": remedies.status.value,
        "cancel": {
            "possible": cancel.possible,
            "reason": cancel.reason,
            "preview": _maybe(cancel.preview),
            "released": list(map(str, cancel.released)),
            "gained": list(map(str, cancel.gained)),
        },
        "remove": {
            "possible": remove.possible,
            "reason": remove.reason,
            "preview": _maybe(remove.preview),
            "products": list(map(str, remove.products)),
            "ships": units(remove.ships),
        },
        "replace": {
            "possible": replace.possible,
            "reason": replace.reason,
            "preview": _maybe(replace.preview),
            "options": [
                {
                    "possible": option.possible,
                    "reason": option.reason,
                    "preview": _maybe(option.preview),
                    "sku": option.sku,
                    "by": option.by,
                    "quantity": option.quantity,
                    "available": option.available,
                }
                for option in replace.options
            ],
        },
        "restock": {
            "possible": restock.possible,
            "reason": restock.reason,
            "preview": _maybe(restock.preview),
            "units": units(restock.units),
            "warehouse": restock.warehouse,
            "promise": of_promise(restock.promise),
        },
        "split": {
            "possible": split.possible,
            "reason": split.reason,
            "preview": _maybe(split.preview),
            "created": _maybe(split.created),
            "ships": units(split.ships),
            "waits": units(split.waits),
        },
    }


def of_advice(advice: RestockAdvice) -> RestockAdviceDocument:
    """Return what to send as a document."""
    return {
        "warehouse": advice.warehouse,
        "lines": dict(advice.lines),
        "units": advice.units,
        "completes": list(map(str, advice.completes)),
        "units_completed": advice.units_completed,
    }


def of_holdups(page: HoldupPage) -> HoldupsDocument:
    """Return who stands in the way as a document."""
    return {
        "holdups": [
            {
                "order": of_order(each.order),
                "releases": list(map(str, each.releases)),
                "gives_back": dict(each.gives_back),
            }
            for each in page.items
        ],
        "next": page.next,
    }


def _maybe(order: Order | None) -> OrderDocument | None:
    return None if order is None else of_order(order)
