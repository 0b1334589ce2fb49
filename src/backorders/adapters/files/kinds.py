"""What a kind of file is: its fields, which rows belong together, and what they come to."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Generic, NoReturn, TypeVar

import attrs

from backorders.adapters.files import cells
from backorders.adapters.files.cells import Dates
from backorders.adapters.files.columns import Field
from backorders.adapters.files.spool import Line, Problem
from backorders.domain.errors import InvalidValue
from backorders.domain.values import Sku
from backorders.ports.storage import UnitOfWork

_D = TypeVar("_D")


@attrs.frozen
class Terms:
    """What is said of a whole file, besides its rows."""

    name: str
    """What its documents are called that have no id of their own."""
    zone: str = "UTC"
    """The seller's time zone, in which dates are meant that have no offset."""
    dates: Dates = Dates.ISO
    warehouse: str | None = None
    """Where rows belong that name no warehouse."""
    reason: str = ""


class BadRows(Exception):
    """Rows of a document from which nothing can be made; caught where the file is checked."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


@attrs.define
class Taken:
    """What has come of the documents of a file."""

    documents: int = 0
    """Those that are new to the store."""
    lines: int = 0
    """Rows of those."""
    repeated: int = 0
    """Documents that had been taken before: nothing was done for them."""
    on_back_order: int = 0
    """Orders placed that are short of something."""
    released: int = 0
    """Times that an order left back order for it."""
    lost: int = 0
    """Times that an order lost units to it."""

    def add(self, more: "Taken") -> None:
        """Count more."""
        for field in attrs.fields(Taken):
            setattr(self, field.name, getattr(self, field.name) + getattr(more, field.name))


@attrs.frozen
class Document(Generic[_D]):
    """What was made of the rows that belong together."""

    number: int
    """Its number in the spool."""
    line: int
    """The first of its rows."""
    rows: int
    content: _D


@attrs.frozen
class Kind(Generic[_D]):
    """Orders, receipts, counts, adjustments or announced deliveries, as a file has them."""

    name: str
    one: str
    many: str
    fields: tuple[Field, ...]
    key: Callable[[Mapping[str, str], Terms, int], str]
    """What is the same of rows that belong together; is told which row of the file it is."""
    made: Callable[[str, Sequence[Line], Terms], _D]
    """What the rows of a document, of which the key is given, come to; raises `BadRows`."""
    take: Callable[[Sequence[Document[_D]], UnitOfWork, datetime], tuple[Taken, list["Refusal"]]]
    """Do what some documents are for, within an open unit of work."""
    lines_at_once: int = 1
    """Rows that are taken in one go, at most, unless one document has more."""
    rank: Callable[[_D], tuple[int, str | None]] | None = None
    """By what documents are put in order; without it they are taken as they were listed."""
    adds_up: bool = True
    """Whether rows of one SKU add up; otherwise what they come to together would be a guess."""


@attrs.frozen
class Refusal:
    """A document that the store refused."""

    number: int
    line: int
    problem: str


class Reading:
    """The rows of one document being read: what can be read is, and what cannot is noted."""

    def __init__(self, fields: Sequence[Field], lines: Sequence[Line], terms: Terms) -> None:
        self._place = {field.name: place for place, field in enumerate(fields)}
        self._fields = fields
        self.lines = lines
        self.terms = terms
        self.problems: list[Problem] = []

    def cell(self, line: Line, field: str) -> str:
        """Return what stands in a cell."""
        return line.cells[self._place[field]]

    def note(self, line: int, problem: str) -> None:
        """Note what is wrong with a row."""
        self.problems.append(Problem(line, problem))

    def once(self, field: str) -> tuple[int, str]:
        """Return what the rows say of the whole document, and where; an empty cell says nothing."""
        first, said = self.lines[0].line, ""
        place = self._place[field]
        for line in self.lines:
            cell = line.cells[place].strip()
            if not cell or cell == said:
                continue
            if said:
                self.note(line.line, f"{field} is {cell!r} here, and {said!r} in line {first}")
            else:
                first, said = line.line, cell
        return first, said

    def read(self, field: str, read: Callable[[str], _D]) -> _D | None:
        """Return what the document says in a field, read; `None` when it says nothing."""
        line, said = self.once(field)
        if not said:
            return None
        try:
            return read(said)
        except InvalidValue as problem:
            self.note(line, str(problem))
            return None

    def units(self, check: Callable[[object, str], int]) -> Iterator[tuple[int, Sku, int]]:
        """Yield line, SKU and quantity of each row in which both can be read."""
        sku_place, quantity_place = self._place["sku"], self._place["quantity"]
        for line in self.lines:
            try:
                sku = cells.sku(line.cells[sku_place])
            except InvalidValue as problem:
                self.note(line.line, str(problem))
                sku = None
            try:
                quantity = check(cells.number("quantity", line.cells[quantity_place]), "quantity")
            except InvalidValue as problem:
                self.note(line.line, str(problem))
                continue
            if sku is not None:
                yield line.line, sku, quantity

    def refuse(self) -> None:
        """Raise `BadRows` if anything was noted."""
        if self.problems:
            raise BadRows(self.problems)

    def refuse_all(self, problem: str) -> NoReturn:
        """Raise `BadRows` for the document as a whole."""
        raise BadRows([Problem(self.lines[0].line, problem)])
