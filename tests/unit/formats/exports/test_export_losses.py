"""What an export leaves out is said by name, and nothing else is lost."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.formats.exports.losses import differences, lost, without_name
from bot.formats.exports.registry import EXPORTS, export
from bot.formats.imports.catalogue_import import import_catalogue
from bot.text.translator import load_translators
from tests.properties import examples
from tests.strategies import SMALL, catalogues
from tests.unit.formats.imports.importing import part_of_built_in
from tests.unit.formats.imports.test_export_round_trip import POOLS
from tests.unit.formats.imports.test_kept_shapes import rich

CHINESE = load_translators().for_locale("zh")
TABLES = ("long-csv", "csv-set", "xlsx", "markdown")
USED = [
    "the name of the catalogue: Workshop framework",
    "groups without a skill: Empty",
]


def test_each_format_names_what_it_leaves_out() -> None:
    for name in ("json", "yaml"):
        assert lost(rich(), name) == []
    for name in TABLES:
        assert lost(rich(), name) == USED
    assert lost(rich(), "wide-csv") == [
        *USED,
        "ladders that no role climbs: Lone",
        "skills that no role asks for: Unused",
        "roles that ask for nothing: Hermit",
        "the scope of levels: Junior, Senior, Staff, Manager and Expert",
        "tracks of ladders that fork: Staff, Manager and Expert",
        "aliases of levels: Junior, Senior, Staff, Manager and Expert",
        "what levels are about in roles: Joiner",
        "translations of expectations: Joiner / Junior / Sawing",
        "resources of expectations: Joiner / Junior / Sawing",
    ]
    assert "cannot be imported" in lost(rich(), "html")[0]
    assert lost(rich(), "long-csv", "zh")[0] == "texts in en"
    assert without_name(lost(rich(), "xlsx")) == USED[1:]


def test_keys_that_names_do_not_tell_are_named() -> None:
    part = part_of_built_in()
    named = replace(part.proficiencies[0], name=LocalText("Knows of it"))
    content = replace(
        part,
        proficiencies=(named, *part.proficiencies[1:]),
        expectations=tuple(
            replace(each, proficiency=named) if each.proficiency == part.proficiencies[0] else each
            for each in part.expectations
        ),
    )
    told = "proficiencies that nothing asks for, or their keys: Knows of it"
    assert told in lost(content, "wide-csv")


def test_a_table_without_an_expectation_brings_nothing_back() -> None:
    content = replace(part_of_built_in(), expectations=())
    assert "cannot be imported again" in lost(content, "wide-csv")[0]


def test_what_is_left_out_is_said_in_chinese() -> None:
    for each in lost(rich(), "wide-csv"):
        what = str(each).partition(":")[0]
        assert f"{what}:" not in CHINESE.said(each)


@pytest.mark.parametrize("name", [*TABLES, "wide-csv"])  # the native ones hold everything
@examples(15)
@given(drawn=catalogues(SMALL, POOLS))
def test_nothing_is_lost_but_what_is_named(name: str, drawn: Catalogue) -> None:
    content = drawn.content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"exported{EXPORTS[name].suffix}"
        export(content, name, path)
        back = import_catalogue(path).content
    told = without_name(lost(content, name))
    if back is None:
        assert any("cannot be imported again" in each for each in told)
    else:
        assert without_name(differences(content, back)) == told
