"""Playing a case to its end: calls and faults first, then peace, in which nothing may be left."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, TypeAlias

import attrs

from backorders.domain.order import Order, OrderStatus, Stage
from backorders.testing.commands import Command, command
from backorders.testing.laws import assert_told_in_turn
from backorders.testing.simulation.client import Client
from backorders.testing.simulation.plan import EVERYBODY, Case, Step
from backorders.testing.simulation.tally import Tally
from backorders.testing.simulation.trouble import Stopped
from backorders.testing.simulation.world import Open, World

Place: TypeAlias = Callable[[], Open]
"""Makes the way to a store for each case: an empty one, or one where other sellers were before."""

_DAYS: Final = 3
"""Long enough for every time zone's day to end, and for every pause after a failure."""
_MANY: Final = 1000
_ROUNDS: Final = 3
"""Deliveries of what is short until nobody waits: the first does it, unless a law is broken."""


@attrs.frozen
class Played:
    """What a case came to."""

    case: Case
    tally: Tally
    trace: Sequence[tuple[int, str]]
    step: Step | None = None
    """The step in which something was found, if it was in one."""
    error: BaseException | None = None
    """What was found."""


def play(case: Case, place: Place, *, prefix: str = "", is_modelled: bool = True) -> Played:
    """Play a case, and return what was covered and found."""
    world = World(case, place(), prefix=prefix, is_modelled=is_modelled)
    chance = random.getstate()
    # The library draws the lengths of pauses; only one thread moves, so they come as the seed says.
    random.seed(case.name)
    try:
        world.play()
        if world.failure is None:
            _Peace(world).come()
    except Stopped:
        # Found while peace came.
        pass
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
        return Played(case, world.tally, world.trace, None, error)
    finally:
        random.setstate(chance)
        world.store.close()
    step, found = world.failure or (None, None)
    is_peace = step is not None and step.number < 0
    return Played(case, world.tally, world.trace, None if is_peace else step, found)


class _Peace:
    """The end of a case, in which nothing goes wrong any more (laws 9, 11 and 19)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._client = Client(world)
        self._steps = 0

    def come(self) -> None:
        """See that nothing idles, that what is short releases everybody, and that all can leave."""
        world = self._world
        world.compare_all()
        names = sorted({step.seller for step in world.case.steps} - {EVERYBODY})
        for name in names:
            self._do(name, command("reprocess"))
            self._do(name, command("reprocess"))
            self._deliver_what_is_short(name)
            if len(world.case.steps) % 4 == 0:
                self._let_all_leave(name)
        self._tell_everybody(names)
        world.compare_all(histories=True)
        for name in names:
            books = world.judged(name).books
            for order in books.orders.values():
                assert_told_in_turn(order, books.history(order.order_id))

    def _tell_everybody(self, names: Sequence[str]) -> None:
        """Let days pass in which mail works: every digest is composed, and the outbox is empty."""
        world = self._world
        world.mail.is_calm = world.listener.is_calm = True
        is_heard = any(step.asked.name == "deliver_events" for step in world.case.steps)
        posts = [world.judged(name).post for name in names]
        for _ in range(_DAYS):
            world.now += timedelta(days=1)
            self._do(EVERYBODY, command("compose_daily_digests"))
            self._do(EVERYBODY, command("deliver_notifications"))
            if is_heard:
                self._do(EVERYBODY, command("deliver_events"))
        if is_heard:
            world.listener.assert_all_is_heard()
        left = {entry for post in posts for entry in post.entries}
        assert not left, f"law 21: no digest lists {left}"
        waiting = world.store.outboxes.due(world.now, world.now + timedelta(days=1), _MANY)
        of_case = [each for each in waiting if world.is_of_case(each[0])]
        assert not of_case, f"law 22: mail works, and these are not sent: {of_case}"
        if world.case.is_calm:
            twice = [each for each in world.mail.taken.values() if len(each) > 1]
            assert not twice, f"nothing went wrong, and these were sent twice: {twice}"

    def _do(self, name: str, asked: Command) -> object:
        self._steps += 1
        self._client.step = Step(-self._steps, name, asked)
        return self._client.take(self._client.step)

    def _deliver_what_is_short(self, name: str) -> None:
        books = self._world.judged(name).books
        self._world.tally.released += len(books.on_back_order())
        for _ in range(_ROUNDS):
            for (sku, only), units in sorted(_short(books.on_back_order()).items()):
                receipt_id = f"END-{self._steps}"
                self._do(name, command("book_in", receipt_id, {sku: units}, warehouse=only))
        left = books.on_back_order()
        assert not left, f"all that was short was delivered, and these wait: {left}"

    def _let_all_leave(self, name: str) -> None:
        books = self._world.judged(name).books
        for order_id in sorted(books.orders):
            order = books.orders[order_id]
            for hold in order.holds:
                self._do(name, command("release_hold", order_id, hold.reason))
            if order.cancellation_requested:
                self._do(name, command("resolve_cancellation", order_id, accepted=False))
            if order.stage is Stage.OPEN:
                self._do(name, command("process_order", order_id))
            if order.stage in {Stage.OPEN, Stage.PROCESSED}:
                left = self._do(name, command("despatch_order", order_id))
                assert isinstance(left, Order), left
                assert left.status is OrderStatus.DESPATCHED
        stays = [level for level in books.levels.values() if level.allocated]
        assert not stays, f"everybody has left, and these are held for nobody: {stays}"


def _short(orders: Sequence[Order]) -> dict[tuple[str, str], int]:
    """Return (SKU, warehouse) → units short, of which those that may come anywhere go to MAIN."""
    short: dict[tuple[str, str], int] = {}
    for order in orders:
        for sku, units in order.shortages.items():
            key = (sku, order.warehouse or "MAIN")
            short[key] = short.get(key, 0) + units
    return short
