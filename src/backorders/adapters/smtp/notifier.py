"""The notifier that sends mail."""

import ssl
import threading
from types import TracebackType
from typing import Final, Self

from backorders.adapters.smtp import headers, unsubscribing
from backorders.adapters.smtp.composing import Sender, mail
from backorders.adapters.smtp.connecting import Connection, ConnectionEnded, Encryption, Server
from backorders.adapters.smtp.options import checked_sender, checked_server
from backorders.adapters.smtp.rendering import Templates, TemplateSource
from backorders.adapters.smtp.unsubscribing import Unsubscribing
from backorders.domain.errors import RecipientRefused
from backorders.domain.notices import Notice


class _Batch(threading.local):
    """What lasts from entering the notifier to leaving it; each thread has its own."""

    def __init__(self) -> None:
        self.depth = 0
        self.connection: Connection | None = None
        self.unreachable: Exception | None = None


class SmtpNotifier:
    """Sends each notice as a mail, through one mail server.

    As a context manager it connects and keeps the connection for all that is sent inside; otherwise
    each notice has one. Several threads may use one notifier: each has a connection of its own.

    >>> SmtpNotifier("mail.example.com", 587, sender="shop@example.com")
    SmtpNotifier('mail.example.com', 587, sender='shop@example.com')
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        sender: str,
        encryption: Encryption = Encryption.WHEN_OFFERED,
        tls_context: ssl.SSLContext | None = None,
        username: str | None = None,
        password: str | None = None,
        timeout: float = 30.0,
        local_hostname: str | None = None,
        templates: TemplateSource | None = None,
        unsubscribe_url: Unsubscribing | None = None,
        message_id_domain: str | None = None,
    ) -> None:
        """Take the mail server and what the mails are made of; nothing is sent yet.

        - `sender`: whom the mails are from: `shop@example.com`, or `Tea & Co. <shop@example.com>`.
        - `tls_context`: to trust other certificates than the system does.
        - `timeout`: seconds to wait for each answer of the server.
        - `local_hostname`: how to introduce this machine; by default, by its name.
        - `templates`: a folder or a Jinja loader, which comes before the library's own.
        - `unsubscribe_url`: where a recipient can switch the notice off. `{seller}`, `{recipient}`
          and `{kind}` in it are filled in; or a function of the notice.
        - `message_id_domain`: what stands behind the @ of a Message-ID; by default, the sender's.

        Raises `InvalidValue` for an option out of range, and Jinja's errors for a template.
        """
        self._server: Final[Server] = checked_server(
            host=host,
            port=port,
            encryption=encryption,
            context=tls_context,
            username=username,
            password=password,
            timeout=timeout,
            local_hostname=local_hostname,
        )
        self._sender: Final[Sender] = checked_sender(sender, message_id_domain)
        self._templates: Final = Templates(templates)
        self._unsubscribe: Final = (
            None if unsubscribe_url is None else unsubscribing.checked(unsubscribe_url)
        )
        self._batch: Final = _Batch()

    def __repr__(self) -> str:
        server = self._server
        return f"SmtpNotifier({server.host!r}, {server.port}, sender={self._sender.address!r})"

    def __enter__(self) -> Self:
        """Connect, encrypt and log in: if that fails, no notice need be tried."""
        batch = self._batch
        if batch.depth == 0:
            batch.connection = self._server.connect()
        batch.depth += 1
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        batch = self._batch
        batch.depth -= 1
        if batch.depth:
            return
        connection, batch.connection, batch.unreachable = batch.connection, None, None
        if connection is not None:
            connection.quit()

    def send(self, notice: Notice) -> None:
        """Hand a notice over to the mail server. Returning means that it has taken the mail.

        Raises `RecipientRefused` when it never will, because of the address. Whatever else it
        raises is temporary, also what the server calls permanent: a fault of the sender's would
        otherwise set aside everybody's notices.
        """
        if not headers.is_address(notice.recipient):
            raise RecipientRefused(notice.recipient, "this is not an address that a mail can have")
        message = mail(
            notice,
            sender=self._sender,
            templates=self._templates,
            unsubscribe=self._unsubscribe,
        ).as_bytes()
        with self:
            self._transmit(message, notice.recipient)

    def _transmit(self, message: bytes, recipient: str) -> None:
        try:
            self._connected().transmit(message, sender=self._sender.address, recipient=recipient)
        except ConnectionEnded:
            self._forget()
            self._transmit(message, recipient)
        except BaseException:
            # What the server thinks that it is in the middle of, nobody knows.
            self._forget()
            raise

    def _connected(self) -> Connection:
        batch = self._batch
        if batch.unreachable is not None:
            # Each attempt may last as long as `timeout`, and a wrong password may lock the account.
            problem = f"the mail server could not be reached a moment ago: {batch.unreachable}"
            raise ConnectionError(problem) from batch.unreachable
        if batch.connection is None:
            try:
                batch.connection = self._server.connect()
            except Exception as error:
                batch.unreachable = error
                raise
        return batch.connection

    def _forget(self) -> None:
        connection, self._batch.connection = self._batch.connection, None
        if connection is not None:
            connection.close()
