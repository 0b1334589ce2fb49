"""Events sent over HTTP, signed: a handler for `Backorders.subscribe`, and how to check them.

Headers and signature are those of https://www.standardwebhooks.com, for which there are libraries
in many languages.
"""

import base64
import binascii
import hashlib
import hmac
import http.client
import json
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import SplitResult, urlsplit

from backorders.domain import values
from backorders.domain.errors import InvalidType, InvalidValue
from backorders.domain.happened import Happened
from backorders.ports.clock import Clock, utc_now

_PREFIX: Final = "whsec_"
_FEWEST: Final = 24
"""Bytes of a secret, as the standard wants it; the most are 64."""
_MOST: Final = 64
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_READ: Final = 65_536
"""Bytes of an answer that are read; the rest says nothing more."""
_SHOWN: Final = 200
_TOLERANCE: Final = timedelta(minutes=5)
_LONGEST: Final = timedelta(minutes=5)
"""No time-out is longer: a turn of events must end well before its lease."""


def new_secret() -> str:
    """Return a secret that nobody can guess, for both ends to know."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


class Webhook:
    """Sends each event to a URL, and raises unless that answers with a 2xx status in time.

    `secret` signs; several, one after the other, while the far end moves from an old one to a new
    one. `timeout` is for all of one event, connecting included. Nothing is followed that the far
    end redirects to. Without TLS it goes nowhere but to this machine, unless `allow_http`.
    """

    def __init__(
        self,
        url: str,
        *,
        secret: str | Sequence[str],
        timeout: timedelta = timedelta(seconds=10),
        allow_http: bool = False,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._url = _checked_url(url, allow_http=values.flag("allow_http", allow_http))
        given = [secret] if isinstance(secret, str) else list(secret)
        if not given:
            raise InvalidValue("secret", "must be one secret at least")
        self._keys = [_key(each) for each in given]
        if not timedelta() < values.span("timeout", timeout, most=_LONGEST):
            raise InvalidValue("timeout", "must be longer than nothing")
        self._seconds = timeout.total_seconds()
        self._ssl_context = ssl_context
        self._clock = clock

    def __call__(self, happened: Happened) -> None:
        """Send an event; raises `OSError` or `HTTPException` when it has not been taken."""
        body = json.dumps(happened.to_dict(), ensure_ascii=False).encode()
        at = int(values.instant("clock", self._clock()).timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "backorders",
            "webhook-id": happened.event_id,
            "webhook-timestamp": str(at),
            "webhook-signature": " ".join(
                _signature(key, happened.event_id, at, body) for key in self._keys
            ),
        }
        status, said = self._post(body, headers)
        if not http.HTTPStatus.OK <= status < http.HTTPStatus.MULTIPLE_CHOICES:
            raise ConnectionError(f"{self._url.hostname} answered {status}: {said[:_SHOWN]!r}")

    def _post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        connection = self._connection()
        try:
            connection.connect()
            with _Deadline(connection.sock, self._seconds):
                path = self._url.path or "/"
                target = f"{path}?{self._url.query}" if self._url.query else path
                connection.request("POST", target, body, dict(headers))
                answer = connection.getresponse()
                return answer.status, answer.read(_READ).decode("utf-8", "replace")
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        host = self._url.hostname or ""
        if self._url.scheme == "https":
            context = self._ssl_context or ssl.create_default_context()
            return http.client.HTTPSConnection(
                host, self._url.port, timeout=self._seconds, context=context
            )
        return http.client.HTTPConnection(host, self._url.port, timeout=self._seconds)


def verify(
    body: bytes,
    headers: Mapping[str, str],
    *,
    secret: str,
    now: datetime | None = None,
    tolerance: timedelta = _TOLERANCE,
) -> None:
    """Make sure at the far end that a request was signed with the secret, and not long ago.

    Raises `InvalidValue`, which names the header at fault. `body` is what came, byte for byte.
    """
    found = {name.lower(): value for name, value in headers.items()}
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        if name not in found:
            raise InvalidValue(name, "is missing")
    stamp = found["webhook-timestamp"]
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):  # noqa: PLR2004 - year 33658
        raise InvalidValue("webhook-timestamp", "must be seconds since 1970")
    current = utc_now() if now is None else values.instant("now", now)
    if abs(current.timestamp() - int(stamp)) > tolerance.total_seconds():
        raise InvalidValue("webhook-timestamp", "is too long ago, or too far ahead")
    expected = _signature(_key(secret), found["webhook-id"], int(stamp), body)
    given = found["webhook-signature"].split(" ")
    if not any(hmac.compare_digest(each.encode(), expected.encode()) for each in given):
        raise InvalidValue("webhook-signature", "is not that of the secret")


def _signature(key: bytes, message_id: str, at: int, body: bytes) -> str:
    signed = b".".join((message_id.encode(), str(at).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


def _key(secret: object) -> bytes:
    if not isinstance(secret, str):
        raise InvalidType("secret", "a str", type(secret).__name__)
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not (secret.startswith(_PREFIX) and _FEWEST <= len(key) <= _MOST):
        wanted = f"must be {_PREFIX} and {_FEWEST} to {_MOST} bytes in Base64: see new_secret()"
        raise InvalidValue("secret", wanted)
    return key


def _checked_url(url: object, *, allow_http: bool) -> SplitResult:
    if not isinstance(url, str):
        raise InvalidType("url", "a str", type(url).__name__)
    if not (url.isascii() and url.isprintable() and " " not in url):
        raise InvalidValue("url", "must be printable ASCII, without blanks")
    try:
        parts = urlsplit(url)
        # It is judged when it is asked for.
        port = parts.port
    except ValueError as error:
        raise InvalidValue("url", f"cannot be read: {error}") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise InvalidValue("url", "must be https:// and a host")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise InvalidValue("url", "must have no user, password or fragment")
    if parts.scheme == "http" and not allow_http and parts.hostname not in _LOOPBACK:
        raise InvalidValue("url", "must be https://, or say allow_http=True")
    return parts


class _Deadline:
    """Ends what is going on over a connection when its time is up, and then raises `TimeoutError`.

    The time-out of a socket is for each piece: who sends a byte now and then would have forever.
    """

    def __init__(self, connected: socket.socket, seconds: float) -> None:
        self._socket = connected
        self._is_over = False
        self._seconds = seconds
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def _end(self) -> None:
        self._is_over = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._is_over:
            raise TimeoutError(f"no answer within {self._seconds:g} s")
