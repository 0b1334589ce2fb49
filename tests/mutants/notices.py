"""Bugs in who is told what, and in announced deliveries."""

from typing import Final

from tests.mutants.bug import Bug

_LAW: Final = "tests/domain/test_law_"
_FAULTS: Final = (
    "tests/histories/test_faults.py"
    "::test_law_19_a_call_that_breaks_off_has_happened_wholly_or_not_at_all"
)

BUGS: Final = (
    Bug(
        "lost-outbox-row",
        "the first of those who are to be told is not",
        "usecases/telling.py",
        "uow.notices.queue(new)",
        "uow.notices.queue(new[1:])",
        f"{_LAW}20_22_notices.py::test_released_orders_are_told_of_net_and_together",
    ),
    Bug(
        "watermark-advanced-on-failure",
        "the digest counts as composed before it is: what fails then is told to nobody",
        "usecases/composing.py",
        "    uow.notices.use_up(entries, last, LastDigest(number, what.until))\n",
        "    uow.notices.use_up(entries, last, LastDigest(number, what.until))\n    uow.commit()\n",
        f"{_FAULTS}[memory-Backorders.compose_daily_digests]",
    ),
    Bug(
        "listed-again",
        "what a digest has listed is listed by the next one, too",
        "usecases/composing.py",
        "uow.notices.use_up(entries, last,",
        "uow.notices.use_up([], last,",
        f"{_LAW}20_22_notices.py::test_law_21_an_order_is_listed_once_however_often_it_is_composed",
    ),
    Bug(
        "kept-for-who-opts-in-later",
        "a digest that nobody wants is kept, and its entries come with a later one",
        "usecases/composing.py",
        "    uow.notices.use_up(entries, last, LastDigest(number, what.until))\n",
        "    if who_wants(NotificationKind.DAILY_NEW_BACK_ORDERS, uow):\n"
        "        uow.notices.use_up(entries, last, LastDigest(number, what.until))\n",
        f"{_LAW}20_22_notices.py::test_law_21_a_digest_is_used_up_although_nobody_wants_it",
    ),
    Bug(
        "day-of-utc",
        "a day ends at midnight in Greenwich, not where the seller is",
        "domain/digesting.py",
        "until = days.start_of_today(now, time_zone)",
        'until = days.start_of_today(now, "UTC")',
        f"{_LAW}20_22_notices.py::test_law_21_a_day_is_the_sellers_own_and_may_have_23_or_25_hours",
    ),
    Bug(
        "part-is-news",
        "what is split off an order that waits is news in the digest",
        "usecases/splitting.py",
        "was_on_back_order=was_short",
        "was_on_back_order=False",
        f"{_LAW}20_22_notices.py::test_law_21_the_child_of_a_split_is_not_new",
    ),
    Bug(
        "opted-in-by-default",
        "a new user is told everything until opting out",
        "usecases/users.py",
        "user = User(checked_id, address)",
        "user = User(checked_id, address, frozenset(NotificationKind))",
        f"{_LAW}20_22_notices.py::test_law_20_a_new_user_is_told_nothing",
    ),
    Bug(
        "sent-and-kept",
        "what was delivered stays in the outbox and comes again",
        "usecases/delivering.py",
        'it leaves the outbox."""\n    uow.notices.remove(message_id)',
        'it leaves the outbox."""\n    uow.notices.find([message_id])',
        f"{_LAW}20_22_notices.py::test_law_22_what_is_delivered_is_gone",
    ),
    Bug(
        "no-growing-pause",
        "a mail server that is down is asked every minute for ever",
        "domain/delivering.py",
        "limits.DELIVERY_PAUSE * 2 ** (attempts - 1)",
        "limits.DELIVERY_PAUSE * 1",
        f"{_LAW}20_22_notices.py"
        "::test_law_22_a_failure_is_tried_again_after_growing_pauses_and_then_set_aside",
    ),
    Bug(
        "one-failure-holds-up-the-rest",
        "a notice that cannot be delivered keeps all others from being tried",
        "application/outbox.py",
        "                    if not send.is_open:\n",
        "                    if failed:\n",
        f"{_LAW}20_22_notices.py::test_law_22_a_refusal_is_set_aside_at_once_and_holds_nobody_up",
    ),
    Bug(
        "second-receipt-overwrites",
        "a delivery that is booked in twice is noted with the second receipt alone",
        "domain/inbound.py",
        "self.booked_in.get(sku, 0) + more",
        "more",
        f"{_LAW}23_inbound.py::test_law_23_from_announcement_to_closing",
    ),
    Bug(
        "overdue-on-the-day",
        "a delivery is overdue on the very day on which it is due",
        "domain/inbound.py",
        "self.due_on is not None and self.due_on < today",
        "self.due_on is not None and self.due_on <= today",
        f"{_LAW}23_inbound.py::test_law_23_overdue_is_past_the_due_date_in_the_sellers_days",
    ),
    Bug(
        "closed-takes-more",
        "units are booked in for a delivery that is closed",
        "domain/inbound.py",
        '        """Refuse the action if nothing more of the delivery is to come."""\n'
        "        if self.status is InboundStatus.CLOSED:\n",
        '        """Refuse the action if nothing more of the delivery is to come."""\n'
        "        if self.cancelled:\n",
        f"{_LAW}23_inbound.py::test_law_23_what_is_closed_takes_no_more",
    ),
    Bug(
        "promises-what-is-late",
        "a promise counts on a delivery that should have come long ago",
        "usecases/announced.py",
        "            if inbound.is_late(self.today):\n",
        "            if inbound.is_late(self.today) and not inbound.outstanding:\n",
        f"{_LAW}24_promises.py::test_reasons_are_given_in_plain_words",
    ),
)
