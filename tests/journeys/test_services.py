"""The services in examples/: each is started, used over loopback, and stopped."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import attrs
import pytest

from backorders import Backorders, NotificationKind
from backorders.adapters.sql import SqlStore

_SERVICES: Final = Path(__file__).parents[2] / "examples" / "services"
_DESKS: Final = ("fastapi_desk", "flask_desk", "session_desk", "django_desk")
_ANSWER: Final = 30
"""Seconds after which no answer is a failure."""


@attrs.frozen
class Client:
    """Somebody who uses a service."""

    address: str

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:  # Any: JSON
        """Return the status and the answer."""
        request = Request(  # noqa: S310 - the address is one of ours
            f"{self.address}/acme/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urlopen(request, timeout=_ANSWER) as answer:  # noqa: S310 - as above
                return answer.status, json.load(answer)
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)


@contextmanager
def running(service: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Start a service; it must end by itself when it is told to."""
    with subprocess.Popen(
        [sys.executable, "-W", "error", _SERVICES / f"{service}.py", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=_ANSWER)
            assert process.returncode == 0, said
            assert "Traceback" not in said
        finally:
            process.kill()


@contextmanager
def served(service: str, store: str) -> Iterator[Client]:
    """Start a service that listens, and stop it."""
    with running(service, "--store", store, "--port", "0") as process:
        assert process.stdout is not None
        listening = process.stdout.readline().split()
        assert listening[:2] == ["listening", "on"], process.communicate()
        yield Client(listening[2])


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Return where a service keeps everything."""
    return f"sqlite:///{tmp_path / 'shop.db'}"


@pytest.mark.parametrize("service", _DESKS)
def test_a_desk_places_edits_and_releases_an_order(service: str, store: str) -> None:
    """What a reader copies from an example must work."""
    with served(service, store) as client:
        status, order = client.ask(
            "POST", "orders", {"order_id": "O1", "lines": {"TEA": 2, "MUG": 1}}
        )
        assert (status, order["status"]) == (HTTPStatus.CREATED, "ON_BACK_ORDER")
        status, order = client.ask("DELETE", "orders/O1/products/MUG")
        assert order["shortages"] == {"TEA": 2}
        receipt = {"receipt_id": "R1", "lines": {"TEA": 5}}
        status, booked = client.ask("POST", "receipts", receipt)
        assert (status, booked["released"]) == (HTTPStatus.OK, ["O1"])
        assert client.ask("POST", "receipts", receipt)[1]["repeated"]
        assert client.ask("GET", "orders/O1")[1]["status"] == "READY"

        status, refusal = client.ask("GET", "orders/O2")
        assert (status, refusal["code"]) == (HTTPStatus.NOT_FOUND, "unknown_order")
        status, refusal = client.ask("POST", "orders", {"order_id": "O2", "lines": {"TEA": 0}})
        assert status == HTTPStatus.UNPROCESSABLE_ENTITY
        assert refusal["fields"]["field"] == "lines[0].quantity"
    left = SqlStore.from_url(store)
    assert Backorders(left).seller("acme").verify() == ()
    left.close()


def test_an_invoice_that_cannot_be_made_takes_its_order_with_it(store: str) -> None:
    """The session and the library stand or fall together."""
    with served("session_desk", store) as client:
        sold = {"order_id": "O1", "lines": {"TEA": 1}, "pence": 250}
        assert client.ask("POST", "invoices", sold)[0] == HTTPStatus.CREATED
        unpaid = {**sold, "order_id": "O2", "pence": None}
        assert client.ask("POST", "invoices", unpaid)[0] == HTTPStatus.CONFLICT
        assert client.ask("GET", "orders/O1")[0] == HTTPStatus.OK
        assert client.ask("GET", "orders/O2")[0] == HTTPStatus.NOT_FOUND


def test_in_django_what_the_library_refuses_leaves_no_row_of_the_shops(store: str) -> None:
    """Django rolls back its own row when the order was refused, so the id is free again."""
    with served("django_desk", store) as client:
        wrong = {"order_id": "O1", "lines": {"TEA": -1}, "customer": "Ada"}
        assert client.ask("POST", "orders", wrong)[0] == HTTPStatus.UNPROCESSABLE_ENTITY
        right = {**wrong, "lines": {"TEA": 1}}
        assert client.ask("POST", "orders", right)[0] == HTTPStatus.CREATED


def test_a_desk_with_its_own_ranking_serves_by_tier_and_then_by_date(store: str) -> None:
    """Whatever a shop ranks by, the library serves in that order, and offers its substitutes."""
    with served("custom_desk", store) as client:
        client.ask("POST", "receipts", {"receipt_id": "R1", "lines": {"MATE": 3}})
        for order_id, tier, due_on in [
            ("plain", "", "2026-03-02"),
            ("gold, later", "gold", "2026-03-20"),
            ("gold, soon", "gold", "2026-03-09"),
            ("silver", "silver", "2026-03-01"),
        ]:
            wanted = {"order_id": order_id, "lines": {"TEA": 1}, "tier": tier, "due_on": due_on}
            assert client.ask("POST", "orders", wanted)[0] == HTTPStatus.CREATED
        waiting = client.ask("GET", "back-orders")[1]
        assert waiting == ["gold, soon", "gold, later", "silver", "plain"]
        offered = client.ask("GET", "orders/plain/substitutes")[1]
        assert offered == [{"sku": "TEA", "by": "MATE", "available": 3}]
        receipt = {"receipt_id": "R2", "lines": {"TEA": 2}}
        booked = client.ask("POST", "receipts", receipt)[1]
        assert booked["released"] == ["gold, soon", "gold, later"]


def test_the_worker_does_what_is_due_and_stops_when_told(store: str) -> None:
    """Released orders are told of; whoever restarts the machine waits for no round to end."""
    desk = SqlStore.from_url(store)
    acme = Backorders(desk).seller("acme")
    acme.add_user("ada", email="ada@example.com")
    acme.opt_in("ada", NotificationKind.BACK_ORDER_RELEASED)
    acme.place_order("O1", {"TEA": 1})
    acme.book_in("R1", {"TEA": 1})
    with running("worker", "--store", store, "--every", "3600") as process:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if line.startswith("worker notices"):
                break
        assert "ada@example.com" in "".join(said)
        assert said[-1] == "worker notices: 0 queued, 1 sent, 0 failed\n"
    desk.close()
