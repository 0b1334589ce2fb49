"""Webhooks, sent to a real server on this machine that answers well, badly, slowly or never."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

import pytest
import trustme

from backorders import Backorders, EventsDelivered, Happened, InvalidType, InvalidValue
from backorders.adapters.memory import MemoryStore
from backorders.adapters.webhooks import Webhook, new_secret, verify
from tests.support.clock import START, SettableClock

_SECRET = new_secret()
_SOON = timedelta(milliseconds=300)

Answer: TypeAlias = Callable[["_Request"], None]


class _Request(BaseHTTPRequestHandler):
    """One request, answered as the test has chosen."""

    @property
    def over(self) -> threading.Event:
        """Set when the test is over."""
        return self._server.over

    @property
    def _server(self) -> "_Server":
        assert isinstance(self.server, _Server)
        return self.server

    def do_POST(self) -> None:
        """Take the body, then answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._server.taken.append((dict(self.headers), body))
        with suppress(OSError):
            self._server.answer(self)

    def say(self, status: int, *, location: str | None = None) -> None:
        """Answer with a status."""
        self.send_response(status)
        if location is not None:
            self.send_header("Location", location)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"oh\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answer: Answer = lambda request: request.say(204)
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?from=test"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: that clients go away is what is tested."""


@contextmanager
def _serving(server: _Server) -> Iterator[_Server]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server() -> Iterator[_Server]:
    """A server that takes everything until it is told otherwise."""
    with _serving(_Server()) as running:
        yield running


def _happened() -> Happened:
    told: list[Happened] = []
    app = Backorders(MemoryStore(), clock=SettableClock())
    app.subscribe(told.append, name="erp")
    app.seller("acme").place_order("O1 \N{SNOWMAN}", {"A": 1})
    app.deliver_events()
    return told[0]


def test_an_event_arrives_as_it_is_and_signed(server: _Server) -> None:
    """Whoever knows the secret can tell that it came from here, whole, and just now."""
    happened = _happened()
    other = new_secret()
    Webhook(server.url, secret=[_SECRET, other], clock=SettableClock())(happened)
    ((headers, body),) = server.taken
    assert json.loads(body) == happened.to_dict()
    assert headers["webhook-id"] == happened.event_id
    for secret in (_SECRET, other):
        verify(body, headers, secret=secret, now=START)


def test_the_signature_is_that_of_the_standard() -> None:
    """The example of the standard's own documents, made with its reference implementation."""
    headers = {
        "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "Webhook-Timestamp": "1614265330",
        "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }
    at = START.fromtimestamp(1614265330, tz=START.tzinfo)
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - the standard's
    verify(b'{"test": 2432232314}', headers, secret=secret, now=at)


@pytest.mark.parametrize(
    ("change", "at_fault"),
    [
        ({"webhook-id": "another"}, "webhook-signature"),
        ({"webhook-timestamp": str(int(START.timestamp()) + 1)}, "webhook-signature"),
        ({"webhook-timestamp": str(int(START.timestamp()) - 301)}, "webhook-timestamp"),
        ({"webhook-timestamp": str(int(START.timestamp()) + 301)}, "webhook-timestamp"),
        ({"webhook-timestamp": "soon"}, "webhook-timestamp"),
        ({"webhook-timestamp": "9" * 400}, "webhook-timestamp"),
        ({"webhook-signature": "v1,AAAA v2,\N{SNOWMAN}"}, "webhook-signature"),
        ({"webhook-signature": None}, "webhook-signature"),
        ({"body": b"{}"}, "webhook-signature"),
        ({"secret": new_secret()}, "webhook-signature"),
    ],
)
def test_what_was_changed_or_kept_back_is_refused(
    change: dict[str, object], at_fault: str, server: _Server
) -> None:
    """Anybody can send to the far end, and record what comes by."""
    Webhook(server.url, secret=_SECRET, clock=SettableClock())(_happened())
    ((headers, body),) = server.taken
    changed = {**headers, **change}
    sent = {name: value for name, value in changed.items() if isinstance(value, str)}
    secret = sent.pop("secret", _SECRET)
    altered = changed.get("body", body)
    assert isinstance(altered, bytes)
    with pytest.raises(InvalidValue, match=f"^{at_fault} "):
        verify(altered, sent, secret=secret, now=START)


def _never(request: _Request) -> None:
    request.over.wait()


def _dropped(request: _Request) -> None:
    request.connection.close()


def _drip_by_drip(request: _Request) -> None:
    """Keep the client waiting with a byte now and then, for as long as it stays."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not request.over.wait(0.02):
        request.wfile.write(b"X-More: and more\r\n"[:1])


def _garbage(request: _Request) -> None:
    request.wfile.write(b"\x00\x01 what?\r\n\r\n")


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: request.say(500),
        lambda request: request.say(404),
        lambda request: request.say(302, location="/hook"),
        _never,
        _dropped,
        _drip_by_drip,
        _garbage,
    ],
    ids=["500", "404", "redirect", "never", "dropped", "drip by drip", "garbage"],
)
def test_whatever_is_not_a_yes_in_time_is_a_failure(answer: Answer, server: _Server) -> None:
    """It is sent again later, with the same id; a redirect is not followed."""
    server.answer = answer
    happened = _happened()
    webhook = Webhook(server.url, secret=_SECRET, timeout=_SOON)
    with pytest.raises((OSError, HTTPException)):
        webhook(happened)
    assert [headers["webhook-id"] for headers, _ in server.taken] == [happened.event_id]


def test_nobody_there_is_a_failure_too(server: _Server) -> None:
    """A port on which nobody listens."""
    webhook = Webhook(server.url.replace("127.0.0.1", "127.0.0.2"), secret=_SECRET, allow_http=True)
    with pytest.raises(OSError, match="refused"):
        webhook(_happened())


def test_an_outage_loses_nothing_and_keeps_the_order(server: _Server) -> None:
    """The journal remembers how far it came; what was sent twice has one id."""
    clock = SettableClock()
    app = Backorders(MemoryStore(), clock=clock)
    app.subscribe(Webhook(server.url, secret=_SECRET, timeout=_SOON), name="erp")
    acme = app.seller("acme")
    server.answer = lambda request: request.say(503)
    acme.place_order("O1", {"A": 1})
    assert app.deliver_events() == EventsDelivered(0, 1)
    acme.cancel_order("O1")
    clock.advance(minutes=5)
    server.answer = lambda request: request.say(200)
    assert app.deliver_events() == EventsDelivered(3, 0)
    told = [json.loads(body)["type"] for _, body in server.taken]
    assert told == ["OrderPlaced", "OrderPlaced", "WentOnBackOrder", "OrderCancelled"]
    first, again, *_ = [headers["webhook-id"] for headers, _ in server.taken]
    assert first == again


def test_it_speaks_tls_and_knows_whom_it_trusts() -> None:
    """A far end that cannot prove who it is hears nothing."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with _serving(_Server(context)) as server:
        url = server.url.replace("http:", "https:")
        Webhook(url, secret=_SECRET, ssl_context=trusting)(_happened())
        assert len(server.taken) == 1
        with pytest.raises(ssl.SSLCertVerificationError):
            Webhook(url, secret=_SECRET)(_happened())
        assert len(server.taken) == 1


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"url": 5}, "url"),
        ({"url": "ftp://example.com"}, "url"),
        ({"url": "https://"}, "url"),
        ({"url": "https://example.com:port"}, "url"),
        ({"url": "https://user:word@example.com"}, "url"),
        ({"url": "https://example.com/#part"}, "url"),
        ({"url": "https://example.com/\r\nX: y"}, "url"),
        ({"url": "http://example.com"}, "url"),
        ({"secret": "secret"}, "secret"),
        ({"secret": "whsec_AAAA"}, "secret"),
        ({"secret": "whsec_" + "A" * 100}, "secret"),
        ({"secret": []}, "secret"),
        ({"secret": [None]}, "secret"),
        ({"timeout": timedelta()}, "timeout"),
        ({"timeout": timedelta(hours=1)}, "timeout"),
        ({"timeout": 10}, "timeout"),
        ({"allow_http": 1}, "allow_http"),
    ],
)
def test_a_wrong_option_is_named(options: dict[str, object], field: str) -> None:
    """A webhook that cannot work is refused where it is made, not at night."""
    given: dict[str, object] = {"url": "https://example.com", "secret": _SECRET, **options}
    with pytest.raises((InvalidValue, InvalidType), match=f"^{field} "):
        Webhook(given.pop("url"), **given)  # type: ignore[arg-type]  # on purpose
