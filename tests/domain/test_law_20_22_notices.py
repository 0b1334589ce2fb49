"""Laws 20 to 22: who is told what, when, and what becomes of a notice that cannot be delivered."""

from datetime import UTC, date, datetime, timedelta
from typing import Self

import attrs
import pytest

from backorders import (
    ClaimPolicy,
    NotificationKind,
    OrderRequest,
    RecipientRefused,
    Remove,
    TooManyUsers,
    UnknownNotice,
    UnknownUser,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain import limits, wording
from backorders.domain.delivering import QueuedNotice, pause_after
from backorders.domain.digesting import NewBackOrder, digest_of
from backorders.domain.notices import (
    Digest,
    EntryState,
    Notice,
    OverdueDelivery,
    ReleasedOrders,
    ResolvedCancellation,
    ShortProduct,
)
from backorders.domain.values import InboundId, MessageId, OrderId, SellerId, Sku, UserId
from backorders.ports.notices import NewNotice
from tests.support.clock import START
from tests.support.notices import DIGEST, RELEASED, RESOLVED, Failing, Shop, new_shop


def _digest(notice: Notice) -> Digest:
    assert isinstance(notice.content, Digest)
    return notice.content


def _listed(notice: Notice) -> dict[str, EntryState]:
    return {entry.order_id: entry.state for entry in _digest(notice).entries}


# --- law 20: who is told ----------------------------------------------------------------------


def test_law_20_a_new_user_is_told_nothing() -> None:
    """Mail that nobody asked for is spam."""
    shop = new_shop()
    assert shop.acme.users()[0].opted_in == frozenset()
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    assert shop.next_day() == 0
    assert shop.delivered() == []


def test_law_20_each_kind_is_switched_by_itself() -> None:
    """Whoever wants the daily mail need not bear with the others."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    assert shop.delivered() == []
    assert shop.next_day() == 1
    assert [notice.kind for notice in shop.delivered()] == [DIGEST]
    shop.acme.opt_out("bob", DIGEST)
    user = shop.acme.opt_in("bob", RELEASED)
    assert user.opted_in == {RELEASED}
    shop.acme.place_order("O2", {"A": 1})
    shop.acme.book_in("R2", {"A": 1})
    shop.next_day()
    assert [notice.kind for notice in shop.delivered()] == [RELEASED]


def test_law_20_switching_twice_changes_nothing() -> None:
    """A page that was sent twice must not turn anything round."""
    shop = new_shop(DIGEST, DIGEST)
    assert shop.acme.users() == (shop.acme.opt_in("bob", DIGEST),)
    shop.acme.opt_out("bob", DIGEST)
    assert shop.acme.opt_out("bob", DIGEST).opted_in == frozenset()


def test_law_20_a_known_user_keeps_what_was_chosen_at_a_new_address() -> None:
    """Who moves house does not lose the newspaper."""
    shop = new_shop(DIGEST)
    user = shop.acme.add_user("bob", email="robert@example.com")
    assert user.email == "robert@example.com"
    assert user.opted_in == {DIGEST}
    assert shop.acme.add_user("bob", email="robert@example.com") == user
    shop.acme.place_order("O1", {"A": 1})
    shop.next_day()
    assert [notice.recipient for notice in shop.delivered()] == ["robert@example.com"]


def test_law_20_a_user_who_was_removed_and_comes_back_is_told_nothing() -> None:
    """The default is out, also for the second user of a name."""
    shop = new_shop(*NotificationKind)
    shop.acme.remove_user("bob")
    shop.acme.remove_user("bob")
    assert shop.acme.users() == ()
    assert shop.acme.add_user("bob", email="bob@example.com").opted_in == frozenset()


def test_law_25_users_are_their_sellers_own() -> None:
    """Two sellers may employ a Bob each."""
    shop = new_shop(DIGEST)
    other = shop.app.seller("other")
    with pytest.raises(UnknownUser, match="'bob'"):
        other.opt_in("bob", DIGEST)
    other.add_user("bob", email="other@example.com")
    assert other.users()[0].opted_in == frozenset()
    shop.acme.place_order("O1", {"A": 1})
    shop.next_day()
    assert [notice.recipient for notice in shop.delivered()] == ["bob@example.com"]


def test_a_user_who_is_not_there_is_named() -> None:
    """Whoever mistypes a name must not believe that somebody will be told."""
    shop = new_shop()
    for call in (shop.acme.opt_in, shop.acme.opt_out):
        with pytest.raises(UnknownUser, match="'eve'"):
            call("eve", DIGEST)
    with pytest.raises(UnknownNotice, match="failed_notifications"):
        shop.app.retry_notification("unknown")


def test_a_seller_has_a_bounded_number_of_users() -> None:
    """Each has a copy of every notice."""
    shop = new_shop()
    for number in range(1, limits.USERS):
        shop.acme.add_user(f"U{number}", email="u@example.com")
    with pytest.raises(TooManyUsers, match="200"):
        shop.acme.add_user("one more", email="u@example.com")
    shop.acme.add_user("bob", email="new@example.com")
    shop.acme.remove_user("U1")
    shop.acme.add_user("one more", email="u@example.com")


# --- law 21: the daily digest -----------------------------------------------------------------


def test_law_21_the_digest_says_what_became_of_each_order() -> None:
    """The seller wants to know what is left to be answered."""
    shop = new_shop(DIGEST)
    acme = shop.acme
    acme.book_in("R1", {"B": 1})
    acme.place_order("O1", {"A": 3, "B": 2})
    acme.place_order("O2", {"A": 1})
    acme.place_order("O3", {"C": 1})
    acme.place_order("O4", {"B": 0 + 1}, priority=9)
    acme.place_order("ready", {"D": 1})
    acme.cancel_order("O2")
    acme.book_in("R2", {"A": 1, "C": 1, "D": 1})
    assert shop.next_day() == 1
    (notice,) = shop.delivered()
    waiting, released, cancelled = EntryState.WAITING, EntryState.RELEASED, EntryState.CANCELLED
    assert _listed(notice) == {
        "O4": waiting,
        "O1": waiting,
        "O2": cancelled,
        "O3": released,
        "ready": released,
    }
    assert list(_listed(notice)) == ["O4", "O1", "O2", "O3", "ready"]
    digest = _digest(notice)
    assert (digest.orders, digest.waiting, digest.released, digest.cancelled) == (5, 2, 2, 1)
    assert (digest.units_short, digest.left_out) == (4, 0)
    assert digest.entries[1].products == (
        ShortProduct(Sku("A"), 2, 3),
        ShortProduct(Sku("B"), 1, 2),
    )
    assert digest.entries[1].answers == ("cancel", "replace", "restock", "split")
    assert digest.entries[0].answers == ("cancel", "replace", "restock")
    assert digest.entries[2].products == (ShortProduct(Sku("A"), 1, 1),)
    assert digest.entries[2].answers == ()


def test_law_21_an_order_is_listed_once_however_often_it_is_composed() -> None:
    """One mail a day, and nothing in two of them."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    assert shop.app.compose_daily_digests() == 0
    assert [shop.next_day(), shop.app.compose_daily_digests(), shop.next_day()] == [1, 0, 0]
    assert len(shop.delivered()) == 1


def test_law_21_an_order_that_comes_back_later_is_new_again() -> None:
    """What was solved and is short once more needs an answer once more."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    assert shop.next_day() == 1
    shop.acme.count_stock("C1", {"A": 0})
    assert shop.next_day() == 1
    first, second = shop.delivered()
    assert _listed(first) == {"O1": EntryState.RELEASED}
    assert _listed(second) == {"O1": EntryState.WAITING}
    assert first.message_id != second.message_id


def test_law_21_an_order_that_leaves_and_comes_back_within_a_day_is_listed_once() -> None:
    """It is the same news twice."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1, "B": 1})
    shop.clock.advance(hours=1)
    shop.acme.book_in("R1", {"A": 1, "B": 1})
    shop.clock.advance(hours=1)
    shop.acme.count_stock("C1", {"B": 0})
    shop.clock.advance(hours=1)
    shop.acme.cancel_order("O1")
    shop.next_day()
    (entry,) = _digest(shop.delivered()[0]).entries
    assert entry.since == START
    assert entry.products == (ShortProduct(Sku("B"), 1, 1),)


def test_law_21_the_child_of_a_split_is_not_new() -> None:
    """The seller has just made it."""
    shop = new_shop(DIGEST)
    shop.acme.book_in("R1", {"A": 1})
    shop.acme.place_order("O1", {"A": 2})
    assert shop.next_day() == 1
    shop.acme.split_order("O1")
    assert shop.next_day() == 0
    assert _listed(shop.delivered()[0]) == {"O1": EntryState.WAITING}


def test_law_21_days_that_were_missed_go_into_one_digest_that_says_so() -> None:
    """After a long weekend without a server, one mail says from when to when."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    shop.clock.advance(days=2)
    shop.acme.place_order("O2", {"A": 1})
    shop.clock.advance(days=3)
    shop.acme.place_order("today", {"A": 1})
    assert shop.app.compose_daily_digests() == 1
    (notice,) = shop.delivered()
    assert list(_listed(notice)) == ["O1", "O2"]
    digest = _digest(notice)
    assert (digest.from_on, digest.until_on) == (date(2026, 3, 2), date(2026, 3, 6))
    assert notice.subject == "2 orders newly on back order, from 2026-03-02 to 2026-03-06"


def test_law_21_a_digest_is_used_up_although_nobody_wants_it() -> None:
    """Who opts in later is not told old news."""
    shop = new_shop()
    shop.acme.place_order("O1", {"A": 1})
    assert shop.next_day() == 0
    shop.acme.opt_in("bob", DIGEST)
    assert shop.app.compose_daily_digests() == 0
    assert shop.next_day() == 0
    shop.acme.place_order("O2", {"A": 1})
    assert shop.next_day() == 1
    assert list(_listed(shop.delivered()[0])) == ["O2"]


@pytest.mark.parametrize(
    ("time_zone", "day", "hours"),
    [
        ("Europe/London", date(2026, 3, 29), 23),
        ("Europe/London", date(2026, 10, 25), 25),
        ("Europe/London", date(2026, 6, 1), 24),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Africa/Cairo", date(2026, 4, 24), 23),  # begins at one o'clock
        ("America/Havana", date(2026, 11, 1), 25),  # midnight comes twice
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Pacific/Kiritimati", date(2026, 6, 1), 24),
        ("Asia/Kathmandu", date(2026, 6, 1), 24),
    ],
)
def test_law_21_a_day_is_the_sellers_own_and_may_have_23_or_25_hours(
    time_zone: str, day: date, hours: float
) -> None:
    """The mail of a day has what fell between its two midnights, and nothing else."""
    shop = new_shop(DIGEST)
    shop.acme.configure(time_zone=time_zone)
    start = _start_of(day, time_zone)
    moment = timedelta(microseconds=1)
    end = start + timedelta(hours=hours)
    for order_id, at in (
        ("before", start - moment),
        ("first", start),
        ("last", end - moment),
        ("after", end),
    ):
        shop.clock.now = at
        shop.acme.place_order(order_id, {"A": 1})
        shop.app.compose_daily_digests()
    shop.clock.now = end + timedelta(days=2)
    shop.app.compose_daily_digests()
    listed = [list(_listed(notice)) for notice in shop.delivered()]
    assert listed == [["before"], ["first", "last"], ["after"]]


def _start_of(day: date, time_zone: str) -> datetime:
    """Find the first instant of a day by looking at the clocks there, minute by minute."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - the library's own answer is what is tested

    at = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    while at.astimezone(ZoneInfo(time_zone)).date() != day:
        at += timedelta(minutes=1)
    return at


def test_law_21_an_entry_that_is_late_waits_for_the_next_day() -> None:
    """One mail a day: what was committed a moment after midnight is told a day later."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    assert shop.next_day() == 1
    late = shop.clock.now
    shop.clock.now = START + timedelta(hours=14, minutes=59)
    shop.acme.place_order("late", {"A": 1})
    shop.clock.now = late
    assert shop.app.compose_daily_digests() == 0
    assert shop.next_day() == 1
    digest = _digest(shop.delivered()[1])
    assert (digest.from_on, digest.until_on) == (date(2026, 3, 2), date(2026, 3, 3))


def test_law_21_an_entry_that_is_late_by_a_moment_waits_too() -> None:
    """What is composed at the stroke of midnight is the mail of the day: there is no second one."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    midnight = START + timedelta(hours=15)
    shop.clock.now = midnight
    assert shop.app.compose_daily_digests() == 1
    shop.clock.now = midnight - timedelta(seconds=1)
    shop.acme.place_order("late", {"A": 1})
    shop.clock.now = midnight
    assert shop.app.compose_daily_digests() == 0


def test_law_21_products_stand_by_sku_and_one_of_several_can_be_removed() -> None:
    """A product can be taken off an order on which another is left."""
    shop = new_shop(DIGEST)
    shop.acme.book_in("R1", {"C": 1})
    shop.acme.place_order("O1", {"B": 1, "A": 1, "C": 1})
    shop.next_day()
    (entry,) = _digest(shop.delivered()[0]).entries
    assert [product.sku for product in entry.products] == ["A", "B"]
    assert entry.answers == ("cancel", "remove", "replace", "restock", "split")


def test_law_21_an_order_is_listed_from_its_first_entry_with_what_its_last_says() -> None:
    """Whatever the order in which a store hands out the entries."""
    acme = new_shop(DIGEST).acme
    acme.place_order("O1", {"A": 1})
    acme.book_in("R1", {"A": 1})
    first, last = (
        NewBackOrder(OrderId("O1"), version, START + timedelta(hours=version), products, 0)
        for version, products in (
            (1, (ShortProduct(Sku("A"), 1, 1),)),
            (3, (ShortProduct(Sku("B"), 2, 2),)),
        )
    )
    for entries in ([first, last], [last, first]):
        now = START + timedelta(days=1)
        order = acme.order("O1")
        digest = digest_of(entries, [order], until=now, now=now, time_zone="UTC")
        (listed,) = digest.entries
        assert (listed.since, listed.products) == (first.at, last.products)


def test_law_21_a_clock_that_was_ahead_silences_nobody() -> None:
    """A machine that believed it was 2099 for a minute must not end the daily mail."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    # The mail of this digest is due in 2099, too.
    assert shop.app.compose_daily_digests(now=datetime(2099, 1, 1, tzinfo=UTC)) == 1
    shop.clock.now = datetime(2099, 1, 1, tzinfo=UTC)
    shop.acme.place_order("O2", {"A": 1})
    shop.clock.now = START
    assert shop.app.compose_daily_digests() == 1
    shop.acme.place_order("O3", {"A": 1})
    assert [shop.app.compose_daily_digests(), shop.next_day()] == [0, 1]
    listed = [list(_listed(notice)) for notice in shop.delivered()]
    assert sorted(listed) == [["O1"], ["O2"], ["O3"]]


def test_law_21_what_a_wrong_clock_put_far_ahead_is_told_at_once() -> None:
    """More than a day ahead nobody waits for its day; of clocks that differ less, one waits."""
    for ahead, told in ((timedelta(days=1), 0), (timedelta(days=1, minutes=1), 1)):
        shop = new_shop(DIGEST)
        shop.clock.now = START + ahead
        shop.acme.place_order("O1", {"A": 1})
        shop.clock.now = START
        assert shop.app.compose_daily_digests() == told


def test_law_21_what_is_composed_ahead_of_time_can_be_delivered_at_once() -> None:
    """Whoever asks for tomorrow's mail today gets it today."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    assert shop.app.compose_daily_digests(now=START + timedelta(days=1)) == 1
    assert [list(_listed(notice)) for notice in shop.delivered()] == [["O1"]]


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/Los_Angeles"])
def test_law_21_the_ends_of_the_calendar_are_no_reason_to_fail(zone: str) -> None:
    """A clock that was never set, or an order as old as the calendar, must not end the mail."""
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    shop = new_shop(DIGEST)
    shop.acme.configure(time_zone=zone)
    shop.acme.place_order("O1", {"A": 1}, placed_at=first)
    assert shop.app.compose_daily_digests(now=last) == 1
    shop.acme.place_order("O2", {"A": 1}, placed_at=last)
    assert shop.app.compose_daily_digests(now=first) == 1
    texts = [notice.text for notice in shop.delivered()]
    assert len(texts) == 2
    assert any("placed 0001-01-01 " in text for text in texts)


def test_law_21_a_digest_is_bounded_and_counts_what_it_leaves_out() -> None:
    """A mail that a server refuses for its size is no mail."""
    shop = new_shop(DIGEST)
    skus = {f"S{number:02}": 1 for number in range(12)}
    shop.acme.place_orders(
        [OrderRequest(f"O{number:03}", skus) for number in range(limits.DIGEST_ORDERS + 1)]
    )
    shop.next_day()
    (notice,) = shop.delivered()
    digest = _digest(notice)
    assert (len(digest.entries), digest.left_out) == (limits.DIGEST_ORDERS, 1)
    assert (digest.orders, digest.waiting, digest.units_short) == (501, 501, 501 * 12)
    assert (len(digest.entries[0].products), digest.entries[0].more_products) == (10, 2)
    assert "  and of 2 more products\n" in notice.text
    assert notice.text.endswith("\n\nNot listed here: 1 order more.\n")


# --- notices of single events -----------------------------------------------------------------


def test_released_orders_are_told_of_net_and_together() -> None:
    """One delivery is one mail, and an order that is still short is not in it."""
    shop = new_shop(RELEASED)
    acme = shop.acme
    acme.place_orders([OrderRequest(f"O{number:03}", {"A": 1}) for number in range(103)])
    acme.place_order("short", {"A": 1, "B": 1}, claim=ClaimPolicy.HOLD)
    acme.book_in("R1", {"A": 103})
    (notice,) = shop.delivered()
    assert isinstance(notice.content, ReleasedOrders)
    assert (notice.content.orders, notice.content.because) == (103, "book_in R1")
    assert notice.content.order_ids == tuple(f"O{number:03}" for number in range(100))
    assert notice.subject == "103 orders are no longer on back order"
    assert notice.text.endswith("  O099\n  and 3 more\n")
    acme.edit_order("short", Remove("A"))
    assert shop.delivered() == []


@pytest.mark.parametrize("accepted", [True, False])
def test_the_warehouses_answer_is_told_once(accepted: bool) -> None:
    """The seller asked, and waits for the outcome."""
    shop = new_shop(RESOLVED)
    shop.acme.book_in("R1", {"A": 1})
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.process_order("O1")
    shop.acme.request_cancellation("O1")
    shop.acme.resolve_cancellation("O1", accepted=accepted)
    if accepted:
        shop.acme.resolve_cancellation("O1", accepted=True)
    (notice,) = shop.delivered()
    assert notice.content == ResolvedCancellation(
        shop.acme.order("O1").order_id, accepted, START, "UTC"
    )
    assert ("is cancelled" in notice.subject) is accepted


def test_an_overdue_delivery_is_told_in_words() -> None:
    """The seller rings the warehouse, and wants to have the dates at hand."""
    overdue = OverdueDelivery(
        InboundId("ASN1"), date(2026, 3, 1), START, date(2026, 3, 4), "Europe/Paris"
    )
    told = wording.notice(MessageId("m"), SellerId("acme"), "bob@example.com", overdue)
    assert told.kind is NotificationKind.DELIVERY_OVERDUE
    assert told.subject == "Delivery ASN1 should have been booked in by 2026-03-04"
    assert told.text == (
        "Seller acme: delivery ASN1 arrived at 2026-03-02 10:00 (Europe/Paris).\n"
        "It should have been booked in by 2026-03-04, and is not closed.\n"
    )


def test_law_22_the_id_of_a_notice_outlives_the_release_that_made_it() -> None:
    """A mail sent before an update, and again after it, must be known to be the same."""
    shop = new_shop(*NotificationKind)
    shop.acme.book_in("R1", {"A": 1})
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.place_order("O2", {"A": 1})
    shop.acme.process_order("O1")
    shop.acme.request_cancellation("O1")
    shop.acme.resolve_cancellation("O1", accepted=True)
    shop.acme.announce_inbound("D1", {"B": 1}, expected_on=START.date())
    shop.acme.inbound_arrived("D1")
    for _ in range(5):
        shop.next_day()
    told = shop.delivered()
    assert {notice.kind: notice.message_id for notice in told} == {
        NotificationKind.BACK_ORDER_RELEASED: "9f3fe73caed569873fe70d361e5ccb66",
        NotificationKind.CANCELLATION_RESOLVED: "ba9e813a167da41b942249b7fb1953fd",
        NotificationKind.DAILY_NEW_BACK_ORDERS: "072549a1eaf29362861d5e060da10f1c",
        NotificationKind.DELIVERY_OVERDUE: "f06a3083a953fcab1934600404555320",
    }
    (overdue,) = [each.content for each in told if isinstance(each.content, OverdueDelivery)]
    due_on = date(2026, 3, 4)
    assert overdue == OverdueDelivery(InboundId("D1"), START.date(), START, due_on, "UTC")
    shop.acme.place_order("O3", {"A": 1})
    shop.next_day()
    assert [notice.message_id for notice in shop.delivered()] == [
        "3395092a7dc75be00c09e8837d9f2256",
    ]


def test_law_22_an_overdue_delivery_that_is_told_ahead_of_time_is_delivered_at_once() -> None:
    """As the digest is that is composed with it."""
    shop = new_shop(NotificationKind.DELIVERY_OVERDUE)
    shop.acme.announce_inbound("D1", {"B": 1}, expected_on=START.date())
    shop.acme.inbound_arrived("D1")
    assert shop.app.compose_daily_digests(now=START + timedelta(days=9)) == 1
    assert [notice.kind for notice in shop.delivered()] == [NotificationKind.DELIVERY_OVERDUE]


def test_law_22_a_notice_is_taken_by_one_and_by_nobody_for_whom_it_is_not() -> None:
    """Two who ask at once, or a user who switches it off meanwhile: it is looked at again."""
    shop = new_shop(RELEASED)
    shop.acme.place_order("O1", {"A": 1})
    shop.acme.book_in("R1", {"A": 1})
    user_id = shop.acme.users()[0].user_id
    late = MessageId("late")
    ((_, first),) = shop.acme._store.outboxes.due(START, START, 9)
    with shop.acme._store.begin("acme") as uow:
        assert usecases.take_notice(first, uow=uow, now=START) is not None
        assert usecases.take_notice(first, uow=uow, now=START) is None
        assert usecases.take_notice(late, uow=uow, now=START) is None
        content = uow.notices.content(first)
        assert content is not None
        queued = QueuedNotice(late, user_id, DIGEST, queued_at=START, due_at=START)
        uow.notices.queue([NewNotice(queued, content)])
        assert usecases.take_notice(late, uow=uow, now=START) is None
        assert uow.notices.find([late]) == {}


# --- law 22: delivering -----------------------------------------------------------------------


def _with_released(shop: Shop, count: int) -> None:
    """Queue so many notices, a minute apart."""
    for number in range(count):
        shop.acme.place_order(f"O{number}", {"A": 1})
        shop.acme.book_in(f"R{number}", {"A": 1})
        shop.clock.advance(minutes=1)


def test_law_22_what_is_delivered_is_gone() -> None:
    """Delivering again sends nothing again, not even when nobody is at it any more."""
    shop = new_shop(RELEASED)
    _with_released(shop, 3)
    assert [notice.subject.split()[1] for notice in shop.delivered(limit=2)] == ["O0", "O1"]
    assert [notice.subject.split()[1] for notice in shop.delivered(limit=2)] == ["O2"]
    assert shop.delivered() == []
    shop.clock.advance(days=30)
    assert shop.delivered() == []


def test_law_22_a_failure_is_tried_again_after_growing_pauses_and_then_set_aside() -> None:
    """A server that is down for an hour loses no mail; one that is gone is not asked for ever."""
    shop = new_shop(RELEASED)
    _with_released(shop, 1)
    ids = set()

    def fail(notice: Notice) -> Exception:
        ids.add(notice.message_id)
        return OSError("421 try later\r\nX-Evil: 1")

    pauses = []
    for _ in range(limits.DELIVERY_ATTEMPTS):
        waited = timedelta(0)
        while shop.app.deliver_notifications(Failing(fail)).failed == 0:
            shop.clock.advance(seconds=15)
            waited += timedelta(seconds=15)
        pauses.append(waited)
    assert len(ids) == 1
    for attempt, pause in enumerate(pauses[1:], start=1):
        longest = min(timedelta(minutes=2 ** (attempt - 1)), timedelta(hours=6))
        assert longest / 2 <= pause <= longest + timedelta(seconds=15)
    shop.clock.advance(days=30)
    assert shop.delivered() == []
    (failed,) = shop.app.failed_notifications()
    assert (failed.attempts, failed.kind, failed.recipient) == (12, RELEASED, "bob@example.com")
    assert failed.problem == "OSError: 421 try later  X-Evil: 1"
    shop.app.retry_notification(failed.message_id)
    assert shop.app.failed_notifications() == ()
    assert [notice.message_id for notice in shop.delivered()] == [failed.message_id]


def test_law_22_a_pause_is_cut_by_half_at_most() -> None:
    """What failed together does not come back together, nor much sooner than it should."""
    pauses = [pause_after(3, jitter) for jitter in (0.0, 0.5, 1.0)]
    assert pauses == [timedelta(minutes=minutes) for minutes in (4, 3, 2)]


def test_law_22_what_is_retried_is_as_if_it_had_never_been_tried() -> None:
    """Somebody has seen to it: it has all its attempts again, and they are counted from one."""
    shop = new_shop(RELEASED)
    _with_released(shop, 1)
    refusing = Failing(
        lambda notice: RecipientRefused(notice.recipient, "no" * limits.REASON_LENGTH)
    )
    for _ in range(2):
        shop.app.deliver_notifications(refusing)
        (failed,) = shop.app.failed_notifications()
        assert failed.attempts == 1
        assert len(failed.problem) == limits.REASON_LENGTH
        shop.app.retry_notification(failed.message_id)
    assert len(shop.delivered()) == 1


def test_law_22_a_notice_is_due_when_its_time_has_come_or_can_never_have_been_meant() -> None:
    """No pause is longer than a day: what is further ahead was put there by a wrong clock."""
    new = QueuedNotice(MessageId("M1"), UserId("bob"), RELEASED, START, START)
    assert (new.attempts, new.problem, new.version) == (0, "", 1)
    assert new.claimed(START).version == 2
    moment, day = timedelta(microseconds=1), timedelta(days=1)
    for ahead, is_due in (
        (timedelta(0), True),
        (moment, False),
        (day, False),
        (day + moment, True),
    ):
        assert attrs.evolve(new, due_at=START + ahead).is_due(START) == is_due
    assert not new.set_aside("no", now=START).is_due(START)


def test_law_22_a_refusal_is_set_aside_at_once_and_holds_nobody_up() -> None:
    """The others' mail must not wait for one wrong address."""
    shop = new_shop(RELEASED)
    shop.acme.add_user("eve", email="eve@example.com")
    shop.acme.opt_in("eve", RELEASED)
    _with_released(shop, 2)
    refused = RecipientRefused("eve@example.com", "550 no such user")
    notifier = Failing(lambda notice: refused if notice.recipient == refused.recipient else None)
    done = shop.app.deliver_notifications(notifier)
    assert (done.sent, done.failed) == (2, 2)
    assert [failed.user_id for failed in shop.app.failed_notifications()] == ["eve", "eve"]
    assert len(shop.app.failed_notifications(limit=1)) == 1


@pytest.mark.parametrize("kind", [RELEASED, None])
def test_law_22_notices_of_a_kind_switched_off_or_a_user_removed_are_dropped(
    kind: NotificationKind | None,
) -> None:
    """Nobody who has said no gets one more, nor is old news brought to who says yes again."""
    shop = new_shop(RELEASED, DIGEST)
    shop.acme.place_order("short", {"B": 1})
    _with_released(shop, 2)
    notifier = Failing(lambda _: RecipientRefused("bob@example.com", "no"))
    shop.app.deliver_notifications(notifier, limit=1)
    shop.next_day()
    if kind is None:
        shop.acme.remove_user("bob")
        shop.acme.add_user("bob", email="bob@example.com")
        shop.acme.opt_in("bob", DIGEST)
    else:
        shop.acme.opt_out("bob", kind)
    shop.acme.opt_in("bob", RELEASED)
    assert shop.app.failed_notifications() == ()
    assert [notice.kind for notice in shop.delivered()] == ([] if kind is None else [DIGEST])


@attrs.define
class Connecting:
    """A notifier with a connection, which may not come about."""

    error: Exception | None = None
    told: list[str] = attrs.field(factory=list)

    def __enter__(self) -> Self:
        """Open the connection."""
        self.told.append("open")
        if self.error is not None:
            raise self.error
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.told.append("close")

    def send(self, notice: Notice) -> None:
        """Take the notice."""
        self.told.append(notice.subject.split()[1])


def test_law_22_all_of_a_call_goes_over_one_connection() -> None:
    """A connection for each mail is what mail servers punish."""
    shop = new_shop(RELEASED)
    notifier = Connecting()
    shop.app.deliver_notifications(notifier)
    assert notifier.told == []
    _with_released(shop, 2)
    shop.app.deliver_notifications(notifier)
    assert notifier.told == ["open", "O0", "O1", "close"]


def test_law_22_a_server_that_does_not_answer_costs_one_notice_one_attempt() -> None:
    """A night without a mail server must not set everything aside."""
    shop = new_shop(RELEASED)
    _with_released(shop, 3)
    done = shop.app.deliver_notifications(Connecting(ConnectionRefusedError("no route")))
    assert (done.sent, done.failed) == (0, 1)
    assert [notice.subject.split()[1] for notice in shop.delivered()] == ["O1", "O2"]
    shop.clock.advance(minutes=1)
    assert [notice.subject.split()[1] for notice in shop.delivered()] == ["O0"]


def test_law_22_a_notice_that_ends_every_process_is_set_aside() -> None:
    """Whatever kills the deliverer must not kill it for ever."""
    shop = new_shop(RELEASED)
    _with_released(shop, 1)
    for _ in range(limits.DELIVERY_ATTEMPTS):
        # Ends the process, as far as the library is concerned.
        with pytest.raises(KeyboardInterrupt):
            shop.app.deliver_notifications(Failing(_interrupt))
        assert shop.delivered() == []
        shop.clock.now += limits.DELIVERY_LEASE
    assert shop.delivered() == []
    (failed,) = shop.app.failed_notifications()
    assert "without saying what became of it" in failed.problem


def _interrupt(_notice: Notice) -> Exception | None:
    raise KeyboardInterrupt


def test_law_22_who_comes_too_late_with_a_failure_changes_nothing() -> None:
    """A deliverer that hung for longer than its lease must not undo what another did."""
    shop = new_shop(RELEASED)
    _with_released(shop, 1)

    def deliver_meanwhile(_notice: Notice) -> Exception:
        shop.clock.now += limits.DELIVERY_LEASE
        assert len(shop.delivered()) == 1
        return TimeoutError("too late")

    done = shop.app.deliver_notifications(Failing(deliver_meanwhile))
    assert (done.sent, done.failed) == (0, 1)
    shop.clock.advance(days=1)
    assert (shop.delivered(), shop.app.failed_notifications()) == ([], ())


def test_law_22_what_is_not_set_aside_cannot_be_retried() -> None:
    """A host that calls the use cases itself is told so too."""
    shop = new_shop(RELEASED)
    _with_released(shop, 1)
    store = MemoryStore()
    with store.begin("acme") as uow:
        with pytest.raises(UnknownNotice):
            usecases.retry_notice("unknown", uow=uow, now=START)
        assert usecases.failed_notices([MessageId("unknown")], uow=uow) == ()
        assert usecases.compose_digest(uow=uow, now=START) == 0
    refusing = Failing(lambda notice: RecipientRefused(notice.recipient, "no"))
    shop.app.deliver_notifications(refusing)
    message_id = shop.app.failed_notifications()[0].message_id
    shop.app.retry_notification(message_id)
    with pytest.raises(UnknownNotice):
        shop.app.retry_notification(message_id)


def test_law_21_the_next_digest_can_be_looked_at_and_is_not_used_up() -> None:
    """Whoever wants to know what the mail will say must not thereby keep it from being sent."""
    shop = new_shop(DIGEST)
    assert shop.acme.next_digest() is None
    shop.acme.place_order("O1", {"A": 1})
    shop.app.seller("bolt").place_order("O2", {"A": 1})
    for _ in range(2):
        digest = shop.acme.next_digest()
        assert digest is not None
        assert [entry.order_id for entry in digest.entries] == ["O1"]
        assert (digest.from_on, digest.until_on) == (START.date(), START.date())
    assert shop.next_day() == 1
    (notice,) = shop.delivered()
    assert _listed(notice) == {"O1": EntryState.WAITING}
    assert shop.acme.next_digest() is None


def test_law_21_in_the_last_moment_of_a_day_the_next_digest_is_that_days() -> None:
    """As it would be if the day ended now: the first moment of the next is not over."""
    shop = new_shop(DIGEST)
    shop.acme.place_order("O1", {"A": 1})
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    for moment, today in (
        (midnight - timedelta(microseconds=1), date(2026, 3, 2)),
        (midnight, date(2026, 3, 3)),
    ):
        shop.clock.now = moment
        digest = shop.acme.next_digest()
        assert digest is not None
        assert digest.until_on == today
