"""Files of receipts, counts, adjustments and announced deliveries: a row for each SKU."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Final, TypeAlias, cast

from backorders import usecases
from backorders.adapters.files.columns import SKU, WAREHOUSE, Field
from backorders.adapters.files.kinds import Document, Kind, Refusal, Taken
from backorders.adapters.files.papers import Check, Paper, paper_key, paper_of
from backorders.domain import values
from backorders.domain.errors import Refused, UnknownInbound
from backorders.domain.results import Reprocessed
from backorders.ports.storage import UnitOfWork

_QUANTITY: Final = ("qty", "units", "pieces")

_Act: TypeAlias = Callable[[Paper, UnitOfWork, datetime], Reprocessed]


def _quantity(*aliases: str) -> Field:
    return Field("quantity", (*_QUANTITY, *aliases), is_needed=True)


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
    check: Check,
    act: _Act,
    by_content: bool = False,
    adds_up: bool = True,
) -> Kind[Paper]:
    named = fields[0].name
    made = partial(paper_of, fields=fields, named=named, check=check, by_content=by_content)
    return Kind(
        name=name,
        one=one,
        many=name,
        fields=fields,
        key=partial(paper_key, named=named),
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
