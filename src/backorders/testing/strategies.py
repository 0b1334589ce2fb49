"""Hypothesis strategies for what a seller sees: ids, orders, shelves, and calls on the face.

The ids are few and the quantities small, so that orders meet at the same shelf. Each strategy can
be given others to be built from.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from backorders.domain.edits import Add, Edit, Remove, Replace, SetQuantity
from backorders.domain.order import ClaimPolicy, HoldReason, ShipPolicy
from backorders.domain.request import OrderRequest
from backorders.testing.commands import Command, command

START: Final = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""A Monday morning, at which every history begins."""
ORDER_IDS: Final = ("O1", "O2", "O3", "O4", "O5")
"""Ids under which orders are placed."""
NEW_IDS: Final = ("N1", "N2", "O1-2", "O5")
"""Ids that are named for split-off orders: new, a default one, and one that may be taken."""
KNOWN_IDS: Final = (*ORDER_IDS, *ORDER_IDS, *ORDER_IDS, "N1", "O1-2", "O2-2", "O3-2", "O1-2-2")
"""Ids that calls name; most orders are there twice because they are there more often."""
SKUS: Final = ("TEA", "JAM", "OIL")
WAREHOUSES: Final = ("EAST", "MAIN", "WEST")

Units = dict[str, int]
Ids = st.SearchStrategy[str]


def order_ids() -> st.SearchStrategy[str]:
    """Ids of orders that may or may not be there."""
    return st.sampled_from(KNOWN_IDS)


def skus() -> st.SearchStrategy[str]:
    """A few SKUs; the first is the likeliest."""
    return st.sampled_from((*SKUS, *SKUS[:2], SKUS[0]))


def warehouses() -> st.SearchStrategy[str]:
    """A few warehouses."""
    return st.sampled_from(WAREHOUSES)


def references() -> st.SearchStrategy[str]:
    """Ids of papers; now and then one comes again."""
    return st.integers(1, 60).map("R{}".format)


def hostile_ids() -> st.SearchStrategy[str]:
    """Any id that the library takes: every script, quotes, patterns, emoji."""
    char = st.characters(exclude_categories=["Cc", "Cs"])
    awkward = st.sampled_from(["'", '"', "\\", "%", "_", ";", "--", "\U0001d4b3", "é", "ß", "0"])
    return (
        st.lists(char | awkward, min_size=1, max_size=12)
        .map("".join)
        .filter(lambda text: text == text.strip())
    )


def bad_ids() -> st.SearchStrategy[object]:
    """What is no id: empty, over-long, blank at an end, with a control character, no text."""
    return st.one_of(
        st.sampled_from(
            ["", " ", "x" * 256, " O1", "O1 ", "O\n1", "O\x001", "O\ud8001", "\u3000A"]
        ),
        st.integers(),
        st.none(),
        st.binary(max_size=3),
    )


def quantities(most: int = 5) -> st.SearchStrategy[int]:
    """Units of one line."""
    return st.integers(1, most)


def unit_maps(
    of: st.SearchStrategy[int] | None = None, sku: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[Units]:
    """SKU → units."""
    units = quantities() if of is None else of
    return st.dictionaries(skus() if sku is None else sku, units, min_size=1, max_size=3)


def order_lines(
    sku: st.SearchStrategy[str] | None = None,
) -> st.SearchStrategy[list[tuple[str, int]]]:
    """Lines of an order, of which several may be of one SKU."""
    one = st.tuples(skus() if sku is None else sku, quantities(4))
    return st.lists(one, min_size=1, max_size=4)


def instants() -> st.SearchStrategy[datetime]:
    """When orders were placed: few, so that some were placed together."""
    return st.integers(0, 3).map(lambda days: START - timedelta(days=days))


@st.composite
def requests(
    draw: st.DrawFn,
    order_id: st.SearchStrategy[str] | None = None,
    lines: st.SearchStrategy[list[tuple[str, int]]] | None = None,
) -> OrderRequest:
    """A request for an order, with or without a choice where there is one."""
    return OrderRequest(
        draw(st.sampled_from(ORDER_IDS) if order_id is None else order_id),
        draw(order_lines() if lines is None else lines),
        placed_at=draw(st.none() | instants()),
        priority=draw(st.sampled_from((0, 0, 0, 1, -1))),
        ship=draw(st.none() | st.sampled_from(ShipPolicy)),
        claim=draw(st.none() | st.sampled_from(ClaimPolicy)),
        warehouse=draw(st.sampled_from((None, None, None, *WAREHOUSES))),
    )


def backlogs(most: int = 8) -> st.SearchStrategy[list[OrderRequest]]:
    """Requests of different ids, to be placed while nothing is on the shelf."""
    ids = [f"O{number}" for number in range(1, most + 1)]
    return st.lists(
        requests(order_id=st.sampled_from(ids)),
        min_size=min(2, most),
        max_size=most,
        unique_by=lambda request: request.order_id,
    )


def shelves() -> st.SearchStrategy[dict[str, Units]]:
    """Warehouse → SKU → units on the shelf."""
    return st.dictionaries(warehouses(), unit_maps(), max_size=3)


# Commands


def placings() -> st.SearchStrategy[Command]:
    """Orders being placed, one or several at once."""
    one = requests().map(
        lambda wanted: command(
            "place_order",
            wanted.order_id,
            wanted.lines,
            placed_at=wanted.placed_at,
            priority=wanted.priority,
            ship=wanted.ship,
            claim=wanted.claim,
            warehouse=wanted.warehouse,
        )
    )
    several = st.lists(requests(), max_size=3).map(lambda all_: command("place_orders", all_))
    return st.one_of(one, one, one, several)


def deliveries() -> st.SearchStrategy[Command]:
    """Receipts."""
    return st.builds(
        lambda ref, lines, name: command("book_in", ref, lines, warehouse=name),
        references(),
        unit_maps(),
        warehouses(),
    )


def corrections() -> st.SearchStrategy[Command]:
    """Counts and adjustments."""
    count = st.builds(
        lambda ref, lines, name: command("count_stock", ref, lines, warehouse=name),
        references(),
        unit_maps(st.integers(0, 6)),
        warehouses(),
    )
    change = st.integers(-4, 4).filter(bool)
    adjustment = st.builds(
        lambda ref, lines, name: command("adjust_stock", ref, lines, warehouse=name),
        references(),
        unit_maps(change),
        warehouses(),
    )
    return count | adjustment


def edits() -> st.SearchStrategy[list[Edit]]:
    """One to three edits of a call, which may name a SKU twice."""
    one: st.SearchStrategy[Edit] = st.one_of(
        st.builds(Remove, skus()),
        st.builds(Replace, skus(), skus(), st.none() | quantities(3)),
        st.builds(Add, skus(), quantities(3)),
        st.builds(SetQuantity, skus(), quantities(6)),
    )
    # The same SKU twice is refused; as the source of two edits it need not come up often.
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda edit: edit.sku)


def editings(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """Edits of an order."""
    ids = order_ids() if order_id is None else order_id

    def editing(order_id: str, wanted: Sequence[Edit], allow: bool) -> Command:  # noqa: FBT001
        return Command("edit_order", (order_id, *wanted), {"allow_back_order": allow})

    return st.builds(editing, ids, edits(), st.booleans())


def splittings(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """Splits, by default or as named."""
    ids = order_ids() if order_id is None else order_id
    return st.builds(
        lambda order_id, move, new_id: command(
            "split_order", order_id, move=move, new_order_id=new_id
        ),
        ids,
        st.none() | unit_maps(quantities(3)),
        st.sampled_from((None, None, *NEW_IDS)),
    )


def prioritisings(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """Orders being moved in the queue, at others' cost or not."""
    ids = order_ids() if order_id is None else order_id
    return st.builds(
        lambda order_id, priority, taking: command(
            "prioritise_order", order_id, priority, reallocate=taking
        ),
        ids,
        st.integers(-1, 2),
        st.sampled_from((True, True, False)),
    )


def handlings(order_id: Ids | None = None) -> st.SearchStrategy[Command]:
    """What happens to an order on its way out: holds, processing, despatch, cancelling."""
    ids = order_ids() if order_id is None else order_id
    reasons = st.sampled_from(tuple(HoldReason)[:3])
    until = st.none() | st.integers(0, 5).map(lambda days: START + timedelta(days=days))
    plain = ("process_order", "process_order", "despatch_order", "cancel_order")
    return st.one_of(
        st.builds(command, st.sampled_from(plain), ids),
        st.builds(lambda this: command("request_cancellation", this), ids),
        st.builds(
            lambda this, yes: command("resolve_cancellation", this, accepted=yes),
            ids,
            st.booleans(),
        ),
        st.builds(
            lambda this, why, at: command("hold_order", this, why, until=at),
            ids,
            reasons,
            until,
        ),
        st.builds(lambda this, why: command("release_hold", this, why), ids, reasons),
    )


def housekeepings() -> st.SearchStrategy[Command]:
    """What is done to all orders at once, and what is chosen for them."""
    return st.one_of(
        st.just(command("release_due_holds")),
        st.integers(0, 4).map(
            lambda days: command("cancel_expired", older_than=timedelta(days=days))
        ),
        st.just(command("reprocess")),
        st.lists(skus(), max_size=2).map(lambda some: command("reprocess", some)),
        order_ids().map(lambda this: command("reprocess_order", this)),
        choices(),
    )


def choices() -> st.SearchStrategy[Command]:
    """Settings: policies, the order of warehouses, an order delay."""
    return st.builds(
        lambda ship, claim, order, delay: command(
            "configure", ship=ship, claim=claim, warehouses=order, order_delay=delay
        ),
        st.none() | st.sampled_from(ShipPolicy),
        st.none() | st.sampled_from(ClaimPolicy),
        st.none() | st.permutations(WAREHOUSES).map(lambda names: tuple(names[:2])),
        st.sampled_from((None, None, timedelta(0), timedelta(days=1))),
    )


def commands() -> st.SearchStrategy[Command]:
    """Any call that may change something."""
    return st.one_of(
        placings(),
        placings(),
        deliveries(),
        deliveries(),
        corrections(),
        editings(),
        splittings(),
        prioritisings(),
        handlings(),
        handlings(),
        housekeepings(),
    )
