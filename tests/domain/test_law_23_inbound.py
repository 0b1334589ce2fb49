"""Law 23: announced, arrived, booked in, closed."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import Backorders, BookingIn, Inbound, InboundStatus
from backorders.adapters.calendar import NationalCalendar
from backorders.adapters.memory import MemoryStore
from backorders.application import Seller
from backorders.domain.days import day_of
from backorders.domain.errors import ContentDiffers, InboundRefused, UnknownInbound
from backorders.domain.inbound_events import (
    InboundAnnounced,
    InboundArrived,
    InboundBookedIn,
    InboundCancelled,
    InboundClosed,
    InboundMoved,
)
from backorders.domain.values import ReferenceId, Sku
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, call, new_seller
from tests.support.state import SKUS, dump

MONDAY = START.date()
ANNOUNCED, ARRIVED, CLOSED = InboundStatus
units = st.integers(1, 6)
unit_maps = st.dictionaries(st.sampled_from(SKUS), units, min_size=1, max_size=3)
ids = st.sampled_from(("D1", "D2"))
expected = st.integers(-2, 9).map(lambda n: MONDAY + timedelta(days=n))
warehouses = st.sampled_from(("MAIN", "MAIN", "EAST"))


def _announcing(inbound_id: str, number: int, expected_on: date, warehouse: str) -> Call:
    # Few contents, so that a delivery is often announced again.
    lines = [{"A": 4}, {"A": 4, "B": 2}, {"C": 9}][number]
    options = {"expected_on": expected_on, "warehouse": warehouse}
    return call("announce_inbound", inbound_id, lines, **options)


def _booking(number: int, lines: dict[str, int], inbound_id: str | None, warehouse: str) -> Call:
    return call("book_in", f"R{number}", lines, warehouse=warehouse, inbound=inbound_id)


calls = st.one_of(
    st.builds(_announcing, ids, st.sampled_from((0, 0, 0, 1, 2)), expected, warehouses),
    st.builds(lambda name: call("inbound_arrived", name), ids),
    st.builds(
        lambda name, hours: call("inbound_arrived", name, at=START + timedelta(hours=hours)),
        ids,
        st.integers(-50, 200),
    ),
    st.builds(_booking, st.integers(1, 20), unit_maps, ids | st.none(), warehouses),
    st.builds(lambda name: call("close_inbound", name), ids),
    st.builds(lambda name: call("cancel_inbound", name), ids),
    st.builds(lambda hours: call("wait", hours), st.integers(1, 60)),
)


@attrs.define
class Told:
    """A delivery as its papers tell: the rule once more, as simple as can be."""

    lines: dict[str, int]
    warehouse: str
    expected_on: date
    arrived_at: datetime | None = None
    due_on: date | None = None
    receipts: dict[str, dict[str, int]] = attrs.field(factory=dict)
    is_closed: bool = False
    is_cancelled: bool = False

    @property
    def booked_in(self) -> Counter[str]:
        """What came, over all receipts."""
        return sum((Counter(lines) for lines in self.receipts.values()), Counter[str]())

    def arrive(self, at: datetime) -> None:
        """Come in, unless it has already: two weekdays later it is due."""
        if self.arrived_at is None:
            self.arrived_at = at
            left = 2
            self.due_on = day_of(at, "Europe/Berlin")
            while left:
                self.due_on += timedelta(days=1)
                left -= self.due_on.weekday() < 5


@attrs.define
class Desk:
    """Deliveries and receipts, judged by whether the rule lets a call happen."""

    now: datetime = START
    told: dict[str, Told] = attrs.field(factory=dict)
    papers: dict[str, object] = attrs.field(factory=dict)

    def refuses(self, asked: Call) -> type[Exception] | None:
        """Return the error that a call must come to, after doing it if there is none."""
        options = dict(asked.options)
        name = str(asked.args[0])
        match asked.name:
            case "announce_inbound":
                return self._announce(name, dict(asked.args[1]), **options)  # type: ignore[arg-type, call-overload]
            case "book_in":
                return self._book_in(name, dict(asked.args[1]), **options)  # type: ignore[arg-type, call-overload]
            case _:
                pass
        if name not in self.told:
            return UnknownInbound
        one = self.told[name]
        match asked.name:
            case "inbound_arrived":
                if one.is_closed:
                    return InboundRefused
                at = options.get("at", self.now)
                assert isinstance(at, datetime)
                one.arrive(at)
            case "close_inbound":
                one.is_closed = True
            case "cancel_inbound":
                if not one.is_cancelled and (one.is_closed or one.receipts):
                    return InboundRefused
                one.is_closed = one.is_cancelled = True
            case _:
                raise NotImplementedError(asked)
        return None

    def _announce(
        self, name: str, lines: dict[str, int], *, expected_on: date, warehouse: str
    ) -> type[Exception] | None:
        one = self.told.setdefault(name, Told(lines, warehouse, expected_on))
        if (one.lines, one.warehouse) != (lines, warehouse):
            return ContentDiffers
        if one.expected_on != expected_on and (one.is_closed or one.arrived_at):
            return InboundRefused
        one.expected_on = expected_on
        return None

    def _book_in(
        self, name: str, lines: dict[str, int], *, warehouse: str, inbound: str | None
    ) -> type[Exception] | None:
        content = (lines, warehouse, inbound)
        if name in self.papers:
            return None if self.papers[name] == content else ContentDiffers
        if inbound is not None:
            if inbound not in self.told:
                return UnknownInbound
            one = self.told[inbound]
            if one.is_closed or one.warehouse != warehouse:
                return InboundRefused
            one.arrive(self.now)
            one.receipts[name] = lines
        self.papers[name] = content
        return None


def _judge(acme: Seller, desk: Desk) -> None:
    today = day_of(desk.now, "Europe/Berlin")
    for name, one in desk.told.items():
        found = acme.inbound(name)
        status = CLOSED if one.is_closed else ARRIVED if one.arrived_at else ANNOUNCED
        assert (found.status, found.cancelled) == (status, one.is_cancelled)
        assert (found.lines, found.warehouse) == (one.lines, one.warehouse)
        assert found.expected_on == one.expected_on
        assert (found.arrived_at, found.due_on) == (one.arrived_at, one.due_on)
        assert found.booked_in == one.booked_in
        differs = Counter(one.booked_in)
        differs.subtract(one.lines)
        wanted = {} if one.is_cancelled else {sku: n for sku, n in differs.items() if n}
        assert found.discrepancies == wanted
        overdue = not one.is_closed and one.due_on is not None and one.due_on < today
        assert found.is_overdue(today) == overdue
        awaited = not one.is_closed and one.arrived_at is None and one.expected_on < today
        assert found.is_late(today) == (overdue or awaited)
    listed = acme.inbounds()
    assert sorted(each.inbound_id for each in listed) == sorted(desk.told)
    assert list(listed) == sorted(listed, key=lambda each: (each.expected_on, each.inbound_id))
    for wanted_overdue in (True, False):
        found_overdue = acme.inbounds(overdue=wanted_overdue)
        assert list(found_overdue) == [e for e in listed if e.is_overdue(today) == wanted_overdue]


@given(st.lists(calls, min_size=3, max_size=25))
def test_law_23_a_delivery_is_what_its_papers_tell(asked: list[Call]) -> None:
    """Whatever is called in whatever order: judged by the rule, written down a second time."""
    clock = SettableClock()
    acme = Backorders(MemoryStore(), clock=clock, booking_in=BookingIn(2, 2)).seller("acme")
    acme.configure(time_zone="Europe/Berlin")
    desk = Desk()
    for one in asked:
        if one.name == "wait":
            hours = one.args[0]
            assert isinstance(hours, int)
            clock.advance(hours=hours)
            desk.now = clock.now
            continue
        before = dump(acme)
        wanted = desk.refuses(one)
        result = one.on(acme)
        refused = type(result) if isinstance(result, Exception) else None
        assert refused is wanted, f"{one} came to {result!r}"
        if wanted is not None:
            assert dump(acme) == before
        _judge(acme, desk)
    on_hand = {sku: sum(level.on_hand for level in acme.stock(sku)) for sku in SKUS}
    papers: Counter[str] = Counter()
    for lines, _, _ in desk.papers.values():  # type: ignore[misc]
        papers.update(lines)  # type: ignore[has-type]
    assert on_hand == {sku: papers[sku] for sku in SKUS}


@pytest.fixture
def clock() -> SettableClock:
    """A Monday morning in March."""
    return SettableClock()


def test_law_23_from_announcement_to_closing(acme: Seller, clock: SettableClock) -> None:
    """Ten announced, four and then seven booked in: one more than announced, on every store."""
    announced = acme.announce_inbound("D1", {"A": 10, "B": 1}, expected_on=date(2026, 3, 5))
    assert acme.inbounds(limit=1) == (announced,)
    assert "acme" in acme._store.sellers()
    assert (announced.status, announced.due_on, announced.arrived_at) == (ANNOUNCED, None, None)
    assert announced.discrepancies == {"A": -10, "B": -1}
    clock.advance(days=3, hours=2)
    arrived = acme.inbound_arrived("D1")
    assert (arrived.status, arrived.arrived_at) == (ARRIVED, clock.now)
    assert arrived.due_on == date(2026, 3, 9)  # Thursday, then a weekend
    assert acme.stock("A") == ()
    acme.place_order("O1", {"A": 5})
    assert acme.book_in("R1", {"A": 4}, inbound="D1").gained == ("O1",)
    assert acme.inbound("D1").booked_in == {"A": 4}
    assert acme.book_in("R2", {"A": 7, "C": 2}, inbound="D1").released == ("O1",)
    closed = acme.close_inbound("D1")
    assert closed == acme.inbound("D1")
    assert closed.status is CLOSED
    assert closed.booked_in == {"A": 11, "C": 2}
    assert closed.discrepancies == {"A": 1, "B": -1, "C": 2}
    assert [type(event) for event in acme.inbound_history("D1")] == [
        InboundAnnounced,
        InboundArrived,
        InboundBookedIn,
        InboundBookedIn,
        InboundClosed,
    ]
    told = acme.inbound_history("D1")[-1]
    assert isinstance(told, InboundClosed)
    assert told.discrepancies == closed.discrepancies
    assert acme.verify() == ()


def test_law_23_what_is_to_come_and_what_differs_stands_by_sku_and_without_zeros(
    acme: Seller,
) -> None:
    """A list of nothing is not read; and two lists are compared line by line."""
    acme.announce_inbound("D1", {"B": 2, "C": 1, "A": 1}, expected_on=MONDAY)
    announced = acme.inbound_history("D1")[0]
    assert isinstance(announced, InboundAnnounced)
    for listed in (acme.inbound("D1").lines, announced.units, acme.inbound("D1").discrepancies):
        assert [*listed] == ["A", "B", "C"]
    acme.book_in("R1", {"C": 1, "Y": 1, "X": 1}, inbound="D1")
    acme.book_in("R2", {"B": 1}, inbound="D1")
    found = acme.inbound("D1")
    assert [*found.booked_in] == ["B", "C", "X", "Y"]
    assert [*found.outstanding.items()] == [("A", 1), ("B", 1)]
    assert [*found.discrepancies.items()] == [("A", -1), ("B", -1), ("X", 1), ("Y", 1)]
    # Whoever makes an event, as a store does that has read it.
    units = {Sku("B"): 1, Sku("A"): 1}
    assert [*InboundBookedIn(found.inbound_id, START, ReferenceId("R2"), units).units] == ["A", "B"]


def test_law_23_booking_in_makes_arrive_what_nobody_marked(
    acme: Seller, clock: SettableClock
) -> None:
    """The goods are on the shelf: they must have come, now at the latest."""
    acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 9))
    acme.book_in("R1", {"A": 1}, inbound="D1")
    found = acme.inbound("D1")
    assert (found.status, found.arrived_at, found.due_on) == (
        ARRIVED,
        clock.now,
        date(2026, 3, 4),
    )
    told = acme.inbound_history("D1")
    assert [type(event) for event in told[1:]] == [InboundArrived, InboundBookedIn]
    clock.advance(days=9)
    acme.book_in("R2", {"A": 1}, inbound="D1")
    assert acme.inbound("D1").due_on == date(2026, 3, 4)


def test_law_23_the_expected_date_moves_and_nothing_else_does(acme: Seller) -> None:
    """Announced again with another date it is moved; with other content it is a mistake."""
    first = acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 9))
    assert acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 9)) == first
    moved = acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 12))
    assert moved == attrs.evolve(first, expected_on=date(2026, 3, 12), version=2)
    assert type(acme.inbound_history("D1")[-1]) is InboundMoved
    for lines, where in (({"A": 4}, "MAIN"), ({"A": 3, "B": 1}, "MAIN"), ({"A": 3}, "EAST")):
        with pytest.raises(ContentDiffers, match="delivery 'D1' is known already"):
            acme.announce_inbound("D1", lines, expected_on=date(2026, 3, 12), warehouse=where)
    acme.inbound_arrived("D1")
    same = acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 12))
    assert same.status is ARRIVED
    with pytest.raises(InboundRefused, match="is ARRIVED: cannot expect it on another day"):
        acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 13))


def test_law_23_what_was_done_is_done_once(acme: Seller, clock: SettableClock) -> None:
    """Marking arrived or closed twice is a no-op, whatever hour the second one says."""
    acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 9))
    arrived = acme.inbound_arrived("D1", at=START - timedelta(days=3))
    assert arrived.due_on == date(2026, 3, 3)  # Friday, two working days
    clock.advance(days=1)
    assert acme.inbound_arrived("D1") == acme.inbound_arrived("D1", at=START) == arrived
    closed = acme.close_inbound("D1")
    assert acme.close_inbound("D1") == closed
    assert len(acme.inbound_history("D1")) == 3


def _closings() -> list[Callable[[Seller], Inbound]]:
    return [lambda acme: acme.close_inbound("D1"), lambda acme: acme.cancel_inbound("D1")]


@pytest.mark.parametrize("close", _closings())
def test_law_23_what_is_closed_takes_no_more(
    acme: Seller, close: Callable[[Seller], Inbound]
) -> None:
    """It cannot arrive, be booked in or be expected anew; the units go to no shelf."""
    acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 9))
    close(acme)
    with pytest.raises(InboundRefused, match="cannot let it arrive") as caught:
        acme.inbound_arrived("D1")
    assert caught.value.status == ("CANCELLED" if acme.inbound("D1").cancelled else "CLOSED")
    with pytest.raises(InboundRefused, match="cannot book it in"):
        acme.book_in("R1", {"A": 3}, inbound="D1")
    with pytest.raises(InboundRefused, match="cannot expect it on another day"):
        acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 10))
    assert acme.stock("A") == ()
    assert not acme.book_in("R1", {"A": 3}).repeated


def test_law_23_a_delivery_is_called_off_while_nothing_of_it_is_on_the_shelf(acme: Seller) -> None:
    """Called off, it is missing nothing; once some has come, it can only be closed."""
    for name in ("D1", "D2", "D3"):
        acme.announce_inbound(name, {"A": 3}, expected_on=date(2026, 3, 9))
    acme.inbound_arrived("D2")
    for name in ("D1", "D2"):
        called_off = acme.cancel_inbound(name)
        assert (called_off.status, called_off.cancelled) == (CLOSED, True)
        assert called_off.discrepancies == called_off.outstanding == {}
        assert acme.cancel_inbound(name) == acme.close_inbound(name) == called_off
        assert type(acme.inbound_history(name)[-1]) is InboundCancelled
    acme.book_in("R1", {"A": 1}, inbound="D3")
    with pytest.raises(InboundRefused, match="cannot cancel it; it has units booked in"):
        acme.cancel_inbound("D3")
    acme.close_inbound("D3")
    with pytest.raises(InboundRefused, match="cannot cancel it; it is closed"):
        acme.cancel_inbound("D3")


def test_law_23_a_delivery_is_booked_in_where_it_was_announced_for(acme: Seller) -> None:
    """The default warehouse must not swallow goods that stand in another building."""
    acme.announce_inbound("D1", {"A": 3}, expected_on=date(2026, 3, 9), warehouse="EAST")
    with pytest.raises(InboundRefused, match="it is announced for 'EAST'"):
        acme.book_in("R1", {"A": 3}, inbound="D1")
    assert acme.inbound("D1").status is ANNOUNCED
    acme.book_in("R1", {"A": 3}, inbound="D1", warehouse="EAST")
    assert [level.warehouse for level in acme.stock("A")] == ["EAST"]


def test_law_18_the_delivery_is_content_of_a_receipt(acme: Seller) -> None:
    """The same receipt again changes nothing, also after closing; for another delivery it errs."""
    for name in ("D1", "D2"):
        acme.announce_inbound(name, {"A": 3}, expected_on=date(2026, 3, 9))
    acme.book_in("R1", {"A": 3}, inbound="D1")
    acme.close_inbound("D1")
    before = dump(acme)
    assert acme.book_in("R1", {"A": 3}, inbound="D1").repeated
    for other in ("D2", "unknown", None):
        with pytest.raises(ContentDiffers, match="receipt 'R1'"):
            acme.book_in("R1", {"A": 3}, inbound=other)
    assert dump(acme) == before


def test_law_23_overdue_is_past_the_due_date_in_the_sellers_days(
    app: Backorders, acme: Seller, clock: SettableClock
) -> None:
    """On the due date itself it is not; where the day has ended, it is. Others' are not named."""
    acme.configure(time_zone="Europe/Paris")
    acme.announce_inbound("D1", {"A": 3}, expected_on=MONDAY)
    acme.announce_inbound("D2", {"A": 3}, expected_on=MONDAY)
    acme.inbound_arrived("D1")
    neighbour = app.seller("neighbour")
    neighbour.announce_inbound("D1", {"A": 3}, expected_on=MONDAY)
    neighbour.inbound_arrived("D1")
    clock.now = datetime(2026, 3, 4, 22, 59, tzinfo=UTC)
    assert acme.inbounds(overdue=True) == ()
    clock.now = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
    assert [each.inbound_id for each in acme.inbounds(overdue=True)] == ["D1"]
    assert [each.inbound_id for each in acme.inbounds(overdue=False)] == ["D2"]
    assert neighbour.inbounds(overdue=True) == ()
    acme.book_in("R1", {"A": 3}, inbound="D1")
    assert len(acme.inbounds(overdue=True)) == 1
    acme.close_inbound("D1")
    assert acme.inbounds(overdue=True) == ()


def test_law_23_peak_season_and_national_holidays_as_the_app_is_told(clock: SettableClock) -> None:
    """Christmas in England: six working days in the season, or what the warehouse promises."""
    england = NationalCalendar("GB", "ENG")
    arrived_at = datetime(2026, 12, 24, 10, tzinfo=UTC)
    due = []
    for booking_in in (BookingIn(), BookingIn(peak_working_days=2)):
        app = Backorders(MemoryStore(), clock=clock, calendar=england, booking_in=booking_in)
        acme = app.seller("acme")
        acme.announce_inbound("D1", {"A": 1}, expected_on=date(2026, 12, 24))
        due.append(acme.inbound_arrived("D1", at=arrived_at).due_on)
    assert due == [date(2027, 1, 6), date(2026, 12, 30)]


def test_law_23_deliveries_are_listed_page_by_page(acme: Seller) -> None:
    """By the day on which they are expected; each page goes on where the last one ended."""
    for number in range(7):
        day = MONDAY + timedelta(days=number % 3)
        acme.announce_inbound(f"D{number}", {"A": 1}, expected_on=day)
    acme.close_inbound("D3")
    names = ["D0", "D3", "D6", "D1", "D4", "D2", "D5"]
    assert [each.inbound_id for each in acme.inbounds()] == names
    page = acme.inbounds(limit=3)
    seen = [each.inbound_id for each in page]
    while page:
        page = acme.inbounds(limit=3, after=page[-1].inbound_id)
        seen += [each.inbound_id for each in page]
    assert seen == names
    assert [each.inbound_id for each in acme.inbounds(status=CLOSED)] == ["D3"]


def test_law_24_what_is_outstanding_counts_as_announced() -> None:
    """What to send is what is short less what is announced and not booked in yet."""
    acme = new_seller()
    acme.place_order("O1", {"A": 10})
    acme.announce_inbound("D1", {"A": 4, "B": 1}, expected_on=MONDAY)
    acme.announce_inbound("D2", {"A": 3}, expected_on=MONDAY)
    acme.cancel_inbound("D2")
    (row,) = acme.restock_report()
    assert (row.sku, row.short, row.announced, row.to_send) == ("A", 10, 4, 6)
    acme.book_in("R1", {"A": 3}, inbound="D1")
    (row,) = acme.restock_report()
    assert (row.short, row.announced, row.to_send) == (7, 1, 6)
    acme.book_in("R2", {"A": 3}, inbound="D1")
    (row,) = acme.restock_report()
    assert (row.short, row.announced, row.to_send) == (4, 0, 4)
