"""Calls about the seller's users, and what they want to be told."""

import attrs

from backorders import usecases
from backorders.application.calls import Calls
from backorders.domain.notices import Digest, NotificationKind
from backorders.domain.users import User


@attrs.frozen
class NoticeCalls(Calls):
    """What can be done about who is told what."""

    def add_user(self, user_id: str, *, email: str) -> User:
        """Return the user, who is told nothing until opted in; a known one gets the address."""
        return self._change(lambda uow, _: usecases.add_user(user_id, email=email, uow=uow))

    def opt_in(self, user_id: str, kind: NotificationKind) -> User:
        """Return the user, who is told this from now on; again: a no-op."""
        return self._change(lambda uow, _: usecases.opt_in(user_id, kind, uow=uow))

    def opt_out(self, user_id: str, kind: NotificationKind) -> User:
        """Return the user, who is not told this any more, nor what was still to be delivered."""
        return self._change(lambda uow, _: usecases.opt_out(user_id, kind, uow=uow))

    def users(self) -> tuple[User, ...]:
        """Return the seller's users, by id."""
        return self._read(lambda uow, _: usecases.users(uow=uow))

    def remove_user(self, user_id: str) -> None:
        """Forget the user, and what was still to be delivered; one who is not there: a no-op."""
        self._change(lambda uow, _: usecases.remove_user(user_id, uow=uow))

    def next_digest(self) -> Digest | None:
        """Return the next daily digest as it would be now; `None` while nothing is new.

        Nothing is used up by looking.
        """
        return self._read(lambda uow, now: usecases.next_digest(uow=uow, now=now))
