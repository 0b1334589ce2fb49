"""All stores, side by side, come to the same results, errors, histories and state."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest

from backorders import Backorders, Notice, NotificationKind, RecipientRefused
from backorders.adapters.notifiers import MemoryNotifier
from backorders.application import Seller
from backorders.domain.errors import BackordersError, UnknownOrder
from backorders.testing.histories import SKUS, START, History
from tests.support.clock import SettableClock
from tests.support.notices import Failing
from tests.support.stores import STORES

STEPS = 90
SELLERS = ("acme", "bolt")


@pytest.mark.parametrize("seed", range(3))
def test_stores_agree_on_every_step_of_a_history(seed: int, tmp_path: Path) -> None:
    """What a seller is told does not depend on where it is kept, down to the words of an error."""
    clock = SettableClock(START)
    stores = {name: make(tmp_path) for name, make in STORES.items()}
    apps = {name: Backorders(store, clock=clock) for name, store in stores.items()}
    for app in apps.values():
        _ask_for_mail(app)
    calls = [History(2 * seed), History(2 * seed + 1)]
    for step, pair in enumerate(islice(zip(*calls, strict=True), STEPS)):
        clock.advance(hours=3)
        for seller_id, asked in zip(SELLERS, pair, strict=True):
            results = {name: asked.on(app.seller(seller_id)) for name, app in apps.items()}
            told = {name: _told(result) for name, result in results.items()}
            assert _all_equal(told), f"seed {seed}, step {step}: {asked}"
        if step % 15 == 14:
            assert _all_equal({name: _mail(app) for name, app in apps.items()}), f"seed {seed}"
    for seller_id in SELLERS:
        shown = {name: _everything(app.seller(seller_id)) for name, app in apps.items()}
        assert _all_equal(shown), f"seed {seed}: {seller_id}"
    ends = {
        name: (app.sellers(), app.release_due_holds(), app.cancel_expired(older_than=timedelta(1)))
        for name, app in apps.items()
    }
    assert _all_equal(ends), f"seed {seed}"
    for store in stores.values():
        store.close()


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


def _told(result: object) -> object:
    """Return a result in a form that compares: an error by its type and its words."""
    return (type(result), str(result)) if isinstance(result, BackordersError) else result


def _everything(seller: Seller) -> object:
    """Return all that a seller can see."""
    orders = {}
    for number in range(1, STEPS + 2):
        for ending in ("", "-2", "-3", "-2-2", "-2-3", "-3-2", "-2-2-2"):
            order_id = f"O{number}{ending}"
            try:
                found = seller.order(order_id), seller.history(order_id), seller.explain(order_id)
                orders[order_id] = found
            except UnknownOrder:
                break
    assert orders
    return (
        orders,
        [seller.stock(sku) for sku in SKUS],
        seller.back_orders(limit=1000),
        [seller.back_orders(sku=sku, limit=3) for sku in SKUS],
        seller.settings(),
        seller.summary(),
        seller.restock_report(),
        seller.verify(),
    )


def _all_equal(by_store: Mapping[str, object]) -> bool:
    first, *others = by_store.values()
    return all(other == first for other in others)
