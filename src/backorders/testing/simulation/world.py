"""The world of a case: its clock, its store, its clients, and who of them goes on next."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

from backorders.ports.storage import Store
from backorders.testing.commands import Command
from backorders.testing.histories import START
from backorders.testing.model import BULK
from backorders.testing.simulation.books import compare
from backorders.testing.simulation.client import Client
from backorders.testing.simulation.judging import Judged
from backorders.testing.simulation.listening import Listener
from backorders.testing.simulation.mail import MailServer
from backorders.testing.simulation.plan import EVERYBODY, Case, Step
from backorders.testing.simulation.relay import Baton
from backorders.testing.simulation.tally import Tally
from backorders.testing.simulation.trouble import Crashed, Stopped

Open: TypeAlias = Callable[[], Store]
"""Opens a store, and after a crash the same one again, with all that was committed."""

_COMPARED_EVERY: Final = 10
"""Steps after which what is stored is compared, if nothing has gone wrong before."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_MANY: Final = 1000
_DAWDLING: Final = timedelta(hours=5)


class World:
    """Everything that is there while a case is played."""

    def __init__(self, case: Case, open_store: Open, *, prefix: str, is_modelled: bool) -> None:
        self.case = case
        self.now = START
        self.mail = MailServer()
        self.listener = Listener()
        self.tally = Tally(cases=1)
        self.trace: list[tuple[int, str]] = []
        """What happened in which order: (step, call on a port)."""
        self.failure: tuple[Step, BaseException] | None = None
        self.is_modelled = is_modelled
        self.store = open_store()
        self._open = open_store
        self._prefix = prefix
        self._judged: dict[str, Judged] = {}
        self._keys: dict[str, set[str]] = defaultdict(set)
        """The keys of the answers to many orders, of each seller."""
        for step in case.steps:
            if step.asked.name in BULK:
                self._keys[self.seller_id(step.seller)].add(str(step.asked.options["key"]))
        self._steps = deque(case.steps)
        self._is_crashed = False
        self._clients = [Client(self) for _ in range(case.clients)]
        self._left: set[Client] = set()
        self._main = Baton()

    def play(self) -> None:
        """Let the clients make their calls, until all is done or one has found something."""
        for client in self._clients:
            client.runner.start()
        while len(self._left) < len(self._clients):
            # One goes through to the end with the others; then the rest only leave.
            staying = next(client for client in self._clients if client not in self._left)
            staying.runner.baton.give()
            self._main.wait()
        for client in self._clients:
            client.runner.join()
        self.tally.time = self.now - START

    # Whom it is about

    def seller_id(self, name: str) -> str:
        """Return the id by which the store knows a seller of the case."""
        return self._prefix + name

    def is_of_case(self, seller_id: str) -> bool:
        """Return whether a seller is one of this case's, and not of one played before."""
        return seller_id in self._judged

    def judged(self, name: str) -> Judged:
        """Return what is known of a seller, by the name in the case."""
        return self.judged_by_id(self.seller_id(name))

    def judged_by_id(self, seller_id: str) -> Judged:
        """Return what is known of a seller."""
        if seller_id not in self._judged:
            self.tally.sellers += 1
            self._judged[seller_id] = judged = Judged(seller_id)
            if not self.is_modelled:
                judged.model = None
        return self._judged[seller_id]

    def due_notices(self) -> dict[str, int]:
        """Return the notices that are to be tried by now, and how often each was written."""
        return {
            message_id: version
            for judged in self._judged.values()
            for message_id, version in judged.post.due(self.now).items()
        }

    def compare(self, seller_id: str, *, histories: bool = False) -> None:
        """Compare all that is stored of a seller with what was committed."""
        self.tally.compared += 1
        with self.store.begin(seller_id, read_only=True) as uow:
            judged = self.judged_by_id(seller_id)
            compare(uow, judged.books, self._keys[seller_id], histories=histories)
            sent = self.mail.taken_of(seller_id)
            judged.post.compare(uow.users, uow.notices, sent)

    def compare_all(self, *, histories: bool = False) -> None:
        """Compare all that is stored of every seller of the case."""
        for seller_id in sorted(self._judged):
            self.compare(seller_id, histories=histories)
        known = {(of, each) for of, it in self._judged.items() for each in it.post.outbox}
        due = self.store.outboxes.due(_NEVER, _NEVER, _MANY)
        undone = {each for each in due if self.is_of_case(each[0])} - known
        assert not undone, f"law 19: what was undone is to tell somebody: {undone}"

    # Steps

    def next_step(self) -> Step | None:
        """Return what is to be done next, or `None` at the end."""
        if self.failure is not None or not self._steps:
            return None
        self.tally.steps += 1
        return self._steps.popleft()

    def came_to(self, step: Step, asked: Command, result: object) -> None:
        """Note what a call came to, and look whether the store has it."""
        failed = isinstance(result, Exception)
        self.tally.answers[asked.name, type(result).__name__ if failed else "done"] += 1
        due = step.troubles or step.number % _COMPARED_EVERY == 0
        if due and step.seller != EVERYBODY and not self.is_anybody_inside():
            self.compare(self.seller_id(step.seller))

    def fail(self, step: Step, error: BaseException) -> None:
        """Note what was found; everything else ends."""
        if self.failure is None:
            self.failure = (step, error)

    # Who goes on

    def others(self, client: Client) -> list[Client]:
        """Return the clients besides one."""
        return [other for other in self._clients if other is not client]

    def is_anybody_inside(self) -> bool:
        """Return whether any client has a unit of work."""
        return any(client.inside is not None for client in self._clients)

    def wake(self) -> None:
        """Let those try again who have waited for a unit of work to end."""
        for client in self._clients:
            client.is_waiting = False

    def turn(self, client: Client, port: str) -> None:
        """Note that a client is about to make a call on a port; others may go on before it does."""
        self._check(client)
        step = client.step
        assert step is not None
        if client.chance is not None and client.chance.random() < step.haste:
            self._hand_over(client)
        self.tally.ports[port] += 1
        self.trace.append((step.number, port))

    def dawdle(self, client: Client) -> None:
        """Let hours pass, and others go on in them."""
        self.now += _DAWDLING
        self._hand_over(client)

    def wait_for_others(self, client: Client) -> None:
        """Let others go on until somebody's unit of work has ended."""
        self.tally.waits += 1
        client.is_waiting = True
        while client.is_waiting:
            assert self._hand_over(client), "everybody waits for everybody"

    def hand_on(self, client: Client) -> None:
        """Let somebody go on after a client is done with a step: maybe itself, with the next."""
        if self.failure is None:
            self._hand_over(client)

    def leave(self, client: Client) -> None:
        """Note that a client will do no more."""
        self._left.add(client)
        self._main.give()

    def _hand_over(self, client: Client) -> bool:
        """Let somebody else go on, and return whether there was anybody."""
        ready = self._ready(client)
        if not ready:
            return False
        chosen = ready[0] if client.chance is None else client.chance.choice(ready)
        if chosen is not client:
            self.tally.hand_overs += 1
            client.runner.hand_to(chosen.runner)
            self._check(client)
        return True

    def _ready(self, client: Client) -> list[Client]:
        """Return who could go on instead of a client, which itself may begin another step."""
        ready = [
            other
            for other in self.others(client)
            if other.step is not None
            and not other.is_waiting
            and not (self._is_crashed and other.is_down)
        ]
        if self._steps and not self._is_crashed and self.failure is None:
            idle = client if client.step is None else self._idle()
            ready += [] if idle is None else [idle]
        return ready

    def _idle(self) -> Client | None:
        return next((client for client in self._clients if client.step is None), None)

    def _check(self, client: Client) -> None:
        if self.failure is not None:
            raise Stopped
        if self._is_crashed and client.step is not None and not client.is_down:
            raise Crashed

    # Crashes

    def crash(self, client: Client) -> None:
        """End the process, whatever its clients are at."""
        del client
        self._is_crashed = True
        self.wake()
        raise Crashed

    def wait_for_restart(self, client: Client) -> None:
        """Wait until nothing is left of the process, and it has been started again."""
        client.is_down = True
        while client.is_down:
            standing = [o for o in self.others(client) if o.step is not None and not o.is_down]
            if not standing:
                self._restart()
                return
            client.runner.hand_to(standing[0].runner)
            if self.failure is not None:
                raise Stopped
            # It may have crashed again since it was started.
            client.is_down = self._is_crashed

    def _restart(self) -> None:
        self.tally.restarts += 1
        self._is_crashed = False
        for client in self._clients:
            client.is_down = False
        self.store.close()
        self.store = self._open()
        self.compare_all()
