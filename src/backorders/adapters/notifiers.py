"""Notifiers that need nothing: one that logs, one that keeps notices, one that hands them on."""

import logging
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Self

import attrs

from backorders.domain.errors import RecipientRefused
from backorders.domain.notices import Notice
from backorders.ports.notifier import Notifier

_LOGGER = logging.getLogger("backorders.notices")


@attrs.frozen
class LoggingNotifier:
    """Writes each notice to a log, by default to the logger `backorders.notices`, as INFO."""

    logger: logging.Logger = _LOGGER
    level: int = logging.INFO

    def send(self, notice: Notice) -> None:
        """Log who is told what."""
        self.logger.log(
            self.level,
            "notice %s of seller %r to %s: %s\n%s",
            notice.message_id,
            notice.seller_id,
            notice.recipient,
            notice.subject,
            notice.text,
        )


@attrs.frozen
class MemoryNotifier:
    """Keeps every notice: for tests, and to see what would have been sent."""

    notices: list[Notice] = attrs.field(factory=list)
    """First to last, each as often as it came."""

    def send(self, notice: Notice) -> None:
        """Keep the notice."""
        self.notices.append(notice)


class FanOutNotifier:
    """Hands each notice to several notifiers.

    All of them are tried. If one fails, the notice fails, and comes to all of them again: each must
    tell doubled ones by their `message_id`, or bear with them.
    """

    def __init__(self, *notifiers: Notifier) -> None:
        self._notifiers = notifiers
        self._entered = ExitStack()

    def send(self, notice: Notice) -> None:
        """Hand the notice to all; raises what one has raised, `RecipientRefused` only if no other.

        What is worth trying again is tried again, although another has refused for good.
        """
        errors: list[Exception] = []
        for notifier in self._notifiers:
            try:
                notifier.send(notice)
            except Exception as error:  # noqa: BLE001 - raised below, when all have been tried
                errors.append(error)
        errors.sort(key=lambda error: isinstance(error, RecipientRefused))
        if errors:
            raise errors[0]

    def __enter__(self) -> Self:
        with ExitStack() as entering:
            for notifier in self._notifiers:
                if isinstance(notifier, AbstractContextManager):
                    entering.enter_context(notifier)
            self._entered = entering.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._entered.__exit__(kind, error, traceback)
