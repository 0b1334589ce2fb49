"""Users in SQL."""

from collections.abc import Sequence

import attrs
import msgspec
from sqlalchemy import delete, update

from backorders.adapters.sql.engines import Parameters
from backorders.adapters.sql.rows import Row, to_json
from backorders.adapters.sql.session import Session
from backorders.domain.errors import LostRace
from backorders.domain.notices import NotificationKind
from backorders.domain.users import User
from backorders.domain.values import UserId


@attrs.frozen
class SqlUsers:
    """Users of one seller; see the port for what each method promises."""

    _session: Session

    def find(self, user_id: UserId) -> User | None:
        session = self._session
        given: Parameters = {"seller_no": session.seller_no, "user_id": user_id}
        found = [to_user(*row) for row in session.read(session.queries.user, given)]
        return found[0] if found else None

    def every(self) -> Sequence[User]:
        session = self._session
        found = session.read(session.queries.users, {"seller_no": session.seller_no})
        return [to_user(*row) for row in found]

    def add(self, user: User) -> None:
        session = self._session
        session.insert(session.tables.users, [user_row(session.seller_no, user)])

    def save(self, stored: User, user: User) -> None:
        session, c = self._session, self._session.tables.users.c
        seller_no, user_id, email, opted_in = user_row(session.seller_no, stored)
        statement = update(session.tables.users).where(
            c.seller_no == seller_no,
            c.user_id == user_id,
            c.email == email,
            c.opted_in == opted_in,
        )
        *_, email, opted_in = user_row(session.seller_no, user)
        if not session.write(statement.values(email=email, opted_in=opted_in)):
            raise LostRace(f"user {user.user_id!r} has been changed meanwhile")

    def remove(self, user_id: UserId) -> None:
        session, c = self._session, self._session.tables.users.c
        session.write(
            delete(session.tables.users).where(
                c.seller_no == session.seller_no, c.user_id == user_id
            )
        )


def user_row(seller_no: int, user: User) -> Row:
    """Return the row of a user."""
    kinds = sorted(kind.value for kind in user.opted_in)
    return (seller_no, user.user_id, user.email, to_json(kinds))


def to_user(user_id: str, email: str, opted_in: str) -> User:
    """Return a user from its row."""
    kinds = msgspec.json.decode(opted_in, type=list[NotificationKind])
    return User(UserId(user_id), email, frozenset(kinds))
