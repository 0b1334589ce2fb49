"""The steps of taking a file: read it, check it, do what it asks for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final, Generic, TypeVar

import attrs

from backorders.adapters.files.columns import Columns
from backorders.adapters.files.kinds import BadRows, Document, Kind, Refusal, Taken, Terms
from backorders.adapters.files.opening import OpenFile
from backorders.adapters.files.options import Options, Ways
from backorders.adapters.files.rows import Row
from backorders.adapters.files.spool import Spool
from backorders.application import Seller
from backorders.domain.errors import InvalidValue
from backorders.ports.storage import UnitOfWork

_D = TypeVar("_D")

_STEP: Final = 1_000
"""Rows after which it is told how far it is."""


@attrs.frozen
class Job(Generic[_D]):
    """One file being taken."""

    kind: Kind[_D]
    terms: Terms
    spool: Spool
    ways: Ways

    def read(self, rows: Iterator[Row], source: OpenFile, columns: Columns) -> None:
        """Put all rows into the spool, with what is wrong with them as rows.

        Of a row that cannot be read it is not known to which document it belongs: those that stand
        before and after it are bad, too, for they may lack it.
        """
        names = [field.name for field in self.kind.fields]
        places = [columns.places.get(name) for name in names]
        before: int | None = None
        is_unknown = False
        for count, row in enumerate(rows):
            if count % _STEP == 0:
                self.ways.progress("reading", source.position(), source.size, count)
                self.ways.pause()
            cells = dict(zip(names, _cells(row, places), strict=True))
            document = self._keep(row, cells, count)
            if document is None:
                if before is not None:
                    self.spool.spoil(before)
                is_unknown = True
            else:
                if is_unknown:
                    self.spool.spoil(document)
                before, is_unknown = document, False

    def _keep(self, row: Row, cells: Mapping[str, str], count: int) -> int | None:
        """Put a row into the spool; return its document, if that can be told."""
        if not row.cells:
            self.spool.note(row.line, row.problem, None)
            return None
        try:
            key = self.kind.key(cells, self.terms, count)
        except InvalidValue as problem:
            self.spool.note(row.line, row.problem or str(problem), None)
            return None
        document = self.spool.add(key, row.line, [_storable(cell) for cell in cells.values()])
        if row.problem:
            self.spool.note(row.line, row.problem, document)
        return document

    def check(self) -> None:
        """Make every document of its rows, only to see whether that can be done."""
        kind, spool = self.kind, self.spool
        if not kind.adds_up:
            sku = [field.name for field in kind.fields].index("sku")
            for document, line, first in spool.repeated(sku):
                spool.note(line, f"has a SKU that line {first} has already: add them up", document)
        total = spool.size()
        done = told = 0
        for number, key, lines in spool.documents(bad=True):
            try:
                content = kind.made(key, lines, self.terms)
            except BadRows as bad:
                for line, problem in bad.problems:
                    spool.note(line, problem, number)
            else:
                if kind.rank is not None:
                    spool.rank(number, *kind.rank(content))
            done += len(lines)
            if done - told >= _STEP:
                told = done
                self.ways.progress("checking", done, total, done)
                self.ways.pause()

    def take(self, seller: Seller, options: Options) -> tuple[Taken, bool]:
        """Do what the documents ask for; return what came of it, and whether it is in the store.

        All of them in one transaction, which is undone when the store refuses any. With
        `keep_good`, each batch in one of its own.
        """
        if options.dry_run or not (options.keep_good or self.spool.is_sound):
            with seller.what_if() as tried:
                return tried.together(self._take_all), False
        if options.keep_good:
            for batch in self._batches():
                taken, refusals = seller.together(partial(self.kind.take, batch))
                self._note(refusals)
                self.ways.committed.add(taken)
            return self.ways.committed, True
        try:
            taken = seller.together(self._take_all_or_none)
        except _NothingTaken as nothing:
            return nothing.taken, False
        self.ways.committed.add(taken)
        return taken, True

    def _take_all_or_none(self, uow: UnitOfWork, now: datetime) -> Taken:
        taken = self._take_all(uow, now)
        if not self.spool.is_sound:
            raise _NothingTaken(taken)
        return taken

    def _take_all(self, uow: UnitOfWork, now: datetime) -> Taken:
        # Whoever lost a race does all of this again.
        self.spool.forget_refusals()
        taken = Taken()
        for batch in self._batches():
            more, refusals = self.kind.take(batch, uow, now)
            self._note(refusals)
            taken.add(more)
        return taken

    def _note(self, refusals: Sequence[Refusal]) -> None:
        for refused in refusals:
            self.spool.note(refused.line, refused.problem, refused.number, refusal=True)

    def _batches(self) -> Iterator[Sequence[Document[_D]]]:
        """Yield the good documents, so many together as the kind takes in one go."""
        total = self.spool.good_rows()
        batch: list[Document[_D]] = []
        done = waiting = 0
        for number, key, lines in self.spool.documents(bad=False):
            content = self.kind.made(key, lines, self.terms)
            batch.append(Document(number, lines[0].line, len(lines), content))
            waiting += len(lines)
            if waiting >= self.kind.lines_at_once:
                self.ways.pause()
                yield batch
                done += waiting
                self.ways.progress("taking", done, total, done)
                batch, waiting = [], 0
        if batch:
            self.ways.pause()
            yield batch


class _NothingTaken(Exception):
    def __init__(self, taken: Taken) -> None:
        super().__init__(taken)
        self.taken = taken


def _cells(row: Row, places: Sequence[int | None]) -> list[str]:
    """Return a cell for each field: an empty one where the file, or the row, has none."""
    width = len(row.cells)
    return ["" if place is None or place >= width else row.cells[place] for place in places]


def _storable(cell: str) -> str:
    """Return what is shown of bytes that are no text."""
    return cell if cell.isascii() else cell.encode(errors="backslashreplace").decode()
