"""What is written: what is done, with which columns of which table."""

import enum
from collections.abc import Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import Table

from backorders.adapters.sql.columns import SERVED, WRITTEN_ONCE

# Any: what is done to a table here does not depend on which columns it has.
AnyTable: TypeAlias = Table[Any]


class Verb(enum.Enum):
    """What is done with a set of rows."""

    INSERT = "insert"
    UPDATE = "update"
    """Write them over the versions before their new ones."""
    SERVE = "serve"
    """Write what changes of orders, or of their lines, that merely get or lose units."""
    UPSERT = "upsert"
    """Add them, or put them in the place of those with the same keys."""
    DELETE = "delete"
    """Delete those with these keys."""

    @property
    def is_of_what_is_there(self) -> bool:
        """Whether every row must be found, or somebody else has been faster."""
        return self in _OF_WHAT_IS_THERE


_OF_WHAT_IS_THERE: Final = frozenset({Verb.UPDATE, Verb.SERVE})


class Write(NamedTuple):
    """A verb and the name of the table."""

    verb: Verb
    table: str


def written_columns(verb: Verb, table: AnyTable) -> Sequence[str]:
    """Return the columns of which a row to be written consists, in the order of the table."""
    match verb:
        case Verb.INSERT | Verb.UPSERT:
            return [column.name for column in table.columns]
        case Verb.UPDATE:
            return [each.name for each in table.columns if each.name not in WRITTEN_ONCE]
        case Verb.SERVE:
            return [each.name for each in table.columns if each.primary_key or each.name in SERVED]
        case Verb.DELETE:
            return [column.name for column in table.primary_key]
