"""Stores whose announced deliveries are broken on purpose, and the clauses that find it out."""

# What a method should do is the port's to say; what it does instead, the class's. Some of it is to
# pass over an argument.
# ruff: noqa: ARG002, D102

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

import attrs

from backorders.adapters import memory
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.inbound_events import InboundEvent
from backorders.domain.stock import StockDocument
from backorders.domain.values import InboundId, SellerId, Sku
from backorders.ports.inbounds import Coming, Place
from tests.contracts.broken_stores import caught_by


@caught_by("deliveries_come_back_as_stored", "saving_a_delivery_replaces_it")
class ForgetsBeingTold(memory.MemoryInbounds):
    """Whether it was told that a delivery is overdue is not kept."""

    def find(self, inbound_ids: Collection[InboundId]) -> Mapping[InboundId, Inbound]:
        found = super().find(inbound_ids)
        return {name: attrs.evolve(each, overdue_told=False) for name, each in found.items()}


@caught_by("deliveries_come_back_as_stored")
class RoundsArrivals(memory.MemoryInbounds):
    """The first and last instants are stored as no instant."""

    def add(self, inbound: Inbound) -> None:
        years = inbound.arrived_at and inbound.arrived_at.year
        super().add(attrs.evolve(inbound, arrived_at=None) if years in {1, 9999} else inbound)


@caught_by("delivery_ids_are_compared_exactly")
class IdsWithoutCase(memory.MemoryInbounds):
    """`find` does not tell upper case from lower."""

    def find(self, inbound_ids: Collection[InboundId]) -> Mapping[InboundId, Inbound]:
        folded = {name.casefold(): each for name, each in self._seller.inbounds.items()}
        return {name: folded[name.casefold()] for name in inbound_ids if name.casefold() in folded}


@caught_by("adding_a_known_delivery_loses_the_race")
class AnnouncesOverTheFirst(memory.MemoryInbounds):
    """The last announcement of an id stays."""

    def add(self, inbound: Inbound) -> None:
        self._seller.inbounds.pop(inbound.inbound_id, None)
        super().add(inbound)


@caught_by(
    "leaving_without_commit_undoes_everything",
    "an_exception_undoes_everything",
    "adding_a_known_delivery_loses_the_race",
)
class DeliveriesOutliveRollback(memory.MemoryInbounds):
    """Announcements are written at once, on a connection of their own."""

    def add(self, inbound: Inbound) -> None:
        super().add(inbound)
        self._undo.pop()


@caught_by("saving_a_delivery_replaces_it")
class KeepsAnnouncedSkusOnly(memory.MemoryInbounds):
    """Units of a SKU that was not announced are not kept."""

    def save(self, stored: Inbound, inbound: Inbound) -> None:
        booked = {sku: units for sku, units in inbound.booked_in.items() if sku in inbound.lines}
        super().save(stored, attrs.evolve(inbound, booked_in=booked))


@caught_by("a_stale_delivery_loses_the_race")
class LastSaverWins(memory.MemoryInbounds):
    """The version is not looked at."""

    def save(self, stored: Inbound, inbound: Inbound) -> None:
        current = self._seller.inbounds.get(stored.inbound_id, stored)
        super().save(attrs.evolve(stored, version=current.version), inbound)


@attrs.frozen
class _Lists(memory.MemoryInbounds):
    """To be broken in one of the conditions or in the order."""

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        return super().listed(status=status, overdue=overdue, today=today, after=after, limit=limit)


@caught_by("deliveries_are_listed_by_day", "deliveries_are_listed_by_how_far_they_came")
class ListsById(_Lists):
    """Deliveries come by their ids alone."""

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        found = super().listed(
            status=status, overdue=overdue, today=today, after=after, limit=limit
        )
        return sorted(found, key=lambda each: each.inbound_id)


@caught_by("deliveries_are_listed_by_day", "deliveries_are_listed_by_how_far_they_came")
class ListsFromThePlace(_Lists):
    """What stands at the place is listed again."""

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        found = super().listed(status=status, overdue=overdue, today=today, after=None, limit=10**6)
        places = [(each.expected_on, each.inbound_id) for each in found]
        from_there = sum(after is not None and place < after for place in places)
        return found[from_there : from_there + limit]


@caught_by("deliveries_are_listed_by_how_far_they_came")
class OverdueOnTheDay(_Lists):
    """A delivery is overdue on its due date already."""

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        found = super().listed(status=status, overdue=None, today=today, after=after, limit=limit)
        return found if overdue is None else [e for e in found if _due_by(e, today) == overdue]


def _due_by(inbound: Inbound, today: date) -> bool:
    arrived = inbound.status is InboundStatus.ARRIVED
    return arrived and inbound.due_on is not None and inbound.due_on <= today


@caught_by("deliveries_are_listed_by_how_far_they_came")
class ListsWhateverStatus(_Lists):
    """The status asked for is passed over."""

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        return super().listed(status=None, overdue=overdue, today=today, after=after, limit=limit)


@caught_by("what_is_overdue_is_told_once")
class TellsOfWhatIsDue(memory.MemoryInbounds):
    """On its due date, a delivery is overdue."""

    def untold(self, today: date, limit: int) -> Sequence[Inbound]:
        return super().untold(today + timedelta(days=1) if today < date.max else today, limit)


@caught_by("what_is_overdue_is_told_once")
class TellsAgain(memory.MemoryInbounds):
    """What was told once is told again."""

    def untold(self, today: date, limit: int) -> Sequence[Inbound]:
        found = [each for each in self._seller.inbounds.values() if each.is_overdue(today)]
        return sorted(found, key=lambda each: each.inbound_id)[:limit]


@caught_by("what_is_overdue_is_told_once")
class OverlooksDeliveries(memory.MemoryOutboxes):
    """Who has deliveries alone has no news."""

    def sellers_with_news(self) -> tuple[SellerId, ...]:
        return tuple(seller_id for seller_id, seller in self._each_seller() if seller.notes)


@caught_by("what_is_coming_is_what_is_outstanding")
class ComingWhileOpen(memory.MemoryInbounds):
    """A delivery is coming until it is closed, whatever was booked in."""

    def coming(self, skus: Collection[Sku] | None) -> Sequence[Coming]:
        return [
            Coming(name, each.expected_on, each.due_on)
            for name, each in sorted(self._seller.inbounds.items())
            if each.status is not InboundStatus.CLOSED
            and (skus is None or not each.lines.keys().isdisjoint(skus))
        ]


@caught_by("what_is_coming_is_what_is_outstanding", "delivery_ids_are_compared_exactly")
class ComingOfAnySku(memory.MemoryInbounds):
    """The SKUs asked for are passed over."""

    def coming(self, skus: Collection[Sku] | None) -> Sequence[Coming]:
        return super().coming(None)


@caught_by("what_is_coming_is_what_is_outstanding")
class SurplusMakesUp(memory.MemoryInbounds):
    """What came too much of one delivery is taken off what is outstanding of another."""

    def outstanding(self) -> Mapping[Sku, int]:
        units: dict[Sku, int] = {}
        for each in self._seller.inbounds.values():
            if each.status is not InboundStatus.CLOSED:
                for sku, announced in each.lines.items():
                    more = announced - each.booked_in.get(sku, 0)
                    units[sku] = units.get(sku, 0) + more
        return units


@caught_by("events_of_deliveries_come_back_as_told")
class InboundHistoryAsAppended(memory.MemoryJournal):
    """Events of a delivery are in the order in which they were appended."""

    def inbound_history(self, inbound_id: InboundId) -> Sequence[InboundEvent]:
        entries = self._seller.journal.get(inbound_id, ())
        return [each.event for each in entries if isinstance(each.event, InboundEvent)]


@caught_by("papers_come_back_as_handed_in")
class ForgetsTheDelivery(memory.MemoryStock):
    """The delivery that a receipt is of is not kept."""

    def add_document(self, document: StockDocument) -> None:
        super().add_document(attrs.evolve(document, inbound=None))
