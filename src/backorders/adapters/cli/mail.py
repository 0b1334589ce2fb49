"""The mail server that a command names."""

from typing import TYPE_CHECKING

from backorders.adapters.cli.errors import WrongUsage

if TYPE_CHECKING:
    from backorders.adapters.smtp import SmtpNotifier


def notifier(
    *,
    host: str,
    port: int,
    sender: str,
    encryption: str,
    username: str | None,
    password: str | None,
) -> "SmtpNotifier":
    """Return what sends through a mail server; nothing is sent yet."""
    from backorders.adapters.smtp import Encryption, SmtpNotifier

    try:
        private = Encryption(encryption.replace("-", "_"))
    except ValueError:
        wanted = ", ".join(each.value for each in Encryption)
        raise WrongUsage(f"{encryption!r} is no encryption", f"say one of {wanted}") from None
    return SmtpNotifier(
        host,
        port,
        sender=sender,
        encryption=private,
        username=username,
        password=password if username else None,
    )
