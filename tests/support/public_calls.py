"""How to call each public call: examples over one past, found wanting when a call has none.

The calls themselves are found by looking at the faces, so that a new one cannot be forgotten: it
has no example, and the tests that go through all calls say so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from inspect import Parameter, signature
from typing import Final, TypeAlias

import attrs

from backorders import (
    Add,
    Aim,
    Backorders,
    BackordersError,
    ClaimPolicy,
    HoldReason,
    NotificationKind,
    OrderRequest,
    OrderStatus,
    Remove,
    Replace,
    Seller,
    SetQuantity,
    ShipPolicy,
    Subscription,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.adapters.notifiers import MemoryNotifier
from backorders.adapters.sql import SqlStore
from backorders.domain.errors import RecipientRefused
from backorders.domain.happened import Subject
from backorders.domain.subscribers import Stuck, Subscriber
from backorders.ports.storage import Store, UnitOfWork
from tests.support.clock import START
from tests.support.notices import Failing

Named: TypeAlias = Callable[[str], str]
"""Turns a name of the examples into the id that stands for it."""

FACES: Final[tuple[type, ...]] = (Seller, Backorders, Subscription)
NOT_A_CALL: Final = frozenset(
    {"Backorders.seller", "Backorders.subscribe", "Seller.what_if", "Seller.together"}
)
"""Gives a face, or a unit of work; what is asked of the store is asked by the calls on that."""
SUBSCRIBER: Final = "erp"
"""The name under which the examples are told of events."""
KNOWN: Final = {"order_id": "SHORT", "sku": "A", "inbound_id": "OPENED", "user_id": "ANN"}
"""What stands for the arguments of these names where a call needs no others."""


@attrs.frozen
class Example:
    """One public call, to be made after `past`."""

    name: str
    """`Seller.cancel_order`: the face and the call."""
    args: tuple[object, ...] = ()
    options: Mapping[str, object] = attrs.field(factory=dict)
    about: str = ""
    """What tells it apart from the other examples of the call."""
    once: bool = False
    """Whether the same call does something more when it is made again: no id tells them apart."""
    leases: bool = False
    """Whether what it was about when it broke off is left alone for a while by the next call."""

    def __str__(self) -> str:
        return " ".join([self.name, *self.about.split()])

    def found(self, app: Backorders, seller_id: str) -> "Example":
        """Return the call with the arguments that have to be looked up first."""
        args = [arg(app, seller_id) if callable(arg) else arg for arg in self.args]
        return attrs.evolve(self, args=tuple(args))

    def on(self, app: Backorders, seller_id: str) -> object:
        """Make the call; return what it returns, or the error by which the library refused it."""
        face, _, name = self.name.partition(".")
        subscription(app)
        of: Mapping[str, Callable[[], object]] = {
            "Seller": lambda: app.seller(seller_id),
            "Backorders": lambda: app,
            "Subscription": lambda: subscription(app),
        }
        call: Callable[..., object] = getattr(of[face](), name)
        try:
            return call(*self.args, **self.options)
        except BackordersError as refused:
            return refused


def subscription(app: Backorders) -> Subscription:
    """Return the subscription of the examples, whose handler takes everything."""
    known = app._subscriptions.get(SUBSCRIBER)
    return app.subscribe(id, name=SUBSCRIBER) if known is None else known


def told(result: object) -> object:
    """Return a result in a form that compares: an error by its type and its words."""
    return (type(result), str(result)) if isinstance(result, BackordersError) else result


def public_calls() -> frozenset[str]:
    """Return all that can be called on the faces, as the examples name it."""
    return NOT_A_CALL ^ {
        f"{face.__name__}.{name}"
        for face in FACES
        for name in dir(face)
        if not name.startswith("_") and callable(getattr(face, name))
    }


def as_named(name: str) -> str:
    """Return the name itself."""
    return name


def past(of: Named = as_named) -> Iterator[Example]:
    """Yield what happened to a seller before the examples: an order in every status, and stock."""
    main, east = of("MAIN"), of("EAST")
    a, b, c = of("A"), of("B"), of("C")
    yield _seller("configure", time_zone="Europe/London", warehouses=(main, east))
    for user, kinds in (("ANN", NotificationKind), ("BOB", ())):
        yield _seller("add_user", of(user), email=f"{user.lower()}@example.com")
        for kind in kinds:
            yield _seller("opt_in", of(user), kind)
    yield _seller("book_in", of("R1"), {a: 6, b: 6}, warehouse=main)
    yield _seller("book_in", of("R2"), {a: 2}, warehouse=east)
    yield _seller("place_order", of("READY"), {a: 2})
    yield _seller("place_order", of("HELD"), {a: 1})
    yield _seller("hold_order", of("HELD"), HoldReason.FRAUD_RISK, until=START - timedelta(hours=1))
    for name in ("PICKED", "ASKED", "ASKED TOO", "GONE"):
        yield _seller("place_order", of(name), {b: 1})
        yield _seller("process_order", of(name))
    yield _seller("request_cancellation", of("ASKED"))
    yield _seller("request_cancellation", of("ASKED TOO"))
    yield _seller("despatch_order", of("GONE"))
    yield _seller("place_order", of("OFF"), {c: 1})
    yield _seller("cancel_order", of("OFF"), reason=of("the first reason"))
    yield _seller(
        "place_order",
        of("PARTLY"),
        {a: 2, c: 2},
        ship=ShipPolicy.AS_AVAILABLE,
        placed_at=START - timedelta(days=1),
    )
    yield _seller("place_order", of("SHORT"), {a: 5, b: 2}, placed_at=START - timedelta(days=9))
    yield _seller("place_order", of("WHOLE"), {a: 3, b: 1}, claim=ClaimPolicy.YIELD)
    yield _seller("place_order", of("LAST"), [(a, 1), (c, 1), (a, 1)], warehouse=east)
    yield _seller("place_order", of("SWAP"), {c: 1})
    yield _seller("count_stock", of("C1"), {b: 7}, warehouse=main, reason=of("a stocktake"))
    yield _seller("adjust_stock", of("A1"), {b: -1}, warehouse=main, reason=of("a broken one"))
    yield _seller("resolve_cancellation", of("ASKED TOO"), accepted=False)
    yield _seller("place_order", of("WAITED"), {of("G"): 1})
    yield _seller("book_in", of("R3"), {of("G"): 1}, warehouse=east)
    for name, days in (("COMING", 3), ("HERE", -9), ("OPENED", -9), ("SHUT", -9)):
        expected = {"expected_on": START.date() + timedelta(days=days)}
        yield _seller("announce_inbound", of(name), {a: 2, c: 3}, warehouse=main, **expected)
    for name in ("HERE", "OPENED"):
        yield _seller("inbound_arrived", of(name), at=START - timedelta(days=8))
    yield _seller("book_in", of("R5"), {of("G"): 1}, warehouse=main, inbound=of("OPENED"))
    yield _seller("close_inbound", of("SHUT"))
    yield _seller("place_order", of("ALONE"), {of("H"): 1})
    yield _seller("remove_from_all", of("H"), key=of("KNOWN"))
    for name in ("FIRST", "SECOND", "THIRD"):
        yield _seller("place_order", of(name), {of("LATE"): 1})


def live(app: Backorders, store: Store, sellers: Mapping[str, Named]) -> None:
    """Make the past happen to sellers, each with its own ids, one after the other.

    At the end all notices were set aside, and then a process has died that served a long backlog:
    it has told of the first order, and owes a unit to the second.
    """
    for seller_id, of in sellers.items():
        for example in past(of):
            result = example.on(app, seller_id)
            assert not isinstance(result, BackordersError), f"{example}: {result!r}"
    assert isinstance(store, MemoryStore | SqlStore)
    failing = Failing(lambda notice: RecipientRefused(notice.recipient, "no such box"))
    app.deliver_notifications(failing)
    set_aside = {notice.seller_id for notice in app.failed_notifications()}
    assert set_aside == sellers.keys()
    for seller_id, of in sellers.items():
        with store.begin(seller_id) as uow:
            _have_told(uow, of)
            uow.commit()
        with store.begin(seller_id) as uow:
            uow.orders_per_commit = 1
            usecases.book_in(of("R9"), {of("LATE"): 2}, warehouse=of("MAIN"), uow=uow, now=START)
            uow.commit()
            assert uow.unsettled == {of("LATE")}


def _have_told(uow: UnitOfWork, of: Named) -> None:
    """Let a subscriber have been told of all but three orders: one is due, two were set aside."""
    while uow.feed.number(99):
        pass
    last = uow.feed.last()
    uow.subscribers.save(Subscriber(SUBSCRIBER, last, version=1))
    for name, due_at, failed_at in (
        ("READY", START, None),
        ("SHORT", None, START),
        ("HELD", None, START),
    ):
        subject = Subject("order", of(name))
        first = uow.feed.of_subject(subject, 1, last, 1)[0].position
        stuck = Stuck(subject, first, 12, due_at, failed_at, of("nobody answers"))
        uow.subscribers.put(SUBSCRIBER, [stuck])


def examples(of: Named = as_named) -> list[Example]:
    """Return examples of every public call, with the ids that stand for their names.

    What a call looks up is known from what it asks for; an example of any other must be given. One
    that is missing is found by `test_faults`.
    """
    given = [
        *_of_orders(of),
        *_of_many_orders(of),
        *_of_stock(of),
        *_of_deliveries(of),
        *_of_the_backlog(of),
        *_of_answers(of),
        *_of_the_account(of),
        *_of_users(of),
        *_of_all(),
    ]
    names = {example.name for example in given}
    return [*given, *_by_itself(of, public_calls() - names)]


def _by_itself(of: Named, names: Iterable[str]) -> Iterator[Example]:
    """Yield an example of each of the calls that ask for nothing but what is known."""
    for name, asked in asking_for_ids(names):
        yield Example(name, tuple(of(KNOWN[each]) for each in asked))


def asking_for_ids(names: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield those of the calls that ask for ids alone, with what they are called: see `KNOWN`."""
    faces = {face.__name__: face for face in FACES}
    for name in sorted(names):
        face, _, call = name.partition(".")
        _self, *parameters = signature(getattr(faces[face], call)).parameters.values()
        asked = [each for each in parameters if each.default is Parameter.empty]
        if all(each.kind is not Parameter.KEYWORD_ONLY and each.name in KNOWN for each in asked):
            yield name, tuple(each.name for each in asked)


def _of_orders(of: Named) -> Iterator[Example]:
    a, b, c, day = of("A"), of("B"), of("C"), timedelta(days=1)
    new = Example("Seller.place_order", (of("NEW"), {a: 1, b: 1, of("D"): 2}))
    yield new
    yield attrs.evolve(new, options={"warehouse": of("EAST"), "priority": 3}, about="pinned")
    requests = [OrderRequest(of(name), {a: 1, b: 1}, priority=1) for name in ("NEW", "NEXT")]
    yield Example("Seller.place_orders", (requests,))
    yield Example("Seller.cancel_order", (of("READY"),), {"reason": of("changed their mind")})
    yield Example("Seller.request_cancellation", (of("PICKED"),))
    for accepted in (True, False):
        answer = {"accepted": accepted}
        yield Example("Seller.resolve_cancellation", (of("ASKED"),), answer, about=f"{accepted}")
    edit = Example("Seller.edit_order", (of("SHORT"), Remove(b), SetQuantity(a, 3)))
    yield edit
    yield attrs.evolve(edit, args=(of("READY"), Add(c, 1)), about="add", once=True)
    yield attrs.evolve(edit, args=(of("SWAP"), Replace(c, b)), about="replace")
    split = Example("Seller.split_order", (of("SHORT"),))
    yield split
    yield attrs.evolve(split, options={"move": {a: 3}, "new_order_id": of("SPLIT")}, about="named")
    yield Example("Seller.prioritise_order", (of("WHOLE"), 7), {"reallocate": True})
    policies = Example("Seller.change_policies", (of("SHORT"),), {"claim": ClaimPolicy.YIELD})
    yield policies
    other = {"ship": ShipPolicy.COMPLETE, "claim": ClaimPolicy.HOLD}
    yield attrs.evolve(policies, args=(of("WHOLE"),), options=other, about="hold")
    yield Example("Seller.hold_order", (of("READY"), HoldReason.OTHER), {"until": START + day})
    yield Example("Seller.release_hold", (of("HELD"), HoldReason.FRAUD_RISK))
    yield Example("Seller.process_order", (of("READY"),))
    yield Example("Seller.process_order", (of("PARTLY"),), about="split")
    yield Example("Seller.despatch_order", (of("PICKED"),))
    yield Example("Seller.release_due_holds")
    yield Example("Seller.cancel_expired", (), {"older_than": 2 * day})


def _of_many_orders(of: Named) -> Iterator[Example]:
    a, b, c, hour = of("A"), of("B"), of("C"), timedelta(hours=1)
    remove = Example("Seller.remove_from_all", (c,), {"key": of("REMOVE")})
    yield remove
    yield attrs.evolve(remove, options={"key": of("TRY"), "dry_run": True}, about="tried")
    yield attrs.evolve(remove, args=(of("H"),), options={"key": of("KNOWN")}, about="known")
    yield Example("Seller.replace_in_all", (c, b), {"key": of("REPLACE"), "older_than": hour})
    yield Example("Seller.split_all", (), {"key": of("SPLIT ALL"), "sku": a})
    old = {"older_than": timedelta(days=2), "sku": a, "reason": of("waited too long")}
    yield Example("Seller.cancel_all", (), {"key": of("CANCEL"), **old})


def _of_stock(of: Named) -> Iterator[Example]:
    lines, east = {of("A"): 4, of("C"): 3, of("E"): 1}, {"warehouse": of("EAST")}
    yield Example("Seller.book_in", (of("R4"), lines), east)
    announced = {"inbound": of("HERE"), "warehouse": of("MAIN")}
    yield Example("Seller.book_in", (of("R6"), {of("C"): 3}), announced, about="announced")
    counted = {**east, "reason": of("counted twice")}
    yield Example("Seller.count_stock", (of("C2"), {of("A"): 0, of("C"): 5}), counted)
    found = {"warehouse": of("MAIN"), "reason": of("found behind a shelf")}
    yield Example("Seller.adjust_stock", (of("A2"), {of("A"): 2, of("B"): -1}), found)


def _of_deliveries(of: Named) -> Iterator[Example]:
    tomorrow = {"expected_on": START.date() + timedelta(days=1), "warehouse": of("MAIN")}
    yield Example("Seller.announce_inbound", (of("MORE"), {of("A"): 1, of("E"): 2}), tomorrow)
    moved = (of("COMING"), {of("A"): 2, of("C"): 3})
    yield Example("Seller.announce_inbound", moved, tomorrow, about="moved")
    yield Example("Seller.inbound_arrived", (of("COMING"),))
    yield Example("Seller.close_inbound", (of("OPENED"),))
    yield Example("Seller.cancel_inbound", (of("COMING"),))
    yield Example("Seller.inbounds")
    yield Example("Seller.inbounds", (), {"overdue": True, "limit": 1}, about="overdue")


def _of_the_backlog(of: Named) -> Iterator[Example]:
    yield Example("Seller.reprocess_order", (of("THIRD"),))
    yield Example("Seller.reprocess")
    yield Example("Seller.reprocess", ([of("LATE"), of("A")],), about="named")
    newest = {"status": OrderStatus.READY, "newest_first": True, "limit": 1}
    yield Example("Seller.orders", (), newest)
    yield Example("Seller.holdups", (), {"limit": 2})
    advice = Example("Seller.restock_advice", (), {"units": 9})
    yield advice
    where = {"units": 3, "aim": Aim.UNITS, "warehouse": of("EAST")}
    yield attrs.evolve(advice, options=where, about="units")
    page = Example("Seller.back_orders", (), {"limit": 2})
    yield page
    yield attrs.evolve(page, options={"sku": of("C"), "older_than": timedelta(hours=1)}, about="of")


def _of_answers(of: Named) -> Iterator[Example]:
    asked = {"ask": [of("B"), of("E"), of("A")]}
    yield Example("Seller.remedies", (of("SHORT"),))
    yield Example("Seller.remedies", (of("PARTLY"),), asked, about="asked")


def _of_the_account(of: Named) -> Iterator[Example]:
    yield Example(
        "Seller.configure",
        (),
        {
            "time_zone": "Asia/Tokyo",
            "claim": ClaimPolicy.YIELD,
            "ship": ShipPolicy.AS_AVAILABLE,
            "warehouses": (of("EAST"), of("NORTH")),
            "order_delay": timedelta(hours=2),
        },
    )


def _of_users(of: Named) -> Iterator[Example]:
    released = NotificationKind.BACK_ORDER_RELEASED
    yield Example("Seller.add_user", (of("EVE"),), {"email": "eve@example.com"})
    yield Example("Seller.add_user", (of("ANN"),), {"email": "ann@example.org"}, about="moved")
    yield Example("Seller.opt_in", (of("BOB"), released))
    yield Example("Seller.opt_out", (of("ANN"), released))
    yield Example("Seller.remove_user", (of("ANN"),))


def _of_all() -> Iterator[Example]:
    yield Example("Backorders.release_due_holds")
    yield Example("Backorders.cancel_expired", (), {"older_than": timedelta(days=2)})
    yield Example("Backorders.compose_daily_digests", (), {"now": START + timedelta(days=2)})
    deliver = Example("Backorders.deliver_notifications", (MemoryNotifier(),), leases=True)
    yield deliver
    # Whatever else it raised, chance would say when to try again.
    refusing = Failing(lambda notice: RecipientRefused(notice.recipient, "no such box"))
    yield attrs.evolve(deliver, args=(refusing,), about="refused")
    yield Example("Backorders.retry_notification", (first_failed,))
    yield Example("Backorders.deliver_events", (), {"limit": 99}, leases=True)
    yield Example("Subscription.deliver", leases=True)
    yield Example("Subscription.failed")
    for name in ("retry", "skip"):
        yield Example(f"Subscription.{name}", (first_failed_event,))
    yield Example("Subscription.start_now")
    yield Example("Subscription.forget")


def first_failed(app: Backorders, seller_id: str) -> str:
    """Return the id of the seller's notice that was the first to be set aside."""
    failed = app.failed_notifications()
    return next(notice.message_id for notice in failed if notice.seller_id == seller_id)


def first_failed_event(app: Backorders, seller_id: str) -> str:
    """Return the id of the seller's event that was the first to be set aside."""
    failed = subscription(app).failed()
    return next(event.event_id for event in failed if event.seller_id == seller_id)


def _seller(name: str, *args: object, **options: object) -> Example:
    return Example(f"Seller.{name}", args, options)
