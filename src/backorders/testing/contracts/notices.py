"""The clauses about who is to be told things, and about what the next digest is to list."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import attrs

from backorders.domain.digesting import LastDigest, NewBackOrder
from backorders.domain.errors import LostRace
from backorders.domain.notices import (
    NotificationKind,
    ShortProduct,
)
from backorders.domain.users import User
from backorders.domain.values import OrderId, SellerId, Sku, UserId
from backorders.ports.storage import Store
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    CONFUSABLE_IDS,
    HOUR,
    IDS_IN_ORDER,
    JAM,
    NOON,
    TEA,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)

_DIGEST: Final = NotificationKind.DAILY_NEW_BACK_ORDERS
_RELEASED: Final = NotificationKind.BACK_ORDER_RELEASED
_AT: Final = NOON.replace(microsecond=123_456)
_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_LAST: Final = datetime.max.replace(tzinfo=UTC)


def _user(user_id: str, *kinds: NotificationKind, email: str = "bob@example.com") -> User:
    return User(UserId(user_id), email, frozenset(kinds))


def _add(store: Store, *users: User) -> None:
    """Store users for ACME, and others of the same ids for BOLT."""
    theirs = [attrs.evolve(user, email="at@bolt", opted_in=NotificationKind) for user in users]
    for seller_id, added in ((BOLT, theirs), (ACME, users)):
        with writing(store, seller_id) as uow:
            for user in added:
                uow.users.add(user)


def _users(store: Store, seller_id: SellerId = ACME) -> list[User]:
    with reading(store, seller_id) as uow:
        return list(uow.users.every())


def check_users_come_back_as_saved(make_store: MakeStore) -> None:
    """`find` and `every` return users as they were added or saved last, until they are removed."""
    bob, eve = _user("bob"), _user("eve", *NotificationKind, email=f"{'é' * 240}@example.com"[:254])
    with two_sellers(make_store) as store:
        _add(store, bob, eve)
        theirs = _users(store, BOLT)
        assert _users(store) == [bob, eve]
        for changed in (
            _user("bob", _DIGEST),
            _user("bob", _DIGEST, _RELEASED),
            _user("bob", _RELEASED, email="o'neill+%_@example.com"),
            _user("bob", email="o'neill+%_@example.com"),
        ):
            with writing(store) as uow:
                uow.users.save(bob, changed)
                assert uow.users.find(bob.user_id) == changed
            bob = changed
            assert _users(store) == [bob, eve]
        with writing(store) as uow:
            uow.users.remove(eve.user_id)
            uow.users.remove(UserId("nobody"))
            assert uow.users.find(eve.user_id) is None
        assert _users(store) == [bob]
        assert _users(store, BOLT) == theirs


def check_users_are_by_id(make_store: MakeStore) -> None:
    """`every` is sorted by code point, and no id is taken for another."""
    names = sorted({*IDS_IN_ORDER, *CONFUSABLE_IDS})
    with two_sellers(make_store) as store:
        _add(store, *(_user(name, email=f"{place}@x") for place, name in enumerate(names)))
        assert [user.user_id for user in _users(store)] == names
        with reading(store) as uow:
            for place, name in enumerate(names):
                found = uow.users.find(UserId(name))
                assert found is not None
                assert found.email == f"{place}@x"
            assert uow.users.find(UserId("nobody")) is None


def check_a_changed_user_loses_the_race(make_store: MakeStore) -> None:
    """Nobody writes over a user who is not as they think, nor adds one who is there."""
    bob = _user("bob", _DIGEST)
    with two_sellers(make_store) as store:
        _add(store, bob, _user("eve"))

        def save(stored: User) -> None:
            with writing(store) as uow:
                uow.users.save(stored, _user("bob", email="new@example.com"))

        def add() -> None:
            with writing(store) as uow:
                uow.users.add(bob)

        for stale in (_user("bob"), _user("bob", _DIGEST, email="old@x"), _user("bob", _RELEASED)):
            assert_raises(LostRace, partial(save, stale), f"{stale} was written over")
        assert_raises(LostRace, add, "a user was added twice")
        with writing(store) as uow:
            uow.users.remove(bob.user_id)
        assert_raises(LostRace, lambda: save(bob), "a user who is gone was written over")
        assert _users(store) == [_user("eve")]


def _entry(
    order_id: str, version: int = 1, at: datetime = NOON, *products: ShortProduct, more: int = 0
) -> NewBackOrder:
    return NewBackOrder(OrderId(order_id), version, at, products, more)


def _note(store: Store, *entries: NewBackOrder) -> None:
    """Note entries for ACME, and others of the same orders for BOLT."""
    theirs = [attrs.evolve(entry, more_products=99) for entry in entries]
    for seller_id, noted in ((BOLT, theirs), (ACME, entries)):
        with writing(store, seller_id) as uow:
            uow.notices.note(noted)


def _noted(store: Store, before: datetime, beyond: datetime = _LAST) -> list[NewBackOrder]:
    with reading(store) as uow:
        return list(uow.notices.noted(before, beyond))


def check_entries_come_back_as_noted(make_store: MakeStore) -> None:
    """`noted` is by order and version, by code point, with products in their order."""
    wide = Sku("\N{MATHEMATICAL SCRIPT CAPITAL X}" * 255)
    products = [ShortProduct(sku, 2**31 - 1, 2**62) for sku in (TEA, JAM, wide)]
    entries = [
        _entry(name, version, _AT + version * HOUR, *products[: version % 4], more=version)
        for name in IDS_IN_ORDER
        for version in (1, 2, 10)
    ]
    with two_sellers(make_store) as store:
        _note(store, *entries[::-1])
        with writing(store) as uow:
            uow.notices.note([])
        assert _noted(store, _LAST) == entries


def check_entries_are_found_by_their_time(make_store: MakeStore) -> None:
    """`noted` returns what was made before one instant or after another, and neither of the two."""
    moment = timedelta(microseconds=1)
    times = [_FIRST, NOON - moment, NOON, NOON + moment, NOON + HOUR, NOON + HOUR + moment, _LAST]
    entries = [_entry(f"O{place}", 1, at) for place, at in enumerate(times)]
    with two_sellers(make_store) as store:
        _note(store, *entries)
        assert _noted(store, NOON) == entries[:2]
        assert _noted(store, NOON, NOON + HOUR) == [*entries[:2], *entries[5:]]
        assert _noted(store, _FIRST) == []


def check_entries_are_used_up_once(make_store: MakeStore) -> None:
    """A digest takes its entries with it, and comes after the last one; else it loses the race."""
    one, two, three = _entry("O1"), _entry("O1", 2), _entry("O2")
    first, second = LastDigest(1, NOON), LastDigest(2, _AT)
    with two_sellers(make_store) as store:
        _note(store, one, two, three)

        def use_up(*entries: NewBackOrder, last: LastDigest | None, digest: LastDigest) -> None:
            with writing(store) as uow:
                uow.notices.use_up(entries, last, digest)

        with reading(store) as uow:
            assert uow.notices.last_digest() is None
        use_up(one, last=None, digest=first)
        for entries, last, why in (
            ((two,), None, "there were two first digests"),
            ((two,), LastDigest(7, NOON), "a digest came after one that never was"),
            ((one,), first, "an entry was used up twice"),
            ((two, one), first, "an entry was used up twice, beside another"),
        ):
            assert_raises(
                LostRace,
                partial(use_up, *entries, last=last, digest=second),
                why,
            )
        assert _noted(store, _LAST) == [two, three]
        use_up(two, three, last=first, digest=second)
        assert _noted(store, _LAST) == []
        with reading(store) as uow:
            assert uow.notices.last_digest() == second
        with reading(store, BOLT) as uow:
            assert len(uow.notices.noted(_LAST, _LAST)) == 3  # noqa: PLR2004 - as many as noted
            assert uow.notices.last_digest() is None


def check_sellers_with_news_have_entries(make_store: MakeStore) -> None:
    """`sellers_with_news` names, sorted, whoever has an entry that no digest has used up."""
    with two_sellers(make_store) as store:
        assert store.outboxes.sellers_with_news() == ()
        _note(store, _entry("O1"), _entry("O2"))
        assert store.outboxes.sellers_with_news() == (ACME, BOLT)
        with writing(store) as uow:
            uow.notices.use_up([_entry("O1"), _entry("O2")], None, LastDigest(1, NOON))
        assert store.outboxes.sellers_with_news() == (BOLT,)
