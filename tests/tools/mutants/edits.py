"""Small faults that somebody could make in a module, one edit each.

What is changed: comparisons, `and` and `or`, `not`, sums, numbers, conditions, which of two values
is taken, and statements or criteria left out. What is written for people stays: log events, texts,
annotations.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_COMBINED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.FloorDiv: ("//", "*"),
    ast.Div: ("/", "*"),
    ast.Mod: ("%", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}
_SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
# Each positional argument of these is one criterion among several.
_CRITERIA = frozenset({"where", "order_by"})
_STATEMENTS = (ast.Expr, ast.AugAssign, ast.Assign, ast.Raise)


@dataclass(frozen=True, slots=True)
class Edit:
    """One fault: `source[start:end]` becomes `new`. `lines` are those that run what it changes."""

    line: int
    lines: frozenset[int]
    start: int
    end: int
    old: str
    new: str

    def applied(self, source: str) -> str:
        return source[: self.start] + self.new + source[self.end :]


def edits(source: str) -> list[Edit]:
    """Return every fault that can be made in a module, in the order of its text."""
    finder = _Finder(source)
    finder.visit(finder.tree)
    return sorted(set(finder.found), key=lambda each: (each.start, each.end, each.new))


class _Finder(ast.NodeVisitor):
    def __init__(self, source: str) -> None:
        self.found: list[Edit] = []
        self.tree = ast.parse(source)
        self._source = source
        self._rows = source.splitlines(keepends=True)
        self._starts = [0]
        for row in self._rows:
            self._starts.append(self._starts[-1] + len(row))
        self._users = _users(self.tree)
        self._inside = False  # a function
        self._statement: ast.stmt | None = None
        self._defaults: frozenset[int] = frozenset()  # the lines of a function that has them

    # -- walking -----------------------------------------------------------------------------

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            self._statement = node
        super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._defaults = frozenset(range(node.body[0].lineno, (node.end_lineno or 0) + 1))
        for default in (*node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(default)
        self._defaults = frozenset()
        outside, self._inside = self._inside, True
        for each in node.body:
            self.visit(each)
        self._inside = outside

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - ast's own way of names

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for each in node.body:  # how it is decorated, such as frozen, changes what nobody tries
            self.visit(each)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        if _is_logging(node):
            return
        if isinstance(node.func, ast.Name) and node.func.id in _SWAPPED:
            self._replace(node.func, _SWAPPED[node.func.id])
        if isinstance(node.func, ast.Attribute) and node.func.attr in _CRITERIA:
            self._drop_each(node.args)
        self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        self._mutate(node)
        super().generic_visit(node)

    # -- mutating ----------------------------------------------------------------------------

    def _mutate(self, node: ast.AST) -> None:
        match node:
            case ast.expr():
                self._mutate_expression(node)
            case ast.If(test):
                self._decide(test)
            case ast.comprehension(ifs=conditions):
                for each in conditions:
                    self._replace(each, "True")
            case ast.match_case(guard=ast.expr() as guard):
                self._replace(guard, "True")
            case ast.Break():
                self._replace(node, "continue")
            case ast.Continue():
                self._replace(node, "break")
            case ast.stmt():
                self._leave_out(node)

    def _mutate_expression(self, node: ast.expr) -> None:
        match node:
            case ast.Compare(first, operators, others):
                for pair, operator in zip(pairwise([first, *others]), operators, strict=True):
                    self._between(*pair, *_COMPARED[type(operator)])
            case ast.BinOp(left, operator, right) if type(operator) in _COMBINED:
                self._between(left, right, *_COMBINED[type(operator)])
            case ast.BoolOp(operator, values):
                words = ("and", "or") if isinstance(operator, ast.And) else ("or", "and")
                for pair in pairwise(values):
                    self._between(*pair, *words)
            case ast.UnaryOp(ast.Not(), operand):
                self._replace(node, self._text(operand))
            case ast.Constant(bool(value)):
                self._replace(node, str(not value))
            case ast.Constant(int(value)):
                self._replace(node, str(value + 1))
            case ast.IfExp(test):
                self._decide(test)

    def _decide(self, test: ast.expr) -> None:
        self._replace(test, "True")
        self._replace(test, "False")

    def _leave_out(self, node: ast.stmt) -> None:
        if not self._inside or not isinstance(node, _STATEMENTS):
            return
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple):
            return  # what reads it would fail at once
        if isinstance(node, ast.Expr):
            called = node.value.value if isinstance(node.value, ast.Await) else node.value
            if not isinstance(called, ast.Call) or _is_logging(called):
                return
        self._replace(node, "pass")

    def _drop_each(self, arguments: Sequence[ast.expr]) -> None:
        """Leave out one criterion, where another one stays."""
        for at, each in enumerate(arguments) if len(arguments) > 1 else ():
            start, end = self._span(each)
            if at:
                start = self._span(arguments[at - 1])[1]
            else:
                end = self._span(arguments[1])[0]
            self._add(each, start, end, "")

    # -- places ------------------------------------------------------------------------------

    def _between(self, left: ast.AST, right: ast.AST, old: str, new: str) -> None:
        start, end = self._span(left)[1], self._span(right)[0]
        gap = self._source[start:end]
        if gap.count(old) == 1:
            at = start + gap.index(old)
            self._add(left, at, at + len(old), new)

    def _replace(self, node: ast.AST, new: str) -> None:
        self._add(node, *self._span(node), new)

    def _add(self, node: ast.AST, start: int, end: int, new: str) -> None:
        line: int = node.lineno  # type: ignore[attr-defined]  # expressions and statements only
        self.found.append(Edit(line, self._run_by(node), start, end, self._source[start:end], new))

    def _run_by(self, node: ast.AST) -> frozenset[int]:
        """Return the lines that a test runs where it meets the fault."""
        statement = self._statement
        if statement is None or self._defaults:
            return self._defaults
        if self._inside:
            own = range(node.lineno, node.end_lineno + 1)  # type: ignore[attr-defined]
            return frozenset({statement.lineno, *own})
        # What a module or a class says runs once, at its import: tests run what reads it.
        named = [each for each in ast.walk(statement) if isinstance(each, ast.Name)]
        stored = [each for each in named if isinstance(each.ctx, ast.Store)]
        readers = (self._users.get(each.id, ()) for each in stored or named)
        return frozenset(line for lines in readers for line in lines)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        where: ast.expr = node  # type: ignore[assignment]  # whatever has a place
        return (
            self._offset(where.lineno, where.col_offset),
            self._offset(where.end_lineno or where.lineno, where.end_col_offset or 0),
        )

    def _offset(self, line: int, column: int) -> int:
        row = self._rows[line - 1] if line <= len(self._rows) else ""
        return self._starts[line - 1] + len(row.encode()[:column].decode())

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return f"({self._source[start:end]})"


def _users(tree: ast.Module) -> dict[str, set[int]]:
    """Return where a module's functions read each name."""
    found: dict[str, set[int]] = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for name, line in _read_in(function):
                found.setdefault(name, set()).add(line)
    return found


def _read_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[str, int]]:
    for body in function.body:
        for each in ast.walk(body):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
                yield each.id, each.lineno
            elif isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Load):
                yield each.attr, each.lineno


def _is_logging(node: ast.Call) -> bool:
    match node.func:
        case ast.Attribute(ast.Name("log")) | ast.Name("get_logger"):
            return True
    return False
