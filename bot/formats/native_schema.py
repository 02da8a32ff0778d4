"""The JSON Schemas of the native format, and their errors in words that say what to do."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any, Literal, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from bot.formats.bundled import data_folder
from bot.formats.problems import FileProblem, NodePath, shortened
from bot.formats.yaml_file import YamlFile

Kind = Literal["catalogue", "role", "skill", "mapping"]
Fault = tuple[NodePath, str]

_FORMATS = FormatChecker(formats=["date"])
_TYPE_NAMES = {dict: "a mapping", list: "a list", str: "a text", int: "a number"}
_WANTED = {
    "object": "a mapping (key: value)",
    "array": "a list (- item)",
    "string": "a text (in quotes if it looks like a number)",
    "integer": "a whole number",
}


def schema_problems(file: YamlFile, kind: Kind, base_locale: str | None) -> list[FileProblem]:
    """Return every place where `file` departs from the schema of its kind.

    `base_locale` is the language each text must be written in; None leaves that unchecked.
    """
    return [
        file.problem(path, message)
        for error in validator(kind, base_locale).iter_errors(file.value)
        for path, message in _faults(error)
    ]


@lru_cache(maxsize=32)
def validator(kind: Kind, base_locale: str | None) -> Draft202012Validator:
    """Return the compiled validator of one kind of file, for catalogues in one base language."""
    schema = cast("dict[str, Any]", _inlined(_schema(kind), kind))
    if base_locale is not None:
        _require_language(schema, base_locale)
    return Draft202012Validator(schema, format_checker=_FORMATS)


@cache
def _schema(kind: str) -> dict[str, Any]:
    path = data_folder() / "schema" / f"{kind}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _inlined(schema: object, kind: str) -> object:
    """Return the schema with every reference replaced by its definition.

    Looking references up while validating costs more than half of the time, and the definitions do
    not recurse.
    """
    if isinstance(schema, list):
        return [_inlined(each, kind) for each in schema]
    if not isinstance(schema, dict):
        return schema
    rules = {name: value for name, value in schema.items() if name != "$ref"}
    if "$ref" in schema:
        file, definition = schema["$ref"].split("#/$defs/")
        kind = file.removesuffix(".schema.json") or kind
        rules = {**_schema(kind)["$defs"][definition], **rules}
        return _inlined(rules, kind)
    return {name: _inlined(value, kind) for name, value in rules.items()}


def _require_language(schema: object, base_locale: str) -> None:
    """Make the base language mandatory wherever a text may be a mapping of languages."""
    if isinstance(schema, dict):
        if schema.get("type") == ["string", "object"]:
            schema["required"] = [base_locale]
        for each in schema.values():
            _require_language(each, base_locale)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'senior'?`` when a known word is near, else the words to choose."""
    words = sorted(known)
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return f"; did you mean '{near[0]}'?"
    if not words:
        return ""
    shown = ", ".join(words[:8])
    return f"; choose one of {shown}" + (", …" if len(words) > 8 else "")


@dataclass(frozen=True, slots=True)
class _Broken:
    """One broken rule: `value` is what the file holds, `limit` what the rule `name` asks.

    `own` is the last step of the path where a key itself is at fault: there the path stops before
    the key, because a schema sees a mapping's key as a value of its own.
    """

    name: str
    value: Any
    limit: Any
    schema: Mapping[str, Any]
    own: NodePath


def _faults(error: ValidationError) -> Iterator[Fault]:
    path, name = tuple(error.absolute_path), str(error.validator)
    explain = _EXPLAIN.get(name)
    if explain is None:
        yield path, error.message
        return
    is_key = list(error.absolute_schema_path)[-2:-1] == ["propertyNames"]
    own = (str(error.instance),) if is_key else ()
    rules = cast("Mapping[str, Any]", error.schema)
    broken = _Broken(name, error.instance, error.validator_value, rules, own)
    for step, message in explain(broken):
        yield (*path, *step), message


def _type(broken: _Broken) -> Iterator[Fault]:
    names = broken.limit
    wanted = " or ".join(_WANTED[name] for name in ([names] if isinstance(names, str) else names))
    if broken.value is None:
        yield (), f"is empty; write {wanted}, or remove the key"
    else:
        yield (), f"is {_TYPE_NAMES[type(broken.value)]}; write {wanted}"


def _required(broken: _Broken) -> Iterator[Fault]:
    for name in broken.limit:
        if name not in broken.value:
            yield (), f"'{name}' is missing; add it"


def _additional(broken: _Broken) -> Iterator[Fault]:
    known = broken.schema["properties"]
    for name in broken.value:
        if name not in known:
            yield (name,), f"no such field{did_you_mean(name, known)}"


def _pattern(broken: _Broken) -> Iterator[Fault]:
    if not broken.value.strip():
        yield broken.own, "is blank; write it, or remove the key"
    else:
        yield (
            broken.own,
            f"'{shortened(str(broken.value))}' does not fit; write {_described(broken.schema)}",
        )


def _max_length(broken: _Broken) -> Iterator[Fault]:
    length, limit = len(broken.value), broken.limit
    yield broken.own, f"has {length} characters; shorten it to {limit} at most"


def _enum(broken: _Broken) -> Iterator[Fault]:
    shown, known = shortened(str(broken.value)), broken.limit
    yield (), f"'{shown}' is not known here{did_you_mean(str(broken.value), known)}"


def _min_items(broken: _Broken) -> Iterator[Fault]:
    yield (), f"has {len(broken.value)} items; give at least {broken.limit}"


def _max_items(broken: _Broken) -> Iterator[Fault]:
    yield (), f"has {len(broken.value)} items; give at most {broken.limit}"


def _unique(broken: _Broken) -> Iterator[Fault]:
    for at, item in enumerate(broken.value):
        if item in broken.value[:at]:
            yield (at,), f"'{shortened(str(item))}' stands in this list twice; keep one"


def _range(broken: _Broken) -> Iterator[Fault]:
    side = "at least" if broken.name == "minimum" else "at most"
    yield (), f"is {broken.value}; write a number of {side} {broken.limit}"


def _described(schema: Mapping[str, Any]) -> str:
    text: str = schema["description"].rstrip(".")
    return text[0].lower() + text[1:]


_EXPLAIN: dict[str, Callable[[_Broken], Iterator[Fault]]] = {
    "type": _type,
    "required": _required,
    "additionalProperties": _additional,
    "pattern": _pattern,
    "format": _pattern,
    "maxLength": _max_length,
    "enum": _enum,
    "minItems": _min_items,
    "maxItems": _max_items,
    "uniqueItems": _unique,
    "minimum": _range,
    "maximum": _range,
}
