"""Promises, as documents."""

from collections.abc import Sequence
from typing import TypedDict

from backorders.adapters.cli.documents import units
from backorders.domain.promises import Promise


class PromiseDocument(TypedDict):
    """When an order can be released, if what is announced comes and is booked in on time.

    `on` is a day, or null: then `reason` says why. `missing` is what will be lacking when all that
    is announced has come.
    """

    order_id: str
    on: str | None
    prospect: str
    reason: str
    deliveries: list[str]
    missing: dict[str, int]
    late: list[str]


class PromisesDocument(TypedDict):
    """The promise of every order on back order, in rank order."""

    promises: list[PromiseDocument]


def of_promise(promise: Promise) -> PromiseDocument:
    """Return a promise as a document."""
    return {
        "order_id": promise.order_id,
        "on": None if promise.on is None else promise.on.isoformat(),
        "prospect": promise.prospect.value,
        "reason": promise.reason,
        "deliveries": list(map(str, promise.deliveries)),
        "missing": units(promise.missing),
        "late": list(map(str, promise.late)),
    }


def of_promises(promises: Sequence[Promise]) -> PromisesDocument:
    """Return promises as a document."""
    return {"promises": [of_promise(promise) for promise in promises]}
