"""A desk over HTTP with FastAPI: one event loop, and no thread that waits for the database.

    python examples/services/fastapi_desk.py --store sqlite:///shop.db --port 8000

The seller in the path stands for whoever has logged in: a real service takes it from there.
"""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from plain import BookedInAsDict, OrderAsDict, booked_in_as_dict, order_as_dict
from pydantic import BaseModel
from starting import announce, options

from backorders import BackordersError, Remove
from backorders.adapters.asyncio import AsyncBackorders, AsyncSeller
from backorders.adapters.http import status_of
from backorders.adapters.sql import AsyncSqlStore


class Wanted(BaseModel):
    """An order that somebody wants to place."""

    order_id: str
    lines: dict[str, int]


class Counted(BaseModel):
    """What the warehouse has counted."""

    receipt_id: str
    lines: dict[str, int]


def create_app(store_url: str) -> FastAPI:
    """Return the service; its store is opened when it starts, and closed when it stops."""

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        store = await AsyncSqlStore.from_url(store_url)
        app.state.desk = AsyncBackorders(store)
        yield
        await store.close()

    app = FastAPI(title="A desk", lifespan=opened)

    def desk_of(seller: str) -> AsyncSeller:
        desk: AsyncBackorders = app.state.desk
        return desk.seller(seller)

    @app.post("/{seller}/orders", status_code=201, response_model=None)
    async def place(seller: str, wanted: Wanted) -> OrderAsDict:
        return order_as_dict(await desk_of(seller).place_order(wanted.order_id, wanted.lines))

    @app.get("/{seller}/orders/{order_id}", response_model=None)
    async def show(seller: str, order_id: str) -> OrderAsDict:
        return order_as_dict(await desk_of(seller).order(order_id))

    @app.delete("/{seller}/orders/{order_id}/products/{sku}", response_model=None)
    async def remove(seller: str, order_id: str, sku: str) -> OrderAsDict:
        return order_as_dict(await desk_of(seller).edit_order(order_id, Remove(sku)))

    @app.post("/{seller}/receipts", response_model=None)
    async def book_in(seller: str, counted: Counted) -> BookedInAsDict:
        booked = await desk_of(seller).book_in(counted.receipt_id, counted.lines)
        return booked_in_as_dict(booked)

    @app.exception_handler(BackordersError)
    async def refuse(_request: Request, error: BackordersError) -> JSONResponse:
        return JSONResponse(error.to_dict(), status_of(error))

    return app


def main() -> None:
    """Serve until somebody stops it."""
    asked = options("A desk over HTTP, with FastAPI.")
    config = uvicorn.Config(create_app(asked.store), log_level="warning")
    with socket.create_server(("127.0.0.1", asked.port)) as listening:
        announce(listening.getsockname()[1])
        # It stops in good order, and then passes the signal on.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
