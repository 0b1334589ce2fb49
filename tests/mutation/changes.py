"""The small changes that are made to a module, one at a time: each must be noticed by some test.

They are the usual ones: a comparison that takes in its bound, an `and` that is an `or`, a statement
that is left out, a number that is one more. What only a reader sees (docstrings, annotations, the
words of a message, what a `repr` shows) is left as it is, and so are assertions, which are there
for type checkers, and `strict=True`, which asserts that two things are as long as each other.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import attrs

from tests.mutation.replacing import Replaceable, replacements

Way: TypeAlias = tuple[tuple[str, int], ...]
"""Fields and places in them (or -1), from the module down to a node."""

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_OF_TYPES: Final = {"annotation", "returns", "type_params", "decorator_list"}
"""Fields that say what something is."""
_NAMING: Final = {"TypeVar", "NewType", "getLogger", "cast"}
"""Calls whose arguments are names or types."""


@attrs.frozen
class Mutant:
    """A module with one change."""

    file: str
    """The module, below `src/backorders`."""
    where: str
    """The function or class that is changed, by its full name; "" at the top of the module."""
    lines: tuple[int, int]
    """The first and the last line of the statement in which the change is."""
    before: str
    after: str
    number: int
    """Which one it is, where the same change can be made several times in one function."""
    way: Way
    variant: int
    """Which of the changes that can be made there."""
    is_inside: bool
    """Whether it is inside a function, and not in what is done once, at import."""

    @property
    def key(self) -> str:
        """What tells it from all others, wherever in its file it stands."""
        ending = f" #{self.number}" if self.number > 1 else ""
        return f"{self.file}:{self.where}: {self.before} -> {self.after}{ending}"


def mutants_of(source: Path, name: str) -> Iterator[Mutant]:
    """Yield the changes that can be made to a module, top to bottom."""
    tree = ast.parse(source.read_text("utf-8"))
    seen = Counter[tuple[str, str, str]]()
    for spot in _spots(tree):
        for variant, changed in enumerate(_changes(spot)):
            before, after = _in_words(spot.node), _in_words(changed)
            seen[spot.where, before, after] += 1
            yield Mutant(
                name,
                spot.where,
                spot.lines,
                before,
                after,
                seen[spot.where, before, after],
                spot.way,
                variant,
                spot.is_inside,
            )


def planted(source: Path, mutant: Mutant) -> ast.Module:
    """Return the module with the change."""
    tree = ast.parse(source.read_text("utf-8"))
    (spot,) = [spot for spot in _spots(tree) if spot.way == mutant.way]
    changed = _changes(spot)[mutant.variant]
    *way, (field, place) = mutant.way
    parent: ast.AST = tree
    for step, index in way:
        found = getattr(parent, step)
        parent = found if index < 0 else found[index]
    if place < 0:
        setattr(parent, field, changed)
    else:
        getattr(parent, field)[place] = changed
    return ast.fix_missing_locations(tree)


@attrs.frozen
class _Spot:
    """Where a change may be made."""

    node: ast.AST
    way: Way = ()
    where: str = ""
    lines: tuple[int, int] = (1, 1)
    is_inside: bool = False
    is_said: bool = False
    """Whether it is part of what a message says."""


def _changes(spot: _Spot) -> Sequence[Replaceable]:
    if spot.is_said and isinstance(spot.node, ast.Constant) and isinstance(spot.node.value, str):
        return ()
    return list(replacements(copy.deepcopy(spot.node)))


def _spots(tree: ast.Module) -> Iterator[_Spot]:
    return _below(_Spot(tree))


def _below(at: _Spot) -> Iterator[_Spot]:
    for field, value in ast.iter_fields(at.node):
        if _is_for_readers(at.node, field):
            continue
        for place, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                spot = _spot(child, (field, place if isinstance(value, list) else -1), at)
                if isinstance(child, ast.expr | ast.stmt):
                    yield spot
                yield from _below(spot)


def _spot(node: ast.AST, step: tuple[str, int], at: _Spot) -> _Spot:
    where, is_inside, lines = at.where, at.is_inside, at.lines
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        where = f"{where}.{node.name}" if where else node.name
    if isinstance(node, ast.stmt):
        body = getattr(node, "body", None)
        # Of a statement with others in it, what stands before these.
        last = body[0].lineno - 1 if isinstance(body, list) else (node.end_lineno or node.lineno)
        lines = (node.lineno, max(node.lineno, last))
        is_inside = is_inside or (isinstance(at.node, _FUNCTIONS) and step[0] == "body")
    is_said = at.is_said or isinstance(node, ast.Raise | ast.JoinedStr)
    return _Spot(node, (*at.way, step), where, lines, is_inside, is_said)


def _is_for_readers(node: ast.AST, field: str) -> bool:
    if isinstance(node, ast.Call) and field in {"args", "keywords"}:
        return isinstance(node.func, ast.Name) and node.func.id in _NAMING
    if isinstance(node, ast.keyword) and node.arg == "repr":
        return True
    return field in _OF_TYPES or isinstance(node, ast.pattern)


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Expr(value=ast.Constant()):
            return True
        case ast.keyword(arg="strict"):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.AnnAssign(annotation=ast.Name(id="TypeAlias")):
            return True
        case _:
            return False


def _in_words(node: ast.AST) -> str:
    """Return the first line of what a node says."""
    return ast.unparse(ast.fix_missing_locations(node)).splitlines()[0][:160]
