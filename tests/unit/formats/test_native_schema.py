"""The published schemas are valid, strict and described, and their references lead somewhere."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bot.formats.bundled import data_folder
from bot.formats.native_schema import did_you_mean, faults_of, validator
from bot.text.translator import load_translators

KINDS = ("catalogue", "role", "skill")


def schema(kind: str) -> Any:
    return json.loads((data_folder() / "schema" / f"{kind}.schema.json").read_text("utf-8"))


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, (dict, list)):
            yield from parts(each)


@pytest.mark.parametrize("kind", KINDS)
def test_is_a_valid_schema_of_its_draft(kind: str) -> None:
    assert schema(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_every_object_says_what_else_it_allows(kind: str) -> None:
    objects = [part for part in parts(schema(kind)) if "object" in str(part.get("type"))]
    assert len(objects) >= 1
    assert [part for part in objects if "additionalProperties" not in part] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_reference_leads_to_a_definition(kind: str) -> None:
    references = [part["$ref"] for part in parts(schema(kind)) if isinstance(part.get("$ref"), str)]
    assert len(references) >= 5
    for reference in references:
        file, definition = reference.split("#/$defs/")
        target = file.removesuffix(".schema.json") or kind
        assert definition in schema(target)["$defs"], reference


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_with_a_pattern_is_described_for_its_error(kind: str) -> None:
    compiled = validator(kind, "en").schema
    patterned = [part for part in parts(compiled) if isinstance(part.get("pattern"), str)]
    assert len(patterned) >= 5
    assert [part for part in patterned if not part.get("description")] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_value_must_look_like_is_said_in_chinese_too(kind: str) -> None:
    chinese = load_translators().for_locale("zh")
    # A value that need only not be blank is told so without a description.
    shaped = [part for part in parts(validator(kind, "en").schema) if shaped_by(part)]
    assert shaped
    for part in shaped:
        value = "é\u0001"
        (_, message), *_ = faults_of(next(Draft202012Validator(part).iter_errors(value)))
        assert "请写" in chinese.said(message)
        assert not re.search(r"\b(?:the|a|of|is)\b", chinese.said(message))


def shaped_by(part: Mapping[str, Any]) -> bool:
    return isinstance(part.get("pattern"), str) and part["pattern"] != r"\S"


@pytest.mark.parametrize(
    ("word", "known", "advice"),
    [
        ("senoir", ["junior", "senior"], "; did you mean 'senior'?"),
        ("zzz", ["b", "a"], "; choose one of a, b"),
        ("zzz", list("abcdefghij"), "; choose one of a, b, c, d, e, f, g, h, …"),
        ("zzz", [], ""),
    ],
)
def test_advice_names_the_near_word_or_the_choice(word: str, known: list[str], advice: str) -> None:
    assert did_you_mean(word, known) == advice
