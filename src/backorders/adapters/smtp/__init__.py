"""Sends notices as mail, through any mail server: the extra `smtp`.

Nothing here is read back from a store: a notice holds all that its mail says.
"""

from backorders.ports.extras import needs

with needs("smtp", "mail"):
    from backorders.adapters.smtp.connecting import Encryption
    from backorders.adapters.smtp.notifier import SmtpNotifier

__all__ = ["Encryption", "SmtpNotifier"]
