"""Arrays of objects in a JSON file, each a table: dotted paths are the columns."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.domain.said import said
from bot.formats.problems import shortened
from bot.formats.tables.encodings import TextEncoding
from bot.formats.tables.kinds import megabytes
from bot.formats.tables.model import TableFault, TableFileError, TableProblem, TableRow
from bot.formats.tables.reading import Reading
from bot.formats.yaml_file import parse_yaml
from bot.values import dataclass

_Pairs = Callable[[list[tuple[str, Any]]], dict[str, Any]]
_MORE = "Extra data"
_DEEPEST = 60
_HINT = said("check the file with a JSON editor, or export it again")


@dataclass(frozen=True, slots=True)
class RecordTable:
    """One array of objects. Its first row is made of the paths that occur, in that order."""

    name: str
    records: tuple[Mapping[str, Any], ...]
    reading: Reading
    hidden: bool = False

    def rows(self) -> Iterator[TableRow]:
        return self.reading.rows(self.name, self._lines(), guards=False)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        flat = [dict(_flat(record, "")) for record in self.records]
        header = list(dict.fromkeys(path for record in flat for path in record))
        yield 1, header
        for line, record in enumerate(flat, 2):
            yield line, [record.get(path, "") for path in header]


def open_records(path: Path, reading: Reading, encoding: TextEncoding) -> tuple[RecordTable, ...]:
    """Find the arrays of objects in a JSON document, named by the dotted path to them.

    Raises:
        TableFileError: it is not JSON, holds no such array, or passes a limit.
        OSError: the file cannot be read from the disk.
    """
    size, limit = path.stat().st_size, reading.limits.whole_bytes
    if size > limit:
        message = said(
            "the file has {size} MB, and {limit} MB of JSON are read; save the records as"
            " CSV (UTF-8)",
            size=megabytes(size),
            limit=megabytes(limit),
        )
        reading.fail(TableFault.TOO_LARGE, message)
    return _tables_of(load_json(path.read_bytes().decode(encoding.name), reading), reading)


def open_yaml(path: Path, reading: Reading, encoding: TextEncoding) -> tuple[RecordTable, ...]:
    """Find the lists of objects in a YAML document, as those of JSON.

    Raises:
        TableFileError: it is not YAML, holds no such list, or passes a limit.
        OSError: the file cannot be read from the disk.
    """
    return _tables_of(load_yaml(path.read_bytes().decode(encoding.name), reading), reading)


def _tables_of(document: Any, reading: Reading) -> tuple[RecordTable, ...]:
    tables = tuple(
        RecordTable(name, tuple(records), reading) for name, records in _arrays(document, "", 0)
    )
    if not tables:
        message = said(
            "no list of objects was found; a table in JSON is a list such as {example}",
            example='[{"role": "…", "level": "…", "skill": "…"}]',
        )
        reading.fail(TableFault.NO_TABLE, message)
    if len(tables) > reading.limits.tables:
        message = said(
            "more than {tables} lists of objects; split the file", tables=reading.limits.tables
        )
        reading.fail(TableFault.TOO_LARGE, message)
    return tables


def load_json(text: str, reading: Reading) -> Any:
    """Return a document's value. Numbers and other words stay as they are written, as texts.

    Raises:
        TableFileError: it is not JSON, is nested too deeply, or repeats a name in an object.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            repeated, _ = Counter(name for name, _ in pairs).most_common(1)[0]
            message = said(
                "'{repeated}' stands twice in one object; keep one of them",
                repeated=shortened(repeated),
            )
            reading.note(TableFault.SYNTAX, message)
        return values

    try:
        try:
            document = _loaded(text, unique)
        except json.JSONDecodeError as error:
            # JSON lines: an object ends before the text does, and the next one begins below it.
            if error.msg != _MORE or not text.lstrip().startswith("{") or error.lineno == 1:
                raise
            document = _by_lines(text, unique)
    except json.JSONDecodeError as error:
        message = said(
            "not valid JSON ({reason}, column {column}); {advice}",
            reason=error.msg,
            column=error.colno,
            advice=_HINT,
        )
        reading.fail(TableFault.SYNTAX, message, line=error.lineno)
    except RecursionError:
        reading.fail(TableFault.SYNTAX, said("the JSON is nested too deeply; flatten it"))
    if reading.problems:
        raise TableFileError(reading.problems)
    return document


def _loaded(text: str, unique: _Pairs) -> Any:
    return json.loads(
        text, object_pairs_hook=unique, parse_int=str, parse_float=str, parse_constant=str
    )


def _by_lines(text: str, unique: _Pairs) -> list[Any]:
    """Return the value on each line of a text.

    Raises:
        json.JSONDecodeError: a line holds none, or more than one; with the line's number.
    """
    found: list[Any] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found += [_loaded(line, unique)] if line.strip() else []
        except json.JSONDecodeError as error:
            error.lineno = number
            raise
    return found


def load_yaml(text: str, reading: Reading) -> Any:
    """Return a YAML document's value, of texts alone as far as it matters.

    Raises:
        TableFileError: it is not YAML, or holds tags, aliases, repeated keys, or too much.
    """
    file, problems = parse_yaml(reading.file, text.encode())
    if file is None or problems:
        found = [
            TableProblem(each.file, each.line, each.path, each.message, TableFault.SYNTAX)
            for each in problems
        ]
        raise TableFileError(found)
    return file.value


def _arrays(value: Any, path: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the arrays of objects, without looking for more inside their objects."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield path, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _arrays(each, f"{path}.{name}" if path else name, depth + 1)


def _flat(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of a record with their dotted paths; a list of words is one text of lines."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _flat(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        if any(isinstance(each, dict | list) for each in value):
            for at, each in enumerate(value):
                yield from _flat(each, f"{path}.{at}")
        else:
            yield path, "\n".join(_word(each) for each in value)
    else:
        yield path, _word(value)


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
