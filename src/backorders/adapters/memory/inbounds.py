"""The announced deliveries of one seller."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial

import attrs

from backorders.adapters.memory.data import SellerData
from backorders.adapters.memory.undoing import Undo, put_back
from backorders.domain.errors import LostRace
from backorders.domain.inbound import Inbound, InboundStatus
from backorders.domain.values import InboundId, Sku
from backorders.ports.inbounds import Coming, Place


@attrs.frozen
class MemoryInbounds:
    """Announced deliveries of one seller; see the port for what each method promises."""

    _seller: SellerData
    _undo: Undo

    def find(self, inbound_ids: Collection[InboundId]) -> Mapping[InboundId, Inbound]:
        inbounds = self._seller.inbounds
        return {name: inbounds[name] for name in inbound_ids if name in inbounds}

    def add(self, inbound: Inbound) -> None:
        if inbound.inbound_id in self._seller.inbounds:
            raise LostRace(f"delivery {inbound.inbound_id!r} has been announced meanwhile")
        self._put(inbound, None)

    def save(self, stored: Inbound, inbound: Inbound) -> None:
        current = self._seller.inbounds.get(stored.inbound_id)
        if current is None or current.version != stored.version:
            raise LostRace(f"delivery {stored.inbound_id!r} has been changed meanwhile")
        self._put(inbound, current)

    def listed(
        self,
        *,
        status: InboundStatus | None,
        overdue: bool | None,
        today: date,
        after: Place | None,
        limit: int,
    ) -> Sequence[Inbound]:
        found = [
            inbound
            for inbound in self._seller.inbounds.values()
            if status in {None, inbound.status}
            and overdue in {None, inbound.is_overdue(today)}
            and (after is None or _place(inbound) > after)
        ]
        return sorted(found, key=_place)[:limit]

    def untold(self, today: date, limit: int) -> Sequence[Inbound]:
        found = [
            inbound
            for _, inbound in sorted(self._seller.inbounds.items())
            if inbound.is_overdue(today) and not inbound.overdue_told
        ]
        return found[:limit]

    def coming(self, skus: Collection[Sku] | None) -> Sequence[Coming]:
        wanted = None if skus is None else set(skus)
        return [
            Coming(name, inbound.expected_on, inbound.due_on)
            for name, inbound in sorted(self._seller.inbounds.items())
            if (outstanding := inbound.outstanding)
            and (wanted is None or not wanted.isdisjoint(outstanding))
        ]

    def outstanding(self) -> Mapping[Sku, int]:
        units: Counter[Sku] = Counter()
        for inbound in self._seller.inbounds.values():
            units.update(inbound.outstanding)
        return units

    def _put(self, inbound: Inbound, old: Inbound | None) -> None:
        inbounds = self._seller.inbounds
        inbounds[inbound.inbound_id] = inbound
        self._undo.append(partial(put_back, inbounds, inbound.inbound_id, old))


def _place(inbound: Inbound) -> Place:
    return Place(inbound.expected_on, inbound.inbound_id)
