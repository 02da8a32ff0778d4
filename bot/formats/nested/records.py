"""Records of a nested document as the rows of a table, by paths that a mapping gives.

``topics[].levels[]`` are the items of each `levels` list in each item of `topics`; ``**.roles[]``
are the items of every `roles` list, however deep; ``roles.*`` is each value of the mapping `roles`,
and ``[]`` each item of a document that is a list. A column is a path from the record (``summary``),
from something above it by its step (``topics.title``), from what holds that (``roles^.title``),
from the document (``$.title``), the record itself (``.``), the word that the first star stands for
(``*1``), or the number of an item in its list (``levels#``). A dot within a name has a backslash
before it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.formats.nested.paths import steps_of
from bot.formats.tables.cells import clean_cell
from bot.formats.tables.source import TableRow
from bot.values import dataclass

_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    each: bool


@dataclass(frozen=True, slots=True)
class _Above:
    """The objects above a record and the record itself, outermost first, each with its step."""

    chain: tuple[tuple[str, Any, str], ...]

    def below(self, name: str, value: Any, key: str = "") -> "_Above":
        """Return the chain with one more; `key` is the word or number that leads to it."""
        return _Above((*self.chain, (name, value, key)))


@dataclass(frozen=True, slots=True)
class JsonRecords:
    """A table made of records: the first row holds the columns' paths, each other one a record."""

    name: str
    document: Any
    columns: tuple[str, ...]
    hidden: bool = False

    def rows(self) -> Iterator[TableRow]:
        """Yield the records in the order of the document; the line is the record's number + 1."""
        yield TableRow(1, self.columns)
        steps = _steps(self.name)
        for line, above in enumerate(
            _records(self.document, steps, _Above((("$", self.document, ""),))), 2
        ):
            yield TableRow(line, tuple(_cell(above, column) for column in self.columns))


def _steps(path: str) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    for part in steps_of(path):
        if part:
            name = part.removesuffix("[]")
            if name == "*":
                name = (
                    f"*{sum(step.name.startswith('*') and step.name != '**' for step in steps) + 1}"
                )
            steps.append(_Step(name, part.endswith("[]")))
    return tuple(steps)


def _records(value: Any, steps: Sequence[_Step], above: _Above) -> Iterator[_Above]:
    if not steps:
        yield above
        return
    step, rest = steps[0], steps[1:]
    if step.name == "**":
        yield from _everywhere(value, rest, above, 0)
    elif not step.name:
        for number, each in enumerate(value if isinstance(value, list) else (), 1):
            yield from _records(each, rest, above.below("", each, str(number)))
    elif step.name.startswith("*") and isinstance(value, dict):
        for key, held in value.items():
            for each in held if step.each and isinstance(held, list) else [held]:
                yield from _records(each, rest, above.below(step.name, each, str(key)))
    elif isinstance(value, dict) and step.name in value:
        found = value[step.name]
        for number, each in enumerate(
            found if step.each and isinstance(found, list) else [found], 1
        ):
            yield from _records(each, rest, above.below(step.name, each, str(number)))


def _everywhere(value: Any, steps: Sequence[_Step], above: _Above, depth: int) -> Iterator[_Above]:
    """Yield the records of the remaining path from this value and from all that it holds."""
    if depth > _DEEPEST:
        return
    yield from _records(value, steps, above)
    if isinstance(value, dict):
        for name, held in value.items():
            if steps and name == steps[0].name:
                continue
            for each in held if isinstance(held, list) else [held]:
                if isinstance(each, dict | list):
                    yield from _everywhere(each, steps, above.below(name, each), depth + 1)


def _cell(above: _Above, column: str) -> str:
    if column == ".":
        return _text(above.chain[-1][1])
    first, *rest = steps_of(column)
    up, number = first.endswith("^"), first.endswith("#")
    name = first.removesuffix("^").removesuffix("#")
    at = next(
        (at for at in range(len(above.chain) - 1, -1, -1) if above.chain[at][0] == name), None
    )
    if at is None:
        value, rest = above.chain[-1][1], [name, *rest]
    elif not rest and (number or (name.startswith("*") and name != "*")):
        return _text(above.chain[at][2])
    else:
        value = above.chain[at - 1 if up and at else at][1]
    for step in rest:
        value = value.get(step) if isinstance(value, dict) else None
    return _text(value)


def _text(value: Any) -> str:
    """Return a value as a cell: of a list or an object a line for each text in it."""
    if isinstance(value, list | dict):
        return "\n".join(filter(None, map(_text, _words(value, 0))))
    if isinstance(value, bool):
        return "true" if value else "false"
    return clean_cell(str(value)) if isinstance(value, str | int | float) else ""


def _words(value: Any, depth: int) -> Iterator[Any]:
    """Yield all that is no list and no object in a value, in its order."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if held is None:
        yield value
    elif depth <= _DEEPEST:
        for each in held:
            yield from _words(each, depth + 1)
