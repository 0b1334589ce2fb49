"""The digest by which a request is known again is stored: it must never change."""

import hashlib

from hypothesis import given

from backorders import ClaimPolicy, OrderRequest, ShipPolicy
from backorders.testing.strategies import requests


@given(requests())
def test_a_digest_is_that_of_the_plain_values_as_python_writes_them(request: OrderRequest) -> None:
    """Whoever repeats a request of last year is answered with last year's order (law 18)."""
    plain = (
        "placed",
        sorted(request.lines),
        None if request.placed_at is None else request.placed_at.isoformat(),
        request.priority,
        None if request.ship is None else request.ship.value,
        None if request.claim is None else request.claim.value,
        request.warehouse,
    )
    assert request.content() == hashlib.sha256(repr(plain).encode()).hexdigest()


def test_the_digest_of_an_order_of_today_is_known() -> None:
    """An example, so that a change is seen without the code."""
    request = OrderRequest(
        "O1",
        {'it\'s "tea"': 2, "CUP": 1},
        priority=3,
        ship=ShipPolicy.COMPLETE,
        claim=ClaimPolicy.YIELD,
        warehouse="WEST",
    )
    expected = "1c02645583cc14e812112141114b840a8953f66efd9df305de44bc89b84bd8c6"
    assert request.content() == expected
