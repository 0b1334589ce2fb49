"""A mail server of the tests' own, which takes mail, refuses it, or breaks off, as it is told."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
_OK = "250 OK"


class Received(NamedTuple):
    """A mail as it came over the wire."""

    sender: str
    recipient: str
    content: bytes


class MailServer:
    """What the server has seen, and what it is to do: by recipient, a reply at one of the steps."""

    def __init__(self) -> None:
        self.port = 0
        self.connections = 0
        self.mails: list[Received] = []
        self.logged_in: list[tuple[str, bool]] = []
        """Who logged in, and whether the connection was encrypted then."""
        self.asks_for_password = False
        self.password = "open sesame"  # noqa: S105 - to nothing
        self.at_mail = _OK
        """The reply to the sender."""
        self.at_rcpt: dict[str, str] = {}
        self.at_data: dict[str, str] = {}
        """The reply to DATA itself, before the mail."""
        self.after_data: dict[str, str] = {}
        self.drops_before_mail_number = 0
        """Of a connection: with 421, or, where that is said in `hangs_up`, without a word."""
        self.hangs_up = False
        self.drops_in_mail: set[str] = set()
        self.drops_before_reply: set[str] = set()
        self.is_silent_after_data: set[str] = set()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name for it
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the sender, or not."""
        assert isinstance(server, _Protocol)
        if self.asks_for_password and not session.authenticated:
            return "530 5.7.0 authentication required"
        server.begun += 1
        if server.begun == self.drops_before_mail_number:
            if self.hangs_up:
                server.hang_up()
            return "421 4.7.0 enough for one connection"
        if self.at_mail == _OK:
            envelope.mail_from = address
        return self.at_mail

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name for it
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take the recipient, or not."""
        reply = self.at_rcpt.get(address, _OK)
        if reply == _OK:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take the mail, or not."""
        assert isinstance(server, _Protocol)
        (recipient,) = envelope.rcpt_tos
        reply = self.after_data.get(recipient, _OK)
        if reply != _OK:
            return reply
        assert envelope.mail_from is not None
        assert isinstance(envelope.content, bytes)
        self.mails.append(Received(envelope.mail_from, recipient, envelope.content))
        if recipient in self.drops_before_reply:
            server.hang_up()
        if recipient in self.is_silent_after_data:
            await asyncio.Event().wait()
        return _OK

    def log_in(
        self, _server: SMTP, session: Session, _envelope: Envelope, mechanism: str, who: object
    ) -> AuthResult:
        """Let in whoever knows the password."""
        assert isinstance(who, LoginPassword), mechanism
        self.logged_in.append((who.login.decode(), session.ssl is not None))
        return AuthResult(success=who.password == self.password.encode(), handled=False)


class _Protocol(SMTP):
    """One connection."""

    begun = 0
    """Mails that were begun."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        is_new = self.session is None
        super().connection_made(transport)
        if is_new:  # and not the same one, now encrypted
            _told(self).connections += 1

    def hang_up(self) -> None:
        """End the connection without a word."""
        assert isinstance(self.transport, asyncio.Transport)
        self.transport.abort()

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's name for it
        assert self.envelope is not None
        (recipient,) = self.envelope.rcpt_tos
        told = _told(self)
        if recipient in told.at_data:
            await self.push(told.at_data[recipient])
        elif recipient in told.drops_in_mail:
            await self.push("354 go on")
            await self._reader.readline()
            self.hang_up()
        else:
            await super().smtp_DATA(arg)


def _told(protocol: SMTP) -> MailServer:
    handler = protocol.event_handler
    assert isinstance(handler, MailServer)
    return handler


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Protocol(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        # Asked for port 0, the system has chosen one.
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # theirs


@contextmanager
def mail_server(
    *,
    port: int = 0,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    asks_for_password: bool = False,
    smtputf8: bool = True,
) -> Iterator[MailServer]:
    """Yield a server that runs in a thread of its own; with a context, encrypted in that way.

    `port`: 0 for any that is free.
    """
    told = MailServer()
    told.asks_for_password = asks_for_password
    controller = _Controller(
        told,
        hostname=HOST,
        port=port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=told.log_in if asks_for_password else None,
        auth_require_tls=False,
        enable_SMTPUTF8=smtputf8,
    )
    controller.start()
    told.port = controller.port
    told.connections = 0
    try:
        yield told
    finally:
        controller.stop()


@contextmanager
def deaf_server() -> Iterator[int]:
    """Yield the port of a server that takes connections and never says a word."""
    with socket.create_server((HOST, 0)) as listening:
        yield listening.getsockname()[1]


def closed_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server((HOST, 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
