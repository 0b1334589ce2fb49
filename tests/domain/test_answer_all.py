"""The same answer to many orders: as if each were answered alone, once, whatever breaks off."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders import (
    Answered,
    AnsweredAll,
    AnswerOutcome,
    Backorders,
    BackordersError,
    ClaimPolicy,
    ContentDiffers,
    InvalidType,
    InvalidValue,
    OrderRequest,
    Remove,
    Replace,
    ReplacementOutOfStock,
    Seller,
    SplitRefused,
    usecases,
)
from backorders.adapters.memory import MemoryStore
from backorders.domain import answering, limits
from backorders.domain.answering import Answering, BulkAnswer
from backorders.domain.errors import EditRefused
from backorders.domain.values import OrderId
from backorders.ports.storage import Store
from tests.support.clock import START, SettableClock
from tests.support.histories import Call, histories, new_seller, play
from tests.support.rows import rows_of
from tests.support.state import SKUS, dump

_ONE, _TWO = OrderId("O1"), OrderId("O2")
_HOUR = timedelta(hours=1)


@attrs.frozen
class Bulk:
    """An answer to all orders, and the same to one."""

    name: str
    answer: BulkAnswer
    to_all: Callable[[Seller, str, bool], AnsweredAll]
    to_one: Callable[[Seller, str], OrderId | None]
    """Returns the order that it made, if any."""


def _removing(sku: str) -> Bulk:
    def to_one(acme: Seller, order_id: str) -> None:
        acme.edit_order(order_id, Remove(sku))

    return Bulk(
        f"remove {sku}",
        answering.removing(sku),
        lambda acme, key, dry: acme.remove_from_all(sku, key=key, dry_run=dry),
        to_one,
    )


def _replacing(sku: str, by: str, *, allow: bool) -> Bulk:
    def to_one(acme: Seller, order_id: str) -> None:
        acme.edit_order(order_id, Replace(sku, by), allow_back_order=allow)

    return Bulk(
        f"replace {sku} by {by}, {allow}",
        answering.replacing(sku, by, allow_back_order=allow),
        lambda acme, key, dry: acme.replace_in_all(
            sku, by, key=key, allow_back_order=allow, dry_run=dry
        ),
        to_one,
    )


def _splitting(sku: str | None) -> Bulk:
    return Bulk(
        f"split {sku}",
        answering.splitting(sku),
        lambda acme, key, dry: acme.split_all(key=key, sku=sku, dry_run=dry),
        lambda acme, order_id: acme.split_order(order_id).created.order_id,
    )


def _cancelling(sku: str | None, hours: int) -> Bulk:
    older_than = timedelta(hours=hours)

    def to_one(acme: Seller, order_id: str) -> None:
        acme.cancel_order(order_id, reason="too old")

    return Bulk(
        f"cancel {sku}, {hours}",
        answering.cancelling(older_than, sku, "too old"),
        lambda acme, key, dry: acme.cancel_all(
            older_than=older_than, key=key, sku=sku, reason="too old", dry_run=dry
        ),
        to_one,
    )


_skus = st.sampled_from(SKUS)
bulks = st.one_of(
    st.builds(_removing, _skus),
    st.builds(
        lambda both, allow: _replacing(*both, allow=allow),
        st.lists(_skus, min_size=2, max_size=2, unique=True),
        st.booleans(),
    ),
    st.builds(_splitting, st.none() | _skus),
    st.builds(_cancelling, st.none() | _skus, st.sampled_from([0, 1, 24, 50])),
)


def _one_by_one(acme: Seller, bulk: Bulk) -> list[Answered]:
    """Answer each order that is meant, first to last, with the call for it alone."""
    meant = acme.back_orders(sku=bulk.answer.sku, older_than=bulk.answer.older_than, limit=1000)
    came_to = []
    for order_id in [order.order_id for order in meant.items]:
        short = acme.order(order_id).shortages
        if not short or bulk.answer.sku not in {None, *short}:
            came_to.append(Answered(order_id, AnswerOutcome.UNCHANGED))
            continue
        try:
            created = bulk.to_one(acme, order_id)
        except BackordersError as error:
            came_to.append(Answered(order_id, AnswerOutcome.REFUSED, error=error))
        else:
            came_to.append(Answered(order_id, AnswerOutcome.DONE, created))
    return came_to


@given(history=histories(most=10), bulk=bulks, together=st.integers(1, 3))
def test_it_comes_to_the_same_as_one_order_after_the_other(
    history: list[Call], bulk: Bulk, together: int
) -> None:
    """Tried, done, done in small commits, done again: always what the single calls come to."""
    stores = [MemoryStore() for _ in range(3)]
    alone, acme, broken_off = [play(history, new_seller(store)) for store in stores]
    wanted = _one_by_one(alone, bulk)

    before = rows_of(stores[1])
    tried = bulk.to_all(acme, "K1", True)  # noqa: FBT003 - a dry run
    assert rows_of(stores[1]) == before
    assert list(tried.orders) == wanted
    assert bulk.to_all(acme, "K1", False) == tried  # noqa: FBT003 - for good
    assert dump(acme) == dump(alone)
    assert acme.verify() == ()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "ANSWERED_TOGETHER", together)
        with stores[2].begin("acme") as uow:
            usecases.answer_some(bulk.answer, key="K1", uow=uow, now=START)
            uow.commit()
        went_on = bulk.to_all(broken_off, "K1", False)  # noqa: FBT003 - for good
    assert went_on.orders == tried.orders
    assert went_on.repeated == (len(wanted) <= together)
    assert dump(broken_off) == dump(alone)

    for dry_run in (True, False):
        again = bulk.to_all(acme, "K1", dry_run)
        assert again == attrs.evolve(tried, repeated=True)
    assert dump(acme) == dump(alone)


def test_one_that_is_refused_does_not_stop_the_others(store: Store) -> None:
    """Each has its own outcome, and the error is the one that the call for it alone raises."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"JAM": 2, "OIL": 3})
    acme.place_order("O1", {"TEA": 2})
    acme.place_order("O2", {"TEA": 1, "JAM": 1})
    acme.place_order("O3", {"OIL": 4})
    came_to = acme.remove_from_all("TEA", key="no more tea")
    assert (came_to.done, came_to.refused, came_to.unchanged) == (("O2",), ("O1",), ())
    assert isinstance(came_to.orders[0].error, EditRefused)
    assert "cancel the order instead" in str(came_to.orders[0].error)
    with pytest.raises(EditRefused) as alone:
        acme.edit_order("O1", Remove("TEA"))
    assert alone.value.args == came_to.orders[0].error.args
    assert acme.remove_from_all("TEA", key="no more tea") == attrs.evolve(came_to, repeated=True)
    split = acme.split_all(key="go")
    assert split.orders[0].order_id == "O1"
    assert isinstance(split.orders[0].error, SplitRefused)
    assert split.orders[1:] == (Answered(OrderId("O3"), AnswerOutcome.DONE, OrderId("O3-2")),)
    assert acme.split_all(key="go") == attrs.evolve(split, repeated=True)


def test_who_comes_first_gets_the_replacement(store: Store) -> None:
    """In rank order, until there is none left: then it is refused, unless it may be waited for."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"MINT": 3})
    acme.place_order("O1", {"TEA": 2})
    acme.place_order("O2", {"TEA": 2}, priority=1)
    tried = acme.replace_in_all("TEA", "MINT", key="mint for tea", dry_run=True)
    assert (tried.done, tried.refused) == (("O2",), ("O1",))
    assert acme.replace_in_all("TEA", "MINT", key="mint for tea") == tried
    error = tried.orders[1].error
    assert isinstance(error, ReplacementOutOfStock)
    assert (error.quantity, error.available) == (2, 1)
    waiting = acme.replace_in_all("TEA", "MINT", key="or wait", allow_back_order=True)
    assert waiting.done == ("O1",)
    assert acme.order("O1").shortages == {"MINT": 1}


def test_refusals_for_other_reasons_are_not_the_same() -> None:
    """A dry run that says something else than the call itself must not look like it."""
    no_such, no_other = (EditRefused("O1", problem, "") for problem in ("no such", "no other"))
    refused = Answered(_ONE, AnswerOutcome.REFUSED, error=no_such)
    assert refused == Answered(_ONE, AnswerOutcome.REFUSED, error=EditRefused(*no_such.args))
    assert refused != Answered(_ONE, AnswerOutcome.REFUSED, error=no_other)
    assert refused != Answered(_ONE, AnswerOutcome.REFUSED, error=SplitRefused(*no_such.args))


def test_how_far_an_answer_has_come_is_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each commit answers some and counts itself: by that, two who are at it notice each other."""
    monkeypatch.setattr(limits, "ANSWERED_TOGETHER", 2)
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    for number in range(5):
        acme.place_order(f"O{number}", {"TEA": 1, "JAM": 1})
    key = acme.remove_from_all("TEA", key="K").key
    with store.begin("acme") as uow:
        found = uow.answers.find(key)
    content = answering.removing("TEA").content()
    assert found == Answering(key, content, orders=5, answered=5, version=4)


def test_an_answer_for_nobody_is_known_too(acme: Seller) -> None:
    """Nobody was meant when it was first given: whoever comes later is not meant either."""
    came_to = acme.remove_from_all("TEA", key="K")
    assert came_to == AnsweredAll(came_to.key, ())
    acme.place_order("O1", {"TEA": 1, "JAM": 1})
    assert acme.remove_from_all("TEA", key="K") == attrs.evolve(came_to, repeated=True)


def test_a_seller_who_has_nothing_yet_can_answer_too() -> None:
    """Nobody is meant, and that is noted: with it, the seller is there."""
    app = Backorders(MemoryStore(), clock=SettableClock())
    came_to = app.seller("acme").remove_from_all("TEA", key="K")
    assert app.sellers() == ("acme",)
    with app.seller("acme")._store.begin("acme") as uow:
        answering_it = uow.answers.find(answering.answer_key("K"))
        assert answering_it is not None
        assert usecases.answered(answering_it, uow=uow) == came_to


def test_cancelling_all_that_is_old(acme: Seller, clock: SettableClock) -> None:
    """Only orders that are older; what the first gives back completes the second, which stays."""
    acme.book_in("R1", {"TEA": 2})
    acme.place_order("O1", {"TEA": 3})
    acme.place_order("O2", {"TEA": 2})
    clock.advance(hours=2)
    acme.place_order("O3", {"TEA": 2})
    came_to = acme.cancel_all(older_than=_HOUR, key="K", reason="too old")
    assert came_to.orders == (
        Answered(_ONE, AnswerOutcome.DONE),
        Answered(_TWO, AnswerOutcome.UNCHANGED),
    )
    assert came_to.unchanged == (_TWO,)
    assert acme.order("O2").status.name == "READY"
    assert acme.order("O3").status.name == "ON_BACK_ORDER"


def test_a_key_is_for_one_answer(store: Store) -> None:
    """Another answer under a known key is a mistake, whether it is tried or meant."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.place_order("O1", {"TEA": 2, "JAM": 1})
    acme.remove_from_all("TEA", key="K")
    others: list[Callable[[bool], AnsweredAll]] = [
        lambda dry: acme.remove_from_all("JAM", key="K", dry_run=dry),
        lambda dry: acme.remove_from_all("TEA", key="K", older_than=_HOUR, dry_run=dry),
        lambda dry: acme.split_all(key="K", sku="TEA", dry_run=dry),
        lambda dry: acme.cancel_all(key="K", older_than=_HOUR, dry_run=dry),
    ]
    for other in others:
        for dry_run in (True, False):
            with pytest.raises(ContentDiffers, match="answer 'K' is known already"):
                other(dry_run)
    assert acme.order("O1").shortages == {"JAM": 1}


def test_a_host_answers_all_in_its_own_transaction(store: Store) -> None:
    """The use case gives the whole answer in one unit of work, and it is all or nothing there."""
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"TEA": 1})
    for number in range(4):
        acme.place_order(f"O{number}", {"TEA": 2, "JAM": 1})
    answer = answering.removing("TEA")
    with pytest.MonkeyPatch.context() as patch, store.begin("acme") as uow:
        patch.setattr(limits, "ANSWERED_TOGETHER", 3)
        came_to = usecases.answer_all(answer, key="K", uow=uow, now=START)
        assert len(came_to.done) == 4
        again = usecases.answer_all(answer, key="K", uow=uow, now=START)
        assert again == attrs.evolve(came_to, repeated=True)
    assert acme.order("O3").shortages == {"TEA": 2, "JAM": 1}


class _SmallCommits(MemoryStore):
    """A store in which one commit changes one order, besides those that the call is about."""

    def begin(self, seller_id: str, *, read_only: bool = False):  # type: ignore[no-untyped-def]  # noqa: ANN202
        uow = super().begin(seller_id, read_only=read_only)
        uow.orders_per_commit = 1
        return uow


def test_a_long_queue_is_served_between_two_answers() -> None:
    """What one gives back is given to all before the next is answered, in however many commits."""
    seen = []
    for store in (MemoryStore(), _SmallCommits()):
        clock = SettableClock()
        acme = Backorders(store, clock=clock).seller("acme")
        acme.book_in("R1", {"TEA": 6})
        acme.place_order("O1", {"TEA": 6, "JAM": 1})
        for name in ("O2", "O3", "O4"):
            acme.place_order(name, {"TEA": 2}, claim=ClaimPolicy.YIELD)
        acme.place_order("O5", {"JAM": 1, "TEA": 1})
        clock.advance(hours=2)
        tried = acme.cancel_all(older_than=_HOUR, key="K", sku="TEA", dry_run=True)
        cancelled = acme.cancel_all(older_than=_HOUR, key="K", sku="TEA")
        assert tried == cancelled
        assert cancelled.done == ("O2", "O3", "O4", "O5")
        acme.place_order("O6", {"TEA": 1})
        acme.place_order("O7", {"TEA": 1})
        clock.advance(hours=2)
        tried = acme.cancel_all(older_than=_HOUR, key="L", dry_run=True)
        again = acme.cancel_all(older_than=_HOUR, key="L")
        assert tried == again
        assert (again.done, again.unchanged) == (("O1",), ("O6", "O7"))
        found = dump(acme, [f"O{number}" for number in range(1, 8)], ["TEA", "JAM"])
        # What they are told of is told by the commit that served them.
        seen.append(attrs.evolve(found, histories={}))
    assert seen[0] == seen[1]


def test_a_host_is_left_nothing_to_be_settled() -> None:
    """Where it is not the library that commits, a long queue is served within the call."""
    store = _SmallCommits()
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"TEA": 3, "MINT": 3})
    acme.place_order("O1", {"TEA": 3, "JAM": 1})
    for name in ("O2", "O3", "O4"):
        acme.place_order(name, {"TEA": 1})
    with store.begin("acme") as uow:
        answer = answering.cancelling(timedelta(0), "JAM")
        later = START + _HOUR
        assert usecases.answer_all(answer, key="K", uow=uow, now=later).done == ("O1",)
        assert not uow.unsettled
        uow.commit()
    assert acme.back_orders().items == ()


def test_a_host_too_serves_a_long_queue_between_two_answers() -> None:
    """Whoever is completed by what the first gives back is not cancelled, however far behind."""
    store = _SmallCommits()
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    acme.book_in("R1", {"TEA": 3})
    acme.place_order("O1", {"TEA": 3, "JAM": 1})
    for name in ("O2", "O3", "O4"):
        acme.place_order(name, {"TEA": 1})
    with store.begin("acme") as uow:
        answer = answering.cancelling(timedelta(0))
        came_to = usecases.answer_all(answer, key="K", uow=uow, now=START + _HOUR)
        assert (came_to.done, came_to.unchanged) == (("O1",), ("O2", "O3", "O4"))


def test_two_who_send_the_same_answer_at_once_give_it_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that is sent twice meets itself: each order is answered by one of the two."""
    monkeypatch.setattr(limits, "ANSWERED_TOGETHER", 2)
    acme = Backorders(store, clock=SettableClock()).seller("acme")
    names = [f"O{number}" for number in range(9)]
    acme.place_orders(OrderRequest(name, {"TEA": 1, "JAM": 1}) for name in names)
    ready = Barrier(2)

    def send() -> AnsweredAll:
        ready.wait()
        return acme.remove_from_all("TEA", key="K")

    with ThreadPoolExecutor(2) as both:
        sent = [both.submit(send) for _ in range(2)]
        for each in sent:
            assert each.result().done == tuple(names)
    for name in names:
        told = [type(event).__name__ for event in acme.history(name)]
        assert told.count("OrderEdited") == 1


def test_bad_input_is_named_and_nothing_is_noted(acme: Seller) -> None:
    """A key that was refused is free."""
    acme.place_order("O1", {"TEA": 2})
    with pytest.raises(InvalidValue, match="key"):
        acme.remove_from_all("TEA", key="")
    with pytest.raises(InvalidValue, match="sku"):
        acme.remove_from_all(" TEA", key="K")
    with pytest.raises(InvalidValue, match="by must be another SKU"):
        acme.replace_in_all("TEA", "TEA", key="K")
    with pytest.raises(InvalidType, match="older_than must be a timedelta"):
        acme.cancel_all(older_than=3, key="K")  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="dry_run"):
        acme.split_all(key="K", dry_run=1)  # type: ignore[arg-type]
    with pytest.raises(InvalidType, match="allow_back_order"):
        acme.replace_in_all("TEA", "JAM", key="K", allow_back_order="no")  # type: ignore[arg-type]
    assert acme.split_all(key="K").refused == ("O1",)
