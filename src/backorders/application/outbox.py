"""Composing digests and delivering notices, for all sellers: each step a transaction of its own."""

import random
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from typing import TypeVar

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.application.logs import LOG
from backorders.application.repeating import repeated
from backorders.domain import values, wording
from backorders.domain.delivering import Delivered, FailedNotice, QueuedNotice, Taken, latest
from backorders.domain.errors import RecipientRefused, UnknownNotice
from backorders.domain.values import MessageId, SellerId
from backorders.ports.clock import Clock
from backorders.ports.notices import Outboxes
from backorders.ports.notifier import Notifier
from backorders.ports.pause import Pause
from backorders.ports.storage import Store, UnitOfWork

_T = TypeVar("_T")


@attrs.frozen
class SellersOutbox(Calls):
    """One seller's notices, as they are made and delivered."""

    def compose(self, now: datetime) -> int:
        """Compose what is due; return how many notices that queued."""
        # Looking first spares a writing transaction wherever nothing is due.
        if not self._look(lambda uow, at: usecases.is_anything_due(uow=uow, now=at), now):
            return 0

        def compose(uow: UnitOfWork, at: datetime) -> int:
            queued_at = min(now, at)
            digests = usecases.compose_digest(uow=uow, now=now, queued_at=queued_at)
            return digests + usecases.tell_of_overdue(uow=uow, now=now, queued_at=queued_at)

        return self._change(compose)

    def take(self, message_id: MessageId) -> Taken | None:
        """Take a notice to deliver it, if it is still due and wanted."""
        return self._change(lambda uow, now: usecases.take_notice(message_id, uow=uow, now=now))

    def note_sent(self, message_id: MessageId) -> None:
        """Write down that a notice was delivered."""
        self._change(lambda uow, _: usecases.note_sent(message_id, uow=uow))

    def note_failure(self, taken: QueuedNotice, error: Exception) -> None:
        """Write down that a notice could not be delivered."""
        problem = f"{type(error).__name__}: {error}"
        for_good = isinstance(error, RecipientRefused)
        jitter = random.random()  # noqa: S311 - parts what failed together, hides nothing
        self._change(
            lambda uow, now: usecases.note_failure(
                taken, problem, for_good=for_good, jitter=jitter, uow=uow, now=now
            )
        )

    def failed(self, message_ids: list[MessageId]) -> tuple[FailedNotice, ...]:
        """Return those of the notices that are set aside."""
        return self._read(lambda uow, _: usecases.failed_notices(message_ids, uow=uow))

    def retry(self, message_id: str) -> None:
        """Make a notice that was set aside due now."""
        self._change(lambda uow, now: usecases.retry_notice(message_id, uow=uow, now=now))


@attrs.frozen
class Outbox:
    """The notices of all sellers."""

    _store: Store
    _clock: Clock
    _pause: Pause

    def compose(self, now: datetime) -> int:
        """Compose all that is due; return how many notices that queued."""
        return sum(
            self._of(seller_id).compose(now)
            for seller_id in self._asked(lambda outboxes: outboxes.sellers_with_news())
        )

    def deliver(self, notifier: Notifier, now: datetime, limit: int) -> Delivered:
        """Deliver the notices that are due, those first that have been due longest."""
        sent = failed = 0
        with ExitStack() as opened:
            send = _Opening(notifier, opened)
            for seller_id, message_id in self._asked(
                lambda outboxes: outboxes.due(now, latest(now), limit)
            ):
                outbox = self._of(seller_id)
                taken = outbox.take(message_id)
                if taken is None:
                    continue
                try:
                    send(taken, seller_id)
                except Exception as error:  # noqa: BLE001 - whatever a notifier raises is a failure
                    LOG.warning("notice %s could not be delivered", message_id, exc_info=error)
                    outbox.note_failure(taken.queued, error)
                    failed += 1
                    if not send.is_open:
                        # Nobody answers: the others need not be tried, and lose no attempt.
                        break
                else:
                    outbox.note_sent(message_id)
                    sent += 1
        return Delivered(sent, failed)

    def failed(self, limit: int) -> tuple[FailedNotice, ...]:
        """Return the notices that are set aside, those first that have been for longest."""
        whose: defaultdict[SellerId, list[MessageId]] = defaultdict(list)
        for seller_id, message_id in self._asked(lambda outboxes: outboxes.failed(limit)):
            whose[seller_id].append(message_id)
        found = [
            failed
            for seller_id, message_ids in whose.items()
            for failed in self._of(seller_id).failed(message_ids)
        ]
        return tuple(sorted(found, key=lambda failed: (failed.failed_at, failed.message_id)))

    def retry(self, message_id: str) -> None:
        """Make a notice that was set aside due now, whoever's it is."""
        checked = values.message_id(message_id)
        seller_id = self._asked(lambda outboxes: outboxes.seller_of_failed(checked))
        if seller_id is None:
            raise UnknownNotice(checked)
        self._of(seller_id).retry(checked)

    def _asked(self, question: Callable[[Outboxes], _T]) -> _T:
        return repeated(lambda: question(self._store.outboxes), self._pause)

    def _of(self, seller_id: SellerId) -> SellersOutbox:
        return SellersOutbox(self._store, seller_id, self._clock, self._pause)


class _Opening:
    """Sends notices, and enters a notifier that is a context manager before the first of them."""

    def __init__(self, notifier: Notifier, opened: ExitStack) -> None:
        self._notifier = notifier
        self._opened = opened
        self.is_open = False

    def __call__(self, taken: Taken, seller_id: SellerId) -> None:
        if not self.is_open:
            if isinstance(self._notifier, AbstractContextManager):
                self._opened.enter_context(self._notifier)
            self.is_open = True
        message_id = taken.queued.message_id
        self._notifier.send(wording.notice(message_id, seller_id, taken.recipient, taken.content))
