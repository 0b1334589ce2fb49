"""Putting a change into the library: where it is imported already, or where it will be."""

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Final, TypeAlias

from tests.mutation.changes import Mutant, planted

ROOT: Final = Path(__file__).parents[2]
SOURCE: Final = ROOT / "src" / "backorders"

Functions: TypeAlias = Mapping[str, Mapping[str, Sequence[FunctionType]]]
"""File → full name → the functions that there are of it."""


def imported_functions() -> Functions:
    """Return the library's functions.

    Whoever has imported one has this same object: its code is all that has to be changed.
    """
    found = defaultdict[str, defaultdict[str, list[FunctionType]]](lambda: defaultdict(list))
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            code = each.__code__
            if code.co_filename.startswith(str(SOURCE)):
                found[code.co_filename][_name_of(code)].append(each)
    return found


def plant(mutant: Mutant, functions: Functions) -> None:
    """Give the functions of a module the code that they have with the change."""
    file = str(SOURCE / mutant.file)
    codes = dict(_codes(compile(planted(SOURCE / mutant.file, mutant), file, "exec")))
    for name, found in functions[file].items():
        for function in found:
            new = codes.get(name)
            if new is not None and new != function.__code__:
                function.__code__ = _fitting(new, function.__code__)


class Changed(MetaPathFinder, Loader):
    """Imports one module with a change, once it is in `sys.meta_path`."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant
        self._file = SOURCE / mutant.file
        dotted = mutant.file.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        self._name = f"backorders.{dotted}"

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """Return how to import the module, if it is this one."""
        if fullname != self._name:
            return None
        is_package = self._file.name == "__init__.py"
        return spec_from_loader(fullname, self, origin=str(self._file), is_package=is_package)

    def exec_module(self, module: ModuleType) -> None:
        """Run it."""
        tree = planted(self._file, self._mutant)
        exec(compile(tree, str(self._file), "exec"), vars(module))  # noqa: S102 - as an import does


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield _name_of(constant), constant
            yield from _codes(constant)


def _fitting(new: CodeType, old: CodeType) -> CodeType:
    """Return code that a function can have: it keeps the variables that it has from outside it.

    What is left out may have been the only use of one, such as a call of `super()`.
    """
    return new if new.co_freevars else new.replace(co_freevars=old.co_freevars)


def _name_of(code: CodeType) -> str:
    return f"{code.co_qualname}@{code.co_firstlineno}"
