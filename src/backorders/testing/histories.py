"""Histories from a seed: the same seed makes the same calls, on any store and on any day."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from backorders.domain.edits import Add, Edit, Remove, Replace, SetQuantity
from backorders.domain.order import ClaimPolicy, HoldReason, ShipPolicy
from backorders.domain.request import OrderRequest
from backorders.testing.commands import Command, command

START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday morning."""
SKUS: Final = ("TEA", "JAM", "OIL")
WAREHOUSES: Final = ("EAST", "MAIN", "WEST")
YES_OR_NO: Final = (True, False)
_ABOUT_DELIVERIES: Final = (
    *("announce_inbound", "announce_inbound", "inbound_arrived", "book_in", "book_in", "book_in"),
    *("close_inbound", "cancel_inbound"),
)


class History:
    """What happens to one seller: an endless stream of calls on its face, some of them refused."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._orders = 0
        self._papers = 0

    def __iter__(self) -> Iterator[Command]:
        """Yield one call after the other."""
        choose = self._random.choices
        calls: Sequence[tuple[int, Callable[[], Command]]] = (
            (20, self._place_order),
            (2, self._place_orders),
            (18, self._change_stock),
            (14, self._handle),
            (10, self._edit),
            (8, self._split),
            (10, self._prioritise),
            (6, self._hold),
            (2, self._keep_house),
            (2, self._configure),
        )
        weights = [weight for weight, _ in calls]
        while True:
            yield choose([call for _, call in calls], weights)[0]()

    def _one(self, *of: object) -> object:
        return self._random.choice(of)

    def _order(self) -> str:
        """Return the id of an order that may be there."""
        chance = self._random
        number = chance.randint(max(1, self._orders - 12), self._orders + 1)
        ending = chance.choice(("",) * 9 + ("-2", "-2", "-3", "-2-2"))
        return f"O{number}{ending}"

    def _lines(self, most: int = 3) -> dict[str, int]:
        skus = self._random.sample(SKUS, self._random.choice((1, 1, 2, 3)))
        return {sku: self._random.randint(1, most) for sku in skus}

    def _request(self) -> OrderRequest:
        chance = self._random
        # Else an order is placed again, mostly with other content.
        self._orders += chance.random() < 0.9  # noqa: PLR2004
        lines = [*self._lines().items()]
        if chance.random() < 0.3:  # noqa: PLR2004 - now and then a SKU stands on two lines
            lines.append((lines[0][0], chance.randint(1, 3)))
        days = chance.choice((None, 0, 1, 2))
        return OrderRequest(
            f"O{max(1, self._orders)}",
            lines,
            placed_at=None if days is None else START - timedelta(days=days),
            priority=chance.choice((0, 0, 0, 1, -1)),
            ship=chance.choice((None, *ShipPolicy)),
            claim=chance.choice((None, *ClaimPolicy)),
            warehouse=chance.choice((None, None, None, *WAREHOUSES)),
        )

    def _place_order(self) -> Command:
        wanted = self._request()
        return command(
            "place_order",
            wanted.order_id,
            wanted.lines,
            placed_at=wanted.placed_at,
            priority=wanted.priority,
            ship=wanted.ship,
            claim=wanted.claim,
            warehouse=wanted.warehouse,
        )

    def _place_orders(self) -> Command:
        return command("place_orders", [self._request() for _ in range(self._random.randint(0, 3))])

    def _change_stock(self) -> Command:
        chance = self._random
        self._papers += chance.random() < 0.95  # noqa: PLR2004 - else a paper comes in again
        name = chance.choice(("book_in", "book_in", "book_in", "count_stock", "adjust_stock"))
        lines = self._lines(4)
        if name == "count_stock":
            lines = {sku: chance.randint(0, 4) for sku in lines}
        elif name == "adjust_stock":
            lines = {sku: units * chance.choice((-1, -1, 1)) for sku, units in lines.items()}
        return command(name, f"P{self._papers}", lines, warehouse=chance.choice(WAREHOUSES))

    def _handle(self) -> Command:
        name = self._random.choice(
            ("process_order",) * 4
            + ("despatch_order", "despatch_order", "cancel_order", "request_cancellation")
            + ("resolve_cancellation",)
        )
        if name == "resolve_cancellation":
            return command(name, self._order(), accepted=self._one(*YES_OR_NO))
        return command(name, self._order())

    def _edit(self) -> Command:
        edits: list[Edit] = []
        for sku in self._random.sample(SKUS, self._random.choice((1, 1, 2))):
            units, by = self._random.randint(1, 5), self._random.choice(SKUS)
            edits.append(
                self._random.choice(
                    (
                        Remove(sku),
                        Add(sku, units),
                        SetQuantity(sku, units),
                        Replace(sku, by, self._random.choice((None, units))),
                    )
                )
            )
        allow = self._one(*YES_OR_NO)
        return Command("edit_order", (self._order(), *edits), {"allow_back_order": allow})

    def _split(self) -> Command:
        move = self._one(None, self._lines())
        return command(
            "split_order",
            self._order(),
            move=move,
            new_order_id=self._one(None, None, None, "N1", "A1", "O1-2", self._order()),
        )

    def _prioritise(self) -> Command:
        if self._random.random() < 0.2:  # noqa: PLR2004 - now and then it keeps its place
            policies = {"ship": self._one(None, *ShipPolicy), "claim": self._one(*ClaimPolicy)}
            return command("change_policies", self._order(), **policies)
        priority, taking = self._one(-1, 0, 0, 1, 2), self._one(*YES_OR_NO)
        return command("prioritise_order", self._order(), priority, reallocate=taking)

    def _hold(self) -> Command:
        reason = self._one(*tuple(HoldReason)[:2])
        if self._random.random() < 0.4:  # noqa: PLR2004 - holds stand for a while
            return command("release_hold", self._order(), reason)
        until = self._one(None, START, START + timedelta(days=3), START + timedelta(days=30))
        return command("hold_order", self._order(), reason, until=until)

    def _keep_house(self) -> Command:
        return self._random.choice(
            (
                command("release_due_holds"),
                command("cancel_expired", older_than=timedelta(days=self._random.randint(1, 60))),
                command("reprocess"),
                command("reprocess", self._random.sample(SKUS, 2)),
                command("reprocess_order", self._order()),
            )
        )

    def _configure(self) -> Command:
        return command(
            "configure",
            ship=self._one(None, *ShipPolicy),
            claim=self._one(None, *ClaimPolicy),
            warehouses=self._one(None, None, tuple(self._random.sample(WAREHOUSES, 2))),
            order_delay=self._one(None, timedelta(0), timedelta(0), timedelta(days=1)),
        )


class Announcements:
    """What happens to a seller's announced deliveries; it draws from a source of chance."""

    def __init__(self, chance: random.Random) -> None:
        self._random = chance
        self._announced = 0
        self._receipts = 0

    def next(self) -> Command:
        """Let one be announced, come, be booked in, more or less of it, or be called off."""
        chance = self._random
        self._announced += chance.random() < 0.3  # noqa: PLR2004 - else it is about an earlier one
        inbound_id = f"A{chance.randint(max(1, self._announced - 2), self._announced + 1)}"
        # What one is announced with follows from its id, so that it can be announced again.
        content = random.Random(inbound_id)
        skus = content.sample(SKUS, content.randint(1, 2))
        lines = {sku: content.randint(1, 4) for sku in skus}
        warehouse = content.choice(WAREHOUSES)
        match chance.choice(_ABOUT_DELIVERIES):
            case "announce_inbound":
                day = (START + timedelta(days=chance.randint(0, 9))).date()
                return command(
                    "announce_inbound", inbound_id, lines, expected_on=day, warehouse=warehouse
                )
            case "book_in":
                self._receipts += 1
                come = {sku: max(1, units + chance.randint(-2, 2)) for sku, units in lines.items()}
                return command(
                    "book_in",
                    f"R{self._receipts}",
                    come,
                    warehouse=chance.choice((warehouse, warehouse, warehouse, "MAIN")),
                    inbound=inbound_id,
                )
            case name:
                return command(name, inbound_id)
