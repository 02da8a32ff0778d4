"""The JSON Schemas of the native format, and their errors in words that say what to do."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

from bot.domain.said import Said, said
from bot.formats.bundled import data_folder
from bot.formats.problems import FileProblem, NodePath, shortened
from bot.formats.yaml_file import YamlFile
from bot.values import dataclass

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

SchemaKind = Literal["catalogue", "role", "skill", "mapping"]
SchemaFault = tuple[NodePath, Said]

_LOOKS = "$comment"
_TYPE_NAMES = {
    dict: said("a mapping"),
    list: said("a list"),
    str: said("a text"),
    int: said("a number"),
}
_WANTED = {
    "object": said("a mapping (key: value)"),
    "array": said("a list (- item)"),
    "string": said("a text (in quotes if it looks like a number)"),
    "integer": said("a whole number"),
}


def schema_problems(file: YamlFile, kind: SchemaKind, base_locale: str | None) -> list[FileProblem]:
    """Return every place where `file` departs from the schema of its kind.

    `base_locale` is the language each text must be written in; None leaves that unchecked.
    """
    return [
        file.problem(path, message)
        for error in validator(kind, base_locale).iter_errors(file.value)
        for path, message in faults_of(error)
    ]


@lru_cache(maxsize=32)
def validator(kind: SchemaKind, base_locale: str | None) -> "Draft202012Validator":
    """Return the compiled validator of one kind of file, for catalogues in one base language."""
    # Reading the catalogue that comes with Nextrung needs none, and it takes long to load.
    from jsonschema import Draft202012Validator, FormatChecker

    schema = cast("dict[str, Any]", _inlined(_schema(kind), kind))
    if base_locale is not None:
        _require_language(schema, base_locale)
    return Draft202012Validator(schema, format_checker=FormatChecker(formats=["date"]))


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
        defined = _schema(kind)["$defs"][definition]
        # What a field is for, and what its value must look like, are two descriptions.
        rules = {**defined, **rules, _LOOKS: defined.get("description")}
        return _inlined(rules, kind)
    return {name: _inlined(value, kind) for name, value in rules.items()}


def _require_language(schema: object, base_locale: str) -> None:
    """Make the base language mandatory wherever a text may be a mapping of languages."""
    if isinstance(schema, dict):
        if schema.get("type") == ["string", "object"]:
            schema["required"] = [base_locale]
        for each in schema.values():
            _require_language(each, base_locale)


def did_you_mean(word: str, known: Iterable[str]) -> Said:
    """Return ``; did you mean 'senior'?`` when a known word is near, else the words to choose."""
    words = sorted(known)
    near = get_close_matches(word, words, n=1, cutoff=0.6)
    if near:
        return said("; did you mean '{word}'?", word=near[0])
    if not words:
        return Said("")
    shown = ", ".join([*words[:8], *(["…"] if len(words) > 8 else [])])
    return said("; choose one of {words}", words=shown)


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


def faults_of(error: "ValidationError") -> Iterator[SchemaFault]:
    """Yield what is wrong in words that say what to do, each with its path."""
    path, name = tuple(error.absolute_path), str(error.validator)
    explain = _EXPLAIN.get(name)
    if explain is None:
        yield path, Said(error.message)
        return
    is_key = list(error.absolute_schema_path)[-2:-1] == ["propertyNames"]
    own = (str(error.instance),) if is_key else ()
    rules = cast("Mapping[str, Any]", error.schema)
    broken = _Broken(name, error.instance, error.validator_value, rules, own)
    for step, message in explain(broken):
        yield (*path, *step), message


def _type(broken: _Broken) -> Iterator[SchemaFault]:
    names = broken.limit
    first, *others = [_WANTED[name] for name in ([names] if isinstance(names, str) else names)]
    wanted = first
    for other in others:
        wanted = said("{one} or {other}", one=wanted, other=other)
    if broken.value is None:
        yield (), said("is empty; write {wanted}, or remove the key", wanted=wanted)
    else:
        yield (
            (),
            said("is {kind}; write {wanted}", kind=_TYPE_NAMES[type(broken.value)], wanted=wanted),
        )


def _required(broken: _Broken) -> Iterator[SchemaFault]:
    for name in broken.limit:
        if name not in broken.value:
            yield (), said("'{name}' is missing; add it", name=name)


def _additional(broken: _Broken) -> Iterator[SchemaFault]:
    known = broken.schema["properties"]
    for name in broken.value:
        if name not in known:
            yield (name,), said("no such field{hint}", hint=did_you_mean(name, known))


def _pattern(broken: _Broken) -> Iterator[SchemaFault]:
    if not broken.value.strip():
        yield broken.own, said("is blank; write it, or remove the key")
    else:
        yield (
            broken.own,
            said(
                "'{value}' does not fit; write {wanted}",
                value=shortened(str(broken.value)),
                wanted=_described(broken.schema),
            ),
        )


def _max_length(broken: _Broken) -> Iterator[SchemaFault]:
    length, limit = len(broken.value), broken.limit
    yield (
        broken.own,
        said("has {length} characters; shorten it to {limit} at most", length=length, limit=limit),
    )


def _enum(broken: _Broken) -> Iterator[SchemaFault]:
    shown, known = shortened(str(broken.value)), broken.limit
    yield (
        (),
        said(
            "'{shown}' is not known here{hint}",
            shown=shown,
            hint=did_you_mean(str(broken.value), known),
        ),
    )


def _min_items(broken: _Broken) -> Iterator[SchemaFault]:
    yield (
        (),
        said(
            "has {count} items; give at least {limit}", count=len(broken.value), limit=broken.limit
        ),
    )


def _max_items(broken: _Broken) -> Iterator[SchemaFault]:
    yield (
        (),
        said(
            "has {count} items; give at most {limit}", count=len(broken.value), limit=broken.limit
        ),
    )


def _unique(broken: _Broken) -> Iterator[SchemaFault]:
    for at, item in enumerate(broken.value):
        if item in broken.value[:at]:
            yield (
                (at,),
                said("'{item}' stands in this list twice; keep one", item=shortened(str(item))),
            )


def _range(broken: _Broken) -> Iterator[SchemaFault]:
    if broken.name == "minimum":
        message = said(
            "is {value}; write a number of at least {limit}",
            value=broken.value,
            limit=broken.limit,
        )
    else:
        message = said(
            "is {value}; write a number of at most {limit}", value=broken.value, limit=broken.limit
        )
    yield (), message


def _described(schema: Mapping[str, Any]) -> Said:
    text: str = (schema.get(_LOOKS) or schema["description"]).rstrip(".")
    text = text[0].lower() + text[1:]
    return _DESCRIBED.get(text, Said(text))


_DESCRIBED: Mapping[str, Said] = {
    each: each
    for each in (
        said(
            "a stable key: lower-case letters and digits in words joined by single hyphens,"
            " such as ml-experiment-tracking"
        ),
        said("a stable key: lower-case letters and digits in words joined by single hyphens"),
        said("a language tag, such as en, zh or pt-BR"),
        said("a date, written year-month-day, such as 2026-02-22"),
        said("a name on one line: in the base language, or a mapping of language tag to name"),
        said("a name on one line"),
        said(
            "a text without control characters: in the base language, or a mapping of"
            " language tag to text"
        ),
        said("a text without control characters"),
        said("a word or phrase on one line"),
    )
}
"""What the schemas say of values that must have a shape, as it can be translated."""


_EXPLAIN: dict[str, Callable[[_Broken], Iterator[SchemaFault]]] = {
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
