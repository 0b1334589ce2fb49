"""A store in plain JSON files, one for each seller: an adapter as somebody else would write one.

Its repositories are those of the memory store. What is its own is that a commit writes a file, and
that a store which is opened on the folder finds what was committed.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import Enum
from pathlib import Path
from pkgutil import resolve_name
from typing import Any, Final

import attrs

from backorders.adapters.memory import MemoryStore, MemoryUnitOfWork
from backorders.adapters.memory.data import SellerData
from backorders.domain.errors import BackordersError
from backorders.domain.values import SellerId

_PLAIN: Final = (str, int, type(None))
_COLLECTIONS: Final = {each.__name__: each for each in (list, tuple, set, frozenset)}


class JsonStore(MemoryStore):
    """A store in a folder of JSON files."""

    def __init__(self, folder: Path, *, patience: float = 30.0) -> None:
        super().__init__(patience=patience)
        self.folder = folder
        for file in folder.glob("*.json"):
            seller_id, seller = _decoded(json.loads(file.read_text("utf-8")))
            self._sellers[seller_id] = seller

    def begin(self, seller_id: str, *, read_only: bool = False) -> MemoryUnitOfWork:
        """Return a unit of work whose commit writes the seller's file."""
        uow = super().begin(seller_id, read_only=read_only)
        # A file name may be shorter than an id, and knows no difference between A and a everywhere.
        name = hashlib.sha256(seller_id.encode()).hexdigest()
        return _JsonUnitOfWork(
            uow.seller_id, uow._seller, uow._release, self.folder / f"{name}.json"
        )


class _JsonUnitOfWork(MemoryUnitOfWork):
    """A transaction that ends in a file: the new one takes the place of the old one at once."""

    def __init__(
        self, seller_id: SellerId, seller: SellerData, release: Callable[[], None], file: Path
    ) -> None:
        super().__init__(seller_id, seller, release)
        self._file = file

    def commit(self) -> None:
        if self._seller.settings is not None:
            self._seller.is_known = True
            new = self._file.with_suffix(".new")
            new.write_text(json.dumps(_encoded((self.seller_id, self._seller))), "utf-8")
            new.replace(self._file)
        super().commit()


# Any: whatever a seller's data are made of, and whatever a JSON document holds.
def _encoded(value: Any) -> Any:  # noqa: ANN401, PLR0911 - a table
    if isinstance(value, Enum):
        return {_name(value): value.name}
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, datetime | date):
        return {_name(value): value.isoformat()}
    if isinstance(value, timedelta):
        return {_name(value): [value.days, value.seconds, value.microseconds]}
    if isinstance(value, dict):
        return {"dict": [[_encoded(key), _encoded(item)] for key, item in value.items()]}
    if type(value) in _COLLECTIONS.values():
        return {type(value).__name__: [_encoded(item) for item in value]}
    if isinstance(value, tuple):
        return {_name(value): [_encoded(item) for item in value]}
    if isinstance(value, BackordersError):
        return {_name(value): [_encoded(item) for item in value.args]}
    fields = [field for field in attrs.fields(type(value)) if field.init]
    return {_name(value): {f.alias: _encoded(getattr(value, f.name)) for f in fields}}


def _decoded(document: Any) -> Any:  # noqa: ANN401, PLR0911 - a table
    if isinstance(document, _PLAIN):
        return document
    ((name, content),) = document.items()
    if name == "dict":
        return {_decoded(key): _decoded(item) for key, item in content}
    if name in _COLLECTIONS:
        return _COLLECTIONS[name](_decoded(item) for item in content)
    kind = resolve_name(name)
    if issubclass(kind, Enum):
        return kind[content]
    if issubclass(kind, date):
        return kind.fromisoformat(content)
    if issubclass(kind, timedelta):
        return kind(*content)
    if issubclass(kind, tuple | BackordersError):
        return kind(*map(_decoded, content))
    return kind(**{field: _decoded(item) for field, item in content.items()})


def _name(value: object) -> str:
    return f"{type(value).__module__}:{type(value).__qualname__}"
