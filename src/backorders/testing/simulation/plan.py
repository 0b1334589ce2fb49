"""What is going to happen: a case is a list of steps, made from a seed before anything runs."""

import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final

import attrs

from backorders.domain.notices import NotificationKind
from backorders.domain.order import ClaimPolicy
from backorders.testing.commands import Command, command
from backorders.testing.histories import SKUS, WAREHOUSES, Announcements, History
from backorders.testing.simulation.mail import BUSY, REFUSED
from backorders.testing.simulation.trouble import AT_COMMIT, Fault, Trouble

SELLERS: Final = ("acme", "bolt", "cord")
MOST_CLIENTS: Final = 4
LONGEST: Final = 70
"""Steps of a case: more, and the naive model gets slow; what is to be found is found in fewer."""
EVERYBODY: Final = "everybody"
"""In the place of a seller: the call is on the app, and goes through all of them."""

_LATEST_TROUBLE: Final = 22
"""Few calls on the face make more calls on ports than this."""


@attrs.frozen
class Step:
    """A call that a client makes, when, and what goes wrong in it."""

    number: int
    seller: str
    asked: Command
    minutes: int = 0
    """How much time passes before it."""
    seed: int | None = None
    """What decides where others go on in between; `None`: nobody does unless this has to wait."""
    haste: float = 0.0
    """How likely it is, at each call on a port, that somebody else goes on."""
    troubles: tuple[Trouble, ...] = ()
    repeats: int = 0
    """How often the client tries again after an error, or when the process is back."""

    def __str__(self) -> str:
        wrong = ", ".join(map(str, self.troubles))
        waits = f" after {timedelta(minutes=self.minutes)}" if self.minutes else ""
        overlaps = "" if self.seed is None else " ~"
        return (
            f"{self.number:>3} {self.seller}: {self.asked}{waits}{overlaps}"
            + (f"  [{wrong}]" if wrong else "")
            + (f"  [repeated up to {self.repeats} times]" if self.repeats and wrong else "")
        )


@attrs.frozen
class Case:
    """What is played from an empty store to the end."""

    name: str
    steps: tuple[Step, ...]
    clients: int
    """How many calls can be under way at once."""

    @property
    def is_calm(self) -> bool:
        """Whether nothing goes wrong in it, and nobody is in the way of anybody."""
        return self.clients == 1 and not any(step.troubles for step in self.steps)

    def with_steps(self, steps: Sequence[Step]) -> "Case":
        """Return the case with other steps."""
        return attrs.evolve(self, steps=tuple(steps))


def cases(seed: int, steps: int) -> Iterator[Case]:
    """Yield cases, always the same ones for a seed, that come to so many steps."""
    number = 0
    while steps > 0:
        case = case_of(seed, number)
        yield case.with_steps(case.steps[:steps])
        steps -= len(case.steps)
        number += 1


def case_of(seed: int, number: int) -> Case:
    """Return one case of a seed; they differ in what is likely in them."""
    chance = random.Random(f"{seed} {number}")
    sellers = SELLERS[: chance.randint(1, len(SELLERS))]
    haste = chance.choice((0.0, 0.1, 0.3, 0.7))
    trouble = chance.choice((0.0, 0.05, 0.2, 0.5))
    mail = chance.choice((0.0, 0.0, 0.1, 0.3))
    calls = {seller: _Calls(chance.randrange(2**32), mail=mail) for seller in sellers}
    clients = 1 if not haste else chance.randint(2, MOST_CLIENTS)
    steps = []
    for place in range(chance.randint(LONGEST // 3, LONGEST)):
        seller = chance.choice(sellers)
        asked = calls[seller].next()
        if asked.name in _OF_EVERYBODY and chance.random() < 0.5:  # noqa: PLR2004
            seller = EVERYBODY
        if mail and chance.random() < mail:
            seller, asked = EVERYBODY, command(chance.choice(_JOBS))
        wrong = chance.random() < trouble
        steps.append(
            Step(
                number=place + 1,
                seller=seller,
                asked=asked,
                minutes=chance.choice((0, 0, 1, 60, 60 * 24)),
                seed=chance.randrange(2**32) if haste else None,
                haste=haste,
                troubles=(_trouble(chance),) if wrong else (),
                repeats=chance.choice((0, 1, 2)),
            )
        )
    return Case(f"seed {seed}, case {number}", tuple(steps), clients)


_OF_EVERYBODY: Final = {"release_due_holds", "cancel_expired"}
_JOBS: Final = (
    *("compose_daily_digests", "compose_daily_digests"),
    *("deliver_notifications", "deliver_notifications", "deliver_notifications"),
    *("deliver_events", "deliver_events"),
)
"""What a host does for everybody now and then."""


def _trouble(chance: random.Random) -> Trouble:
    # The first calls on ports are the likeliest to be made at all.
    at = min(chance.randint(1, _LATEST_TROUBLE), chance.randint(1, _LATEST_TROUBLE))
    return Trouble(chance.choice(tuple(Fault)), chance.choice((at, AT_COMMIT)))


class _Calls:
    """What clients and the warehouse ask of one seller."""

    def __init__(self, seed: int, *, mail: float) -> None:
        self._mail = mail
        self._seed = seed
        self._random = random.Random(seed)
        self._history = iter(History(seed))
        self._deliveries = 0
        self._late = 0
        self._answers = 0
        self._announced = Announcements(self._random)
        self._soon: deque[Command] = deque()
        """What comes next of what has been begun."""
        if mail:
            # Somebody who wants to be told everything is there from the beginning.
            address = self._random.choice(("ann@a.example", BUSY))
            self._soon.append(command("add_user", "ann", email=address))
            self._soon += [command("opt_in", "ann", kind) for kind in NotificationKind]

    def next(self) -> Command:
        """Return the next call."""
        if self._soon:
            return self._soon.popleft()
        chance = self._random
        kinds: Sequence[tuple[int, Callable[[], Command]]] = (
            (78, lambda: next(self._history)),
            (7, self._deliver),
            (4, self._favour),
            (3, self._come_late),
            (5, self._answer_all),
            (9, self._announced.next),
            (12, self._read),
            (int(self._mail * 50), self._tell),
        )
        return chance.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])[0]()

    def _deliver(self) -> Command:
        """Let the warehouse book in what is short, or less, or more."""
        self._deliveries += 1
        return command(
            "deliver",
            f"D{self._deliveries}",
            percent=self._random.choice((30, 60, 100, 100, 130, 200)),
            warehouse=self._random.choice(WAREHOUSES),
        )

    def _favour(self) -> Command:
        """Favour somebody who waits: at the cost of those behind, or of the rest of the order."""
        place, more = self._random.randrange(12), self._random.choice((0, 0, 1))
        return command(self._random.choice(("push", "part")), place, more)

    def _come_late(self) -> Command:
        """Let two come who are ahead of most, and the second take from those who hold units."""
        sku = self._random.choice(SKUS)
        first, second = (self._latecomer(sku, priority) for priority in (3, 2))
        self._soon += [second, command("push", 1, 0)]
        return first

    def _answer_all(self) -> Command:
        """Give everybody who waits the same answer; now and then once more, or another."""
        chance = self._random
        self._answers += chance.random() < 0.8  # noqa: PLR2004 - else an answer comes in again
        key = f"K{max(1, self._answers)}"
        # What an answer is follows from its key, so that it can come again.
        is_other = chance.random() < 0.1  # noqa: PLR2004 - now and then it is another one
        content = chance if is_other else random.Random(f"{self._seed} {key}")
        sku, by = content.sample(SKUS, 2)
        allow = content.choice((True, False))
        age = content.choice((None, timedelta(days=1)))
        some = {"key": key, "older_than": age}
        answer = content.choice(
            (
                command("remove_from_all", sku, **some),
                command("replace_in_all", sku, by, allow_back_order=allow, **some),
                command("split_all", sku=content.choice((None, sku)), **some),
                command("cancel_all", sku=sku, key=key, older_than=age or timedelta(days=2)),
            )
        )
        dry_run = chance.random() < 0.2  # noqa: PLR2004 - mostly it is meant
        return command(answer.name, *answer.args, **answer.options, dry_run=dry_run)

    def _latecomer(self, sku: str, priority: int) -> Command:
        self._late += 1
        claim = self._random.choice((None, *ClaimPolicy))
        lines = {sku: self._random.randint(1, 3)}
        return command("place_order", f"L{self._late}", lines, priority=priority, claim=claim)

    def _tell(self) -> Command:
        """Let somebody come, go, or choose what to be told."""
        chance = self._random
        user_id, kind = chance.choice(("ann", "bob")), chance.choice(tuple(NotificationKind))
        return chance.choice(
            (
                command("add_user", user_id, email=self._address(user_id)),
                command("opt_in", user_id, kind),
                command("opt_in", user_id, kind),
                command("opt_out", user_id, kind),
                command("remove_user", user_id),
                command("configure", time_zone=chance.choice(("UTC", "Pacific/Kiritimati"))),
            )
        )

    def _address(self, user_id: str) -> str:
        return self._random.choice((f"{user_id}@a.example", BUSY, BUSY, REFUSED))

    def _read(self) -> Command:
        chance = self._random
        order_id = f"O{chance.randint(1, 12)}{chance.choice(('', '', '', '-2'))}"
        return chance.choice(
            (
                command("order", order_id),
                command("history", order_id),
                command("stock", chance.choice(SKUS)),
                command("back_orders", limit=chance.choice((1, 3, 50))),
                command("back_orders", sku=chance.choice(SKUS)),
                command("settings"),
                command("promise", order_id),
                command("promises"),
                command("verify"),
            )
        )
