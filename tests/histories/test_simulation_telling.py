"""Who is told what in a simulation: each judge, shown what is wrong, says so."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest

from backorders import Backorders, NotificationKind
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.delivering import QueuedNotice
from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import RecipientRefused
from backorders.domain.events import LeftBackOrder
from backorders.domain.inbound import Inbound
from backorders.domain.notices import Notice, ReleasedOrders
from backorders.domain.order import Order
from backorders.domain.settings import Settings
from backorders.domain.users import User
from backorders.domain.values import MessageId, OrderId, UserId
from backorders.ports.notices import NewNotice
from backorders.ports.storage import Entry
from backorders.testing.commands import Command, command
from backorders.testing.simulation.books import Written
from backorders.testing.simulation.mail import BUSY, REFUSED, MailServer, TryLater
from backorders.testing.simulation.post import Post
from backorders.testing.simulation.telling import Committed
from backorders.testing.simulation.trouble import AT_COMMIT, Fault, Luck, Trouble
from tests.support.mails import a_notice

_NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
"""A Friday; on an island in the Pacific it is Saturday already."""
_RELEASED = NotificationKind.BACK_ORDER_RELEASED


@pytest.fixture
def acme() -> Seller:
    """A seller with an order that waits."""
    seller = Backorders(MemoryStore(), clock=lambda: _NOON).seller("acme")
    seller.place_order("O1", {"TEA": 2})
    return seller


def _commit(
    *writes: Written,
    asked: Command | None = None,
    orders: Sequence[Order] = (),
    before: Sequence[Order] = (),
    inbounds: Sequence[Inbound] = (),
    inbounds_before: Sequence[Inbound] = (),
    time_zone: str = "UTC",
    at: datetime = _NOON,
) -> Committed:
    return Committed(
        writes,
        asked or command("verify"),
        at,
        at,
        {order.order_id: order for order in before},
        {order.order_id: order for order in orders},
        {inbound.inbound_id: inbound for inbound in inbounds_before},
        {inbound.inbound_id: inbound for inbound in inbounds},
        Settings(time_zone=time_zone),
    )


def _with_ann(*kinds: NotificationKind) -> Post:
    post = Post()
    post.enter(_commit(asked=command("add_user", "ann", email="ann@a.example")))
    for kind in kinds:
        post.enter(_commit(asked=command("opt_in", "ann", kind)))
    return post


def _notice(due_at: datetime | None = _NOON, attempts: int = 0, problem: str = "") -> QueuedNotice:
    return QueuedNotice(
        MessageId("m1"), UserId("ann"), _RELEASED, _NOON, due_at, attempts, problem=problem
    )


def _queued() -> Written:
    content = ReleasedOrders([OrderId("O1")], 1, _NOON, "book_in R1", "UTC")
    return Written("notices", "queue", ([NewNotice(_notice(), content)],))


def test_law_22_whoever_asked_is_told_that_an_order_is_released(acme: Seller) -> None:
    """The library itself cannot be asked whom it has forgotten."""
    waiting = acme.order("O1")
    acme.book_in("R1", {"TEA": 2})
    left = Written(
        "journal", "append", ([Entry("O1", 2, LeftBackOrder(OrderId("O1"), _NOON, ""))],)
    )
    ready = acme.order("O1")

    def commit(*writes: Written) -> Committed:
        return _commit(*writes, before=[waiting], orders=[ready])

    Post().enter(commit(left))
    _with_ann(_RELEASED).enter(commit(left, _queued()))
    with pytest.raises(AssertionError, match=r"laws 20 to 22: told is \[\]"):
        _with_ann(_RELEASED).enter(commit(left))
    with pytest.raises(AssertionError, match=r"laws 20 to 22: told is .*, and not \[\]"):
        _with_ann().enter(commit(left, _queued()))
    with pytest.raises(AssertionError, match=r"law 12: \[\] are told to have left"):
        _with_ann(_RELEASED).enter(commit(_queued()))


def test_law_20_what_a_user_wants_is_what_was_asked_for() -> None:
    """Nobody is to be told anything who has not said so, and nobody may be forgotten."""
    ann = User(UserId("ann"), "ann@a.example")
    asked = command("add_user", "ann", email="ann@a.example")

    Post().enter(_commit(Written("users", "add", (ann,)), asked=asked))
    with pytest.raises(AssertionError, match="law 20"):
        Post().enter(_commit(Written("users", "add", (ann.with_kind(_RELEASED),)), asked=asked))
    post = _with_ann(_RELEASED)
    post.enter(_commit(asked=command("opt_out", "ann", _RELEASED)))
    assert post.users == {"ann": ann}
    post.enter(_commit(asked=command("remove_user", "ann")))
    assert not post.users


@pytest.mark.parametrize("time_zone", ["UTC", "Pacific/Kiritimati"])
def test_law_21_a_digest_lists_the_days_that_are_over_where_the_seller_is(
    time_zone: str, acme: Seller
) -> None:
    """Noon in Greenwich is two o'clock of the next day on the island."""
    order = acme.order("O1")
    entry = NewBackOrder(OrderId("O1"), 1, _NOON - timedelta(hours=3), (), 0)
    midnight = {"UTC": (6, 0), "Pacific/Kiritimati": (6, 10)}[time_zone]
    until = datetime(2026, 3, *midnight, tzinfo=UTC)
    used_up = [] if time_zone == "UTC" else [entry]
    last = LastDigest(1, until)
    post = Post(entries={("O1", 1): entry.at})

    def digest(*args: object) -> Committed:
        return _commit(
            Written("notices", "use_up", args), orders=[order], before=[order], time_zone=time_zone
        )

    with pytest.raises(AssertionError, match="law 21"):
        post.enter(digest([] if used_up else [entry], None, last))
    with pytest.raises(AssertionError, match="law 21"):
        post.enter(digest(used_up, None, LastDigest(1, until - timedelta(hours=10))))
    post = Post(entries={("O1", 1): entry.at})
    post.enter(digest(used_up, None, last))
    assert bool(post.entries) is not bool(used_up)


def test_law_22_a_notice_comes_again_after_growing_pauses_and_is_given_up_in_the_end() -> None:
    """One pause after another looks all right: somebody has to compare them."""

    def after(notice: QueuedNotice, saved: QueuedNotice) -> None:
        post = Post(outbox={"m1": notice})
        post.enter(_commit(Written("notices", "save", (saved,))))

    after(_notice(attempts=2), _notice(_NOON + timedelta(minutes=2), 2))
    after(_notice(attempts=2), _notice(_NOON + timedelta(minutes=10), 3))
    with pytest.raises(AssertionError, match=r"law 22: .* comes again after 0:00:50"):
        after(_notice(attempts=2), _notice(_NOON + timedelta(seconds=50), 2))
    with pytest.raises(AssertionError, match=r"law 22: .* comes again after"):
        after(_notice(attempts=12), _notice(_NOON + timedelta(hours=7), 12))
    with pytest.raises(AssertionError, match=r"law 22: .* was given up"):
        after(_notice(attempts=11), _notice(None, 11))
    after(_notice(attempts=12), _notice(None, 12))
    after(_notice(attempts=1), _notice(None, 1, "RecipientRefused: no such mailbox"))


def test_law_23_what_is_overdue_is_told_of_on_the_day_after_it_was_due(acme: Seller) -> None:
    """What arrives on a Friday is due on Tuesday, and overdue on Wednesday: not before."""
    acme.announce_inbound("A1", {"TEA": 1}, expected_on=date(2026, 3, 6))
    arrived = acme.inbound_arrived("A1")
    for days, is_overdue in ((4, False), (5, True)):
        told, untold = (
            _commit(
                asked=command("compose_daily_digests"),
                inbounds=[now],
                inbounds_before=[arrived],
                at=_NOON + timedelta(days=days),
            )
            for now in (arrived.told_overdue(), attrs.evolve(arrived, version=9))
        )
        right, wrong = (told, untold) if is_overdue else (untold, told)
        Post().enter(right)
        with pytest.raises(AssertionError, match="law 23"):
            Post().enter(wrong)


def test_a_busy_mail_server_takes_a_notice_the_third_time_it_comes() -> None:
    """Pauses grow only where something fails more than once."""
    server = MailServer()

    def to(address: str) -> Notice:
        return attrs.evolve(a_notice(), recipient=address)

    for _ in range(2):
        with pytest.raises(TryLater):
            server.take(to(BUSY))
    server.take(to(BUSY))
    server.take(to("ann@a.example"))
    assert [len(times) for times in server.taken.values()] == [2]
    with pytest.raises(RecipientRefused):
        server.take(to(REFUSED))


def test_a_fault_can_strike_the_first_commit_wherever_it_comes() -> None:
    """There most is to be undone: whatever was written before it."""
    luck = Luck((Trouble(Fault.CRASH_BEFORE, AT_COMMIT),))
    struck = [luck.next(port, writes=True) for port in ("begin", "orders.save", "commit", "commit")]

    assert struck == [None, None, Fault.CRASH_BEFORE, None]
    assert str(Trouble(Fault.CRASH_BEFORE, AT_COMMIT)) == "crash before at the commit"
    assert str(Trouble(Fault.SLOW, 3)) == "slow at port call 3"
