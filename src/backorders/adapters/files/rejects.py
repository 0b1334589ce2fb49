"""The rows of a file that were left out, as a file of their own: to be mended, and imported."""

import csv
from collections.abc import Sequence
from pathlib import Path

from backorders.adapters import csv_cells
from backorders.adapters.files.cells import protected
from backorders.adapters.files.spool import Spool
from backorders.adapters.files.writing import written


def write_rejects(path: Path, fields: Sequence[str], spool: Spool) -> None:
    """Write each row that is left out, with its line and what is wrong with it.

    The file appears whole or not at all.
    """
    with written(str(path)) as file:
        writer = csv.writer(file)
        writer.writerow(["line", "problem", *fields])
        for line, problem, cells in spool.rejects():
            row = [protected(cell) for cell in cells]
            writer.writerow([line, csv_cells.cell(problem), *row])
