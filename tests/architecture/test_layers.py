"""What the code is built of: the core stands on attrs and values, and its modules stay small."""

import ast
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import backorders

_ROOT: Final = Path(__file__).parents[2]
_PACKAGE: Final = _ROOT / "src" / "backorders"
_MODULES: Final = sorted(_PACKAGE.rglob("*.py"))
_DOMAIN: Final = sorted((_PACKAGE / "domain").rglob("*.py"))

_VALUES: Final = {
    "base64",
    "bisect",
    "collections",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "hashlib",
    "heapq",
    "itertools",
    "math",
    "operator",
    "re",
    "string",
    "types",
    "typing",
    "unicodedata",
    "zoneinfo",
}
"""Modules of the standard library that only compute: no clock, chance, disk, network or log."""

_CORE: Final = {
    "Add",
    "Allocation",
    "Backorders",
    "BackordersError",
    "ClaimPolicy",
    "Hold",
    "HoldReason",
    "Order",
    "OrderLine",
    "OrderRequest",
    "OrderStatus",
    "Remove",
    "Replace",
    "SetQuantity",
    "ShipPolicy",
    "Stage",
    "StockLevel",
}
"""Public names that users' code relies on; more may come, none may go."""


def _name(path: Path) -> str:
    return str(path.relative_to(_PACKAGE))


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their module in full"
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", _DOMAIN, ids=_name)
def test_the_domain_imports_attrs_and_values_alone(path: Path) -> None:
    """A rule that asks the clock or rolls dice cannot be repeated, and so cannot be tested."""
    for module in _imports(path):
        inside = module.startswith("backorders.domain")
        assert inside or module == "attrs" or module.split(".")[0] in _VALUES, module


@pytest.mark.parametrize("path", _DOMAIN, ids=_name)
def test_the_domain_never_asks_what_time_it_is(path: Path) -> None:
    """`datetime` is a value; its `now` is a clock."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"now", "utcnow", "today"}, f"line {node.lineno}"
        if isinstance(node, ast.Name):
            assert node.id not in {"open", "print", "input"}, f"line {node.lineno}"


def test_importing_the_library_loads_attrs_and_no_other_third_party_module() -> None:
    """Whoever installs the core alone has attrs alone: anything more fails on the first import."""
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import backorders, backorders.adapters.memory\n"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})\n"
    )
    # -I: without this process's folder and environment; -S would hide what is installed.
    ran = subprocess.run(
        [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
    )
    loaded = {name for name in ran.stdout.split() if not name.startswith("_")}
    assert loaded - sys.stdlib_module_names == {"attr", "attrs", "backorders"}


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_a_module_says_what_it_is_in_one_sentence_and_stays_small(path: Path) -> None:
    """Past about 250 lines a module holds two ideas; 300 is where the reader gives up."""
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "a module opens with what it is"
    assert docstring.splitlines()[0].rstrip().endswith((".", ":", "?"))
    if _name(path) not in _LONGER:
        assert len(text.splitlines()) <= 300


_LONGER: Final = {
    "domain/errors.py",  # one tree, drawn at its top; tracebacks and imports name it
}


def test_the_list_of_longer_modules_is_no_longer_than_it_must_be() -> None:
    """An exception that is not needed any more would hide the next long module."""
    assert {name for name in _LONGER if len((_PACKAGE / name).read_text().splitlines()) > 300} == (
        _LONGER
    )


def test_the_public_names_are_exported() -> None:
    """Users' code, the examples and the documents say `from backorders import …`."""
    assert set(backorders.__all__) >= _CORE
    assert list(backorders.__all__) == sorted(backorders.__all__)
    assert all(hasattr(backorders, name) for name in backorders.__all__)
    assert all(getattr(backorders, name).__doc__ for name in backorders.__all__)


def test_the_package_is_typed() -> None:
    """Without this file, a type checker ignores every annotation of the library."""
    assert (_PACKAGE / "py.typed").exists()


def test_what_differs_between_databases_is_known_in_one_place() -> None:
    """Whoever adds an engine, or meets a quirk of one, must not have to look anywhere else.

    The types and indexes of the tables are told to SQLAlchemy for all engines at once. A migration
    is written down with those that there were.
    """
    names = {"sqlite", "postgresql", "mysql", "mariadb"}
    sql = _PACKAGE / "adapters" / "sql"
    knowing = set()
    for path in sql.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        words += [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        if names.intersection(word for word in words if isinstance(word, str)):
            knowing.add(path.relative_to(sql).parts[0])
    assert knowing - {"migrations"} == {"engines", "columns.py"}
