"""Bad input: every argument of every call is checked, by an error that names it, before anything.

The calls are found by introspection: a new one fails here until its arguments have a row.
"""

import enum
import inspect
import math
import pickle
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import FunctionType
from typing import Final

import pytest

from backorders import (
    Add,
    Backorders,
    BackordersError,
    BookingIn,
    ClaimPolicy,
    HoldReason,
    NotificationKind,
    OrderRequest,
    Remove,
    Replace,
    SetQuantity,
    ShipPolicy,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.adapters.notifiers import MemoryNotifier
from backorders.application import Seller
from backorders.domain import errors, limits
from backorders.domain.answering import removing
from backorders.domain.errors import (
    EditRefused,
    InvalidType,
    InvalidValue,
    UnknownInbound,
    UnknownOrder,
)
from backorders.domain.events import OrderPlaced
from tests.support.clock import START, SettableClock
from tests.support.places import Places, watch
from tests.support.state import dump

_NOT_STRINGS: Final = (5, True, 1.5, b"O1", ["O1"], ("O1",), HoldReason.OTHER)
_BAD_IDS: Final = (
    *_NOT_STRINGS,
    "",
    " ",
    " O1",
    "O1 ",
    "\u00a0O1",
    "O1\u3000",
    "\u2003O1",
    "O1\u2028",
    "x" * 256,
    "O\x001",
    "O\n1",
    "O1\x7f",
    "\x85O1",
    "O\ud8001",
    "\udfffO1",
)
_BAD_NUMBERS: Final = (True, False, 1.0, math.nan, math.inf, "1", b"1", Decimal(1), [1])
_BAD_QUANTITIES: Final = (
    *_BAD_NUMBERS,
    None,
    0,
    -1,
    2**31,
    10**5000,
    -(10**5000),
)
_BAD_INSTANTS: Final = (
    datetime(2026, 3, 2, 9, 0),  # noqa: DTZ001 - naive on purpose
    date(2026, 3, 2),
    "2026-03-02T09:00:00Z",
    1_772_442_000,
    datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
    datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
)
_BAD_DAYS: Final = (
    None,
    datetime(2026, 3, 2, tzinfo=UTC),
    "2026-03-02",
    (2026, 3, 2),
    20260302,
    739677.0,
)
_BAD_SPANS: Final = (timedelta(seconds=-1), timedelta.min, 5, 1.5, "1 day", True, math.nan)
_BAD_FLAGS: Final = (None, 0, 1, "yes", 1.0, b"")


def _pairs(quantities: Sequence[object] = _BAD_QUANTITIES) -> Iterator[object]:
    """Yield mappings SKU → quantity with one bad side each."""
    yield from (None, 5, True, "A", "", b"A", b"", {})
    yield from ({"A": 1, "B": bad} for bad in quantities)
    yield from ({bad: 1} for bad in (*_BAD_IDS, None) if not isinstance(bad, list))
    yield {f"S{number}": 1 for number in range(limits.CALL_SKUS + 1)}


_BAD_LINES: Final = (
    *_pairs(),
    [],
    [("A",)],
    [("A", 1, 1)],
    ["AB"],
    [b"AB"],
    [5],
    [None],
    [("A", 1), {"B": 1}],
    [("A", 1)] * (limits.ORDER_LINES + 1),
)
_ONLY_MAPPINGS: Final = (*_pairs(), [("A", 1)], [])
_COUNTS: Final = (*_BAD_NUMBERS, None, -1, 2**31, 10**5000)
_CHANGES: Final = (*_BAD_NUMBERS, None, 0, 2**31, -(2**31), 10**5000, -(10**5000))
_BAD_EDITS: Final = (
    None,
    5,
    "A",
    ("A", 1),
    Remove,
    [Remove("A")],
    *(Remove(bad) for bad in _BAD_IDS),  # type: ignore[arg-type]
    *(Add(bad, 1) for bad in _BAD_IDS),  # type: ignore[arg-type]
    *(SetQuantity(bad, 1) for bad in _BAD_IDS),  # type: ignore[arg-type]
    *(Replace(bad, "B") for bad in _BAD_IDS),  # type: ignore[arg-type]
    *(Replace("A", bad) for bad in _BAD_IDS),  # type: ignore[arg-type]
    *(Add("A", bad) for bad in _BAD_QUANTITIES),  # type: ignore[arg-type]
    *(SetQuantity("A", bad) for bad in _BAD_QUANTITIES),  # type: ignore[arg-type]
    *(
        Replace("A", "C", bad)  # type: ignore[arg-type]
        for bad in _BAD_QUANTITIES
        if bad is not None
    ),
    Replace("A", "A"),
    Add("A", 2**31 - 1),
)
_TWO_FIELDS: Final = "MAoyMDI2"
_BAD_MARKERS: Final = (
    5,
    b"",
    True,
    "",
    "x",
    "é",
    "!!!!",
    "AAAA",
    "IAog",  # two blank fields
    _TWO_FIELDS,
    "\ud800",
    "x" * 9999,
)

_BAD_ADDRESSES: Final = (
    *_NOT_STRINGS,
    None,
    "",
    "bob",
    "@example.com",
    "bob@",
    "bob@a@b",
    "bob @example.com",
    "bob@example.com\r\nBcc: eve@example.com",
    "bob@example.com\u2028",
    "bob@example.com,eve@example.com",
    "=?utf-8?q?bob?=@example.com",
    "Bob <bob@example.com>",
    '"bob"@example.com',
    "=?utf-8?q?hi=0ABcc:_x=40y?=@example.com",
    "bob@example.com\ud800",
    f"{'x' * 251}@a.b",
)
_BAD_KINDS: Final = (None, "daily_new_back_orders", "DAILY_NEW_BACK_ORDERS", HoldReason.OTHER, 1)
_BAD_LIMITS: Final = (*_BAD_NUMBERS, None, 0, -1, limits.NOTICES + 1, 10**5000)

_ID: Final = (*_BAD_IDS, None)

_ARGUMENTS: Final[Mapping[str, Mapping[str, Sequence[object]]]] = {
    "place_order": {
        "order_id": _ID,
        "lines": _BAD_LINES,
        "placed_at": _BAD_INSTANTS,
        "priority": (*_BAD_NUMBERS, None, 2**31, -(2**31) - 1, 10**5000),
        "ship": ("complete", ClaimPolicy.HOLD, 1, True, b""),
        "claim": ("hold", ShipPolicy.COMPLETE, 1, True, b""),
        "warehouse": _BAD_IDS,
    },
    "place_orders": {
        "requests": (None, 5, "", "O1", b"", [None], ["O1"], [("O1", {"A": 1})], OrderRequest),
    },
    "order": {"order_id": _ID},
    "cancel_order": {
        "order_id": _ID,
        "reason": (*_NOT_STRINGS, None, "x" * 1001, "a\x00b", "\ud800"),
    },
    "request_cancellation": {"order_id": _ID},
    "resolve_cancellation": {"order_id": _ID, "accepted": _BAD_FLAGS},
    "edit_order": {"order_id": _ID, "edits": _BAD_EDITS, "allow_back_order": _BAD_FLAGS},
    "split_order": {
        "order_id": _ID,
        "move": tuple(bad for bad in _ONLY_MAPPINGS if bad is not None),
        "new_order_id": _BAD_IDS,
    },
    "prioritise_order": {
        "order_id": _ID,
        "priority": (*_BAD_NUMBERS, None, 2**31, -(2**31) - 1, 10**5000),
        "reallocate": _BAD_FLAGS,
    },
    "hold_order": {
        "order_id": _ID,
        "reason": (None, "other", "OTHER", ShipPolicy.COMPLETE, 1),
        "until": _BAD_INSTANTS,
    },
    "release_hold": {
        "order_id": _ID,
        "reason": (None, "other", "OTHER", ShipPolicy.COMPLETE, 1),
    },
    "process_order": {"order_id": _ID},
    "despatch_order": {"order_id": _ID},
    "release_due_holds": {},
    "cancel_expired": {"older_than": (*_BAD_SPANS, None)},
    "book_in": {
        "receipt_id": _ID,
        "lines": _ONLY_MAPPINGS,
        "warehouse": _ID,
        "inbound": _BAD_IDS,
    },
    "count_stock": {
        "count_id": _ID,
        "lines": tuple(_pairs(_COUNTS)),
        "warehouse": _ID,
        "reason": (*_NOT_STRINGS, None, "x" * 1001, "a\x00b", "\ud800"),
    },
    "adjust_stock": {
        "adjustment_id": _ID,
        "lines": tuple(_pairs(_CHANGES)),
        "warehouse": _ID,
        "reason": (*_NOT_STRINGS, None, "x" * 1001, "a\x00b", "\ud800"),
    },
    "stock": {"sku": _ID},
    "announce_inbound": {
        "inbound_id": _ID,
        "lines": _ONLY_MAPPINGS,
        "expected_on": _BAD_DAYS,
        "warehouse": _ID,
    },
    "inbound_arrived": {"inbound_id": _ID, "at": _BAD_INSTANTS},
    "close_inbound": {"inbound_id": _ID},
    "cancel_inbound": {"inbound_id": _ID},
    "inbound": {"inbound_id": _ID},
    "inbound_history": {"inbound_id": _ID},
    "inbounds": {
        "overdue": tuple(bad for bad in _BAD_FLAGS if bad is not None),
        "status": ("arrived", "ARRIVED", ShipPolicy.COMPLETE, 1, True, b""),
        "after": _BAD_IDS,
        "limit": (*_BAD_NUMBERS, None, 0, -1, limits.PAGE + 1, 10**5000),
    },
    "orders": {
        "status": ("ready", "READY", ShipPolicy.COMPLETE, 1, True, b""),
        "newest_first": _BAD_FLAGS,
        "after": _BAD_MARKERS,
        "limit": (*_BAD_NUMBERS, None, 0, -1, limits.PAGE + 1, 10**5000),
    },
    "next_digest": {},
    "stock_levels": {
        "after": tuple(bad for bad in _BAD_MARKERS if bad != _TWO_FIELDS),
        "limit": (*_BAD_NUMBERS, None, 0, -1, limits.PAGE + 1, 10**5000),
    },
    "reprocess_order": {"order_id": _ID},
    "reprocess": {
        "skus": (
            5,
            "",
            "A",
            b"A",
            *([bad] for bad in _BAD_IDS),
            [f"S{number}" for number in range(limits.CALL_SKUS + 1)],
        ),
    },
    "back_orders": {
        "sku": _BAD_IDS,
        "older_than": _BAD_SPANS,
        "after": _BAD_MARKERS,
        "limit": (*_BAD_NUMBERS, None, 0, -1, limits.PAGE + 1, 10**5000),
    },
    "history": {"order_id": _ID},
    "explain": {"order_id": _ID},
    "change_policies": {
        "order_id": _ID,
        "ship": ("complete", ClaimPolicy.HOLD, 1, True, b""),
        "claim": ("hold", ShipPolicy.COMPLETE, 1, True, b""),
    },
    "remove_from_all": {
        "sku": _ID,
        "key": _ID,
        "older_than": _BAD_SPANS,
        "dry_run": _BAD_FLAGS,
    },
    "replace_in_all": {
        "sku": _ID,
        "by": _ID,
        "key": _ID,
        "allow_back_order": _BAD_FLAGS,
        "older_than": _BAD_SPANS,
        "dry_run": _BAD_FLAGS,
    },
    "split_all": {
        "key": _ID,
        "sku": _BAD_IDS,
        "older_than": _BAD_SPANS,
        "dry_run": _BAD_FLAGS,
    },
    "cancel_all": {
        "older_than": (*_BAD_SPANS, None),
        "key": _ID,
        "sku": _BAD_IDS,
        "reason": (*_NOT_STRINGS, None, "x" * 1001, "a\x00b", "\ud800"),
        "dry_run": _BAD_FLAGS,
    },
    "holdups": {
        "after": _BAD_MARKERS,
        "limit": (*_BAD_NUMBERS, None, 0, -1, limits.PAGE + 1, 10**5000),
    },
    "restock_advice": {
        "units": _BAD_QUANTITIES,
        "aim": (None, "orders", ShipPolicy.COMPLETE, 1, True, b""),
        "warehouse": _ID,
    },
    "promise": {"order_id": _ID},
    "promises": {},
    "remedies": {
        "order_id": _ID,
        "ask": (
            5,
            "",
            "A",
            b"A",
            *([bad] for bad in _BAD_IDS),
            [f"S{number}" for number in range(limits.SUBSTITUTES + 1)],
        ),
    },
    "what_if": {},
    "together": {"calls": (5, "", None, True, b"")},
    "configure": {
        "time_zone": (*_BAD_IDS, "Europe/Atlantis", "../UTC", "/etc/passwd", "Europe"),
        "ship": ("complete", ClaimPolicy.HOLD, 1, True, b""),
        "claim": ("hold", ShipPolicy.COMPLETE, 1, True, b""),
        "warehouses": (
            5,
            "",
            "MAIN",
            b"MAIN",
            {"MAIN"},
            ["MAIN", "MAIN"],
            *([bad] for bad in _BAD_IDS),
            [f"W{number}" for number in range(limits.WAREHOUSES + 1)],
        ),
        "order_delay": (*_BAD_SPANS, limits.ORDER_DELAY + timedelta(seconds=1), timedelta.max),
    },
    "settings": {},
    "verify": {},
    "restock_report": {},
    "backlog_by_day": {"days": (*_BAD_NUMBERS, None, 0, -1, limits.BACKLOG_DAYS + 1, 10**5000)},
    "summary": {},
    "add_user": {"user_id": _ID, "email": _BAD_ADDRESSES},
    "opt_in": {"user_id": _ID, "kind": _BAD_KINDS},
    "opt_out": {"user_id": _ID, "kind": _BAD_KINDS},
    "users": {},
    "remove_user": {"user_id": _ID},
}
"""Call → argument → values that it must refuse; `None` only where it means nothing."""

_OF_APP: Final[Mapping[str, Mapping[str, Sequence[object]]]] = {
    "seller": {"seller_id": _ID},
    "sellers": {},
    "release_due_holds": {},
    "cancel_expired": {"older_than": (*_BAD_SPANS, None)},
    "compose_daily_digests": {"now": _BAD_INSTANTS},
    "deliver_notifications": {
        "notifier": (None, 5, "send", object(), {"send": print}),
        "limit": _BAD_LIMITS,
    },
    "failed_notifications": {"limit": _BAD_LIMITS},
    "retry_notification": {"message_id": _ID},
    "subscribe": {
        "handler": (None, 5, "send", object()),
        "name": (*_ID, "x" * 65),
        "events": (5, "OrderPlaced", b"", OrderPlaced, [], [None], ["OrderPlaced"], [int]),
    },
    "deliver_events": {"limit": (*_BAD_NUMBERS, None, 0, -1, limits.EVENTS + 1)},
}

_GOOD: Final[Mapping[str, object]] = {
    "accepted": True,
    "adjustment_id": "J9",
    "by": "B",
    "count_id": "C9",
    "email": "bob@example.com",
    "expected_on": date(2026, 3, 9),
    "inbound_id": "D1",
    "key": "K9",
    "kind": NotificationKind.BACK_ORDER_RELEASED,
    "handler": print,
    "lines": {"A": 1},
    "name": "erp",
    "notifier": MemoryNotifier(),
    "older_than": timedelta(days=1),
    "order_id": "O1",
    "priority": 3,
    "reason": "why",
    "receipt_id": "R9",
    "requests": [],
    "seller_id": "acme",
    "sku": "A",
    "units": 1,
    "user_id": "bob",
}
"""Values that a call would take, for whatever it must be given."""

_CALLS: Final = [(Seller, name, argument) for name in _ARGUMENTS for argument in _ARGUMENTS[name]]
_APP_CALLS: Final = [(Backorders, name, argument) for name in _OF_APP for argument in _OF_APP[name]]


def _public_calls(face: type) -> dict[str, list[str]]:
    """Return every public method of a face with the names of its arguments."""
    return {
        name: list(inspect.signature(method).parameters)[1:]
        for name, method in inspect.getmembers(face, inspect.isfunction)
        if not name.startswith("_")
    }


@pytest.fixture
def shop() -> Backorders:
    """A seller with an order in each kind of trouble, and stock."""
    app = Backorders(MemoryStore(), clock=SettableClock())
    acme = app.seller("acme")
    acme.book_in("R1", {"A": 5, "B": 2})
    acme.announce_inbound("D1", {"A": 1}, expected_on=date(2026, 3, 9))
    acme.place_order("O1", [("A", 2), ("B", 3)])
    acme.place_order("O2", {"A": 3, "C": 1}, claim=ClaimPolicy.YIELD)
    acme.hold_order("O2", HoldReason.FRAUD_RISK)
    return app


def _arguments(method: Callable[..., object], argument: str, bad: object) -> Iterator[object]:
    """Yield what to call with: the positional ones; all are good but one."""
    for name, parameter in inspect.signature(method).parameters.items():
        if parameter.kind is parameter.VAR_POSITIONAL:
            yield bad if name == argument else Remove("A")
        elif parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            yield bad if name == argument else _good(method.__name__, name)


def _error_of(
    method: Callable[..., object], given: Sequence[object], options: Mapping[str, object]
) -> BackordersError | None:
    try:
        method(*given, **options)
    except BackordersError as error:
        return error
    return None


def _good(call: str, argument: str) -> object:
    if argument == "reason" and call in {"hold_order", "release_hold"}:
        return HoldReason.OTHER
    return _GOOD.get(argument)


def _options(method: Callable[..., object], argument: str, bad: object) -> dict[str, object]:
    return {
        name: bad if name == argument else _good(method.__name__, name)
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY
        and (name == argument or parameter.default is parameter.empty)
    }


@pytest.mark.parametrize(
    ("face", "table"), [(Seller, _ARGUMENTS), (Backorders, _OF_APP)], ids=["seller", "app"]
)
def test_every_argument_of_every_call_has_bad_values(
    face: type, table: Mapping[str, Mapping[str, Sequence[object]]]
) -> None:
    """A call without a row in the tables above would be a call without a check."""
    assert _public_calls(face) == {name: list(arguments) for name, arguments in table.items()}
    assert all(values for arguments in table.values() for values in arguments.values())


@pytest.mark.parametrize(
    ("face", "name", "argument"),
    [*_CALLS, *_APP_CALLS],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)
def test_a_bad_argument_is_named_and_nothing_changes(
    shop: Backorders, face: type, name: str, argument: str
) -> None:
    """The caller must learn which argument is wrong, and need not ask what became of the rest."""
    acme = shop.seller("acme")
    method = getattr(acme if face is Seller else shop, name)
    table = _ARGUMENTS if face is Seller else _OF_APP
    before = dump(acme)
    for bad in table[name][argument]:
        given = list(_arguments(method, argument, bad))
        error = _error_of(method, given, _options(method, argument, bad))
        _assert_blamed(error, argument, bad)
    assert dump(acme) == before
    assert shop.sellers() == ("acme",)


def _assert_blamed(error: BackordersError | None, argument: str, bad: object) -> None:
    assert isinstance(error, InvalidValue), f"{argument}={bad!r:.80} led to {error!r}"
    blamed, *_ = re.split(r"\W", error.field)
    assert blamed == argument, f"{argument}={bad!r:.80} is blamed on {error.field}"
    assert error.field in str(error)
    assert len(str(error)) < 400, "a message must not grow with what was sent"


_USE_CASES: Final = [
    (name, argument)
    for name, arguments in _ARGUMENTS.items()
    if name in usecases.__all__
    for argument in arguments
    if argument in inspect.signature(getattr(usecases, name)).parameters
]


@pytest.mark.parametrize(("name", "argument"), _USE_CASES)
def test_a_use_case_names_a_bad_argument_by_itself(
    shop: Backorders, name: str, argument: str
) -> None:
    """A host that calls it in a transaction of its own has no face before it that checks."""
    use_case = getattr(usecases, name)
    known = inspect.signature(use_case).parameters.keys()
    with shop._store.begin("acme") as uow:
        around = {each: it for each, it in {"uow": uow, "now": START}.items() if each in known}
        for bad in _ARGUMENTS[name][argument][:5]:
            given = list(_arguments(use_case, argument, bad))
            options = {**_options(use_case, argument, bad), **around}
            _assert_blamed(_error_of(use_case, given, options), argument, bad)


@pytest.mark.parametrize("bad", [None, 1, "yes"])
def test_an_answer_to_all_must_be_tried_or_meant(shop: Backorders, bad: object) -> None:
    """What is neither yes nor no is refused, also without the face."""
    with shop._store.begin("acme") as uow, pytest.raises(InvalidType) as caught:
        usecases.answer_all(removing("A"), key="K", dry_run=bad, uow=uow, now=START)  # type: ignore[arg-type]
    assert caught.value.field == "dry_run"


def test_a_bad_argument_never_comes_to_the_store(shop: Backorders) -> None:
    """Engines make different things of 1.5 units, of a NUL, or of what is too long: none is asked.

    So it cannot depend on the engine what becomes of them. Two have to look something up first.
    """
    places = Places()
    watched = Backorders(watch(shop._store, places), clock=SettableClock())
    asked: Counter[str] = Counter()
    for face, name, argument in (*_CALLS, *_APP_CALLS):
        method = getattr(watched.seller("acme") if face is Seller else watched, name)
        for bad in (_ARGUMENTS if face is Seller else _OF_APP)[name][argument]:
            with places.watched():
                given = list(_arguments(method, argument, bad))
                assert _error_of(method, given, _options(method, argument, bad))
            # To begin is no question yet.
            if len(places.sides) > 1:
                asked[f"{name} {argument}"] += 1
    # Too many units together with what the order has already; what the seller has chosen so far.
    assert asked.pop("edit_order edits") == 1
    assert {each.split()[0] for each in asked} == {"configure"}


@pytest.mark.parametrize(
    "name", [name for name, arguments in _ARGUMENTS.items() if "order_id" in arguments]
)
def test_an_unknown_order_is_named_and_nothing_changes(shop: Backorders, name: str) -> None:
    """Another seller may well have an order of this id: this one has not."""
    shop.seller("other").place_order("O7", {"A": 1})
    if name == "place_order":
        return
    acme = shop.seller("acme")
    before = dump(acme)
    method = getattr(acme, name)
    with pytest.raises(UnknownOrder, match="'O7'") as caught:
        method(*_arguments(method, "order_id", "O7"), **_options(method, "order_id", "O7"))
    assert isinstance(caught.value, LookupError)
    assert dump(acme) == before


@pytest.mark.parametrize(
    "name", [name for name, arguments in _ARGUMENTS.items() if "inbound_id" in arguments]
)
def test_an_unknown_delivery_is_named_and_nothing_changes(shop: Backorders, name: str) -> None:
    """Another seller may well have announced one of this id: this one has not."""
    shop.seller("other").announce_inbound("D7", {"A": 1}, expected_on=date(2026, 3, 9))
    if name == "announce_inbound":
        return
    acme = shop.seller("acme")
    before = dump(acme)
    with pytest.raises(UnknownInbound, match="no delivery 'D7'") as caught:
        getattr(acme, name)("D7")
    with pytest.raises(UnknownInbound, match="'D7'"):
        acme.book_in("R9", {"A": 1}, inbound="D7")
    with pytest.raises(UnknownInbound, match="'D7'"):
        acme.inbounds(after="D7")
    assert isinstance(caught.value, LookupError)
    assert dump(acme) == before


@pytest.mark.parametrize(
    "edits",
    [
        (Remove("A"), Remove("A")),
        (Remove("A"), SetQuantity("A", 1)),
        (Add("A", 1), SetQuantity("A", 1)),
        (Replace("A", "C"), Add("C", 1)),
        (Replace("A", "C"), Replace("B", "C")),
        (Replace("A", "B"), Replace("B", "A")),
        (Replace("A", "B"), Remove("B")),
    ],
    ids=repr,
)
def test_a_sku_that_two_edits_name_is_refused(
    shop: Backorders, edits: tuple[Remove | Replace | Add | SetQuantity, ...]
) -> None:
    """Two edits of one SKU contradict each other, or depend on which is read first."""
    acme = shop.seller("acme")
    before = dump(acme)
    with pytest.raises(InvalidValue, match=r"edits\[1\] names '.' again"):
        acme.edit_order("O1", *edits)
    assert dump(acme) == before


def test_as_many_skus_as_a_call_may_have_are_reprocessed(shop: Backorders) -> None:
    """A limit that refuses its own bound is off by one."""
    acme = shop.seller("acme")
    assert not acme.reprocess([f"S{number}" for number in range(limits.CALL_SKUS)]).released


def test_more_edits_than_a_call_may_have_are_refused(shop: Backorders) -> None:
    """A call's locks and memory are bounded."""
    edits = [Add(f"S{number}", 1) for number in range(limits.CALL_SKUS + 1)]
    with pytest.raises(InvalidValue, match="edits must be at most 10000"):
        shop.seller("acme").edit_order("O1", *edits)


def test_an_order_cannot_grow_past_its_lines(shop: Backorders) -> None:
    """The limit on lines holds for an edited order as for a new one."""
    acme = shop.seller("acme")
    acme.place_order("LONG", [(f"S{number}", 1) for number in range(limits.ORDER_LINES)])
    with pytest.raises(InvalidValue, match="edits must leave at most 10000 lines"):
        acme.edit_order("LONG", Add("A", 1))
    assert len(acme.edit_order("LONG", Remove("S0"), Add("A", 1)).lines) == limits.ORDER_LINES


def test_a_replacement_of_several_lines_must_fit_on_one(shop: Backorders) -> None:
    """Replacing makes one line, and one line has a limit."""
    acme = shop.seller("acme")
    acme.place_order("BIG", [("A", limits.QUANTITY), ("A", 1), ("B", 1)])
    with pytest.raises(InvalidValue, match=r"edits\[0\]\.quantity comes to 2147483648"):
        acme.edit_order("BIG", Replace("A", "C"), allow_back_order=True)
    assert acme.order("BIG").units == {"A": limits.QUANTITY + 1, "B": 1}


def test_lines_of_one_sku_may_sum_to_more_than_a_line(shop: Backorders) -> None:
    """The limit is on a line: an order's total may be more, and is counted right."""
    order = shop.seller("acme").place_order("BIG", [("C", limits.QUANTITY)] * 3)
    assert order.shortages == {"C": 3 * limits.QUANTITY}


def test_the_widest_values_are_taken(shop: Backorders) -> None:
    """A limit that refuses its own bound is off by one."""
    acme = shop.seller("acme")
    longest = "x" * limits.ID_LENGTH
    order = acme.place_order(
        longest,
        [(f"S{number}", 1) for number in range(limits.ORDER_LINES - 1)] + [("Z", limits.QUANTITY)],
        priority=-limits.PRIORITY - 1,
        placed_at=datetime.max.replace(tzinfo=UTC),
    )
    assert len(order.lines) == limits.ORDER_LINES
    assert not acme.prioritise_order(longest, limits.PRIORITY).lost
    assert acme.cancel_order(longest, reason="x" * limits.REASON_LENGTH).shortages == {}
    acme.configure(
        order_delay=limits.ORDER_DELAY,
        warehouses=[f"W{number}" for number in range(limits.WAREHOUSES)],
    )
    acme.back_orders(limit=limits.PAGE, older_than=timedelta.max)
    assert acme.cancel_expired(older_than=timedelta.max) == ()


def test_a_subclass_of_str_or_int_is_kept_as_what_it_stands_for(shop: Backorders) -> None:
    """A store gives back plain values; an order must not change by being read again."""

    class Colour(enum.StrEnum):
        RED = "RED"

    class Number(enum.IntEnum):
        TWO = 2

    acme = shop.seller("acme")
    acme.place_order(Colour.RED, [(Colour.RED, Number.TWO)])
    acme.edit_order("RED", Add(Colour.RED, Number.TWO), allow_back_order=True)
    acme.edit_order(
        "RED", Replace(Colour.RED, Colour.RED.lower(), Number.TWO), allow_back_order=True
    )
    order = acme.edit_order("RED", Add(Colour.RED, Number.TWO))
    assert type(order.order_id) is str
    assert {type(line.sku) for line in order.lines} == {str}
    assert {type(line.quantity) for line in order.lines} == {int}


def test_a_subclass_of_datetime_is_kept_as_the_instant_it_stands_for(shop: Backorders) -> None:
    """Libraries of their own calendar make these; a store gives back plain ones, in UTC."""

    class Moment(datetime):
        """An instant with more to it."""

    moment = Moment(2026, 3, 2, 10, 30, 15, 250, tzinfo=timezone(timedelta(hours=1)))
    placed_at = shop.seller("acme").place_order("O9", {"A": 1}, placed_at=moment).placed_at
    assert type(placed_at) is datetime
    assert (placed_at, placed_at.tzinfo) == (moment, UTC)


def test_an_order_delay_past_the_end_of_the_calendar_ends_there() -> None:
    """An instant that nobody can write down must not stop an order from being placed."""
    clock = SettableClock(datetime(9999, 12, 30, tzinfo=UTC))
    acme = Backorders(MemoryStore(), clock=clock).seller("acme")
    acme.configure(order_delay=limits.ORDER_DELAY)
    assert acme.place_order("O1", {"A": 1}).holds[0].until == datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize("bad", [*_BAD_INSTANTS, None], ids=lambda bad: repr(bad)[:40])
def test_a_clock_that_tells_nonsense_is_named_and_nothing_changes(bad: object) -> None:
    """Every rank depends on the clock: better no order than one with a place nobody understands."""
    store = MemoryStore()
    acme = Backorders(store, clock=lambda: bad).seller("acme")  # type: ignore[arg-type,return-value]
    with pytest.raises(InvalidValue, match="clock must"):
        acme.place_order("O1", {"A": 1})
    assert Backorders(store).sellers() == ()


def test_what_the_library_is_made_of_is_known() -> None:
    """What `Backorders` is made with needs a check of its own: add a test when this fails."""
    assert set(inspect.signature(Backorders).parameters) == {
        "store",
        "clock",
        "pause",
        "calendar",
        "booking_in",
        "substitutes",
        "observer",
    }


@pytest.mark.parametrize(
    ("option", "bad"),
    [
        *(("calendar", bad) for bad in (None, "GB", date(2026, 3, 2), object(), print)),
        *(("booking_in", bad) for bad in (None, 2, (2, 6), BookingIn)),
        *(("substitutes", bad) for bad in (None, "TEE", {"TEA": ["TEE"]}, object(), print)),
    ],
)
def test_what_the_library_cannot_ask_is_refused(option: str, bad: object) -> None:
    """A service learns of it when it starts, and not with its first delivery."""
    options = {option: bad}
    with pytest.raises(InvalidType, match=f"^{option} must be"):
        Backorders(MemoryStore(), **options)  # type: ignore[arg-type]


def test_a_calendar_that_never_works_is_named_and_nothing_changes(shop: Backorders) -> None:
    """The due date cannot be known: better no arrival than one that is never overdue."""

    class Closed:
        def is_working_day(self, day: date) -> bool:
            return day.year < 1900

    acme = Backorders(shop._store, clock=SettableClock(), calendar=Closed()).seller("acme")
    before = dump(acme)
    for call in (
        lambda: acme.inbound_arrived("D1"),
        lambda: acme.book_in("R9", {"A": 1}, inbound="D1"),
    ):
        with pytest.raises(InvalidValue, match="calendar must have a working day"):
            call()
    assert dump(acme) == before


def test_the_error_tree_is_what_a_caller_expects() -> None:
    """A caller who knows only the builtins catches the right ones."""
    assert issubclass(InvalidType, TypeError)
    assert issubclass(InvalidType, InvalidValue)
    assert issubclass(InvalidValue, ValueError)
    assert issubclass(EditRefused, ValueError)
    assert all(issubclass(kind, BackordersError) for kind in _errors())


def _errors() -> list[type[Exception]]:
    found = inspect.getmembers(errors, inspect.isclass)
    return [kind for _, kind in found if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", _errors(), ids=lambda kind: kind.__name__)
def test_errors_survive_pickling(kind: type[Exception]) -> None:
    """A task queue hands them from process to process: type, fields and words must arrive."""
    own = isinstance(kind.__init__, FunctionType)
    wanted = list(inspect.signature(kind.__init__).parameters.values())[1:] if own else []
    fields = {parameter.name: _field(parameter) for parameter in wanted}
    for error in (kind(*fields.values()), kind(**fields)) if own else (kind("words"),):
        twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
        assert type(twin) is kind
        assert str(twin) == str(error)
        assert twin.__dict__ == error.__dict__


def _field(parameter: inspect.Parameter) -> object:
    if parameter.annotation is int:
        return 7
    return parameter.name if parameter.annotation is str else ("O1", "O2")


def test_a_message_does_not_grow_with_what_was_sent() -> None:
    """A megabyte that is no SKU must not be a megabyte in the log."""
    acme = Backorders(MemoryStore()).seller("acme")
    with pytest.raises(InvalidValue) as caught:
        acme.book_in("R1", {"x" * 1_000_000: 1})
    assert "x" * 50 in str(caught.value)
    assert len(str(caught.value)) < 300


def test_every_error_says_what_to_do() -> None:
    """The tree at the top of the module is complete: whoever reads it knows what to catch."""
    drawn = errors.__doc__ or ""
    assert all(kind.__name__ in drawn for kind in _errors())
