"""What may stand in the place of an expression or a statement, so that a test should notice it."""

import ast
import copy
from collections.abc import Iterator
from functools import singledispatch
from typing import Final, TypeAlias

Replaceable: TypeAlias = ast.expr | ast.stmt

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_RECKONED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED: Final = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


@singledispatch
def replacements(node: ast.AST) -> Iterator[Replaceable]:
    """Yield what may stand in the place of a node, which is not changed itself."""
    del node
    return iter(())


@replacements.register
def _reckoned(node: ast.BinOp) -> Iterator[Replaceable]:
    if type(node.op) in _RECKONED and not _is_type(node):
        yield ast.BinOp(node.left, _RECKONED[type(node.op)](), node.right)


@replacements.register
def _added_to(node: ast.AugAssign) -> Iterator[Replaceable]:
    if type(node.op) in _RECKONED:
        yield ast.AugAssign(node.target, _RECKONED[type(node.op)](), node.value)
    yield ast.Pass()


@replacements.register
def _negated(node: ast.UnaryOp) -> Iterator[Replaceable]:
    yield node.operand


@replacements.register
def _cut(node: ast.Subscript) -> Iterator[Replaceable]:
    if isinstance(node.slice, ast.Slice):
        for bound in ("lower", "upper", "step"):
            if getattr(node.slice, bound) is not None:
                less = copy.copy(node.slice)
                setattr(less, bound, None)
                yield ast.Subscript(node.value, less, node.ctx)


@replacements.register
def _compared(node: ast.Compare) -> Iterator[Replaceable]:
    for place, op in enumerate(node.ops):
        ops = [*node.ops]
        ops[place] = _COMPARED[type(op)]()
        yield ast.Compare(node.left, ops, node.comparators)


@replacements.register
def _joined(node: ast.BoolOp) -> Iterator[Replaceable]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


@replacements.register(ast.If)
@replacements.register(ast.While)
@replacements.register(ast.IfExp)
def _decided(node: ast.If | ast.While | ast.IfExp) -> Iterator[Replaceable]:
    is_negated = isinstance(node.test, ast.UnaryOp) and isinstance(node.test.op, ast.Not)
    # These are changed themselves.
    if not is_negated and not isinstance(node.test, ast.Compare | ast.BoolOp):
        other_way = copy.copy(node)
        other_way.test = ast.UnaryOp(ast.Not(), node.test)
        yield other_way


@replacements.register(ast.ListComp)
@replacements.register(ast.SetComp)
@replacements.register(ast.DictComp)
@replacements.register(ast.GeneratorExp)
def _gathered(
    node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
) -> Iterator[Replaceable]:
    for place, generator in enumerate(node.generators):
        if generator.ifs:
            every = copy.copy(generator)
            every.ifs = []
            more = copy.copy(node)
            more.generators = [*node.generators]
            more.generators[place] = every
            yield more


@replacements.register
def _matched(node: ast.Match) -> Iterator[Replaceable]:
    for place, case in enumerate(node.cases):
        if case.guard is not None:
            open_to_all = copy.copy(case)
            open_to_all.guard = None
            other = copy.copy(node)
            other.cases = [*node.cases]
            other.cases[place] = open_to_all
            yield other


@replacements.register
def _counted(node: ast.Constant) -> Iterator[Replaceable]:
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int():
            yield ast.Constant(node.value + 1)
        case str() if " " not in node.value:
            # What has a blank in it is a message.
            yield ast.Constant(f"{node.value}X")
        case _:
            pass


@replacements.register
def _called(node: ast.Call) -> Iterator[Replaceable]:
    if isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        keywords = node.keywords
        if node.func.id == "sorted":
            keywords = [each for each in keywords if each.arg not in {"key", "reverse"}]
        yield ast.Call(ast.Name(_CALLED[node.func.id], ast.Load()), node.args, keywords)


@replacements.register(ast.Expr)
@replacements.register(ast.Raise)
def _left_out(_: ast.Expr | ast.Raise) -> Iterator[Replaceable]:
    yield ast.Pass()


@replacements.register
def _returned(node: ast.Return) -> Iterator[Replaceable]:
    # Whoever asks takes both for no; the type checker does not.
    is_no = isinstance(node.value, ast.Constant) and node.value.value in {None, False}
    if node.value is not None and not is_no:
        yield ast.Return(ast.Constant(None))


@replacements.register
def _ended(_: ast.Break) -> Iterator[Replaceable]:
    yield ast.Continue()


@replacements.register
def _gone_on(_: ast.Continue) -> Iterator[Replaceable]:
    yield ast.Break()


def _is_type(node: ast.BinOp) -> bool:
    """Return whether `a | b` is a union of types."""
    if not isinstance(node.op, ast.BitOr):
        return False
    last = node.right
    is_none = isinstance(last, ast.Constant) and last.value is None
    return is_none or (
        isinstance(last, ast.Name) and (last.id[0].isupper() or last.id in {"str", "bytes", "int"})
    )
