"""The statements that read, made once for each store: making one costs more than running it.

A set of ids is compared with by `:ids`, as `Session.ids` fills it.
"""

from sqlalchemy import ColumnElement, Select, String, TextClause, and_, bindparam, column, select

from backorders.adapters.sql.schema import Tables


class Queries:
    """The queries of one store. `:seller_no` is the seller's number in each of them."""

    def __init__(self, tables: Tables, ids: TextClause) -> None:
        seller, order = tables.sellers.c, tables.orders.c
        line, held = tables.lines.c, tables.allocations.c
        level, document, journal = tables.levels.c, tables.documents.c, tables.journal.c
        given = ids.columns(column("id", String))
        settings = (
            seller.seller_no,
            seller.time_zone,
            seller.ship,
            seller.claim,
            seller.warehouses,
            seller.order_delay,
        )
        seller_no: ColumnElement[int] = bindparam("seller_no")

        self.seller = select(*settings).where(seller.seller_id == bindparam("seller_id"))
        """A seller's number and settings, by `:seller_id`."""

        self.contents = (
            select(order.order_id, order.content, *settings)
            .select_from(
                tables.sellers.outerjoin(
                    tables.orders,
                    and_(order.seller_no == seller.seller_no, order.order_id.in_(given)),
                )
            )
            .where(seller.seller_id == bindparam("seller_id"))
        )
        """The contents of some orders, beside what `seller` finds; by `:seller_id`."""

        self.orders = select(
            order.order_id,
            order.descending_priority,
            order.placed_at,
            order.first_id,
            order.ship,
            order.claim,
            order.warehouse,
            order.stage,
            order.holds,
            order.split_from,
            order.cancellation_requested,
            order.version,
        ).where(order.seller_no == seller_no)
        """All orders: to be narrowed."""

        self.orders_by_id = self.orders.where(order.order_id.in_(given))

        self.lines = (
            select(
                line.order_id, line.line_no, line.sku, line.quantity, held.warehouse, held.quantity
            )
            .select_from(
                tables.lines.outerjoin(
                    tables.allocations,
                    and_(
                        held.seller_no == line.seller_no,
                        held.order_id == line.order_id,
                        held.line_no == line.line_no,
                    ),
                )
            )
            .where(line.seller_no == seller_no, line.order_id.in_(given))
        )
        """The lines of some orders, a row for each allocation, or one without."""

        self.levels = (
            select(level.warehouse, level.sku, level.on_hand, level.allocated, level.owed)
            .where(level.seller_no == seller_no, level.sku.in_(given))
            .order_by(level.sku, level.warehouse)
        )
        """The levels of some SKUs."""

        self.document = select(
            document.warehouse, document.lines, document.at, document.reason
        ).where(
            document.seller_no == seller_no,
            document.kind == bindparam("kind"),
            document.reference == bindparam("reference"),
        )
        """A receipt, count or adjustment."""

        self.history: Select[*tuple[str]] = (
            select(journal.event)
            .where(
                journal.seller_no == seller_no,
                journal.kind == bindparam("kind"),
                journal.subject == bindparam("subject"),
            )
            .order_by(journal.version, journal.place)
        )
        """The events of one subject, first to last."""
