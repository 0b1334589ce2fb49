"""A backlog, and a day with every kind of call: for what must hold of each statement."""

from datetime import timedelta

from backorders import (
    Add,
    Backorders,
    ClaimPolicy,
    HoldReason,
    OrderRequest,
    Remove,
    Replace,
    Seller,
    ShipPolicy,
)
from backorders.ports.storage import Store


def fill(store: Store, *, orders: int = 300, on_hand: int = 20) -> None:
    """Give two sellers the same backlog, and fifty others nothing."""
    for number in range(50):
        Backorders(store).seller(f"seller {number}").configure()
    for name in ("acme", "neighbour"):
        seller = Backorders(store).seller(name)
        seller.book_in("R0", {f"S{n}": on_hand for n in range(20)})
        seller.place_orders(
            [
                OrderRequest(
                    f"O{n:03}",
                    {f"S{n % 20}": 2, f"S{n % 7}": 1},
                    claim=ClaimPolicy.YIELD if n % 5 == 0 else None,
                    ship=ShipPolicy.AS_AVAILABLE if n % 2 else None,
                )
                for n in range(orders)
            ]
        )


def live_through(seller: Seller) -> None:
    """Make every kind of call that reads or writes a few orders."""
    seller.order("O001")
    seller.edit_order("O200", Remove("S0"), Add("S3", 1))
    seller.edit_order("O201", Replace("S5", "S9"), allow_back_order=True)
    seller.split_order("O203", move={"S3": 1})
    seller.hold_order("O204", HoldReason.OTHER)
    seller.prioritise_order("O290", 5, reallocate=True)
    seller.count_stock("C1", {"S3": 3})
    seller.adjust_stock("A1", {"S4": -2})
    seller.book_in("R1", {"S3": 9, "S5": 40})
    seller.process_order("O001")
    seller.despatch_order("O001")
    seller.cancel_order("O003")
    seller.reprocess(["S1"])
    seller.stock("S1")
    seller.back_orders(limit=5, older_than=timedelta(0))
    seller.back_orders(sku="S3", after=seller.back_orders(sku="S3", limit=2).next)
    seller.history("O003")
    seller.release_due_holds()
    seller.cancel_expired(older_than=timedelta(days=1))
