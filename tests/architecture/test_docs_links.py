"""README and docs: links lead somewhere, and the reference leaves nothing out."""

import re
from collections.abc import Iterator
from inspect import getmembers, isclass, isfunction
from pathlib import Path
from types import ModuleType

import attrs
import pytest

from backorders.adapters.sql.schema import tables
from backorders.application import Backorders, Seller
from backorders.domain import errors, events, inbound_events
from docs import tables_diagram

_ROOT = Path(__file__).parents[2]
_DOCUMENTS = sorted([*_ROOT.glob("*.md"), *_ROOT.glob("docs/**/*.md")])
_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def _anchors(text: str) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    headings = _HEADING.findall(_FENCED.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken_links(document: Path, root: Path) -> Iterator[str]:
    text = document.read_text(encoding="utf-8")
    for link in _LINK.findall(_FENCED.sub("", text)):
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        if re.match(r"[a-z]+:", link):
            continue
        if not (target.exists() and target.is_relative_to(root)):
            yield link
        if anchor and target.is_file() and anchor not in _anchors(target.read_text("utf-8")):
            yield link


def _classes_of(module: ModuleType) -> set[str]:
    return {
        name for name, kind in getmembers(module, isclass) if kind.__module__ == module.__name__
    }


def _named_in(reference: str) -> str:
    return (_ROOT / "docs" / "reference" / reference).read_text(encoding="utf-8")


def test_there_are_documents() -> None:
    """A glob that finds nothing would prove nothing."""
    assert _ROOT / "README.md" in _DOCUMENTS
    assert _ROOT / "docs" / "tutorial.md" in _DOCUMENTS


@pytest.mark.parametrize("document", _DOCUMENTS, ids=lambda path: str(path.relative_to(_ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    """A file that was moved, or a heading that was renamed, would leave readers nowhere."""
    assert list(_broken_links(document, _ROOT)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    """The check must be able to fail."""
    document = tmp_path / "page.md"
    document.write_text("# Up\n[gone](gone.md) [up](#up) [down](#down) [web](https://a.b)", "utf-8")
    assert list(_broken_links(document, tmp_path)) == ["gone.md", "#down"]


def test_every_document_is_listed_in_the_index() -> None:
    """What the index does not name is not found."""
    index = _ROOT / "docs" / "index.md"
    linked = {
        (index.parent / link).resolve() for link in _LINK.findall(index.read_text(encoding="utf-8"))
    }
    assert set(index.parent.glob("**/*.md")) - {index} <= linked


@pytest.mark.parametrize("face", [Backorders, Seller])
def test_every_call_is_in_the_reference(face: type) -> None:
    """A call that is not in the table does not exist for its reader."""
    calls = {name for name, _ in getmembers(face, isfunction) if not name.startswith("_")}
    reference = _named_in("api.md")
    assert {name for name in calls if f"`{name}(" not in reference} == set()


def test_every_error_is_in_the_reference() -> None:
    """Whoever meets an error looks it up by its name."""
    reference = _named_in("errors.md")
    assert {name for name in _classes_of(errors) if f"`{name}`" not in reference} == set()


@pytest.mark.parametrize("module", [events, inbound_events])
def test_every_event_is_in_the_reference_with_its_fields(module: ModuleType) -> None:
    """Events are read by programs: a field that is not written down is not used."""
    reference = _named_in("events.md")
    of_all = {"order_id", "reference", "inbound_id", "at", "warehouse"}
    for name in _classes_of(module):
        row = re.search(rf"^\| `{name}` .*$", reference, re.MULTILINE)
        assert row is not None, name
        fields = {field.name for field in attrs.fields(getattr(module, name))} - of_all
        assert {field for field in fields if f"`{field}`" not in row[0]} <= {"units"}, name


def test_every_table_and_column_is_in_the_reference() -> None:
    """Whoever looks into the database at night finds there what stands in a row."""
    reference = _named_in("tables.md")
    for table in tables(prefix="").metadata.sorted_tables:
        row = re.search(rf"^\| `{table.name}` .*$", reference, re.MULTILINE)
        assert row is not None, table.name
        columns = {column.name for column in table.columns} - {"seller_no"}
        assert {column for column in columns if f"`{column}`" not in row[0]} == set(), table.name


def test_the_picture_of_the_tables_is_of_these_tables() -> None:
    """A picture that was drawn before the last migration leads astray; `make docs` draws it."""
    page = tables_diagram.PAGE.read_text("utf-8")
    assert tables_diagram.drawn(page) == page
    without = page.replace("    orders {", "    elsewhere {")
    assert without != page
    assert tables_diagram.drawn(without) == page
