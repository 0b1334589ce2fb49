"""The clauses about answers that are given to many orders at once."""

from typing import Final

from backorders.domain.answering import Answered, Answering, AnswerKey, AnswerOutcome
from backorders.domain.errors import (
    ActionRefused,
    EditRefused,
    InvalidValue,
    LostRace,
    ReplacementOutOfStock,
    SplitRefused,
)
from backorders.domain.values import OrderId, SellerId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)

_KEY: Final = AnswerKey("K1")
_ORDERS: Final = tuple(OrderId(f"O{number}") for number in (3, 1, 2, 5, 4))
_DONE: Final = AnswerOutcome.DONE


def _answering(key: str, orders: int, *, content: str = "0") -> Answering:
    return Answering(AnswerKey(key), content * 64, orders)


def _add(store: Store, key: str, *orders: OrderId) -> Answering:
    """Add an answer of ACME, and one of BOLT under the same key, for one order more."""
    mine = _answering(key, len(orders))
    with writing(store, BOLT) as uow:
        others = (*orders, OrderId("BOLT's"))
        uow.answers.add(_answering(key, len(others), content="b"), others)
    with writing(store) as uow:
        uow.answers.add(mine, orders)
    return mine


def _save(store: Store, stored: Answering, *given: Answered) -> Answering:
    with writing(store) as uow:
        uow.answers.save(stored, given)
    return stored.after(len(given))


def _found(store: Store, key: str = _KEY, seller_id: SellerId = ACME) -> Answering | None:
    with reading(store, seller_id) as uow:
        return uow.answers.find(AnswerKey(key))


def _given(store: Store, seller_id: SellerId = ACME) -> list[Answered]:
    with reading(store, seller_id) as uow:
        return list(uow.answers.given(_KEY))


def _to_do(store: Store, answering: Answering, limit: int) -> list[OrderId]:
    with reading(store) as uow:
        return list(uow.answers.to_do(answering, limit))


def check_answers_are_known_by_their_keys(make_store: MakeStore) -> None:
    """`find` returns how far an answer has come, by its very key, and of this seller alone."""
    with two_sellers(make_store) as store:
        for place, key in enumerate(CONFUSABLE_IDS):
            assert _found(store, key) is None, f"{key!r} was taken for another key"
            _add(store, key, *_ORDERS[: place % 3])
        for place, key in enumerate(CONFUSABLE_IDS):
            assert _found(store, key) == _answering(key, place % 3)
            others = _answering(key, place % 3 + 1, content="b")
            assert _found(store, key, BOLT) == others


def check_adding_a_known_answer_loses_the_race(make_store: MakeStore) -> None:
    """`add` raises `LostRace` for a key that is taken, and the first answer stays."""
    with two_sellers(make_store) as store:
        first = _add(store, _KEY, *_ORDERS)

        def again() -> None:
            with writing(store) as uow:
                uow.answers.add(_answering(_KEY, 1, content="9"), _ORDERS[:1])

        assert_raises(LostRace, again, "a key was taken twice")
        assert _found(store) == first
        assert _to_do(store, first, 9) == list(_ORDERS)


def check_orders_to_be_answered_come_in_their_turns(make_store: MakeStore) -> None:
    """`to_do` returns the next orders as they were added, from the first that was not answered."""
    with two_sellers(make_store) as store:
        none, answering = _add(store, "none"), _add(store, _KEY, *_ORDERS)
        assert _to_do(store, none, 9) == []
        assert _to_do(store, answering, 2) == list(_ORDERS[:2])
        answering = _save(store, answering, *(Answered(each, _DONE) for each in _ORDERS[:2]))
        assert _to_do(store, answering, 2) == list(_ORDERS[2:4])
        assert _to_do(store, answering, 9) == list(_ORDERS[2:])
        answering = _save(store, answering, *(Answered(each, _DONE) for each in _ORDERS[2:]))
        assert _to_do(store, answering, 9) == []


def check_given_answers_come_back_as_stored(make_store: MakeStore) -> None:
    """`given` returns what came of each order, equal in every field, in the order of the turns."""
    odd = CONFUSABLE_IDS[-1]
    errors = (
        ActionRefused("O1", "PROCESSED", "edit", odd),
        EditRefused("O2", "no product would be left", "cancel the order instead"),
        ReplacementOutOfStock("O3", odd, 2**31 - 1, 0),
        SplitRefused("O4", "nothing could ship now", "wait"),
        InvalidValue("edits", "must be fewer"),
    )
    refused = [
        Answered(order_id, AnswerOutcome.REFUSED, error=error)
        for order_id, error in zip(_ORDERS, errors, strict=True)
    ]
    others = [
        Answered(OrderId(odd), _DONE, OrderId(odd)),
        Answered(OrderId("plain"), _DONE),
        Answered(OrderId("unchanged"), AnswerOutcome.UNCHANGED),
    ]
    came_to = [*others[:1], *refused, *others[1:]]
    with two_sellers(make_store) as store:
        assert _given(store) == []
        answering = _add(store, _KEY, *(each.order_id for each in came_to))
        assert _given(store) == []
        answering = _save(store, answering, *came_to[:3])
        assert _given(store) == came_to[:3]
        assert _found(store) == answering
        answering = _save(store, answering, *came_to[3:])
        assert _given(store) == came_to
        assert _found(store) == answering
        assert answering.is_complete
        assert _given(store, BOLT) == []


def check_a_stale_answer_loses_the_race(make_store: MakeStore) -> None:
    """`save` raises `LostRace`, then or at the commit, unless it is the version stored."""
    with two_sellers(make_store) as store:
        answering = _add(store, _KEY, *_ORDERS)
        first, second = (Answered(each, _DONE) for each in _ORDERS[:2])
        further = _save(store, answering, first)

        def stale() -> None:
            _save(store, answering, Answered(_ORDERS[0], AnswerOutcome.UNCHANGED))

        assert_raises(LostRace, stale, "a stale answer was written")
        assert _found(store) == further
        assert _given(store) == [first]
        _save(store, further, second)
        assert _given(store) == [first, second]
