"""A desk inside Django: an order and the shop's own row stand or fall together.

    python examples/services/django_desk.py --store sqlite:///shop.db --port 8000

Django has its own connection and its own transaction. `joined` lends them to the library for one
unit of work: it writes on them, and leaves it to Django to commit or to roll back.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from wsgiref.simple_server import make_server

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from plain import booked_in_as_dict, order_as_dict
from sqlalchemy import create_engine, make_url
from sqlalchemy.pool import StaticPool
from starting import announce, options

from backorders import BackordersError, Remove, usecases
from backorders.adapters.http import status_of
from backorders.adapters.sql import SqlStore
from backorders.ports.storage import UnitOfWork


class Lent:
    """Django's own connection to the database, of which Django alone says how it ends."""

    def __init__(self, owned: object) -> None:
        self._owned = owned

    def __getattr__(self, name: str) -> object:
        return getattr(self._owned, name)

    def commit(self) -> None:
        """Leave that to Django."""

    def rollback(self) -> None:
        """Leave that to Django."""

    def close(self) -> None:
        """Leave that to Django."""


@contextmanager
def joined(seller_id: str) -> Iterator[UnitOfWork]:
    """Yield a unit of work inside the transaction that Django has open."""
    engine = create_engine(
        "sqlite://", creator=lambda: Lent(connection.connection), poolclass=StaticPool
    )
    with engine.connect() as lent, SqlStore(engine).join(lent, seller_id) as uow:
        yield uow


def place(request: HttpRequest, seller: str) -> JsonResponse:
    """Place an order, and note in the shop's own table who wants it: both or neither."""
    wanted = json.loads(request.body)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO customer (order_id, name) VALUES (%s, %s)",
                [wanted["order_id"], wanted.get("customer", "")],
            )
        with joined(seller) as uow:
            order = usecases.place_order(
                wanted["order_id"], wanted["lines"], uow=uow, now=datetime.now(UTC)
            )
    return JsonResponse(order_as_dict(order), status=201)


def show(_request: HttpRequest, seller: str, order_id: str) -> JsonResponse:
    """Show an order."""
    with transaction.atomic(), joined(seller) as uow:
        return JsonResponse(order_as_dict(usecases.order(order_id, uow=uow)))


def remove(_request: HttpRequest, seller: str, order_id: str, sku: str) -> JsonResponse:
    """Take a product off an order."""
    with transaction.atomic(), joined(seller) as uow:
        order = usecases.edit_order(order_id, Remove(sku), uow=uow, now=datetime.now(UTC))
    return JsonResponse(order_as_dict(order))


def book_in(request: HttpRequest, seller: str) -> JsonResponse:
    """Count a delivery onto the shelf."""
    counted = json.loads(request.body)
    with transaction.atomic(), joined(seller) as uow:
        booked = usecases.book_in(
            counted["receipt_id"], counted["lines"], uow=uow, now=datetime.now(UTC)
        )
    return JsonResponse(booked_in_as_dict(booked))


class RefusedInPlainWords:
    """Answers with what the library has said, under the status that fits."""

    def __init__(self, get_response: Callable[[HttpRequest], JsonResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> JsonResponse:
        return self._get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> JsonResponse | None:
        """Return the answer to an error of the library; any other is Django's."""
        if isinstance(error, BackordersError):
            return JsonResponse(error.to_dict(), status=status_of(error))
        return None


urlpatterns = [
    path("<seller>/orders", place),
    path("<seller>/orders/<order_id>", show),
    path("<seller>/orders/<order_id>/products/<sku>", remove),
    path("<seller>/receipts", book_in),
]


def set_up(store_url: str) -> None:
    """Tell Django where everything is, and make the library's tables and the shop's."""
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": make_url(store_url).database,
                # The library decides under SQLite's write lock: take it at the start.
                "OPTIONS": {"transaction_mode": "IMMEDIATE"},
            }
        },
        MIDDLEWARE=[f"{__name__}.RefusedInPlainWords"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
    )
    django.setup()
    SqlStore.from_url(store_url).close()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS customer (order_id TEXT PRIMARY KEY, name TEXT)")


def main() -> None:
    """Serve until somebody stops it."""
    asked = options("A desk inside Django.")
    set_up(asked.store)
    with make_server("127.0.0.1", asked.port, WSGIHandler()) as server:
        announce(server.server_port)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    main()
