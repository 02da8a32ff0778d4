"""The reference of mapping files has every field that there is, and its examples are mappings."""

import json
import re

import pytest

from bot.formats.bundled import data_folder
from bot.formats.mapping.fields import TRANSLATED, Field
from bot.formats.mapping.reader import parse_mapping
from bot.formats.mapping.vocabulary import NOTHING_WORDS
from tests.docs.pages import Page

REFERENCE = Page("docs/reference/mapping.md")
SCHEMA = json.loads((data_folder() / "schema" / "mapping.schema.json").read_text("utf-8"))


def _named(section: str) -> set[str]:
    """Return what the first column of a section's table names."""
    rows = re.findall(r"^\| (`[^|]+`) \|", REFERENCE.section(section), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row)}


def test_every_field_of_a_mapping_is_described() -> None:
    assert _named("The file") == set(SCHEMA["properties"])


def test_every_field_of_a_table_is_described() -> None:
    assert _named("A table") == set(SCHEMA["$defs"]["table"]["properties"])


def test_every_field_that_a_column_may_hold_is_listed() -> None:
    listed = set(re.findall(r"`([a-z_]+)`", REFERENCE.section("Fields")))
    assert {field.value for field in Field} <= listed
    assert Field.TEXT in TRANSLATED


def test_the_words_for_nothing_are_those_there_are() -> None:
    row = next(line for line in REFERENCE.section("The file").splitlines() if "empty_words" in line)
    assert re.findall(r"`([^`]+)`", row)[1:] == list(NOTHING_WORDS)


@pytest.mark.parametrize("example", REFERENCE.fences("yaml"))
def test_examples_are_mappings(example: str) -> None:
    if "tables:" not in example:
        example += "tables:\n  - {shape: roles, columns: {role: Role}}\n"
    assert parse_mapping("example.yaml", example.encode()).tables
