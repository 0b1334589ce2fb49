"""Mailing: several processes compose and deliver mail at once, and are killed while they send it.

Each round is a day. Every process may be killed by its own hand (SIGKILL) at one of its notices:
before it was sent, or after it was sent and before that was written down.
"""

import hashlib
import json
import os
import random
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import attrs

from backorders import Backorders, Notice, NotificationKind
from backorders.domain.notices import Digest, ReleasedOrders
from tests.stress.crew import Failed, Start, what_they_came_to
from tests.stress.opening import opened
from tests.stress.report import Report

SELLERS: Final = ("acme", "bolt")
USERS: Final = ("ann@example.com", "bob@example.com")
START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY: Final = timedelta(days=1)
_DIED: Final = "a process died"


@attrs.frozen
class Shift:
    """What one process does in one round."""

    url: str
    log: str
    now: datetime
    dies_at: int | None
    """At which of its notices it is killed, counted from 0."""
    has_sent: bool
    """Whether that one has been sent by then."""


def run(url: str, *, seed: int, processes: int, kills: int) -> Report:
    """Return what became of the mail of as many days as it takes to kill `kills` processes."""
    chance = random.Random(seed)
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        log = str(Path(folder) / "log")
        days = deaths = 0
        while deaths < kills:
            _a_day(url, days)
            shifts = [
                Shift(url, log, START + (days + 1) * DAY, dies_at, chance.random() < 0.7)
                for dies_at in _deaths(chance, processes)
            ]
            told = what_they_came_to(deliver, shifts)
            ends = [each.why for each in told if isinstance(each, Failed)]
            deaths += ends.count(_DIED)
            report.violations += [why for why in ends if why != _DIED]
            days += 1
            if report.violations:
                return report
        for more in (1, 2):
            deliver(Shift(url, log, START + (days + more) * DAY, None, has_sent=False), _at_once)
        report.counts["days"] = days
        report.counts["killed"] = deaths
        judge(url, days, list(_read(log)), report)
    return report


def _deaths(chance: random.Random, processes: int) -> Iterator[int | None]:
    """Yield for each process at which notice it dies; one at least has somewhere to die."""
    yield chance.randrange(3)
    for _ in range(processes - 1):
        yield chance.choice([None, 0, 1, 2])


def _at_once() -> None:
    """Wait for nobody."""


def _a_day(url: str, day: int) -> None:
    """Let each seller have an order that is short that day, and one that is released."""
    with opened(url, clock=lambda: START + day * DAY) as (app, _):
        for seller_id in SELLERS:
            seller = app.seller(seller_id)
            if day == 0:
                for user in USERS:
                    seller.add_user(user, email=user)
                    seller.opt_in(user, NotificationKind.DAILY_NEW_BACK_ORDERS)
                    seller.opt_in(user, NotificationKind.BACK_ORDER_RELEASED)
            seller.place_order(f"S{day}", {"SHORT": 1})
            seller.place_order(f"R{day}", {"COMES": 1})
            seller.book_in(f"R{day}", {"COMES": 1})


def deliver(shift: Shift, start: Start) -> int:
    """Compose what is due, then deliver all there is, and die where it is said."""
    with opened(shift.url, clock=lambda: shift.now) as (app, _):
        start()
        app.compose_daily_digests()
        return app.deliver_notifications(Mortal(shift), limit=1000).sent


class Mortal:
    """A notifier that writes into a log what it has sent, and kills its process."""

    def __init__(self, shift: Shift) -> None:
        self._shift = shift
        self._came = 0

    def send(self, notice: Notice) -> None:
        """Send it, and die if it is the one to die at."""
        dies = self._came == self._shift.dies_at
        self._came += 1
        if self._shift.has_sent or not dies:
            self._write(notice, "died" if dies else "sent")
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)

    def _write(self, notice: Notice, what: str) -> None:
        content = notice.content
        assert isinstance(content, Digest | ReleasedOrders)
        orders = (
            [entry.order_id for entry in content.entries]
            if isinstance(content, Digest)
            else list(content.order_ids)
        )
        line = {
            "what": what,
            "id": notice.message_id,
            "kind": notice.kind.value,
            "to": f"{notice.seller_id} {notice.recipient}",
            "orders": orders,
            "text": hashlib.sha256(notice.text.encode()).hexdigest(),
        }
        # One write to the end of the file: what another process writes does not come in between,
        # and what was written outlives the process.
        file = os.open(self._shift.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{json.dumps(line)}\n".encode())
        # As slow as a mail server: meanwhile, others look for what is due.
        os.fsync(file)
        os.close(file)


# Any: a line of the log is what was put there.
def _read(log: str) -> Iterator[dict[str, Any]]:
    for line in Path(log).read_text("utf-8").splitlines():
        yield json.loads(line)


# Any: as above.
def judge(url: str, days: int, log: Sequence[dict[str, Any]], report: Report) -> None:
    """Note what was lost, doubled without need, or changed from one time to the next."""
    sent = Counter(line["id"] for line in log)
    died = Counter(line["id"] for line in log if line["what"] == "died")
    report.counts["notices"] = len(sent)
    report.counts["sent"] = len(log)
    report.counts["killed after sending"] = died.total()
    for message_id, times in sent.items():
        # Once, and once more for each process that could not say that it had been sent.
        wanted = 1 + died[message_id]
        report.expect(times == wanted, f"{message_id} was sent {times} times, not {wanted}")
    same = {(line["id"], line["kind"], line["to"], line["text"]) for line in log}
    report.expect(len(same) == len(sent), "a notice was not the same each time")
    first = {line["id"]: line for line in log}.values()
    for seller_id in SELLERS:
        for user in USERS:
            for kind, order in (("daily_new_back_orders", "S"), ("back_order_released", "R")):
                told = Counter(
                    order_id
                    for line in first
                    if (line["to"], line["kind"]) == (f"{seller_id} {user}", kind)
                    for order_id in line["orders"]
                    if order_id.startswith(order)
                )
                wanted_once = {f"{order}{day}": 1 for day in range(days)}
                report.expect(told == wanted_once, f"{user} of {seller_id} was told {told}")
    with opened(url, clock=lambda: START + (days + 9) * DAY) as (app, _):
        _judge_what_is_left(app, report)


def _judge_what_is_left(app: Backorders, report: Report) -> None:
    report.expect(not app.failed_notifications(), "a notice was set aside")
    report.expect(not app.compose_daily_digests(), "something was left to be composed")
