"""The clauses about units of work: what lasts, what is undone, who sees what."""

from contextlib import closing

from backorders.domain.errors import StoreUnusable
from backorders.domain.settings import Settings
from backorders.domain.values import (
    OrderId,
    SellerId,
)
from backorders.ports.storage import Store
from backorders.testing.contracts.abilities import Ability, needs
from backorders.testing.contracts.bench import (
    ACME,
    BOLT,
    IDS_IN_ORDER,
    MakeStore,
    assert_raises,
    reading,
    two_sellers,
    writing,
)
from backorders.testing.contracts.everything import OLD, Seen, seen, seen_of, write_everything


def check_leaving_without_commit_undoes_everything(make_store: MakeStore) -> None:
    """Whatever was written, through whichever method, is gone unless it was committed."""
    with two_sellers(make_store, OLD) as store:
        for seller_id in (ACME, BOLT, SellerId("newcomer")):
            before = seen_of(store, seller_id)
            with store.begin(seller_id) as uow:
                write_everything(uow)
                assert seen(uow) != before
            assert seen_of(store, seller_id) == before
        assert store.sellers() == (ACME, BOLT)


def check_an_exception_undoes_everything(make_store: MakeStore) -> None:
    """An exception that passes through undoes everything, and goes on to the caller."""

    class _PassesThroughError(Exception):
        pass

    def fail(store: Store) -> None:
        with store.begin(ACME) as uow:
            write_everything(uow)
            raise _PassesThroughError

    with two_sellers(make_store, OLD) as store:
        before = seen_of(store)
        assert_raises(_PassesThroughError, lambda: fail(store), "an exception was swallowed")
        assert seen_of(store) == before
        with writing(store) as uow:
            write_everything(uow)
            after = seen(uow)
        assert seen_of(store) == after != before


def check_commit_makes_everything_last(make_store: MakeStore) -> None:
    """What was committed is what every later unit of work of the seller sees."""
    with two_sellers(make_store, OLD) as store:
        with store.begin(ACME) as uow:
            write_everything(uow)
            within = seen(uow)
            uow.commit()
        assert seen_of(store) == within
        with store.begin(ACME) as uow:
            assert seen(uow) == within


def check_sellers_never_meet(make_store: MakeStore) -> None:
    """What one seller writes, under whatever ids, changes nothing that another sees."""
    with two_sellers(make_store, OLD) as store:
        theirs = seen_of(store, BOLT)
        nobody = seen_of(store, SellerId("ACME"))
        with writing(store) as uow:
            assert uow.seller_id == ACME
            write_everything(uow)
        mine = seen_of(store)
        assert seen_of(store, BOLT) == theirs
        assert seen_of(store, SellerId("ACME")) == nobody
        assert nobody == Seen(
            *({}, {}, [], [], [], [], [], [], [], [], None, {}, [], [], {}, [], [], []),
            *(None, [], None, [], [], None, {}, [], []),
        )
        with writing(store, BOLT) as uow:
            assert uow.seller_id == BOLT
            write_everything(uow)
        assert seen_of(store) == mine
        assert seen_of(store, BOLT).orders[OrderId("O2")].seller_id == BOLT


@needs(Ability.SIDE_BY_SIDE)
def check_nothing_is_seen_before_commit(make_store: MakeStore) -> None:
    """Until it is committed, others see nothing of a unit of work, not even a new seller."""
    newcomer = SellerId("newcomer")
    with two_sellers(make_store, OLD) as store:
        theirs = seen_of(store, BOLT)
        with store.begin(newcomer) as uow:
            write_everything(uow)
            assert store.sellers() == (ACME, BOLT)
            assert seen_of(store, BOLT) == theirs
            uow.commit()
        assert store.sellers() == (ACME, BOLT, newcomer)


def check_reading_alone_sees_what_lasts(make_store: MakeStore) -> None:
    """A unit of work that only reads sees everything, and leaves nothing behind."""
    with two_sellers(make_store, OLD) as store:
        with writing(store) as uow:
            write_everything(uow)
        for seller_id in (ACME, BOLT, SellerId("newcomer")):
            with store.begin(seller_id) as uow:
                expected = seen(uow)
            with store.begin(seller_id, read_only=True) as uow:
                assert seen(uow) == expected
                assert seen(uow) == expected
        assert store.sellers() == (ACME, BOLT)


@needs(Ability.SIDE_BY_SIDE)
def check_readers_do_not_wait_for_each_other(make_store: MakeStore) -> None:
    """Units of work that only read can be open side by side: a what-if is one, and lasts."""
    with two_sellers(make_store, OLD) as store, reading(store) as uow:
        before = seen(uow)
        with reading(store) as other:
            assert seen(other) == before
            with reading(store) as third:
                assert seen(third) == before
        assert seen(uow) == before


def check_sellers_are_sorted(make_store: MakeStore) -> None:
    """`sellers` names, by code point, whoever something was stored for, and nobody else."""
    with closing(make_store()) as store:
        assert store.sellers() == ()
        for name in (*IDS_IN_ORDER[::-1], "A" * 255, "a" * 255):
            with writing(store, SellerId(name)) as uow:
                uow.settings.put(Settings())
            with writing(store, SellerId(f"{name[:200]} only looked around")) as uow:
                assert uow.settings.get() is None
        assert store.sellers() == tuple(sorted([*IDS_IN_ORDER, "A" * 255, "a" * 255]))


def check_a_closed_store_is_unusable(make_store: MakeStore) -> None:
    """Closing twice is a no-op; whatever is asked of a closed store raises `StoreUnusable`."""
    store = make_store()
    with writing(store) as uow:
        uow.settings.put(Settings())
    store.close()
    store.close()
    assert_raises(StoreUnusable, store.sellers, "a closed store named its sellers")
    for read_only in (False, True):

        def look(*, read_only: bool = read_only) -> None:
            with store.begin(ACME, read_only=read_only) as uow:
                uow.settings.get()

        assert_raises(StoreUnusable, look, "a closed store gave a unit of work")


def check_stores_share_nothing(make_store: MakeStore) -> None:
    """Each store that the factory makes is empty, whatever was stored in another."""
    with closing(make_store()) as first:
        with writing(first) as uow:
            write_everything(uow)
        assert first.sellers() == (ACME,)
        with closing(make_store()) as second:
            assert second.sellers() == ()
            assert seen_of(second).orders == {}
