"""A connection to a mail server, encrypted and logged in, and one mail over it."""

import enum
import ssl
from contextlib import suppress
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPServerDisconnected,
)
from typing import Final

import attrs

from backorders.adapters.smtp.replies import Reply
from backorders.domain.errors import RecipientRefused

_CLOSING: Final = 421
"""The server closes the connection (RFC 5321, 4.2.3): after so many mails, many do."""


class Encryption(enum.Enum):
    """How the connection to the mail server is kept private."""

    WHEN_OFFERED = "when_offered"
    """STARTTLS if the server offers it. Who sits in between can hide the offer: name another one
    unless the server is on this machine, or in a network of your own."""
    STARTTLS = "starttls"
    """STARTTLS, or no mail at all: usual on port 587."""
    TLS = "tls"
    """From the first byte: usual on port 465."""
    NONE = "none"
    """Never, not even for the log-in."""


class ConnectionEnded(Exception):
    """A connection took no more mail, before anything of the next one was sent."""


@attrs.frozen
class Server:
    """Where a mail server is, and how to get in."""

    host: str
    port: int
    encryption: Encryption
    context: ssl.SSLContext | None
    username: str | None
    password: str | None = attrs.field(repr=False)
    timeout: float
    local_hostname: str | None

    def connect(self) -> "Connection":
        """Return a new connection. What goes wrong is raised as smtplib, ssl or socket put it."""
        if self.encryption is Encryption.TLS:
            smtp: SMTP = SMTP_SSL(
                self.host,
                self.port,
                self.local_hostname,
                timeout=self.timeout,
                context=self._context(),
            )
        else:
            smtp = SMTP(self.host, self.port, self.local_hostname, timeout=self.timeout)
        try:
            self._encrypt(smtp)
            self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return Connection(smtp)

    def _encrypt(self, smtp: SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        wanted = self.encryption is Encryption.STARTTLS or (
            self.encryption is Encryption.WHEN_OFFERED and smtp.has_extn("starttls")
        )
        if not wanted:
            return
        # Raises SMTPNotSupportedError when the server does not offer it.
        smtp.starttls(context=self._context())
        smtp.ehlo_or_helo_if_needed()

    def _log_in(self, smtp: SMTP) -> None:
        if self.username is None or self.password is None:
            return
        encrypted = isinstance(smtp.sock, ssl.SSLSocket)
        if self.encryption is Encryption.WHEN_OFFERED and not encrypted:
            raise SMTPNotSupportedError(
                "the server offers no STARTTLS: the password was not sent; "
                "Encryption.NONE sends it in the clear"
            )
        smtp.login(self.username, self.password)

    def _context(self) -> ssl.SSLContext:
        return self.context or ssl.create_default_context()


class Connection:
    """An open connection to a mail server."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp
        self._has_served = False

    def transmit(self, mail: bytes, *, sender: str, recipient: str) -> None:
        """Hand over one mail to one recipient. Returns when the server has taken it.

        Raises `RecipientRefused` if it never will, because of the recipient, and `ConnectionEnded`
        if the connection has served and ended before this mail; else, what smtplib does. After any
        of them the connection is good for nothing but `close`.
        """
        options = self._options(len(mail), sender, recipient)
        try:
            reply = Reply.of(*self._smtp.mail(sender, options))
        except SMTPServerDisconnected as ended:
            if self._has_served:
                raise ConnectionEnded from ended
            raise
        if self._has_served and reply.code == _CLOSING:
            raise ConnectionEnded
        if not reply.is_yes:
            # Also when it says "never": it is our address that it does not like.
            raise SMTPException(f"the mail server refused the sender {sender}: {reply}")
        _judge(Reply.of(*self._smtp.rcpt(recipient)), recipient, at_rcpt=True)
        _judge(self._data(mail), recipient, at_rcpt=False)
        self._has_served = True

    def quit(self) -> None:
        """End the connection in good form, as far as the server joins in."""
        with suppress(SMTPException, OSError):
            self._smtp.quit()
        self._smtp.close()

    def close(self) -> None:
        """End the connection at once."""
        self._smtp.close()

    def _options(self, size: int, sender: str, recipient: str) -> list[str]:
        options = [f"size={size}"] if self._smtp.has_extn("size") else []
        if sender.isascii() and recipient.isascii():
            return options
        if self._smtp.has_extn("smtputf8"):
            return [*options, "SMTPUTF8", "BODY=8BITMIME"]
        if sender.isascii():
            problem = "the mail server takes ASCII addresses alone (it offers no SMTPUTF8)"
            raise RecipientRefused(recipient, problem)
        raise SMTPNotSupportedError(
            f"the mail server does not take the sender {sender}: no SMTPUTF8"
        )

    def _data(self, mail: bytes) -> Reply:
        try:
            return Reply.of(*self._smtp.data(mail))
        except SMTPDataError as error:  # it did not want to hear it
            words = error.smtp_error
            return Reply.of(error.smtp_code, words.encode() if isinstance(words, str) else words)


def _judge(reply: Reply, recipient: str, *, at_rcpt: bool) -> None:
    if reply.refuses_recipient(at_rcpt=at_rcpt):
        raise RecipientRefused(recipient, str(reply))
    if not reply.is_yes:
        refused = "recipient" if at_rcpt else "mail"
        raise SMTPException(f"the mail server did not take the {refused} this time: {reply}")
