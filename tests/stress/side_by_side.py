"""Side by side: the same random calls on several stores come to the same, down to words and order.

A history is that of two sellers in turn. What they are told is compared at every step; all that
there is, and the mail that it led to, now and then.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Final

from backorders import Backorders, Notice, NotificationKind, RecipientRefused, Seller
from backorders.adapters.memory import MemoryStore
from backorders.adapters.notifiers import MemoryNotifier
from backorders.adapters.sql import SqlStore
from backorders.domain.values import SellerId
from backorders.ports.storage import Store
from backorders.testing.commands import Command
from backorders.testing.histories import SKUS, START, Announcements, History
from tests.stress.report import Report
from tests.stress.story import everything, is_refusal
from tests.support.clock import SettableClock
from tests.support.notices import Failing
from tests.support.public_calls import Example, asking_for_ids, public_calls, told

SELLERS: Final = (SellerId("acme"), SellerId("bolt"))
_STEPS: Final = 250
"""After so many, a history ends and another one begins: to compare all of a long one takes long."""
_LOOKS: Final = 50
"""After so many steps, everything is compared."""
_BY_IDS: Final = tuple(asking_for_ids(public_calls()))
"""The calls that need no more than an id: most that look something up, and some that change it."""
_IDS: Final[Mapping[str, Sequence[str]]] = {
    "order_id": [f"O{number}{ending}" for number in range(1, 31) for ending in ("", "", "-2")],
    "sku": SKUS,
    "inbound_id": [f"A{number}" for number in range(1, 10)],
    "user_id": ("bob", "eve"),
}


def run(url: str, *, seed: int, steps: int) -> Report:
    """Return where a database, which is empty, differs from a store in memory in so many steps."""
    report = Report()
    number = 0
    while report.counts["steps"] < steps and not report.violations:
        number += 1
        # Other tables each time: what one history has left is not in the way of the next.
        with closing(SqlStore.from_url(url, prefix=f"h{number}_")) as store:
            stores: dict[str, Store] = {"memory": MemoryStore(), store.engine.dialect.name: store}
            left = min(_STEPS, steps - report.counts["steps"])
            play(stores, f"{seed}/{number}", left, report)
    return report


def play(stores: Mapping[str, Store], seed: str, steps: int, report: Report) -> None:
    """Make the calls of one history on each of the stores, and note where they differ."""
    clock = SettableClock(START)
    apps = {name: Backorders(store, clock=clock) for name, store in stores.items()}
    for app in apps.values():
        _ask_for_mail(app)
    calls = {seller_id: _calls(f"{seed}/{seller_id}") for seller_id in SELLERS}
    report.counts["histories"] += 1
    for step in range(1, steps + 1):
        if report.violations:
            return
        clock.advance(hours=3)
        seller_id = SELLERS[step % 2]
        asked = next(calls[seller_id])
        answers = {name: told(asked.on(app, seller_id)) for name, app in apps.items()}
        report.counts["steps"] += 1
        report.counts["refused"] += is_refusal(next(iter(answers.values())))
        _expect_same(answers, f"history {seed}, step {step}, {seller_id}: {asked!r}", report)
        if step % _LOOKS == 0 or step == steps:
            for which in SELLERS:
                found = {
                    name: (everything(store, which), _face(apps[name].seller(which)))
                    for name, store in stores.items()
                }
                _expect_same(found, f"history {seed}, after step {step}, {which}", report)
            mail = {name: _mail(app) for name, app in apps.items()}
            report.counts["notices"] += len(mail["memory"][1])
            _expect_same(mail, f"history {seed}, after step {step}, mail", report)


def _calls(seed: str) -> Iterator[Example]:
    """Yield the calls of one seller."""
    chance = random.Random(seed)
    history = iter(History(chance.randrange(2**32)))
    announcements = Announcements(chance)
    while True:
        kind = chance.random()
        if kind < 0.7:
            yield _of_seller(next(history))
        elif kind < 0.8:
            yield _of_seller(announcements.next())
        else:
            name, asked = chance.choice(_BY_IDS)
            yield Example(name, tuple(chance.choice(_IDS[each]) for each in asked))


def _of_seller(asked: Command) -> Example:
    return Example(f"Seller.{asked.name}", asked.args, asked.options)


def _expect_same(found: Mapping[str, object], where: str, report: Report) -> None:
    """Note it when not all stores have come to the same."""
    (first, wanted), *others = found.items()
    for name, other in others:
        report.expect(other == wanted, f"{where}: {name} has {other}, {first} {wanted}")


def _ask_for_mail(app: Backorders) -> None:
    """Have somebody at each seller who wants to be told everything."""
    for seller_id in SELLERS:
        seller = app.seller(seller_id)
        seller.configure(time_zone="America/New_York" if seller_id == "bolt" else "Europe/Paris")
        seller.add_user("bob", email="bob@example.com")
        for kind in NotificationKind:
            seller.opt_in("bob", kind)


def _mail(app: Backorders) -> tuple[int, list[Notice]]:
    """Return what the jobs compose and deliver now, every fifth notice at the second attempt."""

    def now_and_then(notice: Notice) -> Exception | None:
        late = int(notice.message_id, 16) % 5 == 0
        return RecipientRefused(notice.recipient, "not now") if late else None

    composed = app.compose_daily_digests()
    notifier = Failing(now_and_then)
    app.deliver_notifications(notifier)
    for failed in app.failed_notifications():
        app.retry_notification(failed.message_id)
    app.deliver_notifications(again := MemoryNotifier())
    return composed, [*notifier.sent, *again.notices]


def _face(seller: Seller) -> object:
    """Return what the face shows of a seller, beside what its calls have shown."""
    waiting = seller.back_orders(limit=1000)
    return (
        waiting,
        [seller.explain(order.order_id) for order in waiting.items],
        [seller.back_orders(sku=sku, limit=3) for sku in SKUS],
        [(each, seller.inbound_history(each.inbound_id)) for each in seller.inbounds()],
        seller.inbounds(overdue=True),
        seller.users(),
        seller.summary(),
        seller.restock_report(),
    )
