"""The connection to the mail server: encrypted, to the right server, and logged in."""

import ssl
from smtplib import SMTPAuthenticationError, SMTPException, SMTPNotSupportedError

import pytest
import trustme

from backorders.adapters.smtp import Encryption, SmtpNotifier
from backorders.domain.errors import RecipientRefused
from tests.support.mail_server import HOST, MailServer, mail_server
from tests.support.mails import a_notice

PASSWORD = "open sesame"  # noqa: S105 - to nothing


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """Somebody who issues certificates."""
    return trustme.CA()


@pytest.fixture(scope="module")
def servers(authority: trustme.CA) -> ssl.SSLContext:
    """What a server at our address proves itself with."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    return context


@pytest.fixture(scope="module")
def trusting(authority: trustme.CA) -> ssl.SSLContext:
    """Trusts whoever the authority has vouched for."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def _notifier(
    server: MailServer,
    encryption: Encryption = Encryption.WHEN_OFFERED,
    context: ssl.SSLContext | None = None,
    *,
    username: str | None = None,
    password: str | None = None,
) -> SmtpNotifier:
    return SmtpNotifier(
        HOST,
        server.port,
        sender="shop@example.com",
        encryption=encryption,
        tls_context=context,
        username=username,
        password=password,
    )


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.WHEN_OFFERED])
def test_a_batch_is_encrypted_and_logged_in_once(
    servers: ssl.SSLContext, trusting: ssl.SSLContext, encryption: Encryption
) -> None:
    """The password goes over the wire after the encryption has begun, never before."""
    with mail_server(starttls=servers, asks_for_password=True) as server:
        notifier = _notifier(server, encryption, trusting, username="shop", password=PASSWORD)
        with notifier:
            notifier.send(a_notice("1"))
            notifier.send(a_notice("2"))
    assert server.logged_in == [("shop", True)]
    assert len(server.mails) == 2
    assert server.connections == 1


def test_a_connection_can_be_encrypted_from_its_first_byte(
    servers: ssl.SSLContext, trusting: ssl.SSLContext
) -> None:
    """As usual on port 465."""
    with mail_server(tls=servers, asks_for_password=True) as server:
        _notifier(server, Encryption.TLS, trusting, username="shop", password=PASSWORD).send(
            a_notice()
        )
    assert len(server.mails) == 1
    assert [name for name, _ in server.logged_in] == ["shop"]


@pytest.mark.parametrize(
    "encryption", [Encryption.STARTTLS, Encryption.TLS, Encryption.WHEN_OFFERED]
)
def test_a_server_that_nobody_vouches_for_gets_no_mail(
    servers: ssl.SSLContext, encryption: Encryption
) -> None:
    """Whoever sits in between has a certificate too. It is temporary: no notice is lost."""
    with mail_server(
        starttls=None if encryption is Encryption.TLS else servers,
        tls=servers if encryption is Encryption.TLS else None,
        asks_for_password=True,
    ) as server:
        notifier = _notifier(server, encryption, username="shop", password=PASSWORD)
        with pytest.raises(ssl.SSLCertVerificationError):
            notifier.send(a_notice())
    assert server.logged_in == []
    assert server.mails == []


def test_a_server_with_another_ones_certificate_gets_no_mail(
    authority: trustme.CA, trusting: ssl.SSLContext
) -> None:
    """A certificate is for a name, and ours asked for another."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("other.example.com").configure_cert(context)
    with mail_server(starttls=context) as server, pytest.raises(ssl.SSLCertVerificationError):
        _notifier(server, Encryption.STARTTLS, trusting).send(a_notice())
    assert server.mails == []


def test_where_encryption_is_a_must_a_server_without_it_gets_no_mail() -> None:
    """Whoever sits in between can hide that the server offers it."""
    with mail_server() as server, pytest.raises(SMTPNotSupportedError):
        _notifier(server, Encryption.STARTTLS).send(a_notice())
    assert server.mails == []


def test_a_password_is_never_sent_in_the_clear_unless_that_was_asked_for() -> None:
    """A server that offers no encryption gets mail, but not the key to the account."""
    with mail_server(asks_for_password=True) as server:
        with pytest.raises(SMTPNotSupportedError, match="was not sent"):
            _notifier(server, username="shop", password=PASSWORD).send(a_notice())
        assert server.logged_in == []
        in_the_clear = _notifier(server, Encryption.NONE, username="shop", password=PASSWORD)
        in_the_clear.send(a_notice())
    assert server.logged_in == [("shop", False)]
    assert len(server.mails) == 1


def test_without_encryption_none_is_begun(servers: ssl.SSLContext) -> None:
    """NONE means none, also where it is offered: this server insists, and so gets nothing."""
    with mail_server(starttls=servers) as server, pytest.raises(SMTPException, match="STARTTLS"):
        _notifier(server, Encryption.NONE).send(a_notice())
    assert server.mails == []


def test_a_wrong_password_is_temporary_and_ends_the_batch_before_it_begins() -> None:
    """All notices go out once it is put right; a hundred wrong log-ins would lock the account."""
    with mail_server(asks_for_password=True) as server:
        notifier = _notifier(server, Encryption.NONE, username="shop", password="wrong")  # noqa: S106 - meant to be
        with pytest.raises(SMTPAuthenticationError), notifier:
            notifier.send(a_notice("1"))
        # What cannot be an address is refused for good all the same.
        with pytest.raises(RecipientRefused):
            notifier.send(a_notice("3", recipient="nobody"))
    assert server.connections == 1
    assert len({name for name, _ in server.logged_in}) == 1


def test_a_forgotten_password_is_temporary() -> None:
    """The server asks for a log-in at the first command: 530, which it calls permanent."""
    with mail_server(asks_for_password=True) as server, pytest.raises(SMTPException, match="530"):
        _notifier(server, Encryption.NONE).send(a_notice())


def test_a_password_is_shown_nowhere(servers: ssl.SSLContext) -> None:
    """Errors and values end up in logs."""
    with mail_server(starttls=servers, asks_for_password=True) as server:
        notifier = _notifier(server, Encryption.STARTTLS, username="shop", password=PASSWORD)
        with pytest.raises(ssl.SSLCertVerificationError) as caught:
            notifier.send(a_notice())
    assert PASSWORD not in f"{notifier!r} {notifier._server!r} {caught.value!r}"
