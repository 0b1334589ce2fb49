"""The people of a seller, and what each of them wants to be told (law 20)."""

from collections.abc import Iterable

import attrs

from backorders.domain.notices import NotificationKind
from backorders.domain.values import UserId


def _kinds(kinds: Iterable[NotificationKind]) -> frozenset[NotificationKind]:
    return frozenset(kinds)


@attrs.frozen
class User:
    """Somebody who can be told things by mail."""

    user_id: UserId
    email: str
    opted_in: frozenset[NotificationKind] = attrs.field(default=frozenset(), converter=_kinds)
    """What this user wants to be told; nothing unless asked for."""

    def with_email(self, email: str) -> "User":
        """Return the user at another address, who wants to be told the same."""
        return User(self.user_id, email, self.opted_in)

    def with_kind(self, kind: NotificationKind) -> "User":
        """Return the user with one more kind of notice switched on."""
        return User(self.user_id, self.email, self.opted_in | {kind})

    def without_kind(self, kind: NotificationKind) -> "User":
        """Return the user with a kind of notice switched off."""
        return User(self.user_id, self.email, self.opted_in - {kind})
