"""Whatever programs call CSV is read, and what is damaged is told with the line it is on."""

import gzip
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders.adapters.files.cells import Dates, instant, number, protected, text
from backorders.adapters.files.errors import FileRefused
from backorders.adapters.files.opening import opened
from backorders.adapters.files.rows import Row, table
from backorders.domain.errors import InvalidValue


def _read(folder: Path, content: bytes, **options: str) -> tuple[list[str], list[Row]]:
    path = folder / "file.csv"
    path.write_bytes(content)
    with opened(str(path), encoding=options.get("encoding")) as file:
        header, rows = table(file, separator=options.get("separator"))
        return list(header), list(rows)


_PLAIN = "id,sku\nO1,TEA\nO2,CUP\n"


@pytest.mark.parametrize(
    "content",
    [
        _PLAIN.encode(),
        _PLAIN.encode("utf-8-sig"),
        _PLAIN.replace(",", ";").encode(),
        _PLAIN.replace(",", "\t").encode(),
        _PLAIN.replace(",", "|").encode(),
        _PLAIN.replace("\n", "\r\n").encode(),
        _PLAIN.replace("\n", "\r").encode(),
        _PLAIN.rstrip().encode(),
        f"sep=;\r\n{_PLAIN.replace(',', ';')}".encode(),
        b'"id","sku"\n"O1","TEA"\n"O2","CUP"\n',
        b"\n\nid,sku\nO1,TEA\n\n,\nO2,CUP,,\n\n",
        gzip.compress(_PLAIN.encode(), mtime=0),
    ],
    ids=str,
)
def test_all_that_programs_call_csv_is_read(content: bytes, tmp_path: Path) -> None:
    """Nobody knows what their spreadsheet has made of “save as CSV”."""
    header, rows = _read(tmp_path, content)
    assert header == ["id", "sku"]
    assert [list(row.cells) for row in rows] == [["O1", "TEA"], ["O2", "CUP"]]
    assert not any(row.problem for row in rows)


def test_a_row_is_on_the_line_on_which_it_begins(tmp_path: Path) -> None:
    """A cell with new lines in it must not put the lines of all that follow out."""
    _, rows = _read(tmp_path, b'id,note\nO1,"a\nb\r\nc"\n\nO2,d\n')
    assert [(row.line, row.cells[1]) for row in rows] == [(2, "a\nb\r\nc"), (6, "d")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\n \n", "no header"),
        (_PLAIN.encode("utf-16"), "UTF-16"),
        (_PLAIN.encode("utf-16-le"), "full of NUL"),
        (_PLAIN.encode("utf-32"), "UTF-32"),
        (b"PK\x03\x04rest", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1", "spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b'id,"sku\nO1,TEA\n', "header that ends nowhere"),
        (gzip.compress(_PLAIN.encode() * 999, mtime=0)[:-20], "cannot be read"),
        (b"id,sku\n" + b"x" * 1_000_001, "more than 1,000,000 characters"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_csv_is_refused_with_what_it_is(
    content: bytes, says: str, tmp_path: Path
) -> None:
    """A spreadsheet that was renamed must not come out as ten thousand bad rows."""
    with pytest.raises(FileRefused, match=says):
        _read(tmp_path, content)


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    """An old program can write nothing else."""
    for encoding in ("cp1252", "utf-16"):
        _, rows = _read(tmp_path, "id,sku\nO1,Thé\n".encode(encoding), encoding=encoding)
        assert rows[0].cells == ["O1", "Thé"]
    with pytest.raises(FileRefused, match="nonsense"):
        _read(tmp_path, b"id\n", encoding="nonsense")
    with pytest.raises(FileRefused, match="not utf-8 from line"):
        _read(tmp_path, b"id\n\xe9\n", encoding="utf-8")


def test_damaged_rows_are_told_and_the_others_are_read(tmp_path: Path) -> None:
    """One bad row among thousands must not hide the others, nor what else is bad."""
    content = (
        b'id,sku\nO1,TEA\nO2\nO3,CUP,x\nO4,"a"b\nO5,CUP\0\nO6,Th\xe9\nO7,MUG\nO8,"never\nclosed,1\n'
    )
    _, rows = _read(tmp_path, content)
    told = {row.line: row.problem for row in rows}
    assert [line for line, problem in told.items() if not problem] == [2, 8]
    assert "1 cells, and the header 2" in told[3]
    assert "3 cells, and the header 2" in told[4]
    assert "quote in the middle" in told[5]
    assert "NUL" in told[6]
    assert "not UTF-8 (byte 0xE9)" in told[7]
    assert "never closed (lines 9 to 10" in told[9]


@pytest.mark.parametrize(
    "cell", ["", "x", "1.5", "1.000", "1,000", "1e3", "٣", "1_0", "9" * 30, "=1"]
)
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    """1.000 is one in London and a thousand in Berlin: nothing is guessed."""
    with pytest.raises(InvalidValue, match="whole number"):
        number("quantity", cell)


@pytest.mark.parametrize(
    ("cell", "dates", "is_"),
    [
        ("2026-03-29", Dates.ISO, "2026-03-28T23:00:00+00:00"),
        ("2026-03-29T12:00", Dates.ISO, "2026-03-29T10:00:00+00:00"),
        ("2026-03-29 12:00:00 +0100", Dates.ISO, "2026-03-29T11:00:00+00:00"),
        ("2026-03-29 12:00:00 UTC", Dates.ISO, "2026-03-29T12:00:00+00:00"),
        ("2026-03-29T12:00:00Z", Dates.DAY_FIRST, "2026-03-29T12:00:00+00:00"),
        ("1/2/2026", Dates.DAY_FIRST, "2026-01-31T23:00:00+00:00"),
        ("1/2/2026 12:05 am", Dates.MONTH_FIRST, "2026-01-01T23:05:00+00:00"),
        ("1.2.2026, 3:05:10 PM", Dates.DAY_FIRST, "2026-02-01T14:05:10+00:00"),
    ],
)
def test_dates_are_meant_where_the_seller_is(cell: str, dates: Dates, is_: str) -> None:
    """A shop's export says when it was there."""
    at = instant("placed_at", cell, zone="Europe/Paris", dates=dates)
    assert at.astimezone(UTC).isoformat() == is_


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("1/2/2026", Dates.ISO),
        ("13/13/2026", Dates.DAY_FIRST),
        ("1/2/2026 13:00 pm", Dates.DAY_FIRST),
        ("yesterday", Dates.MONTH_FIRST),
        ("2026-02-30", Dates.ISO),
        ("45000", Dates.ISO),
    ],
)
def test_what_is_no_date_is_refused(cell: str, dates: Dates) -> None:
    """An order that is placed on the wrong day is served out of turn."""
    with pytest.raises(InvalidValue, match="placed_at"):
        instant("placed_at", cell, zone="UTC", dates=dates)


@given(st.text(st.sampled_from("='+-@;\t 1aé") | st.characters(codec="utf-8"), max_size=12))
def test_what_protects_a_cell_is_taken_off_again(given_text: str) -> None:
    """A SKU that begins with an apostrophe, or with “=”, comes back as it was."""
    cell = protected(given_text)
    assert text(cell) == text(given_text)
    assert protected(cell) == cell
