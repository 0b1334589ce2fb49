"""What each of the five answers to a back order would do: the real use cases, tried."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from backorders.domain import limits, values
from backorders.domain.booking_in import AS_PUBLISHED, BookingIn
from backorders.domain.edits import Remove, Replace
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.listing_words import listed, units_of
from backorders.domain.order import Order, Stage
from backorders.domain.promises import Promise
from backorders.domain.remedies import (
    Cancel,
    Remedies,
    RemoveProducts,
    ReplaceProducts,
    SendStock,
    SplitOrder,
    Substitution,
)
from backorders.domain.shelf import Shelf
from backorders.domain.splitting import Split, what_cannot_ship
from backorders.domain.stock import StockChange
from backorders.domain.values import MAIN, ReferenceId, Sku
from backorders.ports.calendar import WEEKDAYS, Calendar
from backorders.ports.storage import UnitOfWork
from backorders.usecases.cancelling import cancel_order
from backorders.usecases.editing import edit_order
from backorders.usecases.looking_up import order_of, settings_of
from backorders.usecases.promising import promise, units_to_release
from backorders.usecases.splitting import split_order
from backorders.usecases.stock import book_in
from backorders.usecases.trying import Overlay
from backorders.usecases.trying.attempts import Tried, tried


def remedies(
    order_id: str,
    *,
    ask: Iterable[str] = (),
    substitutes: Mapping[str, Iterable[str]] | None = None,
    booking_in: BookingIn = AS_PUBLISHED,
    calendar: Calendar = WEEKDAYS,
    uow: UnitOfWork,
    now: datetime,
) -> Remedies:
    """Return what each of the five answers to the order would do now; nothing is written.

    As replacements are tried, for each product that cannot ship: its `substitutes`, SKU → SKUs,
    then those of `ask`. Raises `UnknownOrder`.
    """
    checked_id = values.order_id(order_id)
    asked = checked_candidates("ask", ask)
    offered = {
        values.sku(sku, "substitutes"): checked_candidates("substitutes", candidates)
        for sku, candidates in (substitutes or {}).items()
    }
    # Whatever one answer has read, the others need not read again.
    base = Overlay(uow)
    order = order_of(base, checked_id)
    answers = _Answers(base, order, now)
    promised = promise(checked_id, booking_in=booking_in, calendar=calendar, uow=base, now=now)
    return Remedies(
        order_id=checked_id,
        status=order.status,
        cancel=answers.cancel(),
        remove=answers.remove(),
        replace=answers.replace(
            {sku: (*offered.get(sku, ()), *asked) for sku in answers.cannot_ship}
        ),
        restock=answers.restock(promised),
        split=answers.split(),
    )


def checked_candidates(field: str, skus: Iterable[str]) -> tuple[Sku, ...]:
    """Return the SKUs, checked, each once, in their order."""
    if isinstance(skus, str | bytes) or not isinstance(skus, Iterable):
        raise InvalidType(field, "an iterable of SKUs", type(skus).__name__)
    checked: dict[Sku, None] = {}
    for place, sku in enumerate(skus):
        checked[values.sku(sku, f"{field}[{place}]")] = None
        if len(checked) > limits.SUBSTITUTES:
            raise InvalidValue(field, f"must name at most {limits.SUBSTITUTES}")
    return tuple(checked)


class _Answers:
    """The answers to one order, each tried on its own over what is there."""

    def __init__(self, base: Overlay, order: Order, now: datetime) -> None:
        self._base = base
        self._order = order
        self._id = order.order_id
        self._now = now
        self._warehouses = settings_of(base).warehouses
        shelf = self._shelf(order.skus)
        self.cannot_ship: Mapping[Sku, int] = (
            dict(sorted(what_cannot_ship(order, shelf).items())) if order.is_on_back_order else {}
        )
        """SKU → units that could not ship now."""

    def cancel(self) -> Cancel:
        """Return what cancelling would do."""
        if self._order.stage is Stage.CANCELLED:
            return Cancel(possible=False, reason="It is cancelled already.")
        found = self._try(lambda uow: cancel_order(self._id, uow=uow, now=self._now))
        if found.refused is not None:
            return Cancel(possible=False, reason=_why(found))
        difference = found.difference()
        moved = [
            *_told("releases", difference.released),
            *_told("gives units to", difference.gained),
        ]
        held = self._order.units_held
        instead = (
            f"What it holds goes back on the shelf: {units_of(dict(sorted(held.items())))}."
            if held
            else "It holds nothing, so nobody gains by it."
        )
        return Cancel(
            possible=True,
            reason=f"It {' and '.join(moved)}." if moved else instead,
            preview=found.order(self._id),
            released=difference.released,
            gained=difference.gained,
        )

    def remove(self) -> RemoveProducts:
        """Return what taking off the products that cannot ship would do."""
        products = tuple(self.cannot_ship)
        if not products:
            return RemoveProducts(possible=False, reason=self._nothing_short())
        edits = [Remove(sku) for sku in products]
        found = self._try(lambda uow: edit_order(self._id, *edits, uow=uow, now=self._now))
        if found.refused is not None:
            return RemoveProducts(possible=False, reason=_why(found), products=products)
        preview = found.order(self._id)
        # What is left can ship: the planner was asked what cannot.
        ships = dict(sorted(preview.units_held.items()))
        return RemoveProducts(
            possible=True,
            reason=f"Without {listed(map(repr, products))}, {units_of(ships)} could ship.",
            preview=preview,
            products=products,
            ships=ships,
        )

    def replace(self, candidates: Mapping[Sku, Sequence[Sku]]) -> ReplaceProducts:
        """Return what replacing the products that cannot ship would do."""
        if not self.cannot_ship:
            return ReplaceProducts(possible=False, reason=self._nothing_short())
        options = tuple(self._options(candidates))
        edits: list[Replace] = []
        best: Tried | None = None
        for option in options:
            named = {sku for edit in edits for sku in (edit.sku, edit.by)}
            if option.possible and named.isdisjoint((option.sku, option.by)):
                found = self._try_replacing(*edits, Replace(option.sku, option.by))
                if found.refused is None:
                    edits.append(Replace(option.sku, option.by))
                    best = found
        if best is None:
            reason = (
                "No substitute is in stock for all that it would replace."
                if options
                else "No substitute is known: offer some, or ask about one."
            )
            return ReplaceProducts(possible=False, reason=reason, options=options)
        done = listed(f"{edit.by!r} instead of {edit.sku!r}" for edit in edits)
        return ReplaceProducts(
            possible=True,
            reason=f"In stock: {done}.",
            preview=best.order(self._id),
            options=options,
            edits=tuple(edits),
        )

    def restock(self, promised: Promise) -> SendStock:
        """Return what sending stock would do."""
        if not self._order.is_on_back_order:
            return SendStock(possible=False, reason=promised.reason, promise=promised)
        first = self._warehouses[0] if self._warehouses else MAIN
        here = self._order.warehouse or first
        units = units_to_release(self._order, here, uow=self._base, now=self._now)
        if not units:
            return SendStock(possible=False, reason=promised.reason, promise=promised)
        reason = (
            f"{units_of(units)} at {here!r} would release it now, with those ahead served first. "
            f"As announced: {promised.reason}"
        )
        receipt = self._free_receipt()
        found = self._try(
            lambda uow: book_in(
                receipt,
                {str(sku): number for sku, number in units.items()},
                warehouse=here,
                uow=uow,
                now=self._now,
            )
        )
        return SendStock(
            possible=found.refused is None,
            reason=reason if found.refused is None else _why(found),
            preview=None if found.refused is not None else found.order(self._id),
            units=units,
            warehouse=here,
            promise=promised,
        )

    def split(self) -> SplitOrder:
        """Return what splitting would do."""
        made: list[Split] = []
        found = self._try(lambda uow: made.append(split_order(self._id, uow=uow, now=self._now)))
        if found.refused is not None:
            return SplitOrder(possible=False, reason=_why(found))
        original = found.order(self._id)
        created = found.order(made[0].created.order_id)
        ships, waits = dict(original.units), dict(created.units)
        return SplitOrder(
            possible=True,
            reason=f"{units_of(ships)} could ship now, and {units_of(waits)} would wait.",
            preview=original,
            created=created,
            ships=ships,
            waits=waits,
        )

    def _options(self, candidates: Mapping[Sku, Sequence[Sku]]) -> Iterator[Substitution]:
        """Yield what each substitute alone would do."""
        pairs = [
            (sku, by)
            for sku, others in candidates.items()
            for by in dict.fromkeys(others)
            if by != sku
        ][: limits.SUBSTITUTES]
        shelf = self._shelf({by for _, by in pairs})
        for sku, by in pairs:
            found = self._try_replacing(Replace(sku, by))
            wanted = self._order.units[sku]
            yield Substitution(
                possible=found.refused is None,
                reason=(f"{wanted} of {by!r} are there." if found.refused is None else _why(found)),
                preview=None if found.refused is not None else found.order(self._id),
                sku=sku,
                by=by,
                quantity=wanted,
                available=shelf.available(by, self._order.warehouse),
            )

    def _try(self, call: Callable[[UnitOfWork], object]) -> Tried:
        return tried(self._base, call, self._now)

    def _try_replacing(self, *edits: Replace) -> Tried:
        return self._try(lambda uow: edit_order(self._id, *edits, uow=uow, now=self._now))

    def _shelf(self, skus: Iterable[Sku]) -> Shelf:
        wanted = sorted(skus)
        shelf = Shelf(self._warehouses)
        shelf.put(wanted, self._base.stock.levels(wanted))
        return shelf

    def _nothing_short(self) -> str:
        return f"Nothing is short: the order is {self._order.status.name}."

    def _free_receipt(self) -> ReferenceId:
        """Return an id under which nothing has been booked in."""
        number = 1
        while self._base.stock.document(StockChange.RECEIPT, _receipt(number)) is not None:
            number += 1
        return _receipt(number)


def _receipt(number: int) -> ReferenceId:
    return ReferenceId(f"tried-{number}")


def _told(what: str, order_ids: Sequence[str]) -> Iterator[str]:
    if order_ids:
        yield f"{what} {listed(map(repr, order_ids))}"


def _why(found: Tried) -> str:
    """Return why a call was refused, as a sentence."""
    said = str(found.refused)
    return f"{said[0].upper()}{said[1:]}."
