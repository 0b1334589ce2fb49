"""What was written, as a document."""

from typing import TypedDict


class ExportDocument(TypedDict):
    """A file that was written."""

    file: str
    rows: int
