"""Going through all orders, and all that is on the shelves, page by page."""

from backorders.domain import limits, paging, values
from backorders.domain.order import OrderStatus
from backorders.domain.paging import LevelPlace, Placed
from backorders.domain.results import LevelPage, Page
from backorders.ports.storage import UnitOfWork


def orders(
    *,
    status: OrderStatus | None = None,
    newest_first: bool = False,
    after: str | None = None,
    limit: int = 50,
    uow: UnitOfWork,
) -> Page:
    """Return some of all orders, by `placed_at` and id; `next` of one page is `after` of the next.

    With `status`, those that have it; with `newest_first`, from the last to the first.
    """
    wanted = None if status is None else values.member("status", status, OrderStatus)
    limit = values.whole_number("limit", limit, least=1, most=limits.PAGE)
    found = uow.orders.listed(
        status=wanted,
        newest_first=values.flag("newest_first", newest_first),
        after=paging.placed_after(after),
        limit=limit + 1,
    )
    items = tuple(found[:limit])
    more = len(found) > limit
    return Page(items, paging.placed_marker(Placed.of(items[-1])) if more else None)


def stock_levels(*, after: str | None = None, limit: int = 50, uow: UnitOfWork) -> LevelPage:
    """Return some of all levels, by SKU and warehouse; `next` of one is `after` of the next."""
    limit = values.whole_number("limit", limit, least=1, most=limits.PAGE)
    found = uow.stock.listed(after=paging.level_after(after), limit=limit + 1)
    items = tuple(found[:limit])
    more = len(found) > limit
    return LevelPage(items, paging.level_marker(LevelPlace.of(items[-1])) if more else None)
