"""What the rows of a file about stock come to: receipts, counts, adjustments, deliveries."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import TypeAlias

import attrs

from backorders.adapters.files import cells
from backorders.adapters.files.columns import Field
from backorders.adapters.files.kinds import Reading, Terms
from backorders.adapters.files.spool import Line
from backorders.domain import limits, values
from backorders.domain.errors import InvalidValue
from backorders.domain.values import MAIN


@attrs.frozen
class Paper:
    """What a document about stock says."""

    reference: str
    warehouse: str
    lines: Mapping[str, int]
    reason: str = ""
    inbound: str | None = None
    expected_on: date | None = None


Check: TypeAlias = Callable[[object, str], int]


def paper_key(row: Mapping[str, str], terms: Terms, place: int, *, named: str) -> str:
    """Return what is the same of a document's rows.

    Rows without an id are of documents that the file names: one for each warehouse, and for as
    many rows as one document can have.
    """
    given = cells.name(row[named])
    if given:
        return "named " + values.reference(named, given)
    where = cells.name(row["warehouse"]) or terms.warehouse or MAIN
    return f"{place // limits.CALL_SKUS} {where}"


def paper_of(
    key: str,
    lines: Sequence[Line],
    terms: Terms,
    *,
    fields: Sequence[Field],
    named: str,
    check: Check,
    by_content: bool = False,
) -> Paper:
    """Return the document that some rows are; units of one SKU are added up."""
    reading = Reading(fields, lines, terms)
    has = {field.name for field in fields}
    units = _added_up(reading, check)
    where = reading.read("warehouse", _warehouse) or terms.warehouse or MAIN
    reason = _reasons(reading, terms) if "reason" in has else ""
    inbound = reading.read("inbound", _inbound) if "inbound" in has else None
    expected_on = None
    if "expected_on" in has:
        day = partial(cells.day, "expected_on", zone=terms.zone, dates=terms.dates)
        expected_on = reading.read("expected_on", day)
        if expected_on is None and not reading.problems:
            reading.note(lines[0].line, "expected_on must not be empty")
    reading.refuse()
    given = cells.name(reading.cell(lines[0], named))
    try:
        paper = Paper(given, where, units, values.reason(reason), inbound, expected_on)
        values.units_by_sku("lines", units, check)
        reference = given or _reference(paper, key, reading, terms, by_content=by_content)
        return attrs.evolve(paper, reference=values.reference(named, reference))
    except InvalidValue as problem:
        reading.refuse_all(str(problem))


def _added_up(reading: Reading, check: Check) -> Mapping[str, int]:
    """Return SKU → units over all rows."""
    units: Counter[str] = Counter()
    first: dict[str, int] = {}
    for line, sku, quantity in reading.units(check):
        units[sku] += quantity
        first.setdefault(sku, line)
    for name, total in units.items():
        try:
            check(total, f"quantity of {name!r}, added up,")
        except InvalidValue as problem:
            reading.note(first[name], str(problem))
    return units


def _reference(paper: Paper, key: str, reading: Reading, terms: Terms, *, by_content: bool) -> str:
    """Return what a document is known by that has no id: the file's name.

    With `by_content`, another count under the same name is another one. A receipt under a name
    that is known is refused instead: who adds to yesterday's file has not received it all again.
    """
    if not terms.name:
        raise InvalidValue("the document", "has no id in its rows: give it one with --id")
    parts = [terms.name]
    if any(reading.cell(line, "warehouse").strip() for line in reading.lines):
        parts.append(paper.warehouse)
    part = int(key.partition(" ")[0])
    if part:
        parts.append(f"part {part + 1}")
    if by_content:
        content = repr((paper.warehouse, sorted(paper.lines.items())))
        parts.append(sha256(content.encode()).hexdigest()[:8])
    return " ".join(parts)


def _warehouse(cell: str) -> str:
    return values.warehouse(cells.name(cell))


def _reasons(reading: Reading, terms: Terms) -> str:
    """Return what the rows give as reasons, as far as there is room for them."""
    given = (cells.text(reading.cell(line, "reason")).strip() for line in reading.lines)
    said = "; ".join(dict.fromkeys(each for each in given if each)) or terms.reason
    longest = limits.REASON_LENGTH
    return said if len(said) <= longest else f"{said[: longest - 1]}…"


def _inbound(cell: str) -> str:
    return values.inbound_id(cells.name(cell), "inbound")
