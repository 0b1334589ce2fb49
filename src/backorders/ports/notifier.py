"""Who brings notices to people."""

from typing import Protocol

from backorders.domain.notices import Notice


class Notifier(Protocol):
    """Anything that can send a notice.

    One that is also a context manager is entered once for each `deliver_notifications`, before the
    first notice, so that all of them go over one connection. It is never called inside a
    transaction.
    """

    def send(self, notice: Notice) -> None:
        """Hand a notice over for good. Returning means that it will arrive.

        The same notice may come again, with the same `message_id`. Raises `RecipientRefused` when
        trying again is no use; whatever else it raises, the notice is tried again later.
        """
        ...
