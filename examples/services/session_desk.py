"""A shop whose own tables are mapped by SQLAlchemy: the invoice and the order in one transaction.

    python examples/services/session_desk.py --store sqlite:///shop.db --port 8000

`Session.connection()` is the connection of the session's transaction, and `SqlStore.join` takes
part in it. Whatever the session rolls back, the library has not done either.
"""

from datetime import UTC, datetime

from flask import request
from flask_desk import create_app, serve
from plain import OrderAsDict, order_as_dict
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from starting import options

from backorders import Backorders, usecases
from backorders.adapters.sql import SqlStore


class Base(DeclarativeBase):
    """The shop's own tables."""


class Invoice(Base):
    """What is to be paid for an order."""

    __tablename__ = "invoice"
    order_id: Mapped[str] = mapped_column(primary_key=True)
    pence: Mapped[int]


def main() -> None:
    """Add a page to the desk on which an order is placed together with its invoice."""
    asked = options("A desk inside a session of SQLAlchemy.")
    engine = create_engine(asked.store)
    store = SqlStore(engine)
    store.migrate()
    Base.metadata.create_all(engine)
    app = create_app(Backorders(store))

    @app.post("/<seller>/invoices")
    def sell(seller: str) -> tuple[OrderAsDict, int]:
        wanted = request.get_json()
        with Session(engine) as session, session.begin():
            with store.join(session.connection(), seller) as uow:
                order = usecases.place_order(
                    wanted["order_id"], wanted["lines"], uow=uow, now=datetime.now(UTC)
                )
            # A second invoice for the order, or none of its columns, undoes the order as well.
            session.add(Invoice(order_id=order.order_id, pence=wanted["pence"]))
        return order_as_dict(order), 201

    @app.errorhandler(IntegrityError)
    def refuse_invoice(_error: IntegrityError) -> tuple[dict[str, str], int]:
        return {"code": "no_invoice", "message": "this invoice cannot be made"}, 409

    try:
        serve(app, asked.port)
    finally:
        engine.dispose()


if __name__ == "__main__":
    main()
