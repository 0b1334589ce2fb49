"""The seller's users, and what each of them wants to be told (law 20)."""

from backorders.domain import limits, values
from backorders.domain.errors import TooManyUsers, UnknownUser
from backorders.domain.notices import NotificationKind
from backorders.domain.users import User
from backorders.ports.storage import UnitOfWork
from backorders.usecases.looking_up import settings_for_change


def add_user(user_id: str, *, email: str, uow: UnitOfWork) -> User:
    """Return the user; a known one gets the address, and wants to be told the same as before.

    A new one is told nothing until opted in. Raises `TooManyUsers` beyond `limits.USERS`.
    """
    checked_id = values.user_id(user_id)
    address = values.email(email)
    settings_for_change(uow)
    stored = uow.users.find(checked_id)
    if stored is None:
        if len(uow.users.every()) >= limits.USERS:
            raise TooManyUsers(limits.USERS)
        user = User(checked_id, address)
        uow.users.add(user)
        return user
    return _saved(stored, stored.with_email(address), uow=uow)


def opt_in(user_id: str, kind: NotificationKind, *, uow: UnitOfWork) -> User:
    """Return the user, who is told this from now on; again is a no-op."""
    checked_id = values.user_id(user_id)
    kind = values.member("kind", kind, NotificationKind)
    stored = _user_of(checked_id, uow=uow)
    return _saved(stored, stored.with_kind(kind), uow=uow)


def opt_out(user_id: str, kind: NotificationKind, *, uow: UnitOfWork) -> User:
    """Return the user, who is not told this any more, nor what was still to be delivered."""
    checked_id = values.user_id(user_id)
    kind = values.member("kind", kind, NotificationKind)
    stored = _user_of(checked_id, uow=uow)
    user = _saved(stored, stored.without_kind(kind), uow=uow)
    uow.notices.drop(user.user_id, kind)
    return user


def users(*, uow: UnitOfWork) -> tuple[User, ...]:
    """Return the seller's users, by id."""
    return tuple(uow.users.every())


def remove_user(user_id: str, *, uow: UnitOfWork) -> None:
    """Forget the user, and what was still to be delivered; one who is not there is a no-op."""
    checked_id = values.user_id(user_id)
    uow.users.remove(checked_id)
    uow.notices.drop(checked_id, None)


def _user_of(user_id: values.UserId, *, uow: UnitOfWork) -> User:
    user = uow.users.find(user_id)
    if user is None:
        raise UnknownUser(user_id)
    return user


def _saved(stored: User, user: User, *, uow: UnitOfWork) -> User:
    if user != stored:
        uow.users.save(stored, user)
    return user
