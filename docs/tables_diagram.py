"""Draws the tables, as they are declared, into reference/tables.md: `make docs` does it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqlalchemy import Column, ForeignKeyConstraint, Table

from backorders.adapters.sql.schema import tables

PAGE: Final = Path(__file__).parent / "reference" / "tables.md"
_BETWEEN: Final = re.compile(
    r"(?<=<!-- drawn from the schema -->\n).*(?=<!-- end of the drawing -->)", re.DOTALL
)
_SELLER: Final = "seller_no"


def drawn(page: str) -> str:
    """Return the text of a page with the diagram as it is now."""
    diagram = "\n".join(["```mermaid", "erDiagram", *_lines(), "```"])
    return _BETWEEN.sub(lambda _: f"{diagram}\n", page)


def _lines() -> Iterator[str]:
    declared = tables(prefix="").metadata.sorted_tables
    for table in declared:
        yield f"    {table.name} {{"
        for column in table.columns:
            if column.name != _SELLER or table.name == "sellers":
                yield f"        {_type(column)} {column.name}{' PK' if column.primary_key else ''}"
        yield "    }"
    for table in declared:
        yield from sorted(_references(table))


def _type(column: Column[object]) -> str:
    return type(column.type).__visit_name__.lower()


def _references(table: Table) -> Iterator[str]:
    """Yield an arrow for each parent that is more than the seller, whom every table has."""
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            parent = constraint.referred_table.name
            keys = [column.name for column in constraint.columns if column.name != _SELLER]
            if keys:
                yield f"    {parent} ||--o{{ {table.name} : {'_'.join(keys)}"


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
