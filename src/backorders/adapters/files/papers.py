"""Files of receipts, counts, adjustments and announced deliveries: a row for each SKU."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Final, TypeAlias, cast

import attrs

from backorders import usecases
from backorders.adapters.files import cells
from backorders.adapters.files.columns import SKU, WAREHOUSE, Field
from backorders.adapters.files.kinds import Document, Kind, Reading, Refusal, Taken, Terms
from backorders.adapters.files.spool import Line
from backorders.domain import limits, values
from backorders.domain.errors import InvalidValue, Refused, UnknownInbound
from backorders.domain.results import Reprocessed
from backorders.domain.values import MAIN
from backorders.ports.storage import UnitOfWork

_QUANTITY: Final = ("qty", "units", "pieces")


@attrs.frozen
class Paper:
    """What a document about stock says."""

    reference: str
    warehouse: str
    lines: Mapping[str, int]
    reason: str = ""
    inbound: str | None = None
    expected_on: date | None = None


_Check: TypeAlias = Callable[[object, str], int]
_Act: TypeAlias = Callable[[Paper, UnitOfWork, datetime], Reprocessed]


def _quantity(*aliases: str) -> Field:
    return Field("quantity", (*_QUANTITY, *aliases), is_needed=True)


def _key(row: Mapping[str, str], terms: Terms, place: int, *, named: str) -> str:
    """Return what is the same of a document's rows.

    Rows without an id are of documents that the file names: one for each warehouse, and for as
    many rows as one document can have.
    """
    given = cells.name(row[named])
    if given:
        return "named " + values.reference(named, given)
    where = cells.name(row["warehouse"]) or terms.warehouse or MAIN
    return f"{place // limits.CALL_SKUS} {where}"


def _made(
    key: str,
    lines: Sequence[Line],
    terms: Terms,
    *,
    fields: Sequence[Field],
    named: str,
    check: _Check,
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


def _added_up(reading: Reading, check: _Check) -> Mapping[str, int]:
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


def _take(
    documents: Sequence[Document[Paper]], uow: UnitOfWork, now: datetime, *, act: _Act
) -> tuple[Taken, list[Refusal]]:
    """Do what the documents are for, one after the other; what the rules refuse is told."""
    taken, refusals = Taken(), []
    for each in documents:
        try:
            done = act(each.content, uow, now)
        except (Refused, UnknownInbound) as refused:
            refusals.append(Refusal(each.number, each.line, str(refused)))
            continue
        if done.repeated:
            taken.repeated += 1
        else:
            taken.add(Taken(1, each.rows, released=len(done.released), lost=len(done.lost)))
    return taken, refusals


def _book_in(paper: Paper, uow: UnitOfWork, now: datetime) -> Reprocessed:
    done = usecases.book_in(
        paper.reference,
        paper.lines,
        warehouse=paper.warehouse,
        inbound=paper.inbound,
        uow=uow,
        now=now,
    )
    return Reprocessed(done.released, done.gained, repeated=done.repeated)


def _count(paper: Paper, uow: UnitOfWork, now: datetime) -> Reprocessed:
    return usecases.count_stock(
        paper.reference,
        paper.lines,
        warehouse=paper.warehouse,
        reason=paper.reason,
        uow=uow,
        now=now,
    )


def _adjust(paper: Paper, uow: UnitOfWork, now: datetime) -> Reprocessed:
    return usecases.adjust_stock(
        paper.reference,
        paper.lines,
        warehouse=paper.warehouse,
        reason=paper.reason,
        uow=uow,
        now=now,
    )


def _announce(paper: Paper, uow: UnitOfWork, now: datetime) -> Reprocessed:
    this = values.inbound_id(paper.reference)
    before = uow.inbounds.find([this]).get(this)
    # cast: a paper of this kind has a day, or it would not have been made.
    after = usecases.announce_inbound(
        this,
        paper.lines,
        expected_on=cast("date", paper.expected_on),
        warehouse=paper.warehouse,
        uow=uow,
        now=now,
    )
    return Reprocessed(repeated=before == after)


_REASON: Final = Field("reason", ("note", "notes", "comment", "remark"))


def _kind(
    name: str,
    one: str,
    *fields: Field,
    check: _Check,
    act: _Act,
    by_content: bool = False,
    adds_up: bool = True,
) -> Kind[Paper]:
    named = fields[0].name
    made = partial(_made, fields=fields, named=named, check=check, by_content=by_content)
    return Kind(
        name=name,
        one=one,
        many=name,
        fields=fields,
        key=partial(_key, named=named),
        made=made,
        take=partial(_take, act=act),
        adds_up=adds_up,
    )


RECEIPTS: Final = _kind(
    "receipts",
    "receipt",
    Field(
        "receipt_id",
        ("receipt", "receipt number", "receipt no", "grn", "grn number", "goods received note"),
    ),
    SKU,
    _quantity("quantity received", "qty received", "received", "received quantity", "booked in"),
    WAREHOUSE,
    Field(
        "inbound",
        ("inbound id", "asn", "asn id", "asn number", "delivery", "delivery id"),
    ),
    check=values.quantity,
    act=_book_in,
)
COUNTS: Final = _kind(
    "counts",
    "count",
    Field("count_id", ("count number", "stocktake", "stocktake id")),
    SKU,
    _quantity(
        "counted",
        "counted quantity",
        "count",
        "on hand",
        "quantity on hand",
        "qty on hand",
        "stock on hand",
        "in stock",
        "stock",
    ),
    WAREHOUSE,
    _REASON,
    check=values.counted,
    act=_count,
    by_content=True,
    adds_up=False,
)
ADJUSTMENTS: Final = _kind(
    "adjustments",
    "adjustment",
    Field("adjustment_id", ("adjustment number", "adjustment reference", "reference")),
    SKU,
    _quantity("change", "adjustment", "adjusted by", "difference", "delta"),
    WAREHOUSE,
    _REASON,
    check=values.adjustment,
    act=_adjust,
)
INBOUND: Final = _kind(
    "deliveries",
    "delivery",
    Field(
        "inbound_id",
        (
            "inbound",
            "asn",
            "asn id",
            "asn number",
            "delivery",
            "delivery id",
            "shipment",
            "shipment id",
            "po number",
            "purchase order",
        ),
    ),
    SKU,
    _quantity("announced", "quantity announced", "quantity expected", "qty expected"),
    Field(
        "expected_on",
        (
            "expected",
            "expected date",
            "expected at",
            "expected arrival",
            "expected delivery date",
            "eta",
            "arrival date",
            "delivery date",
        ),
        is_needed=True,
    ),
    WAREHOUSE,
    check=values.quantity,
    act=_announce,
)
