"""The native format as one JSON document: the same values, checked by the same rules.

    {"format": "nextrung-catalogue", "version": 1,
     "catalogue": {…}, "roles": [{…}, …], "skills": [{…}, …]}

Each object is what the YAML file of its kind holds (``data/schema/``).
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, cast

from bot.domain.framework import CatalogueContent
from bot.domain.said import Said, said
from bot.formats.native_build import Row, build_content
from bot.formats.native_checks import reference_problems
from bot.formats.native_files import NativeFiles, base_locale_of
from bot.formats.native_schema import SchemaKind, schema_problems
from bot.formats.native_writer import file_values
from bot.formats.problems import CatalogueFileErrors, FileProblem, shortened
from bot.formats.yaml_file import YamlFile

FORMAT, VERSION = "nextrung-catalogue", 1
_MOST_DIGITS = 18
_KINDS: dict[str, SchemaKind] = {"roles": "role", "skills": "skill"}


def is_document(value: object) -> bool:
    """Whether a JSON value is a catalogue of this format, right or wrong inside."""
    return isinstance(value, dict) and value.get("format") == FORMAT


def document_text(content: CatalogueContent) -> Iterator[str]:
    """Yield the document piece by piece, so that a large catalogue is never one text.

    The same content always gives the same bytes.
    """
    files = file_values(content)
    _, catalogue = next(files)
    yield f'{{\n"format": "{FORMAT}",\n"version": {VERSION},\n"catalogue": {_json(catalogue)}'
    yield from _list("roles", islice(files, len(content.roles)))
    yield from _list("skills", files)
    yield "\n}\n"


def read_document(name: str, text: str) -> CatalogueContent:
    """Read a document; `name` is the file's, for messages.

    Raises:
        CatalogueFileErrors: anything is wrong. It carries every problem at once.
    """
    document = _parsed(name, text)
    catalogue = YamlFile(f"{name}#catalogue", document.get("catalogue"), None)
    locale = base_locale_of(catalogue)
    problems = schema_problems(catalogue, "catalogue", locale)
    parts: dict[str, list[YamlFile]] = {}
    for section, kind in _KINDS.items():
        values = document.get(section)
        if not isinstance(values, list) or not values:
            message = said(
                "'{section}' is missing; write a list with at least one item",
                section=section,
            )
            problems.append(FileProblem(name, None, section, message))
            values = []
        parts[section] = [
            YamlFile(_part_name(name, section, at, value), value, None)
            for at, value in enumerate(values)
        ]
        for file in parts[section]:
            problems += schema_problems(file, kind, locale)
    roles, skills = tuple(parts["roles"]), tuple(parts["skills"])
    files = NativeFiles(catalogue, roles, skills, frozenset(), tuple(problems))
    problems += reference_problems(files)
    if problems:
        raise CatalogueFileErrors(problems)
    return build_content(
        cast("Row", catalogue.value),
        [cast("Row", file.value) for file in roles],
        [cast("Row", file.value) for file in skills],
    )


def _list(name: str, files: Iterator[tuple[str, Mapping[str, object]]]) -> Iterator[str]:
    yield f',\n"{name}": ['
    for at, (_, values) in enumerate(files):
        yield f"{',' if at else ''}\n{_json(values)}"
    yield "\n]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_date)


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _parsed(name: str, text: str) -> dict[str, Any]:
    """Return the document with only dict, list, str, int and None in it, as a YAML file has.

    Raises:
        CatalogueFileErrors: it is no JSON, or no catalogue of ours.
    """
    try:
        document = _plain(
            json.loads(
                text,
                object_pairs_hook=partial(_unique, name),
                parse_int=_whole,
                parse_float=str,
                parse_constant=str,
            )
        )
    except json.JSONDecodeError as error:
        message = said(
            "not valid JSON ({reason}, column {column}); export it again",
            reason=error.msg,
            column=error.colno,
        )
        raise _refused(name, message, error.lineno) from error
    except RecursionError as error:
        raise _refused(name, said("the JSON is nested too deeply; export it again")) from error
    if not is_document(document) or document.get("version") != VERSION:
        message = said(
            'this is no catalogue; it begins with "format": "{format}" and "version": {version}',
            format=FORMAT,
            version=VERSION,
        )
        raise _refused(name, message)
    return cast("dict[str, Any]", document)


def _unique(name: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of the document, whose names must differ."""
    values = dict(pairs)
    if len(values) < len(pairs):
        repeated, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        message = said(
            "'{repeated}' stands twice in one object; keep one of them",
            repeated=shortened(repeated),
        )
        raise _refused(name, message)
    return values


def _refused(name: str, message: Said, line: int | None = None) -> CatalogueFileErrors:
    return CatalogueFileErrors([FileProblem(name, line, "", message)])


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else value


def _part_name(name: str, section: str, at: int, value: object) -> str:
    """Return how messages call one part: as its YAML file would be, or by its number."""
    key = value.get("key") if isinstance(value, dict) else None
    return f"{name}#{section}/{key if isinstance(key, str) else at + 1}"
