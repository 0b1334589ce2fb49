"""A desk over HTTP with Flask: one process, many threads, one store.

    python examples/services/flask_desk.py --store sqlite:///shop.db --port 8000

The seller in the path stands for whoever has logged in: a real service takes it from there.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Flask, request
from plain import BookedInAsDict, OrderAsDict, booked_in_as_dict, order_as_dict
from starting import announce, options
from werkzeug.serving import make_server

from backorders import Backorders, BackordersError, Remove
from backorders.adapters.http import status_of
from backorders.adapters.sql import SqlStore
from backorders.domain.errors import ErrorAsDict

# Any: JSON is whatever the caller sent; the library checks each value and names it.
Wanted = dict[str, Any]


def no_priority(_wanted: Wanted) -> int:
    """Let everybody stand in line by the time at which they came."""
    return 0


def create_app(desk: Backorders, priority_of: Callable[[Wanted], int] = no_priority) -> Flask:
    """Return the service over a desk, which is shared by all threads."""
    app = Flask(__name__)

    @app.post("/<seller>/orders")
    def place(seller: str) -> tuple[OrderAsDict, int]:
        wanted = request.get_json()
        order = desk.seller(seller).place_order(
            wanted["order_id"], wanted["lines"], priority=priority_of(wanted)
        )
        return order_as_dict(order), 201

    @app.get("/<seller>/orders/<order_id>")
    def show(seller: str, order_id: str) -> OrderAsDict:
        return order_as_dict(desk.seller(seller).order(order_id))

    @app.delete("/<seller>/orders/<order_id>/products/<sku>")
    def remove(seller: str, order_id: str, sku: str) -> OrderAsDict:
        return order_as_dict(desk.seller(seller).edit_order(order_id, Remove(sku)))

    @app.post("/<seller>/receipts")
    def book_in(seller: str) -> BookedInAsDict:
        counted = request.get_json()
        booked = desk.seller(seller).book_in(counted["receipt_id"], counted["lines"])
        return booked_in_as_dict(booked)

    @app.errorhandler(BackordersError)
    def refuse(error: BackordersError) -> tuple[ErrorAsDict, int]:
        return error.to_dict(), status_of(error)

    return app


def serve(app: Flask, port: int) -> None:
    """Serve until somebody stops it."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    announce(server.server_port)
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()


def main() -> None:
    """Open the store, serve, and give everything back."""
    asked = options("A desk over HTTP, with Flask.")
    store = SqlStore.from_url(asked.store)
    try:
        serve(create_app(Backorders(store)), asked.port)
    finally:
        store.close()


if __name__ == "__main__":
    main()
