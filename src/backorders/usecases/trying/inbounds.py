"""Announced deliveries as they are tried, over those that are stored."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from backorders.domain.errors import LostRace
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import InboundId, Sku
from backorders.ports.inbounds import Coming, Inbounds, Place
from backorders.usecases.trying.merging import uncovered


class TriedInbounds:
    """New and changed deliveries in memory, in the place of what is below; see the port."""

    def __init__(self, base: Inbounds) -> None:
        self._base = base
        self._own: dict[InboundId, Inbound] = {}
        self._stored: dict[InboundId, Inbound] = {}
        self._added: dict[InboundId, Inbound] = {}

    def find(self, inbound_ids: Collection[InboundId]) -> Mapping[InboundId, Inbound]:
        """Return those of the deliveries that exist."""
        own = self._own
        found = dict(self._base.find(inbound_ids))
        found.update((each, own[each]) for each in inbound_ids if each in own)
        return found

    def add(self, inbound: Inbound) -> None:
        """Take in a new delivery."""
        inbound_id = inbound.inbound_id
        if self.find([inbound_id]):
            raise LostRace(f"delivery {inbound_id!r} is there already")
        self._added[inbound_id] = self._own[inbound_id] = inbound

    def save(self, stored: Inbound, inbound: Inbound) -> None:
        """Put a delivery in the place of one that was there."""
        inbound_id = inbound.inbound_id
        current = self.find([inbound_id]).get(inbound_id)
        if current is None or current.version != stored.version:
            raise LostRace(f"delivery {inbound_id!r} has another version")
        if inbound_id not in self._own:
            self._stored[inbound_id] = current
        self._own[inbound_id] = inbound

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        """Return the next deliveries, at most `limit`, by day expected and id, after a place."""

        def read(start: Place | None, page: int) -> Sequence[Inbound]:
            return self._base.listed(
                status=status, overdue=overdue, today=today, after=start, limit=page
            )

        below = uncovered(
            read, after, limit, is_covered=lambda each: each.inbound_id in self._own, place=_place
        )
        own = [
            inbound
            for inbound in self._own.values()
            if status in {None, inbound.status}
            and overdue in {None, inbound.is_overdue(today)}
            and (after is None or _place(inbound) > after)
        ]
        return sorted([*below, *own], key=_place)[:limit]

    def coming(self, skus: Collection[Sku] | None) -> Sequence[Coming]:
        """Return the deliveries of which something is outstanding, by id."""
        wanted = None if skus is None else set(skus)
        below = [each for each in self._base.coming(skus) if each.inbound_id not in self._own]
        own = [
            Coming(name, inbound.expected_on, inbound.due_on)
            for name, inbound in self._own.items()
            if (outstanding := inbound.outstanding)
            and (wanted is None or not wanted.isdisjoint(outstanding))
        ]
        return sorted([*below, *own], key=lambda each: each.inbound_id)

    def outstanding(self) -> Mapping[Sku, int]:
        """Return SKU → units outstanding, over all deliveries, without zeros."""
        units = Counter(self._base.outstanding())
        for inbound in self._stored.values():
            units.subtract(inbound.outstanding)
        for inbound in self._own.values():
            units.update(inbound.outstanding)
        return +units

    def untold(self, today: date, limit: int) -> Sequence[Inbound]:
        """Return the first deliveries, by id, that are overdue on a day and not told to be."""
        below = self._base.untold(today, limit + len(self._stored))
        found = [each for each in below if each.inbound_id not in self._own]
        found += [
            inbound
            for inbound in self._own.values()
            if inbound.is_overdue(today) and not inbound.overdue_told
        ]
        return sorted(found, key=lambda each: each.inbound_id)[:limit]

    def write(self, base: Inbounds) -> None:
        """Write what is new and what has changed into other deliveries."""
        for inbound in self._added.values():
            base.add(inbound)
        for inbound_id, stored in (self._added | self._stored).items():
            if self._own[inbound_id] is not stored:
                base.save(stored, self._own[inbound_id])


def _place(inbound: Inbound) -> Place:
    return Place(inbound.expected_on, inbound.inbound_id)
