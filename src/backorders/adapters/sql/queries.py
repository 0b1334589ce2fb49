"""The statements that read. A set of ids is compared with by `:ids`, as `Session.ids` fills it."""

from typing import get_args

from sqlalchemy import (
    ClauseElement,
    ColumnElement,
    Dialect,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from backorders.adapters.sql.engines import Engine
from backorders.adapters.sql.prepared import Prepared
from backorders.adapters.sql.schema import Tables
from backorders.domain.backlog_days import Turn


class Queries:
    """The queries of one store. `:seller_no` is the seller's number in each of them."""

    def __init__(self, tables: Tables, engine: Engine, dialect: Dialect) -> None:
        seller, order, user, outbox = (
            tables.sellers.c,
            tables.orders.c,
            tables.users.c,
            tables.outbox.c,
        )
        line, held = tables.lines.c, tables.allocations.c
        level, document, journal = tables.levels.c, tables.documents.c, tables.journal.c
        inbound, part = tables.inbounds.c, tables.inbound_lines.c

        def prepared(statement: ClauseElement) -> Prepared:
            return Prepared(statement, dialect)

        settings = (
            seller.seller_no,
            seller.time_zone,
            seller.ship,
            seller.claim,
            seller.warehouses,
            seller.order_delay,
        )
        seller_no: ColumnElement[int] = bindparam("seller_no")

        self.seller = prepared(select(*settings).where(seller.seller_id == bindparam("seller_id")))
        """A seller's number and settings, by `:seller_id`."""

        self.contents = prepared(
            select(order.order_id, order.content, *settings)
            .select_from(
                tables.sellers.outerjoin(
                    tables.orders,
                    and_(order.seller_no == seller.seller_no, engine.among(order.order_id)),
                )
            )
            .where(seller.seller_id == bindparam("seller_id"))
        )
        """The contents of some orders, beside what `seller` finds; by `:seller_id`."""

        columns = (
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
            order.back_order_since,
            order.back_order_time,
        )
        parts = (line.line_no, line.sku, line.quantity, held.warehouse, held.quantity)
        with_lines = tables.lines.outerjoin(
            tables.allocations,
            and_(
                held.seller_no == line.seller_no,
                held.order_id == line.order_id,
                held.line_no == line.line_no,
                engine.among_too(held.order_id),
            ),
        )

        self.whole_orders = prepared(
            select(*parts, *columns)
            .select_from(
                tables.orders.join(
                    with_lines,
                    and_(line.seller_no == order.seller_no, line.order_id == order.order_id),
                )
            )
            .where(
                order.seller_no == seller_no,
                engine.among(order.order_id),
                engine.among_too(line.order_id),
            )
        )
        """Some orders: a row for each allocation of a line, or one without, beside its order."""

        self.levels = prepared(
            select(level.warehouse, level.sku, level.on_hand, level.allocated, level.owed)
            .where(level.seller_no == seller_no, engine.among(level.sku))
            .order_by(level.sku, level.warehouse)
        )
        """The levels of some SKUs."""

        self.document = prepared(
            select(
                document.warehouse,
                document.lines,
                document.at,
                document.reason,
                document.inbound_id,
                *settings,
            )
            .select_from(
                tables.sellers.outerjoin(
                    tables.documents,
                    and_(
                        document.seller_no == seller.seller_no,
                        document.kind == bindparam("kind"),
                        document.reference == bindparam("reference"),
                    ),
                )
            )
            .where(seller.seller_id == bindparam("seller_id"))
        )
        """A receipt, count or adjustment, beside what `seller` finds; by `:seller_id`."""

        self.history = prepared(
            select(journal.event)
            .where(
                journal.seller_no == seller_no,
                journal.kind == bindparam("kind"),
                journal.subject == bindparam("subject"),
            )
            .order_by(journal.version, journal.place)
        )
        """The events of one subject, first to last."""

        self.turns = prepared(
            select(journal.event)
            .where(
                journal.seller_no == seller_no,
                journal.kind == "order",
                or_(*(journal.event.like(f'["{turn.__name__}"%') for turn in get_args(Turn))),
            )
            .order_by(journal.subject, journal.version, journal.place)
        )
        """What begins or ends the time on back order, order by order."""

        users = select(user.user_id, user.email, user.opted_in).where(user.seller_no == seller_no)
        self.users = prepared(users.order_by(user.user_id))
        """Every user, by id."""

        self.user = prepared(users.where(user.user_id == bindparam("user_id")))
        """A user, by `:user_id`."""

        self.outbox = prepared(
            select(
                outbox.message_id,
                outbox.user_id,
                outbox.kind,
                outbox.queued_at,
                outbox.due_at,
                outbox.attempts,
                outbox.failed_at,
                outbox.problem,
                outbox.version,
            ).where(outbox.seller_no == seller_no, engine.among(outbox.message_id))
        )
        """Some notices in the outbox, without what they say."""

        self.inbounds = prepared(
            select(
                inbound.inbound_id,
                inbound.warehouse,
                inbound.expected_on,
                inbound.status,
                inbound.arrived_at,
                inbound.due_on,
                inbound.cancelled,
                inbound.overdue_told,
                inbound.version,
                part.sku,
                part.announced,
                part.booked_in,
            )
            .select_from(
                tables.inbounds.join(
                    tables.inbound_lines,
                    and_(
                        part.seller_no == inbound.seller_no,
                        part.inbound_id == inbound.inbound_id,
                    ),
                )
            )
            .where(inbound.seller_no == seller_no, engine.among(inbound.inbound_id))
        )
        """Some announced deliveries, a row for each line."""

        of_seller = (part.seller_no == seller_no, part.outstanding)
        coming = select(inbound.inbound_id, inbound.expected_on, inbound.due_on).where(
            inbound.seller_no == seller_no
        )
        in_order = inbound.inbound_id
        outstanding = select(part.inbound_id).where(*of_seller)

        self.coming = prepared(coming.where(inbound.inbound_id.in_(outstanding)).order_by(in_order))
        """The deliveries of which something is outstanding, by id."""

        of_these = outstanding.where(engine.among(part.sku))
        self.coming_of = prepared(coming.where(inbound.inbound_id.in_(of_these)).order_by(in_order))
        """Those of which some of these SKUs are."""

        self.outstanding = prepared(
            select(part.sku, func.sum(part.announced - part.booked_in))
            .where(*of_seller)
            .group_by(part.sku)
        )
        """The units outstanding of each SKU."""
