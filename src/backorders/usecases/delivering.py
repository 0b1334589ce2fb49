"""Delivering one notice at a time: taking it, and writing down what became of it (law 22)."""

from collections.abc import Collection
from datetime import datetime

from backorders.domain import values
from backorders.domain.delivering import FailedNotice, QueuedNotice, Taken, printable
from backorders.domain.errors import UnknownNotice
from backorders.domain.users import User
from backorders.domain.values import MessageId
from backorders.ports.storage import UnitOfWork

_ENDED = "whoever delivered it ended each time without saying what became of it"


def take_notice(message_id: MessageId, *, uow: UnitOfWork, now: datetime) -> Taken | None:
    """Return a notice that is due, and is nobody else's for a while; `None` if there is none now.

    It is dropped if its user was removed or does not want to be told this any more, and set aside
    if it has been tried too often without anybody saying what became of it.
    """
    queued = uow.notices.find([message_id]).get(message_id)
    if queued is None or not queued.is_due(now):
        return None
    user = _recipient(queued, uow)
    if user is None:
        uow.notices.remove(message_id)
        return None
    if queued.is_worn_out:
        uow.notices.save(queued.set_aside(queued.problem or _ENDED, now=now))
        return None
    content = uow.notices.content(message_id)
    if content is None:  # pragma: no cover - it was found a moment ago, in this transaction
        return None
    taken = queued.claimed(now)
    uow.notices.save(taken)
    return Taken(taken, user.email, content)


def note_sent(message_id: MessageId, *, uow: UnitOfWork) -> None:
    """Write down that a notice was delivered: it leaves the outbox."""
    uow.notices.remove(message_id)


def note_failure(
    taken: QueuedNotice,
    problem: str,
    *,
    for_good: bool,
    jitter: float,
    uow: UnitOfWork,
    now: datetime,
) -> None:
    """Write down that a notice could not be delivered: it is tried again after a pause.

    It is set aside `for_good`, or when it has been tried too often. `jitter`, from 0 up to 1, is
    chance. Nothing is written if the notice has gone, or somebody else has taken it meanwhile.
    """
    stored = uow.notices.find([taken.message_id]).get(taken.message_id)
    if stored != taken:
        return
    said = printable(problem)
    if for_good or taken.is_worn_out:
        uow.notices.save(taken.set_aside(said, now=now))
    else:
        uow.notices.save(taken.postponed(said, now=now, jitter=jitter))


def failed_notices(
    message_ids: Collection[MessageId], *, uow: UnitOfWork
) -> tuple[FailedNotice, ...]:
    """Return those of the notices that are set aside and still have a user who wants them."""
    found = uow.notices.find(message_ids)
    failed = []
    for message_id in message_ids:
        queued = found.get(message_id)
        user = None if queued is None else _recipient(queued, uow)
        if queued is not None and user is not None and queued.failed_at is not None:
            failed.append(
                FailedNotice(
                    message_id,
                    uow.seller_id,
                    user.user_id,
                    user.email,
                    queued.kind,
                    queued.queued_at,
                    queued.failed_at,
                    queued.attempts,
                    queued.problem,
                )
            )
    return tuple(failed)


def retry_notice(message_id: str, *, uow: UnitOfWork, now: datetime) -> None:
    """Make a notice that was set aside due now. Raises `UnknownNotice` when it is not set aside."""
    checked = values.message_id(message_id)
    queued = uow.notices.find([checked]).get(checked)
    if queued is None or queued.failed_at is None:
        raise UnknownNotice(checked)
    uow.notices.save(queued.retried(now))


def _recipient(queued: QueuedNotice, uow: UnitOfWork) -> User | None:
    user = uow.users.find(queued.user_id)
    return user if user is not None and queued.kind in user.opted_in else None
