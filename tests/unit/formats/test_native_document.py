"""The native format as one JSON document."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from bot.domain.framework import CatalogueContent
from bot.formats.native import read_folder
from bot.formats.native_document import document_text, is_document, read_document
from bot.formats.problems import CatalogueFileErrors
from tests.properties import examples
from tests.unit.formats.test_native_writer import contents

Edit = Callable[[dict[str, Any]], None]


@examples(40)
@given(content=contents())
def test_any_content_comes_back_equal_and_byte_for_byte(content: CatalogueContent) -> None:
    text = "".join(document_text(content))
    found = read_document("catalogue.json", text)
    assert found == content
    assert "".join(document_text(found)) == text
    assert is_document(json.loads(text))


def _level(document: dict[str, Any]) -> None:
    document["skills"][0]["expectations"]["engineer"]["staff"] = {"requirement": "required"}


def _word(document: dict[str, Any]) -> None:
    document["roles"][0]["family"] = "enginering"


def _truth(document: dict[str, Any]) -> None:
    document["roles"][0]["order"] = True


def _fraction(document: dict[str, Any]) -> None:
    document["roles"][0]["order"] = 1.5


def _empty(document: dict[str, Any]) -> None:
    document["skills"] = []


def _newer(document: dict[str, Any]) -> None:
    document["version"] = 2


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (_level, "#skills/etl expectations.engineer.staff: "),
        (_word, "did you mean 'engineering'?"),
        (_truth, "#roles/engineer order: is a text; write a whole number"),
        (_fraction, "#roles/engineer order: is a text; write a whole number"),
        (_empty, "skills: 'skills' is missing"),
        (_newer, "this is no catalogue"),
    ],
)
def test_faults_are_told_as_in_yaml(small: Path, edit: Edit, message: str) -> None:
    document = json.loads("".join(document_text(read_folder(small))))
    edit(document)
    with pytest.raises(CatalogueFileErrors) as caught:
        read_document("catalogue.json", json.dumps(document))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "catalogue.json:1: not valid JSON"),
        ("[]", "this is no catalogue"),
        ("[" * 100_000, "nested too deeply"),
        ('{"format": 1, "format": 2}', "'format' stands twice"),
    ],
)
def test_what_is_no_document_is_told(text: str, message: str) -> None:
    with pytest.raises(CatalogueFileErrors) as caught:
        read_document("catalogue.json", text)
    assert message in str(caught.value)
