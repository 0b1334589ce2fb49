"""Explanations, as documents."""

from typing import TypedDict

from backorders.adapters.cli.documents import maybe_instant, units
from backorders.adapters.cli.documents.orders import AllocationDocument, of_allocation
from backorders.domain.explaining import Explanation, LineExplained


class LineExplainedDocument(TypedDict):
    """A line, why it has what it has, and how things stand with its SKU."""

    line_no: int
    sku: str
    quantity: int
    allocations: list[AllocationDocument]
    shortage: int
    why: str
    orders_ahead: int
    units_ahead: int
    available: int
    elsewhere: int
    held_by_others: int
    held_up: int


class ExplanationDocument(TypedDict):
    """Why each line of an order has what it has; `sentences` say the same in plain words."""

    order_id: str
    status: str
    on_back_order_since: str | None
    lines: list[LineExplainedDocument]
    missing: dict[str, int]
    sentences: list[str]


def of_explanation(explanation: Explanation) -> ExplanationDocument:
    """Return an explanation as a document."""
    return {
        "order_id": explanation.order_id,
        "status": explanation.status.value,
        "on_back_order_since": maybe_instant(explanation.on_back_order_since),
        "lines": [_of_line(line) for line in explanation.lines],
        "missing": units(explanation.missing),
        "sentences": list(explanation.sentences),
    }


def _of_line(line: LineExplained) -> LineExplainedDocument:
    return {
        "line_no": line.line_no,
        "sku": line.sku,
        "quantity": line.quantity,
        "allocations": [of_allocation(each) for each in line.allocations],
        "shortage": line.shortage,
        "why": line.why.value,
        "orders_ahead": line.orders_ahead,
        "units_ahead": line.units_ahead,
        "available": line.available,
        "elsewhere": line.elsewhere,
        "held_by_others": line.held_by_others,
        "held_up": line.held_up,
    }
