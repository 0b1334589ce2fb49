"""Whatever of the library is imported: what it lacks is told with the extra that brings it."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from backorders.adapters.sql import SqlStore
from backorders.domain.errors import StoreUnusable

_IMPORT_ALL = """
import importlib, json, pkgutil, sys

class Absent:
    # As if nothing but attrs were installed.
    def find_spec(self, name, path=None, target=None):
        root = name.partition(".")[0]
        ours = {"attr", "attrs", "backorders"}
        if root not in sys.stdlib_module_names | ours and not root.startswith("_"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in set(sys.modules):
    # An installation for development brings some with it when Python starts.
    if name.partition(".")[0] not in sys.stdlib_module_names | {"__main__"}:
        del sys.modules[name]
sys.meta_path.insert(0, Absent())
import backorders

names = ["backorders"]
def walk(package):
    for found in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if found.name.endswith(("__main__", "migrations.env")):
            continue
        names.append(found.name)
        try:
            module = importlib.import_module(found.name)
        except ImportError as error:
            told[found.name] = [type(error).__name__, str(error)]
        else:
            if found.ispkg:
                walk(module)
told = {}
walk(backorders)
print(json.dumps([names, told]))
"""


def test_without_extras_every_module_can_be_imported_or_names_the_extra_that_it_needs() -> None:
    """A bare `No module named 'jinja2'` would leave the user to find out where it comes from."""
    script = [sys.executable, "-c", _IMPORT_ALL]
    out = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    names, told = json.loads(out)
    extras = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    assert {kind for kind, _ in told.values()} == {"MissingExtra"}
    found = {
        name: re.findall(r"pip install 'backorders\[(\w+)\]'", text)
        for name, (_, text) in told.items()
    }
    assert found["backorders.adapters.sql"] == ["sql"]
    assert found["backorders.adapters.smtp"] == ["smtp"]
    assert found["backorders.adapters.calendar"] == ["calendar"]
    assert found["backorders.adapters.opentelemetry"] == ["opentelemetry"]
    assert found["backorders.adapters.asyncio"] == ["async"]
    assert found["backorders.testing.strategies"] == ["testing"]
    assert all(len(named) == 1 and named[0] in extras for named in found.values())
    assert {"backorders.adapters.memory", "backorders.testing.contracts"} <= set(names) - set(told)


@pytest.mark.parametrize(
    ("url", "package", "extra"),
    [
        ("postgresql://h/shop", "psycopg", "postgres"),
        ("mysql://h/shop", "pymysql", "mysql"),
        ("mariadb://h/shop", "pymysql", "mysql"),
    ],
)
def test_a_url_whose_driver_is_missing_names_the_extra_that_brings_it(
    monkeypatch: pytest.MonkeyPatch, url: str, package: str, extra: str
) -> None:
    """A URL without a driver means the one that the extra brings, and the two names differ."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(StoreUnusable) as refused:
        SqlStore.from_url(url)
    assert f"pip install 'backorders[{extra}]'" in str(refused.value)
