"""The lists of a nested JSON document, as a mapping names them."""

import json
from pathlib import Path

from bot.formats.imports.drafting import draft_mapping
from bot.formats.nested.outline import outline

NESTED = {
    "title": "All",
    "departments": [
        {
            "title": "One",
            "roles": [{"title": "Baker", "more": {"note": "x"}, "needs": {"must": ["dough/1"]}}],
            "departments": [{"title": "Two", "roles": [{"title": "Cook", "path": "cook"}]}],
        }
    ],
}


def test_each_list_is_there_once_with_all_columns() -> None:
    assert outline(NESTED) == {
        "**.departments[]": ("title",),
        "**.roles[]": ("title", "more.note", "path"),
        "**.roles[].needs.must[]": (".",),
    }


def test_a_document_without_lists_has_none() -> None:
    assert outline({"a": {"b": 1}}) == {}
    assert outline("text") == {}
    deep: object = {"a": []}
    for _ in range(500):
        deep = {"a": [deep]}
    assert outline(deep)


def test_what_is_nested_is_shown_to_whoever_asks_for_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "nested.json").write_text(json.dumps(NESTED), "utf-8")
    (tmp_path / "schema.json").write_text('{"type": "object"}', "utf-8")
    draft = draft_mapping(tmp_path)
    assert draft.text is None
    assert "nested.json: records: **.roles[] has the columns title, more.note, path" in [
        str(each) for each in draft.remarks
    ]
