"""Which column of a file is which: by our names, or by those that other programs' exports have."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import attrs

from backorders.adapters.files.errors import FileRefused


@attrs.frozen
class Field:
    """Something that a row can say."""

    name: str
    aliases: tuple[str, ...] = ()
    """What else its column may be called; where a file has several of them, the first counts."""
    is_needed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its column, ours first, as they are compared."""
        return tuple(plain(name) for name in (self.name, *self.aliases))


@attrs.frozen
class Columns:
    """Where each field stands in a row."""

    places: Mapping[str, int]
    """Field → cell, for those that the file has."""
    taken: Mapping[str, str]
    """Field → the header of its column."""
    unused: Sequence[str]
    """Headers of columns that say nothing to us."""


_SKU_NAMES: Final = (
    "lineitem sku",
    "item sku",
    "product sku",
    "variant sku",
    "seller sku",
    "merchant sku",
    "stock code",
    "product code",
    "item code",
    "article number",
    "article",
    "item number",
    "item no",
    "part number",
    "custom label",
    "custom label (sku)",
    "item",
)
SKU: Final = Field("sku", _SKU_NAMES, is_needed=True)
WAREHOUSE: Final = Field("warehouse", ("warehouse id", "warehouse code", "site"))


def plain(header: str) -> str:
    """Return a header as it is compared: `InvoiceNo`, `invoice_no` and `Invoice No.` are one.

    >>> plain("InvoiceNo"), plain("invoice_no"), plain(" Invoice No. ")
    ('invoiceno', 'invoiceno', 'invoiceno')
    """
    return re.sub(r"[\s_.\-/#:]+", "", header).casefold()


def columns_of(
    name: str,
    header: Sequence[str],
    fields: Sequence[Field],
    chosen: Mapping[str, str],
) -> Columns:
    """Return where each field stands; raises `FileRefused` when one that is needed is not there.

    `chosen` names the column of a field, whatever the field's own names are.
    """
    known = {field.name for field in fields}
    if unknown := sorted(chosen.keys() - known):
        raise FileRefused(
            name, f"has no field {unknown[0]!r}", f"fields are {', '.join(sorted(known))}"
        )
    places: dict[str, int] = {}
    for field in fields:
        place = _place(name, header, field, chosen.get(field.name))
        if place is not None:
            places[field.name] = place
        elif field.is_needed:
            found = ", ".join(repr(column) for column in header[:20])
            raise FileRefused(
                name,
                f"has no column {field.name!r}, but {found}",
                f"rename one, or say which it is: --column {field.name}=HEADER",
            )
    return Columns(
        places,
        {field: header[place] for field, place in places.items()},
        [column for place, column in enumerate(header) if place not in places.values()],
    )


def _place(name: str, header: Sequence[str], field: Field, chosen: str | None) -> int | None:
    names = field.names if chosen is None else (plain(chosen),)
    compared = [plain(column) for column in header]
    for each in names:
        if compared.count(each) > 1:
            raise FileRefused(
                name, f"has several columns {header[compared.index(each)]!r}", "leave one of them"
            )
        if each in compared:
            return compared.index(each)
    if chosen is not None:
        raise FileRefused(name, f"has no column {chosen!r}", "check --column")
    return None
