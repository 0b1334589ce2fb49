"""Mail about back orders, over every store: from the commit that causes it to whoever wants it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from backorders import Backorders, NotificationKind, RecipientRefused, Refused, Seller, usecases
from backorders.adapters.notifiers import MemoryNotifier
from backorders.domain import limits
from backorders.domain.errors import LostRace
from backorders.domain.notices import Digest, Notice, OverdueDelivery
from backorders.domain.values import InboundId
from backorders.ports.storage import Store
from tests.support.clock import START, SettableClock
from tests.support.notices import DIGEST, RELEASED, Failing, Shop, with_user

DAY = timedelta(days=1)


@pytest.fixture
def shop(app: Backorders, clock: SettableClock, acme: Seller) -> Shop:
    """A seller next to another, with a user who wants to be told everything."""
    return with_user(app, clock, acme, *NotificationKind)


def _orders(notice: Notice) -> list[str]:
    assert isinstance(notice.content, Digest)
    return [entry.order_id for entry in notice.content.entries]


def test_a_seller_is_told_and_answers(shop: Shop) -> None:
    """The way of a back order from the daily mail to the warehouse's answer."""
    acme = shop.acme
    acme.configure(time_zone="Europe/London")
    acme.place_order("O1", {"A": 2, "B": 1})
    acme.place_order("O2", {"C": 1})
    assert shop.next_day() == 1
    (daily,) = shop.delivered()
    assert _orders(daily) == ["O1", "O2"]
    assert daily.recipient == "bob@example.com"
    acme.book_in("R2", {"A": 2, "B": 1})
    acme.process_order("O1")
    acme.request_cancellation("O1")
    shop.clock.advance(hours=1)
    acme.resolve_cancellation("O1", accepted=False)
    released, answer = shop.delivered()
    assert released.subject == "Order O1 is no longer on back order"
    assert answer.subject == "Order O1 could not be cancelled"
    assert shop.app.failed_notifications() == ()
    assert shop.delivered() == []


def test_law_22_what_fails_is_set_aside_and_can_be_retried(shop: Shop) -> None:
    """A wrong address is corrected, and the mail comes after all."""
    shop.acme.add_user("eve", email="eve@example.com")
    shop.acme.opt_in("eve", RELEASED)
    shop.acme.place_order("O9", {"A": 1})
    shop.acme.book_in("R9", {"A": 1})

    def refuse(notice: Notice) -> Exception | None:
        known = notice.recipient == "bob@example.com"
        return None if known else RecipientRefused(notice.recipient, "550 \N{SNOWMAN} unknown")

    notifier = Failing(refuse)
    done = shop.app.deliver_notifications(notifier)
    assert (done.sent, done.failed) == (1, 1)
    (failed,) = shop.app.failed_notifications()
    assert (failed.seller_id, failed.user_id, failed.attempts) == ("acme", "eve", 1)
    assert "550 \N{SNOWMAN} unknown" in failed.problem
    shop.acme.add_user("eve", email="eve@example.org")
    shop.app.retry_notification(failed.message_id)
    assert [(n.message_id, n.recipient) for n in shop.delivered()] == [
        (failed.message_id, "eve@example.org")
    ]


def test_law_22_a_temporary_failure_waits_and_the_rest_goes_on(shop: Shop) -> None:
    """One seller's trouble with mail is not another's."""
    other = with_user(shop.app, shop.clock, shop.app.seller("other"), RELEASED)
    for seller in (shop.acme, other.acme):
        seller.place_order("O9", {"A": 1})
        seller.book_in("R9", {"A": 1})
    notifier = Failing(lambda notice: OSError("busy") if notice.seller_id == "acme" else None)
    done = shop.app.deliver_notifications(notifier)
    assert (done.sent, done.failed) == (1, 1)
    assert shop.delivered() == []
    shop.clock.advance(minutes=1)
    assert [notice.seller_id for notice in shop.delivered()] == ["acme"]


def test_law_19_work_that_was_undone_tells_nobody(shop: Shop, store: Store) -> None:
    """A mail about an order that was never placed could not be taken back."""
    with store.begin("acme") as uow:
        usecases.place_order("O1", {"A": 1}, uow=uow, now=START)
        usecases.book_in("R1", {"A": 1}, uow=uow, now=START)

    def fail() -> None:
        with store.begin("acme") as uow:
            usecases.place_order("O1", {"A": 1}, uow=uow, now=START)
            usecases.process_order("O1", uow=uow, now=START)

    with pytest.raises(Refused):
        fail()
    assert shop.next_day() == 0
    assert shop.delivered() == []


def test_law_20_opting_out_reaches_what_is_still_to_be_delivered(shop: Shop) -> None:
    """Nobody who has said no gets one more."""
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    assert shop.next_day() == 1
    shop.acme.opt_out("bob", RELEASED)
    assert [notice.kind for notice in shop.delivered()] == [DIGEST]
    shop.acme.place_order("O2", {"A": 1})
    assert shop.next_day() == 1
    shop.acme.remove_user("bob")
    assert shop.acme.users() == ()
    assert shop.delivered() == []


def test_law_22_a_notice_queued_while_the_user_opts_out_is_dropped(
    shop: Shop, store: Store
) -> None:
    """Who was asked a moment before is asked once more when the notice is taken."""
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    with store.begin("acme") as uow:
        (bob,) = uow.users.every()
        uow.users.save(bob, bob.without_kind(RELEASED))
        uow.commit()
    assert shop.delivered() == []
    shop.acme.opt_in("bob", RELEASED)
    assert shop.delivered() == []


def test_law_22_a_deliverer_that_dies_leaves_one_notice_which_comes_again(shop: Shop) -> None:
    """It may have been sent: whoever gets it twice can tell by its id."""
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    sent: list[Notice] = []

    def send_and_die(notice: Notice) -> Exception | None:
        sent.append(notice)
        raise SystemExit

    with pytest.raises(SystemExit):
        shop.app.deliver_notifications(Failing(send_and_die))
    shop.clock.now += limits.DELIVERY_LEASE - timedelta(microseconds=1)
    assert shop.delivered() == []
    shop.clock.advance(microseconds=1)
    assert shop.delivered() == sent
    assert shop.delivered() == []


def test_two_deliverers_at_once_double_nothing(shop: Shop) -> None:
    """While one is sending, another one looks: it takes what nobody has."""
    for number in range(4):
        shop.acme.place_order(f"O{number}", {"A": 1})
        shop.acme.book_in(f"R{number}0", {"A": 1})
        shop.clock.advance(minutes=1)
    others: list[Notice] = []

    def look(_notice: Notice) -> Exception | None:
        others.extend(shop.delivered(limit=1))
        return None

    first = Failing(look)
    shop.app.deliver_notifications(first)
    ids = [notice.message_id for notice in (*first.sent, *others)]
    assert len(ids) == len(set(ids)) == 4
    assert others
    assert shop.delivered() == []


def _at_once(count: int, work: Callable[[], int]) -> list[int]:
    """Do the same in several threads, which begin together."""
    barrier = Barrier(count)

    def begin() -> int:
        barrier.wait(30)
        return work()

    with ThreadPoolExecutor(count) as pool:
        return [future.result() for future in [pool.submit(begin) for _ in range(count)]]


def test_several_composers_and_deliverers_at_once_double_nothing(shop: Shop) -> None:
    """A service that runs in several processes runs its jobs in all of them."""
    notifier = MemoryNotifier()
    for day in range(3):
        for number in range(5):
            shop.acme.place_order(f"D{day}-{number}", {"A": 1})
        shop.clock.now += DAY
        assert sum(_at_once(4, shop.app.compose_daily_digests)) == 1
        sent = _at_once(4, lambda: shop.app.deliver_notifications(notifier).sent)
        assert sum(sent) == 1
    listed = [order_id for notice in notifier.notices for order_id in _orders(notice)]
    assert sorted(listed) == sorted(f"D{day}-{number}" for day in range(3) for number in range(5))


def test_a_composer_who_comes_second_finds_nothing_to_do(shop: Shop, store: Store) -> None:
    """Both have seen that a digest is due; one of them composes it."""
    shop.acme.place_order("O1", {"A": 1})
    now = START + DAY
    with store.begin("acme", read_only=True) as uow:
        assert usecases.is_anything_due(uow=uow, now=now)
        entries = uow.notices.noted(now, now)
        last = uow.notices.last_digest()
    assert shop.app.compose_daily_digests(now=now) == 1
    with store.begin("acme") as uow:
        assert usecases.compose_digest(uow=uow, now=now) == 0
        assert usecases.compose_digest(uow=uow, now=now + DAY) == 0
        digest = uow.notices.last_digest()
        assert digest is not None
        with pytest.raises(LostRace):
            uow.notices.use_up(entries, last, digest)


def test_law_22_an_overdue_delivery_is_announced_once(shop: Shop) -> None:
    """The seller rings the warehouse once, and is not told again every day."""
    acme = shop.acme
    acme.configure(time_zone="Europe/Paris")
    for inbound_id in ("booked in", "called off", "late", "closed"):
        acme.announce_inbound(inbound_id, {"TEA": 5}, expected_on=START.date())
    acme.cancel_inbound("called off")
    for inbound_id in ("booked in", "late", "closed"):
        acme.inbound_arrived(inbound_id)
    acme.book_in("R1", {"TEA": 5}, inbound="booked in")
    acme.close_inbound("booked in")
    # Arrived on a Monday, it was due on Wednesday, and is overdue from Thursday on, in Paris.
    shop.clock.now = START.replace(day=4, hour=22)
    assert shop.app.compose_daily_digests() == 0
    acme.close_inbound("closed")
    shop.clock.advance(hours=1)
    assert shop.app.compose_daily_digests() == 1
    assert shop.app.compose_daily_digests() == 0
    (notice,) = shop.delivered()
    assert notice.content == OverdueDelivery(
        InboundId("late"), START.date(), START, START.date() + timedelta(days=2), "Europe/Paris"
    )
    assert shop.next_day() == 0
    assert [inbound.inbound_id for inbound in acme.inbounds(overdue=True)] == ["late"]


def test_law_22_an_overdue_delivery_is_old_news_to_who_opts_in_later(shop: Shop) -> None:
    """As with digests: what was composed is told, whoever wanted to hear of it."""
    overdue = NotificationKind.DELIVERY_OVERDUE
    shop.acme.opt_out("bob", overdue)
    shop.acme.announce_inbound("late", {"TEA": 5}, expected_on=START.date())
    shop.acme.inbound_arrived("late")
    shop.clock.advance(days=9)
    assert shop.app.compose_daily_digests() == 0
    shop.acme.opt_in("bob", overdue)
    assert shop.next_day() == 0
    assert shop.delivered() == []


def test_law_25_the_jobs_see_to_each_seller_by_itself(shop: Shop) -> None:
    """Each has its own midnight, and its own people."""
    far = with_user(shop.app, shop.clock, shop.app.seller("far"), DIGEST)
    far.acme.configure(time_zone="Pacific/Kiritimati")
    for seller in (shop.acme, far.acme):
        seller.place_order("O9", {"A": 1})
    shop.clock.now = START.replace(hour=10)
    assert shop.app.compose_daily_digests() == 1
    assert [notice.seller_id for notice in shop.delivered()] == ["far"]
    shop.clock.now = START + timedelta(hours=15)
    assert shop.app.compose_daily_digests() == 1
    assert [notice.seller_id for notice in shop.delivered()] == ["acme"]
